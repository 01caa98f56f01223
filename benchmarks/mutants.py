"""Which faults of an implementation are found by what `make verify` does, and by what of it.

    python benchmarks/mutants.py [NAME ...] [--jobs N] [--markdown]

Each mutant, the server or the mock with one fault, is run by itself, and looked at until something is found,
by what is quickest first: the contract's examples and boundaries with every check, and what was seen that is
not documented; the same, and the lives of resources, against the side that has no fault; of a server this
repository's own requests, those of tests/contract/provoking.py; what the phase `directed` adds; chance and
calls in a row with every check; and these against the other side. There are 100 examples here, 400 in
`make verify`.
"""

import argparse
import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

import benchmarks.faults  # noqa: E402 - the path is set first
import benchmarks.mutations  # noqa: E402 - the path is set first
from accord.cli.parities import comparing  # noqa: E402 - the path is set first
from accord.cli.targets import Target, running  # noqa: E402 - the path is set first
from accord.contract import Contract, load_contract  # noqa: E402 - the path is set first
from accord.verifying import Exchange, Hearing, Scenario, Settings, choose  # noqa: E402 - the path is set first
from accord.verifying.coverage import Observer  # noqa: E402 - the path is set first
from accord.verifying.running import verify  # noqa: E402 - the path is set first
from benchmarks.mutations import MUTATIONS, Mutation  # noqa: E402 - the path is set first
from tests.contract.provoking import Keys, limited, provoked  # noqa: E402 - the path is set first
from tests.contract.verifying import LIMITED, serving  # noqa: E402 - the path is set first

_EXAMPLES = 100
NO_MORE: Mapping[str, str] = {}
_SECONDS = 60
"""Seconds that one look takes at most."""


@dataclass(frozen=True, slots=True)
class Ground:
    """An SQLite file to begin with, and keys of it."""

    database: Path
    keys: Keys


@dataclass(frozen=True, slots=True)
class Found:
    """What found a mutant: `checks`, `coverage`, `parity`, `own requests`, or empty; and what it said."""

    name: str
    by: str
    what: str
    seconds: float


def judged(ground: Ground, name: str) -> Found:
    """What finds this mutant."""
    started, mutation = time.monotonic(), MUTATIONS[name]
    found = ((by, look(ground, mutation, phases)) for by, look, phases in _LOOKS)
    by, what = next(((by, what) for by, what in found if what), ("", ""))
    by = "coverage" if what.startswith("undocumented") else by
    return Found(name, by, what, time.monotonic() - started)


def by_checks(ground: Ground, mutation: Mutation, phases: tuple[str, ...]) -> str:
    """The first check that fails; else what was seen that the contract has not."""
    contract = load_contract("openapi.yaml")
    with started(ground, mutation.name) as url:
        settings = _settings(url, {"ApiKey": ground.keys.full}, phases)
        hearing, observer = Hearing(contract, settings, choose(contract)), Observer(contract)
        for told in verify(contract, settings, choose(contract)):
            hearing.hear(told)
            observer.see_all(told.exchanges if isinstance(told, Scenario) else ())
            if broken := hearing.verdict(0).broken:
                return ", ".join(broken[0].checks)
    documented = ("validation",) if mutation.of == "mock" else ()
    new = [each for each in sorted(observer.coverage.undocumented) if each.name not in documented]
    return f"{new[0].rule}: {new[0].name}" if new else ""


def by_parity(ground: Ground, mutation: Mutation, phases: tuple[str, ...]) -> str:
    """The first difference between the mutant and the other side, which has no fault."""
    contract = load_contract("openapi.yaml")
    made = {"ApiKey": ground.keys.full}
    mock, server = (mutation.name, "server") if mutation.of == "mock" else ("mock", mutation.name)
    with (
        started(ground, server) as theirs,
        hosted(mock) as ours,
        comparing(contract, ours, theirs, made) as comparison,
    ):
        for told in _told(contract, ours, made, phases):
            comparison.compare_all(told)
            if found := [each for each in comparison.parity.differences if each.counts]:
                return found[0].finding.message
        return "lists were not counted: the server holds something" if comparison.parity.uncounted else ""


def _told(
    contract: Contract, url: str, credentials: Mapping[str, str], phases: tuple[str, ...]
) -> Iterator[tuple[Exchange, ...]]:
    """The exchanges of each scenario; at first none, since the lives of resources were compared by then."""
    yield ()
    for told in verify(contract, _settings(url, credentials, phases), choose(contract)):
        yield told.exchanges if isinstance(told, Scenario) else ()


def _settings(url: str, credentials: Mapping[str, str], phases: tuple[str, ...]) -> Settings:
    return Settings(url, credentials, phases=phases, max_examples=_EXAMPLES, time_limit=_SECONDS)


def by_own_requests(ground: Ground, mutation: Mutation, _: tuple[str, ...]) -> str:
    """What the server answers otherwise than this repository's own requests want it."""
    if mutation.of == "mock":
        return ""
    with started(ground, mutation.name) as url, tempfile.TemporaryDirectory() as folder:
        if wrong := _wrong(provoked, url, ground, folder):
            return wrong
    with (
        started(ground, mutation.name, LIMITED) as url,
        tempfile.TemporaryDirectory() as folder,
    ):
        return _wrong(limited, url, ground, folder)


def _wrong(ask: Callable[[str, Keys, Path], object], url: str, ground: Ground, folder: str) -> str:
    """What the requests say is wrong; empty where nothing is."""
    try:
        ask(url, ground.keys, Path(folder, "seen.json"))
    except (AssertionError, httpx.HTTPError) as error:
        return str(error).partition("\n")[0][:100] or "what was sent is not what is read"
    return ""


_QUICK, _DEEP = ("examples", "coverage"), ("fuzzing", "stateful")
_AIMED = (*_QUICK, "directed")
_LOOKS = (
    ("checks", by_checks, _QUICK),
    ("parity", by_parity, _QUICK),
    ("own requests", by_own_requests, _QUICK),
    ("checks", by_checks, _AIMED),
    ("checks", by_checks, _DEEP),
    ("parity", by_parity, _DEEP),
)


@contextmanager
def started(ground: Ground, name: str, environment: Mapping[str, str] = NO_MORE) -> Iterator[str]:
    """The URL of a mutant, on a database of its own, with so much more in its environment."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder, "mutant.sqlite3")
        shutil.copy(ground.database, database)
        os.environ["DATABASE_URL"] = f"sqlite:///{database}"
        os.environ["ACCORD_AUTH_APIKEY"] = ground.keys.full
        os.environ.update(environment)
        try:
            with hosted(name) as url:
                yield url
        finally:
            for each in environment:
                del os.environ[each]


@contextmanager
def hosted(name: str) -> Iterator[str]:
    """The URL of an application of benchmarks.mutations: here, or by itself where code is patched for it."""
    mutation = MUTATIONS.get(name)
    if mutation is not None and mutation.patch is not None:
        with running(Target(app=f"benchmarks.mutations:{name}"), None, (), {}) as url:
            yield url
        return
    config = uvicorn.Config(
        getattr(benchmarks.mutations, name), lifespan="on", log_config=None, access_log=False
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as bound:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def prepared() -> Iterator[Ground]:
    """A database with keys, in which another organisation has an assistant."""
    with tempfile.TemporaryDirectory() as folder:
        with serving("sqlite", Path(folder)) as (_, keys, _):
            pass
        yield Ground(Path(folder, "verified.sqlite3"), keys)


def judge_all(names: Sequence[str], jobs: int, tell: Callable[[Found], object]) -> list[Found]:
    """What finds each of them, so many at the same time."""
    found = []
    with prepared() as ground, ProcessPoolExecutor(jobs) as pool:
        for done in as_completed([pool.submit(judged, ground, name) for name in names]):
            tell(done.result())
            found.append(done.result())
    return sorted(found, key=lambda each: names.index(each.name))


def _line(found: Found) -> str:
    by = found.by or "NOTHING"
    return f"{found.name:<30} {by:<13} {found.seconds:5.1f} s  {found.what[:110]}"


def _row(found: Found) -> str:
    fault = MUTATIONS[found.name].fault.replace("|", "\\|")
    return f"| `{found.name}` | {fault} | {found.by or 'nothing'} | {found.what.replace('|', ' ')[:110]} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where all were found."""
    parser = argparse.ArgumentParser(description="Which mutants are found, and by what.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="these alone")
    parser.add_argument("--jobs", type=int, default=2, help="mutants that are asked at the same time")
    parser.add_argument("--markdown", action="store_true", help="print the rows of a table, too")
    chosen = parser.parse_args(arguments)
    names = chosen.names or list(MUTATIONS)
    found = judge_all(names, chosen.jobs, lambda each: print(_line(each), flush=True))
    if chosen.markdown:
        print(*map(_row, found), sep="\n")
    unfound = [each.name for each in found if not each.by]
    print(f"{len(found) - len(unfound)} of {len(found)} found; not: {', '.join(unfound) or 'none'}")
    return 1 if unfound else 0


if __name__ == "__main__":
    sys.exit(main())
