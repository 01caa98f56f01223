"""`accord verify` on all that answers this contract: the mock, and the server on SQLite and on PostgreSQL.

    python -m tests.contract.verifying

prints each verdict, in what mock and server differ, and how much of the contract was seen in all of that. It
exits with 1 where the contract is not kept or answers have more than it names, where the two differ, or where
less than LEAST percent of what can be provoked was seen. `test_the_contract_is_kept.py` does that for pytest.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.contract.provoking import ORGANISATION, PATH, Keys, limited, provoked
from tests.databases import running_postgresql
from tests.live import ACCORD, ROOT, Server, running

LEAST = 95
"""The percentage of the contract that is to be seen, of what can be provoked."""
ANSWERING = ("mock", "sqlite", "postgresql", "mock-postgresql")
"""What is asked. The mock is held to the server on SQLite by all requests, on PostgreSQL by fewer."""
FEWER = 8
"""How many times fewer."""
_DATABASES = {"mock": "sqlite", "mock-postgresql": "postgresql"}
UNCOUNTED = "lists were not counted"
"""What is said where mock and server did not hold the same, so that their lists could not be compared."""
_FAILING = ("--fail-on", "warning")
_MOST = 400
_SECONDS = 900
LIMITED = {"RATE_LIMIT": "1"}
"""What has a server refuse soon. Another one is asked with that: a limit keeps all else from being seen."""


def verified(answering: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """How `accord verify` ended, and what it printed. What was seen is in the folder, as ANSWERING.json.

    A server is asked by requests of our own as well, and whatever the mock is asked, the server is, too.
    """
    seen = ("--coverage-to", str(folder / f"{answering}.json"))
    home = folder / f"answering-{answering}"  # two are asked at a time, and both may be on one kind
    home.mkdir()
    is_mock, kind = answering.startswith("mock"), _DATABASES.get(answering, answering)
    with serving(kind, home) as (server, keys, environment):
        most = ("--max-examples", str(_MOST // (FEWER if answering == "mock-postgresql" else 1)))
        target = ["--mock", "--against", server.url] if is_mock else ["--server", server.url]
        if not is_mock:
            provoked(server.url, keys, folder / f"{answering}-provoked.json")
            with running(environment=environment | LIMITED, log=home / "limited.log") as other:
                limited(other.url, keys, folder / f"{answering}-limited.json")
        done = _accord("verify", *target, *most, *_FAILING, *seen, *options, key=keys.full)
    if UNCOUNTED in done.stdout:  # the organisation had nothing, so another's things were there
        done.returncode = 1
    return done


def covered(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """How `accord coverage` ended, of all that was seen in the folder."""
    files = sorted(str(file) for file in folder.glob("*.json"))
    return _accord("coverage", "--fail-under", str(LEAST), *_FAILING, *options, *files)


@contextmanager
def serving(database: str, folder: Path) -> Iterator[tuple[Server, Keys, dict[str, str]]]:
    """The server on an empty database, which judges its own answers, keys for it, and its environment."""
    with _database(database, folder) as url:
        environment = {"DATABASE_URL": url}
        keys = Keys(*(_created(*each, environment) for each in _KEYS))
        log = folder / f"{database}.log"
        with running("--validate-responses", "--log-level", "error", environment=environment, log=log) as own:
            body = {"assistant_type": "chat", "llm_model": None, "name": "of another organisation"}
            httpx.post(own.url + PATH, params={"api_key": keys.foreign}, json=body).raise_for_status()
            yield own, keys, environment


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    """The URL of an empty database."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'verified.sqlite3'}"
    else:
        with running_postgresql() as url:
            yield url


_KEYS = ((ORGANISATION, "full"), (ORGANISATION, "read"), ("another", "full"))


def _created(organisation: str, role: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "store.keys", "create"]
    options = ["--organisation", organisation, "--role", role]
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
