"""Schemathesis fuzzes the real server, under uvicorn, on both databases, with every phase and every check."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.databases import running_postgresql
from tests.live import ROOT, Server, running

HERE = Path(__file__).parent
SCHEMATHESIS = str(Path(sys.executable).with_name("schemathesis"))


@dataclass(frozen=True)
class Run:
    """One run of Schemathesis, and the least that it has to test."""

    phases: tuple[str, ...]
    operations: int
    cases: int


# The stateful phase has a run of its own: after another phase in the same run, it ends after a few dozen of
# several hundred scenarios. Listing has no link to follow, so the stateful phase does not reach it.
RUNS = (
    Run(("examples", "coverage", "fuzzing"), operations=5, cases=1800),
    Run(("stateful",), operations=4, cases=3000),
)


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_thousands_of_cases_of_every_phase_find_nothing(database: str, tmp_path: Path) -> None:
    """One test for all of it, since the server and its fuzzing take a minute."""
    with database_in(tmp_path, database) as url:
        reports = fuzzed({"DATABASE_URL": url}, tmp_path)
    for run, report in zip(RUNS, reports, strict=True):
        cases, seconds = report["test_cases"]["generated"], report["running_time"]
        print(f"{database}, {', '.join(run.phases)}: {cases} cases in {seconds:.0f} s")
        assert (report["exit_code"], report["failures"], report["errors"]) == (0, [], []), report["output"]
        assert {report["phases"][phase]["status"] for phase in run.phases} == {"success"}
        assert (report["complete"], report["operations"]["tested"]) == (True, run.operations)
        assert cases >= run.cases


@contextmanager
def database_in(folder: Path, kind: str) -> Iterator[str]:
    """The URL of an empty database."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'fuzzed.sqlite3'}"
    else:
        with running_postgresql() as url:
            yield url


def fuzzed(environment: dict[str, str], folder: Path) -> list[dict[str, Any]]:
    """What Schemathesis says of one server, run by run."""
    key = created_key(environment)
    with running("--validate-responses", environment=environment, log=folder / "server.log") as server:
        return [run_schemathesis(server, key, run, folder) for run in RUNS]


def created_key(environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "store.keys", "create", "--organisation", "fuzzed", "--role", "full"]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def run_schemathesis(server: Server, key: str, run: Run, folder: Path) -> dict[str, Any]:
    """Its report as JSON, and as `output` what it printed."""
    report = folder / f"{run.phases[-1]}.json"
    options = {
        "--url": server.url,
        "--checks": "all",
        "--phases": ",".join(run.phases),
        "--report": "json",
        "--report-json-path": str(report),
    }
    command = [
        SCHEMATHESIS,
        "--config-file",
        str(HERE / "schemathesis.toml"),
        "run",
        str(ROOT / "openapi.yaml"),
    ]
    command += [word for option in options.items() for word in option]
    environment = os.environ | {"ACCORD_TEST_KEY": key}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    assert report.exists(), done.stdout + done.stderr
    said: dict[str, Any] = json.loads(report.read_text())
    return said | {"output": done.stdout}
