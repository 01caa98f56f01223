"""What a team's mock knows beside the contract, as the command finds it."""

from pathlib import Path

import pytest

from accord.cli.seeding import scenario_files, stage
from accord.errors import UsageError
from accord.mocking import Mock
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
    return [*scenario_files(tmp_path, str(tmp_path))]


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
