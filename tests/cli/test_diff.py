"""`accord diff` as a new user runs it."""

import json
import subprocess
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from click.testing import CliRunner, Result

from accord.cli import cli
from accord.errors import UsageError

OLD = """
openapi: 3.1.0
info: {title: Small, version: "1"}
paths:
  /pets:
    post:
      operationId: addPet
      requestBody:
        content:
          application/json:
            schema:
              $ref: "pet.yaml"
      responses:
        "200": {description: ok}
"""
PET = "type: object\nproperties:\n  name: {type: string, maxLength: 10}\n"
SHORTER = PET.replace("10", "5")
RULE = "request-max-length-narrowed"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A contract of two files at a revision; the schema was changed since."""
    (tmp_path / "openapi.yaml").write_text(OLD)
    (tmp_path / "pet.yaml").write_text(PET)
    for command in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-qm", "first")):
        settings = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *settings, *command], cwd=tmp_path, check=True)  # noqa: S607
    (tmp_path / "pet.yaml").write_text(SHORTER)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def diff(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["diff", *arguments])


@pytest.mark.usefixtures("repository")
def test_a_revision_of_git_is_compared_with_what_is_there_now() -> None:
    result = diff("main:openapi.yaml")
    assert result.exit_code == 1
    assert f"[{RULE}]" in result.stdout
    assert "main:pet.yaml:3:24 → pet.yaml:3:24" in result.stdout


def test_a_path_from_this_folder_is_found_in_the_revision(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "deep").mkdir()
    monkeypatch.chdir(repository / "deep")
    assert diff("main:../openapi.yaml", "main:../openapi.yaml").exit_code == 0


def test_before_the_first_commit_there_is_nothing_to_break(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "openapi.yaml").write_text(OLD.replace('$ref: "pet.yaml"', "type: object"))
    assert isinstance(diff("HEAD:openapi.yaml").exception, UsageError)
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=tmp_path, check=True)  # noqa: S607
    result = diff("HEAD:openapi.yaml")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing is committed yet" in result.stderr
    assert isinstance(diff("other:openapi.yaml").exception, UsageError)


@pytest.mark.parametrize("location", ["main:gone.yaml", "nowhere:openapi.yaml"])
@pytest.mark.usefixtures("repository")
def test_what_is_not_in_the_repository_is_wrong_usage(location: str) -> None:
    assert isinstance(diff(location).exception, UsageError)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 1),
        (("--fail-on", "never"), 0),
        (("--severity", f"{RULE}=warning"), 0),
        (("--severity", f"{RULE}=warning", "--fail-on", "warning"), 1),
        (("--severity", f"{RULE}=off", "--fail-on", "info"), 0),
    ],
)
@pytest.mark.usefixtures("repository")
def test_what_a_change_weighs_decides_the_exit_code(arguments: tuple[str, ...], code: int) -> None:
    assert diff("main:openapi.yaml", *arguments).exit_code == code


def test_levels_stand_in_the_projects_settings_too(repository: Path) -> None:
    settings = f'[tool.accord.diff]\nseverity = ["{RULE}=info"]\n'
    (repository / "pyproject.toml").write_text(settings)
    assert diff("main:openapi.yaml").exit_code == 0


@pytest.mark.parametrize("written", ["request-max-len-narrowed=info", f"{RULE}=loud"])
@pytest.mark.usefixtures("repository")
def test_a_level_that_makes_no_sense_is_told_with_what_would(written: str) -> None:
    error = diff("main:openapi.yaml", "--severity", written).exception
    assert isinstance(error, UsageError)
    assert RULE in error.hint or "warning" in error.hint


def approve(repository: Path, **members: str) -> Result:
    (repository / "approvals.yaml").write_text(json.dumps([{"rule": RULE, **members}]))
    return diff("main:openapi.yaml")


def test_an_approved_change_passes_until_its_day(repository: Path) -> None:
    result = approve(repository, reason="nobody has longer names", until="2999-01-31", operation="POST /*")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "approved: nobody has longer names (until 2999-01-31)" in result.stdout


def test_an_approval_that_has_ended_approves_nothing(repository: Path) -> None:
    result = approve(repository, reason="soon gone", until="2020-01-31")
    assert result.exit_code == 1
    assert "approvals.yaml:1:2: warning: this approval ended on 2020-01-31" in result.stderr


def test_an_approval_of_nothing_is_told(repository: Path) -> None:
    result = approve(repository, reason="another", until="2999-01-31", operation="GET /*")
    assert "nothing was found that this approval is for" in result.stderr


@pytest.mark.parametrize(
    "members",
    [{"reason": "no end"}, {"until": "2999-01-31"}, {"reason": "a", "until": "2999-01-31", "rool": "b"}],
)
def test_an_approval_that_is_none_is_an_error_with_its_place(
    repository: Path, members: dict[str, str]
) -> None:
    result = approve(repository, **members)
    assert result.exit_code == 1
    assert "approvals.yaml:1:" in result.stderr


@pytest.mark.usefixtures("repository")
def test_json_has_the_change_its_places_and_its_witness() -> None:
    (finding,) = json.loads(diff("main:openapi.yaml", "--format", "json").stdout)["findings"]
    assert (finding["rule"], finding["breaking"]) == (RULE, True)
    assert finding["old"]["position"] == "main:pet.yaml:3:24"
    assert 5 < len(finding["witness"]["value"]) <= 10
    assert finding["witness"]["accepted_by"] == "old"


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("markdown", f"(`{RULE}`)"),
        ("sarif", f'"ruleId": "{RULE}"'),
        ("github", f"::error file=pet.yaml,line=3,col=24,title={RULE}::"),
        ("html", f"<code>{RULE}</code>"),
    ],
)
@pytest.mark.usefixtures("repository")
def test_every_form_tells_the_change(form: str, expected: str) -> None:
    assert expected in diff("main:openapi.yaml", "--format", form).stdout


@pytest.mark.usefixtures("repository")
def test_junit_fails_the_operation() -> None:
    report = fromstring(diff("main:openapi.yaml", "--format", "junit").stdout)  # noqa: S314 - our own
    assert [test.get("name") for test in report.iter("testcase") if test.find("failure") is not None] == [
        "POST /pets"
    ]


def test_output_goes_to_a_file(repository: Path) -> None:
    assert diff("main:openapi.yaml", "--format", "html", "--output", "changes.html").stdout == ""
    assert (repository / "changes.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert isinstance(diff("main:openapi.yaml", "--output", "gone/changes.txt").exception, UsageError)


def test_the_page_shows_what_is_written_in_a_contract_and_runs_none_of_it(repository: Path) -> None:
    (repository / "pet.yaml").write_text("type: object\nproperties:\n  '<script>': {type: string}\n")
    page = diff("main:openapi.yaml", "--format", "html").stdout
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
