"""The steps of the GitHub Action, run as a runner does, on a branch of a repository with an origin."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.live import ROOT
from tests.shipping.conftest import BREAKING, CONTRACT, WRONG, committed, git, run

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: Mapping[str, Mapping[str, Any]] = {step["id"]: step for step in ACTION["runs"]["steps"]}


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    """A clone of a repository that has a contract on main."""
    origin, clone = tmp_path / "origin", tmp_path / "clone"
    origin.mkdir()
    (origin / "openapi.yaml").write_text(CONTRACT)
    git(committed(origin), "clone", "--quiet", str(origin), str(clone))
    return clone


def step(name: str, home: Path, **inputs: str) -> tuple[int, str]:
    """The exit code and the output of a step, with accord where its install puts it."""
    given = {each: described["default"] for each, described in ACTION["inputs"].items()} | {"base": "main"}
    given |= inputs
    runner = home.parent / "runner"
    (runner / "accord" / "bin").mkdir(parents=True, exist_ok=True)
    program = runner / "accord" / "bin" / "accord"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m accord "$@"\n')
    program.chmod(0o755)
    told = {key: filled(text, given) for key, text in STEPS[name].get("env", {}).items()}
    script = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[name]["run"]]
    ran = run(*script, cwd=home, environment=told | {"RUNNER_TEMP": str(runner)})
    return ran.returncode, ran.stdout + ran.stderr


def filled(text: str, inputs: Mapping[str, str]) -> str:
    return re.sub(r"\$\{\{ inputs\.([\w-]+) }}", lambda match: inputs[match[1]], text)


def test_every_input_is_described_and_used_and_none_stands_in_a_script() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == set(ACTION["inputs"])
    assert all(described["description"] for described in ACTION["inputs"].values())
    assert not any("${{" in each["run"] for each in STEPS.values())


@pytest.mark.parametrize("name", ACTION["inputs"])
def test_every_input_stands_in_the_reference(name: str) -> None:
    reference = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    assert f"| `{name}` |" in reference.partition("The GitHub Action")[2].partition("\n## ")[0]


def test_every_step_has_a_shell_and_nothing_is_used_but_pip() -> None:
    assert {each["shell"] for each in STEPS.values()} == {"bash"}
    assert not any("uses" in each for each in STEPS.values())
    assert '"$GITHUB_ACTION_PATH"' in STEPS["install"]["run"]


def test_lint_annotates_what_is_wrong_at_its_line_and_fails(branch: Path) -> None:
    assert step("lint", branch)[0] == 0
    (branch / "openapi.yaml").write_text(WRONG)
    code, said = step("lint", branch)
    assert code == 1
    assert re.search(r"^::error file=openapi\.yaml,line=13,.*enum-against-type", said, re.MULTILINE)


def test_diff_compares_with_the_base_as_origin_has_it_and_annotates_what_breaks_clients(branch: Path) -> None:
    assert step("diff", branch)[0] == 0
    (branch / "openapi.yaml").write_text(BREAKING)
    code, said = step("diff", branch)
    assert code == 1
    assert "::error file=openapi.yaml" in said
    assert step("diff", branch, **{"fail-on": "never"})[0] == 0


def test_a_contract_that_the_base_does_not_have_yet_is_compared_with_nothing(branch: Path) -> None:
    (branch / "new.yaml").write_text(CONTRACT)
    assert step("diff", branch, contract="new.yaml") == (
        0,
        "main has no new.yaml yet: there is nothing to compare\n",
    )


def test_a_contract_in_a_folder_is_compared_from_there(branch: Path) -> None:
    (branch / "api").mkdir()
    (branch / "api" / "openapi.yaml").write_text(CONTRACT)
    git(branch, "add", "--all")
    git(branch, "commit", "--quiet", "--message", "Add another")
    git(branch, "push", "--quiet", "origin", "HEAD:other")
    (branch / "api" / "openapi.yaml").write_text(BREAKING)
    assert step("diff", branch / "api", base="other")[0] == 1


@pytest.mark.slow
def test_verify_asks_what_its_options_say(branch: Path) -> None:
    code, said = step("verify", branch, verify="--mock --phases examples")
    assert code == 0, said
