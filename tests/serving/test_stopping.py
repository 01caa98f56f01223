"""How a server ends and begins again: told to, killed, or because what it serves has changed."""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.serving.projects import (
    CONTRACT,
    Echo,
    post,
    python_processes_of,
    read_answer,
    serving,
    write_project,
)

SLOW = b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_project(tmp_path)
    return tmp_path


def is_refused(port: int) -> bool:
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) != 0


def comes_true(claim: Callable[[], bool], *, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not claim():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_running_request_is_answered_before_the_server_ends(folder: Path, workers: str) -> None:
    with serving(folder, "--workers", workers) as server, server.connect() as connection:
        connection.sendall(SLOW)
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        assert comes_true(lambda: is_refused(server.port), seconds=1.5)
        assert read_answer(connection).body == b'"slow, and done"'
        assert server.process.wait(timeout=10) == 0
    assert "Traceback" not in server.log()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_after_kill_9_nothing_keeps_the_port(folder: Path, workers: str) -> None:
    with serving(folder, "--workers", workers) as server:
        stop = threading.Event()
        clients = [threading.Thread(target=keep_asking, args=(server, stop)) for _ in range(4)]
        for client in clients:
            client.start()
        time.sleep(0.5)
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait(timeout=5)
        assert comes_true(lambda: not python_processes_of(server.process.pid), seconds=5)
        stop.set()
        for client in clients:
            client.join()
        with serving(folder, "--workers", workers, port=server.port) as again:
            assert again.ask(post({"a": 1})).status == 200


def keep_asking(server: Echo, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            server.ask(post({"a": 1}))
        except OSError:
            time.sleep(0.01)


def test_with_reload_a_saved_contract_or_handler_is_served(folder: Path) -> None:
    with serving(folder, "--reload") as server:
        assert server.ask(SLOW.replace(b"/slow", b"/quick")).status == 404
        (folder / "openapi.yaml").write_text(CONTRACT.replace("/slow", "/quick"))
        assert comes_true(lambda: body_of(server) == b'"slow, and done"', seconds=20)
        handlers = folder / "handlers" / "__init__.py"
        handlers.write_text(handlers.read_text().replace("slow, and done", "quick, and done"))
        assert comes_true(lambda: body_of(server) == b'"quick, and done"', seconds=20)


def body_of(server: Echo) -> bytes:
    try:
        return server.ask(SLOW.replace(b"/slow", b"/quick")).body
    except OSError:
        return b""
