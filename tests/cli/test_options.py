"""`--state`, whose value may be left out."""

import builtins
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import pytest

from accord.cli import cli
from accord.cli.launching import state_of
from accord.errors import UsageError
from accord.mocking.sharing.opening import open_store
from accord.mocking.sharing.places import place_of


def settings(*arguments: str, setting: str = "", folder: Path) -> Any:
    (folder / "pyproject.toml").write_text(f"[tool.accord.mock]\n{setting}")
    command = cli.get_command(click.Context(cli), "mock")
    assert command is not None
    return command.make_context("mock", list(arguments)).params


@pytest.mark.parametrize(
    ("arguments", "setting", "state", "contract"),
    [
        ((), "", True, None),
        (("--state", "pets.yaml"), "", True, "pets.yaml"),
        (("--state", "true", "pets.yaml"), "", True, "pets.yaml"),
        (("--state=false", "pets.yaml"), "", False, "pets.yaml"),
        (("--no-state", "pets.yaml"), "", False, "pets.yaml"),
        (("--state", "redis://here", "pets.yaml"), "", "redis://here", "pets.yaml"),
        (("pets.yaml", "--state=redis://here"), "", "redis://here", "pets.yaml"),
        ((), "state = false", False, None),
        (("--state",), "state = false", True, None),
        ((), "state = 'redis://here'", "redis://here", None),
        (("--no-state",), "state = 'redis://here'", False, None),
    ],
)
def test_the_state_is_kept_where_the_command_line_says_or_else_the_settings(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: Sequence[str],
    setting: str,
    *,
    state: bool | str,
    contract: str | None,
) -> None:
    monkeypatch.chdir(tmp_path)
    stated = settings(*arguments, setting=setting, folder=tmp_path)
    assert (state_of(stated), stated["contract"]) == (state, contract)


def test_the_environment_may_say_where_the_state_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ACCORD_STATE", "redis://there")
    assert state_of(settings(folder=tmp_path)) == "redis://there"


def test_several_workers_without_a_place_for_their_state_are_told_how_to_have_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert state_of(settings("--workers", "2", folder=tmp_path)) is False
    assert "--state redis://HOST:6379" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("url", "package"), [("redis://host", "redis"), ("postgresql://host/any", "asyncpg")]
)
def test_a_package_that_is_not_there_is_named_with_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, url: str, package: str
) -> None:
    imported = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == package or name.startswith("accord.mocking.sharing.in_"):
            raise ImportError(name=package)
        return imported(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError) as refused:
        open_store(place_of(url, "Pets"))
    assert refused.value.message == f"--state {url} needs the package '{package}'"
    assert refused.value.hint == f"install it: pip install 'accord[{url.partition(':')[0]}]'"
