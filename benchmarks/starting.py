"""How soon `accord mock` answers, and how much memory it takes.

    python benchmarks/starting.py [--rounds 5] [CONTRACT ...]

Each mock is a process of its own, started as people start it. The clock runs from then until a GET is
answered in full; CPU is what the process has used by then, and hardly depends on what else the machine
does. A few more GETs of other operations follow. Memory is the process's peak (VmHWM of Linux) once these
are answered, and once it has also checked the contract and is idle. Medians of several rounds, after one
that does not count: then files are in the system's cache, and modules compiled.
"""

import argparse
import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from accord.contract import load_contract  # noqa: E402 - the path is set first
from accord.mocking import Request  # noqa: E402
from accord.mocking.calling import request_of  # noqa: E402
from accord.mocking.values import Values  # noqa: E402
from accord.schemas import Direction, Schemas  # noqa: E402
from accord.schemas.sampling import Sampler  # noqa: E402
from benchmarks.load import free_port  # noqa: E402

CORPUS = ROOT / "../shared/corpus"
DEFAULT = (
    ROOT / "openapi.yaml",
    CORPUS / "github-api.json",
    CORPUS / "openai.yaml",
    CORPUS / "stripe.yaml",
    CORPUS / "kubernetes20.json",
    CORPUS / "digitalocean/DigitalOcean-public.v2.yaml",
)
ASKED = 10
LATEST = 120.0
"""Seconds after which a mock that has not answered is given up."""


@dataclass(frozen=True, slots=True)
class Start:
    """What one start took: seconds of the clock and of CPU until the first answer, megabytes."""

    seconds: float
    cpu: float
    answered: float
    idle: float


def requests_for(file: Path) -> Sequence[Request]:
    """GETs that the contract takes, of different operations."""
    contract = load_contract(str(file), lenient=True)
    schemas = Schemas(contract.document)
    values = Values(schemas, lambda: Sampler(schemas, seed="starting"), Direction.REQUEST)
    gets = (operation for operation in contract.operations if operation.method == "get")
    return [request_of(contract, operation, values) for operation in islice(gets, ASKED)]


def measure(file: Path, requests: Sequence[Request]) -> Start:
    """What one start took."""
    port = free_port()
    command = [sys.executable, "-m", "accord", "mock", str(file), "--port", str(port)]
    started = time.perf_counter()
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with subprocess.Popen(command, cwd=ROOT, env=settings, stderr=subprocess.DEVNULL) as process:  # noqa: S603
        try:
            first, *others = requests
            wait_for(port, process)
            ask(port, first)
            seconds, cpu = time.perf_counter() - started, cpu_of(process.pid)
            for request in others:
                ask(port, request)
            answered = peak_of(process.pid)
            wait_until_idle(process.pid)
            return Start(seconds, cpu, answered, peak_of(process.pid))
        finally:
            process.send_signal(signal.SIGINT)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Returns as soon as something listens."""
    latest = time.perf_counter() + LATEST
    while time.perf_counter() < latest and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.002)
    sys.exit(f"no mock listens: {process.args!r}")


def ask(port: int, request: Request) -> None:
    """Sends a request and reads the answer, which has to be one of success."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LATEST)
    query = f"?{request.query.decode()}" if request.query else ""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in request.headers}
    connection.request(request.method, request.path + query, request.body or None, headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    assert answer.status < 400, (request.method, request.path, answer.status, body[:300])


def cpu_of(process: int) -> float:
    """Seconds of CPU that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_of(process: int) -> float:
    """The most megabytes that a process has had in memory."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def wait_until_idle(process: int) -> None:
    """Returns once a process has used hardly any CPU for a while."""
    before = -1.0
    while cpu_of(process) - before > 0.02:
        before = cpu_of(process)
        time.sleep(1)


def lines(files: Sequence[Path], rounds: int) -> Iterator[str]:
    """A line for each contract."""
    yield f"{'contract':36}{'first answer s':>15}{'CPU s':>8}{'answered MB':>13}{'idle MB':>9}"
    for file in files:
        requests = requests_for(file)
        starts = [measure(file, requests) for _ in range(rounds + 1)][1:]
        seconds, cpu, answered, idle = (
            statistics.median(getattr(start, name) for start in starts)
            for name in ("seconds", "cpu", "answered", "idle")
        )
        yield f"{file.name:36}{seconds:15.2f}{cpu:8.2f}{answered:13.0f}{idle:9.0f}"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("contracts", nargs="*", type=Path, default=DEFAULT, metavar="CONTRACT")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    for line in lines([file.absolute() for file in options.contracts], options.rounds):
        print(line, flush=True)


if __name__ == "__main__":
    main()
