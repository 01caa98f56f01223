"""The Dockerfile says what pyproject.toml says. What it copies is what the wheel of these tests is of."""

import json
import re
import tomllib
from fnmatch import fnmatch
from pathlib import PurePath

from accord.cli import COMMANDS
from tests.live import ROOT
from tests.shipping.conftest import copied_into_the_image

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
    (program,), (command, contract, *_) = (
        json.loads(re.findall(rf"^{word} (.+)", DOCKERFILE, re.MULTILINE)[0])
        for word in ("ENTRYPOINT", "CMD")
    )
    assert program in PROJECT["scripts"]
    assert command in COMMANDS
    assert PurePath(contract).suffix == ".yaml"
