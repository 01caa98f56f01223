"""The wheel runs outside the repository, in an environment that has it and what it requires."""

import zipfile
from email.parser import Parser
from pathlib import Path

import httpx
import pytest

import accord
from accord.cli import COMMANDS
from tests.shipping.conftest import Installed, done, listening

pytestmark = pytest.mark.slow


def test_what_is_imported_is_the_wheels(installed: Installed) -> None:
    origin = done(installed.run("python", "-c", "import accord; print(accord.__file__)"))
    assert Path(origin.strip()).is_relative_to(installed.home)


def test_every_file_of_the_toolkit_is_in_it(installed: Installed) -> None:
    home = installed.source / "src"
    files = {str(path.relative_to(home)) for path in (home / "accord").rglob("*") if path.is_file()}
    packed = {name for name in zipfile.ZipFile(installed.wheel).namelist() if name.startswith("accord/")}
    assert packed == {name for name in files if "__pycache__" not in name}
    assert {
        "accord/py.typed",
        "accord/mocking/console/index.html",
        "accord/mocking/control/openapi.yaml",
    } <= packed


def test_its_metadata_say_what_it_is(installed: Installed) -> None:
    archive = zipfile.ZipFile(installed.wheel)
    (name,) = [each for each in archive.namelist() if each.endswith("METADATA")]
    said = Parser().parsestr(archive.read(name).decode())
    assert (said["Name"], said["Version"], said["License-Expression"]) == (
        "accord",
        accord.__version__,
        "MIT",
    )
    assert "Typing :: Typed" in said.get_all("Classifier", [])
    assert str(said.get_payload()).startswith("# accord")


@pytest.mark.parametrize("command", [("accord",), ("python", "-m", "accord")])
def test_it_tells_its_version_and_its_commands(installed: Installed, command: tuple[str, ...]) -> None:
    assert done(installed.run(*command, "--version")).split()[-1] == accord.__version__
    assert set(COMMANDS) <= set(done(installed.run(*command, "--help")).split())


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_can_be_imported(installed: Installed, name: str) -> None:
    assert "Examples:" in done(installed.run("accord", name, "--help"))


def test_it_lints_compares_and_generates(installed: Installed) -> None:
    assert "openapi.yaml" in done(installed.run("accord", "lint", "--severity", "undocumented-error=off"))
    changed = installed.folder / "changed.yaml"
    changed.write_text((installed.folder / "openapi.yaml").read_text().replace("required: [name], ", ""))
    assert installed.run("accord", "diff", "openapi.yaml", "changed.yaml").returncode == 1
    done(installed.run("accord", "generate", "--output", "made"))
    assert "class GetPet" in (installed.folder / "made" / "operations.py").read_text()


def test_its_page_of_differences_and_its_projects_have_their_templates(installed: Installed) -> None:
    assert "<html" in done(
        installed.run("accord", "diff", "openapi.yaml", "openapi.yaml", "--format", "html")
    )
    done(installed.run("accord", "new", "my-api"))
    assert (installed.folder / "my-api" / "Makefile").is_file()


def test_its_mock_answers_and_has_its_console(installed: Installed) -> None:
    with listening(installed, "accord", "mock", "openapi.yaml", "--port", "0") as url:
        assert httpx.get(f"{url}/pets/1").json() == {"name": "Rex"}
        assert "console.js" in httpx.get(f"{url}/_accord/", headers={"Accept": "text/html"}).text
