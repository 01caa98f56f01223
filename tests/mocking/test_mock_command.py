"""`accord mock`, in a process of its own."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.live import ROOT, free_port

FAULTY = """\
openapi: 3.1.0
info: {title: Faulty}
paths:
  /things:
    get:
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/None'}}}}
  /ok: {get: {responses: {'200': {description: ok, content: {application/json: {example: [1]}}}}}}
"""


def command(*options: str) -> Sequence[str]:
    return [sys.executable, "-m", "accord", "mock", *options]


@contextmanager
def mocking(folder: Path, *options: str) -> Iterator[tuple[str, Path]]:
    """The mock on a free port, listening, and the file of its log."""
    port, log = free_port(), folder / "log.txt"
    with log.open("wb") as sink:
        process = subprocess.Popen(
            command("--port", str(port), *options), cwd=folder, env=os.environ, stdout=sink, stderr=sink
        )
        try:
            wait(f"http://127.0.0.1:{port}/", process, log)
            yield f"http://127.0.0.1:{port}", log
        finally:
            process.terminate()
            assert process.wait(timeout=20) in (0, -15)


def wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            status(url)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
        else:
            return
    raise AssertionError(log.read_text())


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as response:  # noqa: S310 - loopback
            return int(response.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


@pytest.mark.parametrize("options", [(), ("--workers", "2")])
def test_it_answers_by_the_contract_of_the_project(tmp_path: Path, options: tuple[str, ...]) -> None:
    (tmp_path / "openapi.yaml").write_text((ROOT / "openapi.yaml").read_text(encoding="utf-8"))
    with mocking(tmp_path, *options) as (url, log):
        assert status(f"{url}/api/v1/assistant") == 401
        assert status(f"{url}/api/v1/assistant?api_key=any") == 200
    assert "5 operations mocked at http://127.0.0.1" in log.read_text()


def test_a_contract_with_faults_is_mocked_and_its_faults_are_said(tmp_path: Path) -> None:
    (tmp_path / "faulty.yaml").write_text(FAULTY)
    with mocking(tmp_path, "faulty.yaml") as (url, log):
        assert (status(f"{url}/ok"), status(f"{url}/things")) == (200, 200)
        deadline = time.monotonic() + 10
        while "[missing-field]" not in log.read_text() and time.monotonic() < deadline:
            time.sleep(0.05)
    assert "[unresolved-reference]" in log.read_text()
    assert "[missing-field]" in log.read_text()


def test_a_contract_that_cannot_be_read_is_one_message_and_exit_3(tmp_path: Path) -> None:
    done = subprocess.run(command("none.yaml"), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (3, False)
    assert done.stderr.startswith("accord: none.yaml")


def test_a_port_that_is_taken_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "faulty.yaml").write_text(FAULTY)
    with mocking(tmp_path, "faulty.yaml") as (url, _):
        port = url.rpartition(":")[2]
        again = command("faulty.yaml", "--port", port)
        done = subprocess.run(again, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "give another --port" in done.stderr
