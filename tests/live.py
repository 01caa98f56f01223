"""The real server in a process of its own: what a test starts, asks and ends."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ACCORD = str(Path(sys.executable).with_name("accord"))


@dataclass(frozen=True)
class Server:
    """A server that runs: where, and as what process. Its log is a file while it lives."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path


@contextmanager
def running(*options: str, environment: Mapping[str, str], log: Path) -> Iterator[Server]:
    """`accord serve` of this repository on a free port, ready to answer; ended when the block is left."""
    port = free_port()
    command = [ACCORD, "serve", "--port", str(port), *options]
    with log.open("wb") as sink:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=sink, stderr=sink)
    server = Server(f"http://127.0.0.1:{port}", process, log)
    try:
        wait_until_ready(server)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_until_ready(server: Server, *, seconds: float = 60) -> None:
    """Returns once `/readyz` answers 200. Raises where the process ends first, or takes too long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{server.url}/readyz", timeout=2) as response:  # noqa: S310 - loopback
                if response.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise AssertionError(f"the server did not get ready:\n{server.log.read_text(errors='replace')[-4000:]}")


def free_port() -> int:
    """A port of the loopback interface that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
