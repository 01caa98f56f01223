"""`accord coverage`, and what pytest writes for it."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from accord.cli import cli
from accord.verifying.coverage import Coverage

pytest_plugins = ["pytester"]
CONTRACT = {
    "openapi": "3.1.1",
    "info": {"title": "Test", "version": "1"},
    "paths": {
        "/a": {
            "get": {"operationId": "get", "responses": {each: {"description": ""} for each in ("200", "404")}}
        }
    },
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "openapi.yaml").write_text(yaml.safe_dump(CONTRACT))
    for status in (200, 404):
        request = {"method": "GET", "url": "http://localhost/a", "headers": []}
        entry = {"request": request, "response": {"status": status, "headers": []}}
        (tmp_path / f"{status}.har").write_text(json.dumps({"log": {"entries": [entry]}}))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["coverage", *words])
    return result.exit_code, result.output


def test_files_are_merged_and_what_is_missing_is_said_with_its_place(folder: Path) -> None:
    code, said = run("200.har", "--output", "one.json")
    assert code == 0
    assert "openapi.yaml:" in said
    assert "get, response 404: 404 was not seen" in said
    code, said = run("one.json", "404.har")
    assert "100.0 % of what can be provoked was seen (2 of 2), 100.0 % of all, in 2 exchanges" in said
    assert Coverage.from_json((folder / "one.json").read_text(), "one.json").exchanges == 1


def test_what_nobody_can_provoke_is_listed_below_its_reason(folder: Path) -> None:
    said = (folder / "openapi.yaml").read_text().replace("'404'", "'503'")
    (folder / "openapi.yaml").write_text(said)
    reason = "1 not seen: a server answers it when something is wrong with the server itself"
    assert "get, response 503: 503" not in run("200.har")[1]
    shown = run("200.har", "--excused")[1].splitlines()
    assert shown[shown.index(reason) + 1].endswith("get, response 503: 503")


@pytest.mark.parametrize(("least", "code"), [("50", 0), ("51", 1)])
@pytest.mark.usefixtures("folder")
def test_less_than_was_asked_for_is_exit_code_1(least: str, code: int) -> None:
    assert run("200.har", "--fail-under", least)[0] == code


def test_recordings_of_the_proxy_are_traffic(folder: Path) -> None:
    recording = {"operation": "get", "request": {"method": "GET", "path": "/a"}, "response": {"status": 404}}
    (folder / "seen").mkdir()
    (folder / "seen" / "get-404.yaml").write_text(yaml.safe_dump(recording))
    assert "(1 of 2)" in run("seen")[1]


def test_a_file_that_shows_nothing_is_an_error(folder: Path) -> None:
    (folder / "odd.json").write_text("{}")
    result = CliRunner().invoke(cli, ["coverage", "odd.json"])
    assert "neither coverage nor traffic" in str(result.exception)


TEST = """
import httpx
from accord.verifying.capturing import CoverageTransport

def test_it(accord_coverage):
    inner = httpx.MockTransport(lambda request: httpx.Response(200))
    with httpx.Client(transport=CoverageTransport(accord_coverage, inner)) as client:
        client.get("http://localhost/a")
"""


def test_pytest_writes_what_its_tests_show(pytester: pytest.Pytester) -> None:
    pytester.makefile(".yaml", openapi=yaml.safe_dump(CONTRACT))
    pytester.makepyfile(TEST)
    pytester.runpytest_subprocess("--accord-coverage=seen/c.json", "-p", "no:cacheprovider").assert_outcomes(
        passed=1
    )
    seen = Coverage.from_json((pytester.path / "seen" / "c.json").read_text(), "c.json")
    assert [goal.what for goal in seen.seen] == ["200"]
