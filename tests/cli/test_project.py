from pathlib import Path

import pytest

from accord.cli.project import find_project, import_name, is_own
from accord.errors import UsageError


def written(folder: Path, settings: str) -> Path:
    (folder / "pyproject.toml").write_text(settings)
    return folder


def test_settings_come_from_the_nearest_pyproject_with_a_table_for_accord(tmp_path: Path) -> None:
    written(tmp_path, '[tool.accord]\ncontract = "api.yaml"\nallow = ["common"]')
    (tmp_path / "common").mkdir()
    inner = tmp_path / "packages" / "one"
    inner.mkdir(parents=True)
    written(inner, "[tool.other]")
    project = find_project(inner)
    assert (project.root, project.allow) == (tmp_path, (str(tmp_path / "common"),))
    assert project.contract == str(tmp_path / "api.yaml")


def test_allowed_folders_are_found_from_the_settings_file_and_hosts_stay_hosts(tmp_path: Path) -> None:
    written(tmp_path, '[tool.accord]\nallow = ["../common", "example.com", "example.com:8443", "."]')
    (tmp_path / "handlers").mkdir()
    assert find_project(tmp_path / "handlers").allow == (
        *(f"{tmp_path}/../common", "example.com", "example.com:8443"),
        str(tmp_path),
    )


def test_paths_are_shown_from_where_the_command_runs(tmp_path: Path) -> None:
    written(tmp_path, '[tool.accord]\ncontract = "contracts/api.yaml"')
    assert find_project(tmp_path).contract == "contracts/api.yaml"


def test_a_contract_at_a_url_stays_there(tmp_path: Path) -> None:
    written(tmp_path, '[tool.accord]\ncontract = "https://example.com/api.yaml"')
    assert find_project(tmp_path).contract == "https://example.com/api.yaml"


def test_without_settings_the_folder_itself_is_the_project(tmp_path: Path) -> None:
    project = find_project(tmp_path)
    assert (project.contract, project.generated) == ("openapi.yaml", tmp_path / "generated")


def test_a_named_contract_stands_in_for_the_projects_own(tmp_path: Path) -> None:
    assert find_project(tmp_path, contract="other.json").contract == "other.json"


@pytest.mark.parametrize("name", [None, "contracts/api.yaml", "./contracts/../contracts/api.yaml"])
def test_the_projects_own_contract_may_be_named_or_not(name: str | None, tmp_path: Path) -> None:
    written(tmp_path, '[tool.accord]\ncontract = "contracts/api.yaml"')
    assert is_own(name, tmp_path)
    assert is_own(str(tmp_path / "contracts" / "api.yaml"), tmp_path)


@pytest.mark.parametrize("name", ["api.yaml", "contracts", "https://example.com/contracts/api.yaml"])
def test_another_contract_is_not_the_projects_own(name: str, tmp_path: Path) -> None:
    written(tmp_path, '[tool.accord]\ncontract = "contracts/api.yaml"')
    assert not is_own(name, tmp_path)


def test_an_unknown_setting_names_the_nearest_known_one(tmp_path: Path) -> None:
    written(tmp_path, '[tool.accord]\ncontrct = "x"')
    with pytest.raises(UsageError, match="unknown setting 'contrct'") as raised:
        find_project(tmp_path)
    assert raised.value.hint == "did you mean 'contract'?"


@pytest.mark.parametrize("line", ["contract = 1", "generated = []", 'allow = "x"', "allow = [1]"])
def test_a_setting_of_the_wrong_type_is_refused(tmp_path: Path, line: str) -> None:
    written(tmp_path, f"[tool.accord]\n{line}")
    with pytest.raises(UsageError, match=r"is expected$"):
        find_project(tmp_path)


@pytest.mark.parametrize("name", ["handlers", "generated"])
@pytest.mark.parametrize("folder", ["my-handlers", "../handlers", "/handlers", "class", "a b", "", "."])
def test_a_folder_that_python_cannot_import_is_refused(tmp_path: Path, name: str, folder: str) -> None:
    written(tmp_path, f'[tool.accord]\n{name} = "{folder}"')
    with pytest.raises(UsageError, match="a package is expected"):
        find_project(tmp_path)


def test_a_package_within_another_is_imported_by_both_names(tmp_path: Path) -> None:
    project = find_project(written(tmp_path, '[tool.accord]\nhandlers = "app/handlers"'))
    assert import_name(project.handlers, project) == "app.handlers"


@pytest.mark.parametrize("text", ["[tool", "tool = 1", "[tool]\naccord = 3"])
def test_a_broken_pyproject_is_one_clear_error(tmp_path: Path, text: str) -> None:
    written(tmp_path, text)
    with pytest.raises(UsageError, match=r"pyproject\.toml"):
        find_project(tmp_path)
