"""The fixture `accord_mock`, in a project of its own."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from accord.testing import Mock
from tests.live import ROOT

CONTRACT = """\
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200': {description: ok, content: {application/json: {example: [1], schema: {type: array}}}}
        '503': {description: later}
"""
TESTS = """\
import httpx
from accord.testing import World

def test_it_answers(accord_mock: World) -> None:
    assert httpx.get(f"{accord_mock.url}/pets").json() == [1]
    assert len(accord_mock.calls("listPets")) == 1

def test_it_answers_as_it_is_told(accord_mock: World) -> None:
    accord_mock.when("listPets").respond(503)
    with accord_mock.client() as client:
        assert client.get("/pets").status_code == 503

def test_each_test_has_a_world_of_its_own(accord_mock: World) -> None:
    assert accord_mock.calls("listPets") == []
    assert httpx.get(f"{accord_mock.url}/pets").status_code == 200
"""
MARKED = """\
import httpx
import pytest

@pytest.mark.accord_scenario("closed")
def test_it_is_closed(accord_mock) -> None:
    assert httpx.get(f"{accord_mock.url}/pets").status_code == 503

def test_it_is_open(accord_mock) -> None:
    assert httpx.get(f"{accord_mock.url}/pets").status_code == 200
"""


def outcome(folder: Path, *arguments: str) -> str:
    """What pytest says of the tests in a folder."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "accord.pytest_plugin", *arguments]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    ran = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=100, check=False
    )
    return ran.stdout + ran.stderr


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "api.yaml").write_text(CONTRACT)
    (tmp_path / "test_pets.py").write_text(TESTS)
    return tmp_path


@pytest.mark.parametrize(
    "settings",
    [
        '[tool.accord]\ncontract = "api.yaml"\n[tool.pytest.ini_options]\n',
        '[tool.pytest.ini_options]\naccord_contract = "api.yaml"\naccord_options = "--seed other"\n',
    ],
)
def test_each_test_gets_a_world_of_the_projects_mock(project: Path, settings: str) -> None:
    (project / "pyproject.toml").write_text(settings)
    assert "3 passed" in outcome(project)


def test_a_mark_has_scenarios_on_for_its_test(project: Path) -> None:
    (project / "pyproject.toml").write_text(
        '[tool.accord]\ncontract = "api.yaml"\n[tool.pytest.ini_options]\naddopts = "--strict-markers"\n'
    )
    (project / "mock/scenarios").mkdir(parents=True)
    (project / "mock/scenarios/all.yaml").write_text("closed: {rules: [{respond: {status: 503}}]}\n")
    (project / "test_pets.py").write_text(MARKED)
    assert "2 passed" in outcome(project)


def test_a_mock_that_runs_already_is_used(project: Path) -> None:
    with Mock.start("api.yaml", folder=project) as mock:
        assert "3 passed" in outcome(project, "--accord-url", mock.url)


def test_the_fixture_says_why_there_is_no_mock(project: Path) -> None:
    (project / "pytest.ini").write_text("[pytest]\naccord_contract = none.yaml\n")
    assert "the mock ended with 3: accord: none.yaml" in outcome(project)


def test_pytest_finds_the_plugin_by_its_entry_point() -> None:
    written = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert written["project"]["entry-points"]["pytest11"] == {"accord": "accord.pytest_plugin"}
