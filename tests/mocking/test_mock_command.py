"""`accord mock`, in a process of its own."""

import json
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import trustme

from tests.live import ROOT, free_port
from tests.mocking.inbox import receiving

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


def command(*options: str, name: str = "mock") -> Sequence[str]:
    return [sys.executable, "-m", "accord", name, *options]


@contextmanager
def mocking(
    folder: Path, *options: str, plain: bool = True, name: str = "mock"
) -> Iterator[tuple[str, Path]]:
    """The mock on a free port, listening, and the file of its log; `plain` HTTP or HTTPS."""
    port, log = free_port(), folder / f"{name}.txt"
    with log.open("wb") as sink:
        process = subprocess.Popen(
            command(*options, "--port", str(port), name=name),
            cwd=folder,
            env=os.environ,
            stdout=sink,
            stderr=sink,
        )
        try:
            wait(port, process, log)
            yield f"{'http' if plain else 'https'}://127.0.0.1:{port}", log
        finally:
            process.terminate()
            assert process.wait(timeout=20) in (0, -15)


def wait(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=10).close()
        except ConnectionError:
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


def test_answers_suffer_the_faults_of_the_project_and_of_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "openapi.yaml").write_text(FAULTY)
    settings = '[tool.accord]\ncontract = "openapi.yaml"\n[tool.accord.mock]\nfault = ["status=503"]\n'
    (tmp_path / "pyproject.toml").write_text(settings)
    with mocking(tmp_path) as (url, _):
        assert status(f"{url}/ok") == 503
    with mocking(tmp_path, "--fault", "*:reset") as (url, log), pytest.raises(ConnectionResetError):
        status(f"{url}/ok")
    assert "fault: reset" in log.read_text()


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


def test_a_save_is_taken_up_soon_and_drops_no_request(tmp_path: Path) -> None:
    contract = tmp_path / "openapi.yaml"
    contract.write_text(FAULTY)
    with mocking(tmp_path) as (url, log), ThreadPoolExecutor(1) as pool:
        is_over = threading.Event()
        asked = pool.submit(statuses, f"{url}/ok", is_over)
        time.sleep(0.5)
        contract.write_text(FAULTY.replace("/things", "/others"))
        seconds = until(lambda: status(f"{url}/others") == 200)
        contract.write_text("openapi: [")
        until(lambda: "the last good one stays" in log.read_text())
        assert status(f"{url}/others") == 200
        is_over.set()
        assert set(asked.result()) == {200}
    assert seconds < 3  # half a second, but for what else the machine does


def statuses(url: str, is_over: threading.Event) -> list[int]:
    found = []
    while not is_over.is_set():
        found.append(status(url))
    return found


def until(holds: Callable[[], bool]) -> float:
    """How many seconds it took until this held."""
    started = time.perf_counter()
    while not holds():
        assert time.perf_counter() - started < 10
        time.sleep(0.01)
    return time.perf_counter() - started


def test_every_worker_takes_up_a_save(tmp_path: Path) -> None:
    contract = tmp_path / "openapi.yaml"
    contract.write_text(FAULTY)
    with mocking(tmp_path, "--workers", "2") as (url, _):
        time.sleep(1)
        contract.write_text(FAULTY.replace("/things", "/others"))
        until(lambda: status(f"{url}/others") == 200)
        time.sleep(1)
        assert {status(f"{url}/others") for _ in range(20)} == {200}


def test_it_speaks_https_with_a_certificate(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(tmp_path / "tls.pem"))
    (tmp_path / "openapi.yaml").write_text(FAULTY)
    with mocking(tmp_path, "--tls-cert", "tls.pem", plain=False) as (url, _):
        trusting = ssl.create_default_context(cafile=str(tmp_path / "authority.pem"))
        with urllib.request.urlopen(f"{url}/ok", context=trusting, timeout=10) as response:  # noqa: S310 - loopback
            assert response.read() == b"[1]"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--tls-cert", "none.pem"), "none.pem cannot be used for TLS"),
        (("--tls-key", "faulty.yaml"), "--tls-key is given without --tls-cert"),
        (("--locale", "xx_YY"), "xx_YY"),
    ],
)
def test_an_option_that_cannot_be_meant_is_wrong_usage(
    tmp_path: Path, options: Sequence[str], said: str
) -> None:
    (tmp_path / "faulty.yaml").write_text(FAULTY)
    wrong = command("faulty.yaml", "--port", "0", *options)
    done = subprocess.run(wrong, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert said in done.stderr


def test_options_can_stand_in_the_settings(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.accord]\ncontract = "faulty.yaml"\n[tool.accord.mock]\njson-logs = true\nstrict = false'
    )
    (tmp_path / "faulty.yaml").write_text(FAULTY)
    with mocking(tmp_path) as (url, log):
        assert status(f"{url}/ok") == 200
        until(lambda: '"target":"/ok"' in log.read_text())
    lines = [line for line in log.read_text().splitlines() if line.startswith("{")]
    assert {"time", "level", "method", "target", "status"} <= set(json.loads(lines[-1]))


def test_what_is_logged_can_be_less(tmp_path: Path) -> None:
    (tmp_path / "openapi.yaml").write_text(FAULTY)
    with mocking(tmp_path, "-v", "warn") as (url, log):
        assert (status(f"{url}/ok"), status(f"{url}/none")) == (200, 404)
        until(lambda: "GET /none 404" in log.read_text())
    assert "GET /ok" not in log.read_text()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "  source: the example 'default'\n"),
        (("--json-logs",), '"source":["the example \'default\'"]'),
    ],
)
def test_why_a_request_was_answered_so_is_logged_on_demand(
    tmp_path: Path, options: Sequence[str], told: str
) -> None:
    (tmp_path / "openapi.yaml").write_text(FAULTY)
    with mocking(tmp_path, "-v", "debug", *options) as (url, log):
        assert status(f"{url}/ok") == 200
        until(lambda: told in log.read_text())


STATIC = """
openapi: 3.1.0
info: {title: Static, version: '1'}
paths:
  /pets:
    get:
      responses: {'200': {description: ok, content: {application/json: {example: [Rex]}}}}
"""
CALLING = """\
openapi: 3.1.0
info: {title: Calling, version: '1'}
paths:
  /subscriptions:
    post:
      parameters: [{name: to, in: query, schema: {type: string}}]
      responses: {'204': {description: ok}}
      callbacks: {done: {'{$request.query.to}': {post: {responses: {'204': {description: ok}}}}}}
"""


@pytest.mark.parametrize(("options", "refused"), [((), True), (("--allow", "callback.invalid"), False)])
def test_callbacks_are_sent_to_this_machine_and_to_hosts_that_are_allowed(
    tmp_path: Path, options: tuple[str, ...], *, refused: bool
) -> None:
    (tmp_path / "calling.yaml").write_text(CALLING)
    with receiving() as inbox, mocking(tmp_path, "calling.yaml", *options) as (url, log):
        for target in ("http://callback.invalid/in", f"{inbox.url}/in"):
            request = urllib.request.Request(f"{url}/subscriptions?to={target}", method="POST")  # noqa: S310
            with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310 - loopback
                assert response.status == 204
        assert inbox.wait()[0].target == "/in"
        deadline = time.monotonic() + 15
        while "got no response" not in log.read_text():
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        assert ("--allow callback.invalid" in log.read_text()) is refused


@pytest.mark.parametrize("room", ["schemas.sampling", "mocking.resources", "mocking.state.keeper", "serving"])
def test_what_only_some_answers_need_is_not_imported_at_start(room: str) -> None:
    asked = f"import sys, accord.cli.mock; print('accord.{room}' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "False"


UNUSED = {
    "asyncpg", "connexion", "faker", "jinja2", "redis", "rich", "schemathesis", "accord.cli.faulting",
    "accord.mocking.behaving", "accord.mocking.control", "accord.mocking.faulting.answering",
    "accord.mocking.faulting.model", "accord.mocking.ordering", "accord.mocking.proxying",
    "accord.mocking.resources", "accord.mocking.scenarios", "accord.mocking.sharing.stores",
    "accord.schemas.sampling",
}  # fmt: skip
"""Libraries and modules that no static answer needs."""


def test_a_static_answer_is_served_without_what_is_there_for_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "static.yaml").write_text(STATIC)
    monkeypatch.setenv("PYTHONPROFILEIMPORTTIME", "1")
    with mocking(tmp_path, "static.yaml") as (url, log):
        with urllib.request.urlopen(f"{url}/pets", timeout=10) as response:  # noqa: S310 - loopback
            assert response.read() == b'["Rex"]'
        lines = [line for line in log.read_text().splitlines() if line.startswith("import time:")]
    imported = {line.rpartition("|")[2].strip() for line in lines}
    assert "accord.mocking.asgi" in imported
    assert not imported & UNUSED


def test_the_projects_contract_has_the_projects_rows_when_it_is_named(tmp_path: Path) -> None:
    subprocess.run(command("notes", name="new"), cwd=tmp_path, check=True, capture_output=True, timeout=60)
    rows = "note:\n  - text: Order a spade\n"
    (tmp_path / "notes" / "mock" / "seeds" / "note.yaml").write_text(rows)
    with mocking(tmp_path / "notes", "openapi.yaml") as (url, _):
        answer = httpx.get(f"{url}/api/notes", headers={"X-Api-Key": "any"}).json()
    assert [each["text"] for each in answer["items"]] == ["Order a spade"]
