"""The Dockerfile says what pyproject.toml says. What it copies is what the wheel of these tests is of."""

import json
import re
import tomllib
from fnmatch import fnmatch
from pathlib import PurePath

import click
import httpx
import pytest

from accord.cli import COMMANDS, cli
from tests.live import ROOT
from tests.shipping.conftest import Installed, copied_into_the_image, listening

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_both_stages_have_the_oldest_python_that_is_supported() -> None:
    oldest = PROJECT["requires-python"].removeprefix(">=")
    assert re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE) == [f"python:{oldest}-slim"] * 2


def test_it_installs_the_project_with_extras_that_there_are() -> None:
    (extras,) = re.findall(r'pip install --no-cache-dir "\.\[(.+)\]"', DOCKERFILE)
    assert set(extras.split(",")) <= set(PROJECT["optional-dependencies"])


def test_all_that_it_copies_is_there_and_is_not_ignored() -> None:
    ignored, *rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert ignored == "*"
    assert {rule.removeprefix("!") for rule in rules if rule.startswith("!")} == set(copied_into_the_image())
    assert all((ROOT / name).exists() for name in copied_into_the_image())
    left_out = [rule for rule in rules if not rule.startswith("!")]
    assert not any(fnmatch(name, rule) for name in copied_into_the_image() for rule in left_out)


def test_it_runs_the_command_as_nobody_special_and_mocks_by_default() -> None:
    (user,) = re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)
    assert re.search(rf"useradd .*\b{user}$", DOCKERFILE, re.MULTILINE)
    program, command, contract, *_ = run_by_default()
    assert program in PROJECT["scripts"]
    assert command in COMMANDS
    assert PurePath(contract).suffix == ".yaml"


@pytest.mark.slow
def test_what_it_runs_by_default_answers_at_every_address(installed: Installed) -> None:
    with listening(installed, *run_by_default(), "--port", "0") as url:
        assert url.startswith("http://0.0.0.0:")
        port = url.removeprefix("http://0.0.0.0:")
        assert httpx.get(f"http://127.0.0.1:{port}/pets/1").json() == {"name": "Rex"}


def test_the_port_that_it_shows_is_the_one_that_the_mock_has_unless_told() -> None:
    command = cli.get_command(click.Context(cli), "mock")
    assert command is not None
    (port,) = [each.default for each in command.params if each.name == "port"]
    assert re.findall(r"^EXPOSE (\d+)", DOCKERFILE, re.MULTILINE) == [str(port)]


def run_by_default() -> list[str]:
    """What a container runs that is given no command."""
    words = (re.findall(rf"^{word} (.+)", DOCKERFILE, re.MULTILINE)[0] for word in ("ENTRYPOINT", "CMD"))
    return [word for each in words for word in json.loads(each)]
