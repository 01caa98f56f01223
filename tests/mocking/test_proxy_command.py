"""`accord proxy`, in a process of its own, before `accord mock` in another."""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.live import ROOT, free_port
from tests.mocking.test_mock_command import mocking, status

OTHER = """\
openapi: 3.1.0
info: {title: Pets}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200': {description: ok, content: {application/json: {schema: {type: string}}}}
"""
SERVED = OTHER.replace("{type: string}", "{type: integer}")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_it_judges_what_the_server_answers(tmp_path: Path, workers: str) -> None:
    (tmp_path / "server").mkdir()
    (tmp_path / "server" / "openapi.yaml").write_text(SERVED)
    (tmp_path / "openapi.yaml").write_text(OTHER)
    with (
        mocking(tmp_path / "server") as (upstream, _),
        mocking(tmp_path, "--upstream", upstream, "--workers", workers, name="proxy") as (url, log),
    ):
        with urllib.request.urlopen(f"{url}/pets", timeout=20) as response:  # noqa: S310 - loopback
            said = json.loads(response.headers["sl-violations"])
        assert [each["location"] for each in said] == [["response", "body"]]
        assert status(f"{url}/nothing") == 404
    text = log.read_text()
    assert f"Pets: 1 operations of {upstream} judged at {url}" in text
    assert "openapi.yaml:8:72: response body must be a string" in text
    assert "GET /nothing 404" in text
    assert "not judged" in text


def test_settings_stand_in_the_project_and_the_server_may_be_the_second_argument(tmp_path: Path) -> None:
    settings = '[tool.accord.proxy]\nerrors = true\nupstream = "http://127.0.0.1:9"\n'
    (tmp_path / "pyproject.toml").write_text(settings)
    (tmp_path / "openapi.yaml").write_text(OTHER)
    (tmp_path / "server.yaml").write_text(SERVED)
    with (
        mocking(tmp_path, "server.yaml") as (upstream, _),
        mocking(tmp_path, "openapi.yaml", upstream, name="proxy") as (url, _),
    ):
        assert status(f"{url}/pets") == 500


def test_without_a_server_it_says_how_to_name_one() -> None:
    command = [sys.executable, "-m", "accord", "proxy", "--port", str(free_port())]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, "--upstream https://" in done.stderr) == (2, True)
