"""Schemathesis fuzzes the real server, under uvicorn, on both databases, with every phase and every check."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.databases import running_postgresql
from tests.live import ROOT, Server, running

HERE = Path(__file__).parent
PHASES = ("examples", "coverage", "fuzzing", "stateful")


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What Schemathesis says of the server on one database."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        return fuzzed(f"sqlite:///{folder / 'fuzzed.sqlite3'}", folder)
    with running_postgresql(folder / "postgresql") as url:
        return fuzzed(url, folder)


def fuzzed(database_url: str, folder: Path) -> dict[str, Any]:
    environment = {"DATABASE_URL": database_url}
    key = created_key(environment)
    with running("--validate-responses", environment=environment, log=folder / "server.log") as server:
        return run_schemathesis(server, key, folder)


def created_key(environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "store.keys", "create", "--organisation", "fuzzed", "--role", "full"]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=True
    )
    return next(word for word in done.stdout.split() if word.startswith("in-"))


def run_schemathesis(server: Server, key: str, folder: Path) -> dict[str, Any]:
    report = folder / "report.json"
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        *(
            "--config-file",
            str(HERE / "schemathesis.toml"),
            "run",
            str(ROOT / "openapi.yaml"),
            "--url",
            server.url,
        ),
        *(
            "--checks",
            "all",
            "--phases",
            ",".join(PHASES),
            "--report",
            "json",
            "--report-json-path",
            str(report),
        ),
    ]
    environment = os.environ | {"ACCORD_TEST_KEY": key}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    assert report.exists(), done.stdout + done.stderr
    said: dict[str, Any] = json.loads(report.read_text())
    return said | {"output": done.stdout}


def test_no_check_fails(report: dict[str, Any]) -> None:
    print(f"{report['test_cases']['generated']} cases in {report['running_time']:.0f} s")
    assert (report["exit_code"], report["failures"], report["errors"]) == (0, [], []), report["output"]


def test_every_operation_is_tested(report: dict[str, Any]) -> None:
    operations = report["operations"]
    assert operations["total"] == operations["tested"] == 5


def test_every_phase_runs(report: dict[str, Any]) -> None:
    assert {name: report["phases"][name]["status"] for name in PHASES} == dict.fromkeys(PHASES, "success")


def test_the_fuzzing_is_more_than_a_handful_of_cases(report: dict[str, Any]) -> None:
    assert report["test_cases"]["generated"] > 500
    assert report["complete"]
