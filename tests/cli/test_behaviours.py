"""A project's behaviours are found, imported by their path, and taken up again when they are saved."""

from pathlib import Path

import pytest

from accord.cli.behaviours import behaving, behaviour_files
from accord.cli.project import Project, find_project
from accord.contract import load_contract
from accord.errors import UsageError
from accord.mocking import Mock
from tests.live import ROOT

ONE = """\
from accord.mocking.behaving import Mocked
from generated.operations import GetAssistant
from . import _common

def get_assistant(request: GetAssistant.Request, mock: Mocked[GetAssistant.Response]):
    return _common.VALUE
"""


@pytest.fixture
def project() -> Project:
    return find_project(ROOT)


@pytest.fixture
def mock() -> Mock:
    return Mock(load_contract(str(ROOT / "openapi.yaml")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "assistant.py").write_text(ONE)
    (tmp_path / "_common.py").write_text("VALUE = 1\n")
    return tmp_path


def test_the_projects_own_behaviours_are_found() -> None:
    assert [Path(file).name for file in behaviour_files(ROOT, None)] == ["assistant.py"]


def test_a_project_may_have_one_module_of_them(tmp_path: Path) -> None:
    (tmp_path / "mock").mkdir()
    (tmp_path / "mock" / "behaviours.py").touch()
    assert len(behaviour_files(tmp_path, None)) == 1
    assert behaviour_files(tmp_path / "mock", None) == []


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not there"):
        behaviour_files(tmp_path, str(tmp_path / "none"))


def test_functions_are_behaviours_by_their_names(project: Project, mock: Mock, folder: Path) -> None:
    behaving(project, behaviour_files(ROOT, str(folder)))(mock)
    behaviour = mock.behaviours["getAssistant"]
    assert str(behaviour.place) == f"{folder / 'assistant.py'}:5:1"
    assert behaviour.function(None, None) == 1


def test_a_saved_file_is_imported_anew(project: Project, mock: Mock, folder: Path) -> None:
    behave = behaving(project, behaviour_files(ROOT, str(folder)))
    behave(mock)
    (folder / "_common.py").write_text("VALUE = 2\n")
    behave(mock)
    assert mock.behaviours["getAssistant"].function(None, None) == 2
    assert not (folder / "__pycache__").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def get_assistant(:\n", "assistant.py:1:19: .* cannot be imported: SyntaxError"),
        ("\nraise SystemExit(1)\n", "assistant.py:2:1: .* cannot be imported: SystemExit: 1"),
    ],
)
def test_a_file_that_cannot_be_imported_is_an_error_with_its_place(
    project: Project, mock: Mock, folder: Path, text: str, said: str
) -> None:
    (folder / "assistant.py").write_text(text)
    with pytest.raises(UsageError) as raised:
        behaving(project, behaviour_files(ROOT, str(folder)))(mock)
    assert raised.match(said)


def test_what_is_no_behaviour_is_printed(
    project: Project, mock: Mock, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "assistant.py").write_text("def read_assistant(request): ...\n")
    behaving(project, behaviour_files(ROOT, str(folder)))(mock)
    assert "no operation has a handler 'read_assistant' [unknown-behaviour]" in capsys.readouterr().err
