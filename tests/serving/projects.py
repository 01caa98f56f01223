"""A small contract project on disk, and its server in a process of its own, asked in raw bytes."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.live import ACCORD, free_port

CONTRACT = """\
openapi: 3.1.0
info: {title: Echo, version: '1'}
paths:
  /echo:
    post:
      operationId: echo
      requestBody:
        required: true
        content: {application/json: {schema: {type: object}}}
      responses: {'200': {description: it, content: {application/json: {}}}}
  /slow:
    get:
      operationId: slow
      responses: {'200': {description: it, content: {application/json: {}}}}
"""
HANDLERS = """\
import asyncio
from dataclasses import dataclass, field
from typing import Any
from accord.serving import Service

@dataclass
class Echo:
    body: Any = field(metadata={"in": "body"})

@dataclass
class Nothing:
    pass

@dataclass
class Ok:
    body: Any
    status = 200

class EchoOperation:
    operation_id = "echo"
    Request = Echo

class SlowOperation:
    operation_id = "slow"
    Request = Nothing

async def echo(request):
    return Ok(request.body)

async def slow(request):
    await asyncio.sleep(2)
    return Ok("slow, and done")

@dataclass
class Handlers:
    echo: Any = field(default=echo, metadata={"operation": EchoOperation})
    slow: Any = field(default=slow, metadata={"operation": SlowOperation})

def build():
    return Service(handlers=Handlers())
"""


@dataclass(frozen=True)
class Answered:
    """One response, read from a socket."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Echo:
    """The server of the project in `folder`, and its log so far."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    def connect(self) -> socket.socket:
        """A connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def ask(self, raw: bytes) -> Answered:
        """What is answered to these bytes."""
        with self.connect() as connection:
            connection.sendall(raw)
            return read_answer(connection)

    def log(self) -> str:
        """All that was said so far."""
        return (self.folder / "log").read_text()

    def wait_for(self, text: str, *, seconds: float = 15) -> None:
        """Returns once the log has the text."""
        until = time.monotonic() + seconds
        while text not in self.log():
            assert time.monotonic() < until, self.log()
            time.sleep(0.05)

    def wait_until_it_listens(self, *, seconds: float = 60) -> None:
        """Returns once it answers."""
        until = time.monotonic() + seconds
        while True:
            try:
                if self.ask(b"GET /readyz HTTP/1.1\r\nhost: a\r\n\r\n").status == 200:
                    return
            except OSError:
                assert time.monotonic() < until, self.log()
                time.sleep(0.05)


def write_project(folder: Path) -> None:
    """The project's files."""
    (folder / "handlers").mkdir()
    (folder / "handlers" / "__init__.py").write_text(HANDLERS)
    (folder / "pyproject.toml").write_text("[tool.accord]\n")
    (folder / "openapi.yaml").write_text(CONTRACT)


@contextmanager
def serving(folder: Path, *options: str, port: int | None = None) -> Iterator[Echo]:
    """`accord serve` in the folder, ended with all its processes when the block is left."""
    port = port or free_port()
    with (folder / "log").open("ab") as sink:
        process = subprocess.Popen(
            [ACCORD, "serve", "--port", str(port), *options],
            cwd=folder, stdout=sink, stderr=sink, start_new_session=True,
        )  # fmt: skip
    server = Echo(folder, port, process)
    try:
        server.wait_until_it_listens()
        yield server
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)


def read_answer(connection: socket.socket) -> Answered:
    """The next response on a connection, and no byte more."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = connection.recv(1)
        if not byte:
            raise ConnectionError(f"closed after {head!r}")
        head += byte
    first, *lines = head.decode().strip().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    body = b""
    while len(body) < int(headers.get("content-length", "0")):
        body += connection.recv(int(headers["content-length"]) - len(body))
    return Answered(int(first.split()[1]), headers, body)


def post(body: object, *more: str) -> bytes:
    """A POST to /echo with a JSON body."""
    content = json.dumps(body).encode()
    lines = ["POST /echo HTTP/1.1", "host: a", "content-type: application/json", *more]
    return "\r\n".join([*lines, f"content-length: {len(content)}", "", ""]).encode() + content


def python_processes_of(group: int) -> list[int]:
    """The processes of a group that still run."""
    if sys.platform != "linux":
        return []
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, of_group = entry.read_text().rpartition(")")[2].split()[:3]
        except (OSError, ValueError):
            continue
        if int(of_group) == group and state != "Z":
            found.append(int(entry.parent.name))
    return found
