"""`accord new` as somebody runs it who has nothing yet, or a contract."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from accord.cli import cli
from accord.errors import ContractError, UsageError

BINARIES = Path(sys.executable).parent
SMALL = """
openapi: 3.0.3
info: {title: Small, version: "1"}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "pet.yaml#/Pet"}}}}
"""
PET = "Pet: {type: object, required: [name], properties: {name: {type: string}}}\n"
BROKEN = SMALL.replace("listPets", "listPets\n      security: [{Gone: []}]")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "small.yaml").write_text(SMALL)
    (tmp_path / "pet.yaml").write_text(PET)
    (tmp_path / "ready").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def new(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["new", *arguments])


def make_test(project: Path) -> "subprocess.CompletedProcess[str]":
    command = ["make", "test", f"BIN={BINARIES}", f"READY={project.parent / 'ready'}"]
    settings = os.environ | {"PYTEST_ADDOPTS": "-p no:cacheprovider -p no:randomly"}
    return subprocess.run(command, cwd=project, env=settings, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [(), ("--from", "small.yaml")])
def test_the_tests_of_a_new_project_pass_at_once(folder: Path, arguments: tuple[str, ...]) -> None:
    assert new("fresh", *arguments).exit_code == 0
    done = make_test(folder / "fresh")
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout


def test_a_contract_of_several_files_is_copied_as_it_is(folder: Path) -> None:
    new("fresh", "--from", "small.yaml")
    assert (folder / "fresh" / "small.yaml").read_text() == SMALL
    assert (folder / "fresh" / "pet.yaml").read_text() == PET
    assert 'contract = "small.yaml"' in (folder / "fresh" / "pyproject.toml").read_text()


def test_what_lint_finds_today_is_a_warning_there(folder: Path) -> None:
    (folder / "small.yaml").write_text(BROKEN)
    assert new("fresh", "--from", "small.yaml").exit_code == 0
    assert '"unknown-security-scheme=warning"' in (folder / "fresh" / "pyproject.toml").read_text()


def test_rows_and_handlers_and_ci_are_there(folder: Path) -> None:
    new("notes")
    made = {
        str(path.relative_to(folder / "notes")) for path in (folder / "notes").rglob("*") if path.is_file()
    }
    assert made >= {"openapi.yaml", "handlers/notes.py", "mock/seeds/note.yaml", ".github/workflows/ci.yml"}


def test_a_folder_that_has_something_in_it_is_left_alone(folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "note.txt").write_text("mine")
    assert isinstance(new("mine").exception, UsageError)
    assert [path.name for path in (folder / "mine").iterdir()] == ["note.txt"]


@pytest.mark.usefixtures("folder")
def test_a_name_that_is_none_is_wrong_usage() -> None:
    assert isinstance(new("a b").exception, UsageError)


def test_a_contract_that_cannot_be_loaded_leaves_nothing_behind(folder: Path) -> None:
    assert isinstance(new("fresh", "--from", "gone.yaml").exception, ContractError)
    assert not (folder / "fresh").exists()
