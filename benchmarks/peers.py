"""The servers that benchmarks/mock.py compares: how each is installed, started, watched and stopped.

Only what was started here is stopped, by its id.
"""

import http.client
import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.load import free_port

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("@stoplight/prism-cli", "@scalar/mock-server", "@hono/node-server")
_INSTALLING = 600
_SCALAR = """\
import { readFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { createMockServer } from '@scalar/mock-server'

const app = await createMockServer({ specification: readFileSync(process.argv[2], 'utf8') })
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.argv[3]) })
"""


class NotAnswered(Exception):
    """A server did not answer as it should have; says what it did."""


@dataclass(frozen=True)
class Server:
    """A mock server: its name, its version, and the command that serves a contract on a port."""

    name: str
    version: str
    command: Callable[[Path, int], list[str]]


@dataclass(frozen=True)
class Running:
    """A server that runs, and the port that it listens on."""

    process: subprocess.Popen[bytes]
    port: int

    def cpu(self) -> float:
        """Seconds of CPU that it and its children have used."""
        return sum(_seconds_of(pid) for pid in self._tree())

    def memory(self) -> float:
        """The most that it and its children have had in memory, in MB."""
        return sum(_peak_of(pid) for pid in self._tree()) / 1000

    def _tree(self) -> list[int]:
        found = [self.process.pid]
        for pid in found:
            with suppress(OSError):
                for children in Path(f"/proc/{pid}/task").glob("*/children"):
                    found += [int(child) for child in children.read_text().split()]
        return found


def ours() -> Server:
    """`accord mock`."""
    from accord import __version__  # noqa: PLC0415 - the path is set by then

    def command(contract: Path, port: int) -> list[str]:
        return [sys.executable, "-m", "accord", "mock", str(contract), "--port", str(port)]

    return Server("accord", __version__, command)


def peers(folder: Path) -> list[Server]:
    """The peers, installed into a folder unless they are there already; none, and why, without npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        print("npm is not here, so that the peers are not measured")
        return []
    missing = [name for name in PACKAGES if not (folder / "node_modules" / name).is_dir()]
    if missing:
        print(f"installing {', '.join(missing)} from npm")
        command = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), *missing]
        subprocess.run(command, check=True, timeout=_INSTALLING, stdout=subprocess.DEVNULL)  # noqa: S603
    script = folder / "scalar.mjs"
    script.write_text(_SCALAR)
    prism = folder / "node_modules" / PACKAGES[0]
    stated = json.loads((prism / "package.json").read_text())["bin"]
    start = prism / (stated if isinstance(stated, str) else stated["prism"])
    return [
        Server(
            "Prism",
            _version(folder, PACKAGES[0]),
            lambda contract, port: [node, str(start), "mock", str(contract), "-p", str(port)],
        ),
        Server(
            "Scalar",
            _version(folder, PACKAGES[1]),
            lambda contract, port: [node, str(script), str(contract), str(port)],
        ),
    ]


def _version(folder: Path, package: str) -> str:
    return str(json.loads((folder / "node_modules" / package / "package.json").read_text())["version"])


@contextmanager
def running(command: Callable[[int], list[str]], folder: Path) -> Iterator[Running]:
    """The server that a command starts, in a folder and with what it prints thrown away."""
    port = free_port()
    process = subprocess.Popen(  # noqa: S603 - ourselves, and what is compared
        command(port),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield Running(process, port)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def first_answer(server: Running, path: str, headers: dict[str, str], limit: float) -> float:
    """Seconds until a GET is answered with 200. Raises NotAnswered."""
    started = time.perf_counter()
    while (passed := time.perf_counter() - started) < limit:
        if server.process.poll() is not None:
            raise NotAnswered("it does not start")
        try:
            status, _, body = ask(server.port, "GET", path, headers, limit=limit - passed)
        except ConnectionRefusedError:
            time.sleep(0.005)
            continue
        except OSError as error:
            raise NotAnswered(f"{type(error).__name__} after {time.perf_counter() - started:.0f} s") from None
        if status != http.client.OK:
            raise NotAnswered(f"GET {path}: {status} {body[:100]!r}")
        return time.perf_counter() - started
    raise NotAnswered(f"no answer within {limit:.0f} s")


def ask(
    port: int, method: str, path: str, headers: dict[str, str], body: bytes = b"", *, limit: float = 30
) -> tuple[int, list[tuple[str, str]], bytes]:
    """The status, headers and body that a server answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=limit)
    try:
        connection.request(method, path, body or None, headers)
        response = connection.getresponse()
        return response.status, response.getheaders(), response.read()
    finally:
        connection.close()


def _seconds_of(pid: int) -> float:
    """The user and system time of a process (proc(5))."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / 100


def _peak_of(pid: int) -> float:
    """The largest resident set of a process in kB; of a kernel that does not say, the present one."""
    status: dict[str, Any] = {}
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        status = dict(line.split(":", 1) for line in lines if ":" in line)
    return float(str(status.get("VmHWM") or status.get("VmRSS") or "0 kB").split()[0])
