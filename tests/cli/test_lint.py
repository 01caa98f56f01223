"""`accord lint` as a new user runs it."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from accord.cli import cli
from accord.errors import UsageError

CONTRACT = """
openapi: 3.1.0
info: {title: Small, version: "1"}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema: {type: integer, minimum: 3, maximum: 1}
"""
FAULT = "openapi.yaml:13:15: error: no value can satisfy this schema [unsatisfiable-schema]"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "openapi.yaml").write_text(CONTRACT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lint(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["lint", *arguments])


@pytest.mark.usefixtures("project")
def test_a_fault_is_a_line_with_its_place_and_exit_1() -> None:
    result = lint()
    assert result.exit_code == 1
    assert FAULT in result.stdout
    assert result.stdout.endswith("openapi.yaml: 1 error\n")


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(("level", "code"), [("warning", 0), ("off", 0), ("error", 1)])
def test_a_rule_weighs_what_is_said(level: str, code: int) -> None:
    assert lint("--severity", f"unsatisfiable-schema={level}").exit_code == code


def test_levels_stand_in_the_projects_settings_too(project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.accord.lint]\nseverity = ["unsatisfiable-schema=off"]\n')
    assert lint("--fail-on", "info").exit_code == 0


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("form", "expected"),
    [("sarif", '"ruleId": "unsatisfiable-schema"'), ("github", "::error file=openapi.yaml,line=13,col=15"),
     ("junit", 'failures="1"'), ("json", '"line": 13')],
)  # fmt: skip
def test_every_form_tells_the_fault(form: str, expected: str) -> None:
    assert expected in lint("--format", form).stdout


def test_rules_are_listed() -> None:
    assert "unsatisfiable-schema" in lint("--rules").stdout


PROBLEM = {
    "ruleId": "info-license",
    "severity": "warn",
    "message": "There should be a licence.",
    "location": [{"source": {"ref": "openapi.yaml"}, "pointer": "#/info", "start": {"line": 2, "col": 1}}],
}


def redocly(folder: Path, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    """A command of that name that says this."""
    command = folder / "bin" / "redocly"
    command.parent.mkdir()
    command.write_text(f"#!/bin/sh\ncat <<'END'\n{said}\nEND\n")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")


def test_what_redocly_says_of_style_stands_among_the_findings(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    redocly(project, monkeypatch, json.dumps({"problems": [PROBLEM]}))
    said = lint("--style", "redocly").stdout
    assert "openapi.yaml:2:1: warning: There should be a licence. [redocly/info-license]" in said


def test_a_redocly_that_fails_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    redocly(project, monkeypatch, "no JSON")
    assert isinstance(lint("--style", "redocly").exception, UsageError)


def test_a_redocly_that_is_not_there_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(project))
    error = lint("--style", "redocly").exception
    assert isinstance(error, UsageError)
    assert "npm install" in error.hint


@pytest.mark.usefixtures("project")
def test_findings_are_a_list_in_markdown() -> None:
    result = lint("--format", "markdown")
    assert result.exit_code == 1
    assert "\n1 error.\n" in result.stdout
    assert result.stdout.endswith(
        "- **error** `openapi.yaml:13:15`: no value can satisfy this schema (`unsatisfiable-schema`)."
        " Its keywords contradict each other.\n"
    )
