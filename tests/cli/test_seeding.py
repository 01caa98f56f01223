"""What a team's mock knows beside the contract, as the command finds it."""

import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from accord.cli.seeding import files_in, own_folders, stage
from accord.errors import UsageError
from accord.mocking import Mock
from accord.testing import Mock as Running
from tests.mocking.conftest import contract_of

FILE = """\
one: {rules: [{respond: {}}]}
two: {active: true, rules: [{respond: {}}]}
three: {rules: [{respond: {}}]}
"""


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios/all.yaml").write_text(FILE)
    return [*files_in(own_folders(tmp_path, str(tmp_path))[1])]


def test_a_world_begins_with_what_is_wanted_and_then_what_is_active(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    mock = Mock(contract_of({"/a": {"get": {"operationId": "a", "responses": {}}}}))
    begun = stage(mock, files, ["three"])
    assert [*begun()] == ["two", "three"]
    assert "3 scenarios, on at first: three, two" in capsys.readouterr().err


def test_a_scenario_that_is_not_there_is_wrong_usage(files: list[str]) -> None:
    with pytest.raises(UsageError, match="there is no scenario 'tow'") as caught:
        stage(Mock(contract_of({})), files, ["tow"])
    assert caught.value.hint == "did you mean 'two'?"


API = """\
openapi: 3.1.0
info: {title: A, version: '1'}
paths:
  /a: {get: {operationId: a, responses: {'200': {description: ok}, '503': {description: later}}}}
"""


@pytest.mark.usefixtures("files")
def test_a_saved_scenario_is_taken_up_and_stays_on(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(API)
    with Running.start("api.yaml", folder=tmp_path, data=".", scenario="one", reload=True) as mock:
        assert httpx.get(f"{mock.url}/a").status_code == 200
        (tmp_path / "scenarios/all.yaml").write_text("one: {rules: [{respond: {status: 503}}]}\n")
        assert within(20, lambda: httpx.get(f"{mock.url}/a").status_code == 503)
        assert mock.scenario("one").is_on


def test_a_new_file_of_scenarios_is_taken_up(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(API)
    with Running.start("api.yaml", folder=tmp_path, data=".", reload=True) as mock:
        (tmp_path / "scenarios").mkdir()
        file = tmp_path / "scenarios/new.yaml"
        file.write_text("one: {rules: [{respond: {status: 503}}]}\n")
        assert within(20, lambda: told(mock) == ["503"])
        file.write_text("one: {rules: [{respond: {status: 200}}]}\n")
        assert within(20, lambda: told(mock) == ["200"])


def told(mock: Running) -> list[str]:
    """The answers of the first scenario that a mock has."""
    scenarios = httpx.get(f"{mock.url}/_accord/worlds/default/scenarios").json()["scenarios"]
    return scenarios[0]["rules"][0]["answers"] if scenarios else []


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.05)
    return holds()


@pytest.mark.usefixtures("files")
def test_what_is_wrong_with_a_scenario_is_said_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(API)
    (tmp_path / "scenarios/all.yaml").write_text("one: {rules: [{respond: {status: 404}}]}\n")
    with Running.start("api.yaml", folder=tmp_path, data=".") as mock:
        assert "scenarios/all.yaml:1:26: error: a has no response 404 [invalid-scenario]" in mock.log


def test_an_empty_file_and_a_folder_say_nothing(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "empty.yaml").touch()
    (tmp_path / "pets.yaml").write_text("pet: []\n")
    assert [Path(file).name for file in files_in(tmp_path)] == ["pets.yaml"]
