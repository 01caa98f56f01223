"""What the mock costs beside its peers, Prism and Scalar: `python benchmarks/mock.py [--peers FOLDER]`.

Requests a second and microseconds of CPU a request, for a GET with a static example, a GET with generated
data and a POST of twenty fields that is validated; seconds from the start of the process to its first answer;
the most memory after 1,000 requests. A bare ASGI application on the same uvicorn answers the mock's own
bytes: what is left to gain. Servers take turns; a ratio is that of two neighbours in time, and the median
over the rounds counts. Each answer's status is looked at; each server is first asked to refuse a wrong body.

The peers are installed from npm into a temporary folder, or used from FOLDER, where what is missing is
installed. All is bounded in time, on 127.0.0.1, and takes some five minutes. Exits 1 where a target is
missed.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import uvloop
import yaml_rs

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from accord.document import read_document  # noqa: E402 - the path is set first
from benchmarks.exchange import VALUE  # noqa: E402
from benchmarks.figures import BARE, OURS, PRISM, Figures, report  # noqa: E402
from benchmarks.load import give_the_servers_core, keep_off_the_servers_core, load  # noqa: E402
from benchmarks.peers import NotAnswered, Running, Server, ask, first_answer, ours, peers, running  # noqa: E402
from benchmarks.phases import CONTRACT, PHASES, STARTS, Phase, Start  # noqa: E402

_PATIENCE = 30.0
"""Seconds to the first answer above which a server is started once, and not in each round."""
_REQUESTS = 1000


def measure_rates(
    servers: Sequence[Server], folder: Path, rounds: int, seconds: float, found: Figures
) -> None:
    """The rate and cost of each kind of request, with all servers running and one loaded at a time."""
    contract = folder / "things.json"
    contract.write_text(json.dumps(CONTRACT))
    with ExitStack() as stack:
        started: dict[str, Running] = {}
        for server in servers:
            started[server.name] = stack.enter_context(running(_on(server, contract), folder))
            first_answer(started[server.name], PHASES[0].target_of(1), {}, 60)
        recorded = folder / "recorded.json"
        recorded.write_text(json.dumps({phase.key: _recorded(started[OURS], phase) for phase in PHASES}))
        started[BARE] = stack.enter_context(running(_bare(recorded), folder))
        first_answer(started[BARE], PHASES[0].target_of(1), {}, 30)
        for name, process in started.items():
            give_the_servers_core(process.process.pid)
            _check_refusal(name, process, found)
        for at in range(rounds):
            for phase in PHASES:
                for name, process in started.items():
                    _load(name, process, phase, seconds, found, round_=at)


def _on(server: Server, contract: Path) -> Callable[[int], list[str]]:
    return lambda port: server.command(contract, port)


def _bare(recorded: Path) -> Callable[[int], list[str]]:
    script = ROOT / "benchmarks" / "bare.py"
    return lambda port: [sys.executable, str(script), str(port), str(recorded)]


def _recorded(server: Running, phase: Phase) -> tuple[int, list[tuple[str, str]], str]:
    """What the mock answers, for a bare application to answer too."""
    status, headers, body = ask(server.port, phase.method, phase.target_of(0), phase.headers, phase.body)
    assert status == phase.status, (status, body)
    assert set(json.loads(body)) <= set(VALUE), body
    return status, [(name, value) for name, value in headers if name != "date"], body.decode()


def _check_refusal(name: str, server: Running, found: Figures) -> None:
    """Sees whether a wrong body is refused: what does not validate has less to do."""
    wrong = json.dumps(VALUE | {"kind": "none of these"}).encode()
    status, _, body = ask(server.port, "POST", "/things", PHASES[2].headers, wrong)
    if name in (OURS, PRISM):
        assert 400 <= status < 500, (name, status, body)
    elif name != BARE and status < 400:
        found.notes.append(f"{name} does not validate: a wrong body is answered with {status}")


def _load(name: str, server: Running, phase: Phase, seconds: float, found: Figures, *, round_: int) -> None:
    before = server.cpu()
    try:
        answered = uvloop.run(load(server.port, phase.requests(round_), seconds, status=phase.status))
    except AssertionError as error:
        if name in (OURS, PRISM, BARE):
            raise
        found.notes.append(f"{name}, {phase.name}: {str(error)[:80]!r}")
        return
    found.add(f"requests/s: {phase.name}", name, answered.rate)
    found.add(f"µs CPU: {phase.name}", name, (server.cpu() - before) / answered.answered * 1e6)


def measure_starts(
    servers: Sequence[Server], folder: Path, rounds: int, limit: float, found: Figures
) -> None:
    """Seconds to the first answer, and memory after 1,000 requests in the first round."""
    for start in STARTS:
        if not start.contract.is_file():
            found.notes.append(f"{start.contract.name} is not here, so that it is not started with")
            continue
        given_up: set[str] = set()
        for at in range(rounds):
            for server in servers:
                if server.name not in given_up and not _start(
                    server, start, folder, limit, found, is_first=at == 0
                ):
                    given_up.add(server.name)


def _start(
    server: Server, start: Start, folder: Path, limit: float, found: Figures, *, is_first: bool
) -> bool:
    """Adds the figures of one start. Is it worth another?"""
    with running(_on(server, start.contract), folder) as process:
        try:
            seconds = first_answer(process, start.paths[0], start.headers, limit)
            if is_first:
                _ask_often(process.port, start)
                found.add(f"MB: {start.name}", server.name, process.memory())
        except NotAnswered as error:
            if server.name == OURS:
                raise
            found.notes.append(f"{server.name} on {start.contract.name}: {error}")
            return False
        found.add(f"s to first answer: {start.name}", server.name, seconds)
    return seconds < _PATIENCE


def _ask_often(port: int, start: Start) -> None:
    """Sends 1,000 requests on one connection. Raises NotAnswered where one is not answered with 200."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    until = time.monotonic() + 120
    try:
        for at in range(_REQUESTS):
            path = start.paths[at % len(start.paths)]
            connection.request("GET", path, headers=start.headers)
            response = connection.getresponse()
            body = response.read()
            if response.status != 200:
                raise NotAnswered(f"GET {path}: {response.status} {body[:100]!r}")
            if time.monotonic() > until:
                raise NotAnswered(f"{at} requests took two minutes")
    except OSError as error:
        raise NotAnswered(f"1,000 requests: {type(error).__name__}") from None
    finally:
        connection.close()


def measure_reading(path: Path, rounds: int) -> float | None:
    """How many times as long as a plain parse a document's whole reading takes."""
    if not path.is_file():
        return None
    text, ratios = path.read_text(encoding="utf-8"), []
    for _ in range(rounds):
        begun = time.perf_counter()
        yaml_rs.loads(text, parse_datetime=False)
        parsed = time.perf_counter()
        read_document(str(path), lenient=True)
        ratios.append((time.perf_counter() - parsed) / (parsed - begun))
    return statistics.median(ratios)


def main() -> None:
    """Measures and prints; exits 1 where a target is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peers", type=Path, help="where the peers are, or are to be installed")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of load")
    parser.add_argument("--seconds", type=float, default=2.0, help="length of each load")
    parser.add_argument("--starts", type=int, default=3, help="rounds of starts")
    parser.add_argument("--limit", type=float, default=150.0, help="seconds that a server has to start")
    options = parser.parse_args()
    found = Figures()
    with tempfile.TemporaryDirectory(prefix="accord-bench-") as name:
        folder = Path(name)
        servers = [ours(), *peers((options.peers or folder).resolve())]
        print(", ".join(f"{server.name} {server.version}" for server in servers), flush=True)
        measure_starts(servers, folder, options.starts, options.limit, found)
        keep_off_the_servers_core()
        measure_rates(servers, folder, options.rounds, options.seconds, found)
    is_missed = report(found, [server.name for server in servers])
    reading = measure_reading(STARTS[2].contract, options.starts)
    if reading is not None:
        print(f"OpenAI's document is read in {reading:.1f} times the time of a plain parse by yaml-rs")
    print("! marks a target that is missed" if is_missed else "no target is missed")
    sys.exit(1 if is_missed else 0)


if __name__ == "__main__":
    main()
