from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from accord.cli import cli
from accord.errors import UsageError

ROOT = Path(__file__).parents[2]
CONTRACT = """
openapi: 3.1.0
info: {title: Small, version: "1"}
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "pyproject.toml").write_text('[tool.accord]\ncontract = "openapi.yaml"\n')
    (tmp_path / "openapi.yaml").write_text(CONTRACT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def generate(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["generate", *arguments])


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_writes_the_package_and_the_skeletons(project: Path) -> None:
    done = generate()
    assert done.exit_code == 0, done.output
    assert contents(project).keys() == {
        *("openapi.yaml", "pyproject.toml"),
        *(f"generated/{name}" for name in ("__init__.py", "contract.json", "models.py", "operations.py")),
        *("handlers/__init__.py", "handlers/pets.py"),
    }


def test_a_second_run_changes_nothing(project: Path) -> None:
    generate()
    before = contents(project)
    done = generate()
    assert done.output == "generated is up to date\n"
    assert contents(project) == before


def test_what_people_wrote_in_handlers_stays_and_what_to_add_is_told(project: Path) -> None:
    generate()
    (project / "handlers/pets.py").write_text("# mine\nasync def list_pets(request): ...\n")
    added = CONTRACT.replace("  /pets:", "  /dogs: {get: {operationId: listDogs, tags: [pets]}}\n  /pets:")
    (project / "openapi.yaml").write_text(added)
    before = contents(project / "handlers")
    done = generate()
    assert contents(project / "handlers").items() > before.items()
    assert "wrote handlers/list_dogs.py" in done.output
    assert "    list_dogs=list_dogs.list_dogs,\n" in done.output


def test_check_shows_a_diff_writes_nothing_and_exits_1(project: Path) -> None:
    generate()
    (project / "openapi.yaml").write_text(CONTRACT.replace("name:", "nickname:"))
    before = contents(project)
    done = generate("--check")
    assert done.exit_code == 1
    assert "\n-    name: str | MISSING = MISSING\n+    nickname: str | MISSING = MISSING\n" in done.stdout
    assert contents(project) == before


def test_check_of_what_is_up_to_date_exits_0(project: Path) -> None:
    generate()
    done = generate("--check")
    assert (done.exit_code, done.output) == (0, "generated is up to date\n")
    assert project.exists()


def test_check_of_what_was_never_generated_writes_nothing(project: Path) -> None:
    assert generate("--check").exit_code == 1
    assert contents(project).keys() == {"openapi.yaml", "pyproject.toml"}


def test_another_folder_gets_the_package_alone(project: Path) -> None:
    done = generate("openapi.yaml", "--output", "elsewhere")
    assert done.exit_code == 0
    assert {path.name for path in project.iterdir()} == {"openapi.yaml", "pyproject.toml", "elsewhere"}


def test_an_operation_that_is_gone_is_gone_from_the_package(project: Path) -> None:
    generate()
    (project / "openapi.yaml").write_text(CONTRACT.replace("listPets", "findPets"))
    generate()
    operations = (project / "generated/operations.py").read_text()
    assert "ListPets" not in operations
    assert "find_pets: FindPets.Handler" in operations


def test_lenient_reports_what_it_passes_over(project: Path) -> None:
    twice = CONTRACT.replace("  /pets:", "  /dogs: {get: {operationId: listPets}}\n  /pets:")
    (project / "openapi.yaml").write_text(twice)
    done = generate("--lenient")
    assert done.exit_code == 0, done.output
    assert "equal-operation-ids" in done.stderr


def test_what_is_wrong_with_the_contract_is_reported_and_keeps_nothing_from_going_on(project: Path) -> None:
    (project / "openapi.yaml").write_text(CONTRACT.replace("operationId:", "operationid:"))
    done = generate()
    assert done.exit_code == 0
    assert (
        "openapi.yaml:7:7: warning: the operation has no field 'operationid' [unknown-field]" in done.stderr
    )
    assert (project / "generated/operations.py").exists()


def test_a_sound_contract_is_generated_without_a_word_on_standard_error(project: Path) -> None:
    assert project.exists()
    assert generate().stderr == ""


def test_a_folder_that_the_settings_allow_is_allowed_from_any_folder_of_the_project(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "shared").mkdir()
    (project / "shared/pet.yaml").write_text("type: object\n")
    (project / "api").mkdir()
    (project / "api/openapi.yaml").write_text(
        CONTRACT.replace("#/components/schemas/Pet", "../shared/pet.yaml")
    )
    (project / "pyproject.toml").write_text(
        '[tool.accord]\ncontract = "api/openapi.yaml"\nallow = ["shared"]\n'
    )
    monkeypatch.chdir(project / "api")
    done = generate()
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("file", "folder"),
    [("generated", ""), ("handlers", ""), ("", "generated/models.py")],
)
def test_a_file_or_folder_in_the_way_is_one_error(project: Path, file: str, folder: str) -> None:
    if file:
        (project / file).write_text("")
    else:
        (project / folder).mkdir(parents=True)
    with pytest.raises(UsageError, match=f"{file or folder} cannot be used: "):
        CliRunner().invoke(cli, ["generate"], catch_exceptions=False)


def test_handlers_in_another_encoding_are_one_error(project: Path) -> None:
    (project / "handlers").mkdir()
    (project / "handlers/pets.py").write_bytes(b'NAME = "\xe9"\n')
    with pytest.raises(UsageError, match=r"handlers/pets\.py is not UTF-8 text"):
        CliRunner().invoke(cli, ["generate"], catch_exceptions=False)


def test_a_diff_names_files_as_they_are_seen_from_here(project: Path) -> None:
    generate()
    (project / "generated/models.py").unlink()
    assert generate("--check").stdout.startswith("--- generated/models.py\n")


def test_the_root_of_this_repository_is_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    done = generate("--check")
    assert done.exit_code == 0, done.stdout[:4000]
