"""`accord verify` on all that answers this contract: the mock, and the server on SQLite and on PostgreSQL.

    python -m tests.contract.verifying

prints each verdict and how much of the contract was seen in all of them, and exits with 1 where one is not
kept or less than LEAST percent of what can be provoked was seen. `test_the_contract_is_kept.py` is the same
for pytest.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from store.keys import DEVELOPMENT_ORGANISATION
from tests.contract.provoking import provoked
from tests.databases import running_postgresql
from tests.live import ACCORD, ROOT, Server, running

LEAST = 95
"""The percentage of the contract that is to be seen, of what can be provoked."""
ANSWERING = ("mock", "sqlite", "postgresql")
_SETTINGS = ("--max-examples", "400")
_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of one organisation, that of the contract's examples, so that these can be sent as they stand."""

    full: str
    read: str


def verified(answering: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """How `accord verify` ended, and what it printed. What was seen is in the folder, as ANSWERING.json."""
    seen = ("--coverage-to", str(folder / f"{answering}.json"))
    if answering == "mock":
        return _accord("verify", "--mock", *_SETTINGS, *seen, *options)
    with serving(answering, folder) as (server, keys):
        provoked(server.url, keys.full, keys.read, folder / f"{answering}-provoked.json")
        target = ("--server", server.url)
        return _accord("verify", *target, *_SETTINGS, *seen, *options, key=keys.full)


def covered(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """How `accord coverage` ended, of all that was seen in the folder."""
    files = sorted(str(file) for file in folder.glob("*.json"))
    return _accord("coverage", "--fail-under", str(LEAST), *options, *files)


@contextmanager
def serving(database: str, folder: Path) -> Iterator[tuple[Server, Keys]]:
    """The server on an empty database, which judges its own answers as well, and keys for it."""
    with _database(database, folder) as url:
        environment = {"DATABASE_URL": url}
        keys = Keys(_created("full", environment), _created("read", environment))
        log = folder / f"{database}.log"
        with running("--validate-responses", "--log-level", "error", environment=environment, log=log) as own:
            yield own, keys


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    """The URL of an empty database."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'verified.sqlite3'}"
    else:
        with running_postgresql() as url:
            yield url


def _created(role: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "store.keys", "create"]
    options = ["--organisation", DEVELOPMENT_ORGANISATION, "--role", role]
    done = subprocess.run(
        [*command, *options],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def _accord(*arguments: str, key: str = "") -> subprocess.CompletedProcess[str]:
    environment = os.environ | ({"ACCORD_AUTH_APIKEY": key} if key else {})
    return subprocess.run(
        [ACCORD, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=_SECONDS,
        check=False,
    )


def main() -> int:
    """The exit code, after all was printed. Two are asked at the same time."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="verified-") as name:
        folder = Path(name)
        with ThreadPoolExecutor(2) as pool:
            waiting = [pool.submit(verified, each, folder) for each in ANSWERING]
            done = [(title, future.result()) for title, future in zip(ANSWERING, waiting, strict=True)]
        done.append(("coverage", covered(folder, "--missing")))
    for title, each in done:
        print(f"\n== {title}\n{each.stdout.rstrip()}")
    failed = [title for title, each in done if each.returncode]
    verdict = f"failed: {', '.join(failed)}" if failed else "all is kept"
    print(f"\n{verdict}, {time.monotonic() - started:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
