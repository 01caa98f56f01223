"""Options of a command that stand in the project's settings."""

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from accord.cli.configured import ConfiguredCommand
from accord.errors import UsageError


@click.command("mock", cls=ConfiguredCommand)
@click.option("-p", "--port", type=click.IntRange(0, 9), default=1)
@click.option("-d", "--dynamic/--no-dynamic", default=False)
@click.option("--bare", is_flag=True)
@click.option("--allow", multiple=True)
@click.option("--tls-cert", type=click.Path())
@click.option("--fill-properties", "--fillProperties", "fills", is_flag=True)
def command(**given: Any) -> None:
    click.echo(json.dumps(given))


def run(*args: str) -> dict[str, Any]:
    result = CliRunner().invoke(command, args, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    given: dict[str, Any] = json.loads(result.output)
    return given


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def settings(folder: Path, *lines: str) -> None:
    (folder / "pyproject.toml").write_text("\n".join(("[tool.accord.mock]", *lines)))


def test_an_option_can_stand_in_the_settings_and_the_command_line_wins(project: Path) -> None:
    settings(project, "port = 5", "dynamic = true", 'allow = ["a"]')
    assert run()["port"] == 5
    assert run("-p", "6") == {
        "port": 6,
        "dynamic": True,
        "bare": False,
        "allow": ["a"],
        "tls_cert": None,
        "fills": False,
    }


def test_a_file_is_found_from_the_settings_own_folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings(project, 'tls-cert = "tls/cert.pem"')
    (project / "inner").mkdir()
    monkeypatch.chdir(project / "inner")
    assert run()["tls_cert"] == str(project / "tls/cert.pem")


def test_an_unknown_setting_names_the_nearest_known_one(project: Path) -> None:
    settings(project, "dynamik = true")
    with pytest.raises(UsageError, match=r"unknown setting 'dynamik' in \[tool.accord.mock\]") as raised:
        run()
    assert raised.value.hint == "did you mean 'dynamic'?"


def test_a_hint_names_settings_as_they_are_written(project: Path) -> None:
    settings(project, "x = 1")
    with pytest.raises(UsageError) as raised:
        run()
    assert raised.value.hint == "known settings: allow, bare, dynamic, fill-properties, port, tls-cert"


@pytest.mark.parametrize(
    "line",
    [
        "port = 10",
        'port = "x"',
        'dynamic = "yes"',
        'allow = "a"',
        "port = [1]",
        "port = {a = 1}",
        "port = true",
        "port = 1.5",
    ],
)
def test_a_setting_of_the_wrong_kind_is_said_with_its_place(project: Path, line: str) -> None:
    settings(project, line)
    with pytest.raises(UsageError, match=r"\[tool.accord.mock\] "):
        run()


@pytest.mark.parametrize(
    ("args", "dynamic"),
    [
        (["--dynamic=true"], True),
        (["--dynamic", "true"], True),
        (["-d=true"], True),
        (["-d", "--dynamic=false"], False),
        (["--dynamic", "false"], False),
    ],
)
def test_a_flag_takes_true_and_false(args: list[str], dynamic: bool) -> None:  # noqa: FBT001 - a case
    assert run(*args)["dynamic"] is dynamic


def test_a_flag_that_can_only_be_set_is_left_off_by_false() -> None:
    assert run("--bare=false")["bare"] is False
    assert run("--bare=true")["bare"] is True
