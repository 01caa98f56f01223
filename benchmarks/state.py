"""What it costs a mock to keep state: `python benchmarks/state.py [--rounds N] [--seconds N] [--requests N]`.

Microseconds of CPU a request, of `accord mock` with its state in its process, with `--no-state`, and with its
state in a Redis, one after the other on the same core: a POST that creates an item of twenty fields, a GET of
one, and a GET of a list of twenty. The load is that of `benchmarks/load.py`.

Then, with state and journal on, 200,000 requests that create items in worlds that come and go, and how much
memory the process has after each tenth of them. Exits 1 where a target is missed: 60% of the throughput
without state, by CPU, and memory that no longer grows after half of the requests.
"""

import argparse
import copy
import json
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import uvloop

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from benchmarks.exchange import VALUE  # noqa: E402 - the path is set first
from benchmarks.load import give_the_servers_core, keep_off_the_servers_core, load  # noqa: E402
from benchmarks.peers import Running, ask, first_answer, running  # noqa: E402
from benchmarks.phases import CONTRACT  # noqa: E402
from tests.redis_server import running_redis  # noqa: E402

_HEADERS = {"content-type": "application/json"}
_LEAST = 0.6
"""The share of the throughput without state that is to be left."""
_GROWTH = 1.1
"""How much more memory the second half of the requests may take."""
_WORLDS = 2_500
_BODY = json.dumps(VALUE).encode()


def contract() -> dict[str, Any]:
    """The contract of the other benchmarks, whose things have identifiers, and a list."""
    stateful = copy.deepcopy(CONTRACT)
    thing = stateful["components"]["schemas"]["Thing"]
    thing["properties"] = {
        "id": {"type": "string", "format": "uuid", "readOnly": True},
        **thing["properties"],
    }
    items = {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer", "default": 20}}
    stateful["paths"]["/things"]["get"] = {
        "operationId": "listThings",
        "parameters": [limit],
        "responses": {"200": {"description": "", "content": {"application/json": {"schema": items}}}},
    }
    return stateful


@contextmanager
def mocking(file: Path, *options: str) -> Iterator[Running]:
    """The mock of the contract, with the options, alone on its core."""
    command = [sys.executable, "-m", "accord", "mock", str(file), *options]
    with running(lambda port: [*command, "--port", str(port)], file.parent) as server:
        first_answer(server, "/things", {}, 60)
        give_the_servers_core(server.process.pid)
        yield server


def request(method: str, path: str, world: str = "", body: bytes = b"") -> bytes:
    """A request as a client sends it."""
    lines = [f"{method} {path} HTTP/1.1", "host: 127.0.0.1", "accept: */*"]
    lines += [f"x-accord-world: {world}"] if world else []
    lines += ["content-type: application/json", f"content-length: {len(body)}"] if body else []
    return "\r\n".join([*lines, "", ""]).encode() + body


def measure(servers: dict[str, Running], rounds: int, seconds: float) -> dict[str, dict[str, float]]:
    """Microseconds of CPU a request, by its kind and by the server's name."""
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for _ in range(rounds):
        for name, server in servers.items():
            for kind, sent, status in _kinds(server):
                before = server.cpu()
                answered = uvloop.run(load(server.port, sent, seconds, status=status)).answered
                found[kind][name].append((server.cpu() - before) / answered * 1e6)
    return {
        kind: {name: statistics.median(each) for name, each in named.items()} for kind, named in found.items()
    }


def _kinds(server: Running) -> Iterator[tuple[str, Sequence[bytes], int]]:
    """What is asked of a server that has been given some things, and the status of the answers."""
    made = [
        json.loads(ask(server.port, "POST", "/things", _HEADERS, _BODY)[2]).get("id", "") for _ in range(20)
    ]
    fallback = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
    yield "POST, 20 fields", [request("POST", "/things", body=_BODY)], 201
    yield "GET of one", [request("GET", f"/things/{each or fallback}") for each in made[-1:]], 200
    yield "GET of a list", [request("GET", "/things")], 200


def memory(server: Running, requests: int) -> list[float]:
    """Megabytes of the process after each tenth of the requests, each of which creates an item."""
    found: list[float] = []
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    for number in range(requests):
        world = f"world-{number * 7 % _WORLDS}"
        connection.request("POST", "/things", _BODY, _HEADERS | {"x-accord-world": world})
        response = connection.getresponse()
        assert response.status == 201, response.status
        response.read()
        if (number + 1) % (requests // 10) == 0:
            found.append(_resident(server.process.pid))
    connection.close()
    return found


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def main() -> int:
    """Print what was measured; 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--requests", type=int, default=200_000, help="0: leave memory alone")
    options = parser.parse_args()
    keep_off_the_servers_core()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        file = Path(folder) / "things.json"
        file.write_text(json.dumps(contract()))
        start: Callable[..., Running] = lambda *flags: stack.enter_context(mocking(file, *flags))  # noqa: E731
        redis = stack.enter_context(running_redis("--save", ""))
        servers = {"off": start("--no-state"), "on": start("--state"), "shared": start("--state", redis.url)}
        missed = _report(measure(servers, options.rounds, options.seconds))
        if options.requests:
            missed |= _report_memory(memory(start("--state"), options.requests), options.requests)
    return int(missed)


def _report(figures: dict[str, dict[str, float]]) -> bool:
    missed = False
    print(f"{'µs of CPU':20} {'off':>8} {'on':>8} {'shared':>8}   on to off   shared to off")
    for kind, cost in figures.items():
        ratios = [cost["off"] / cost[name] for name in ("on", "shared")]
        shown = " ".join(f"{cost[name]:8.1f}" for name in ("off", "on", "shared"))
        print(f"{kind:20} {shown}   {ratios[0]:9.2f}   {ratios[1]:13.2f}")
        missed |= ratios[0] < _LEAST
    return missed


def _report_memory(found: Sequence[float], requests: int) -> bool:
    shown = ", ".join(f"{each:.0f}" for each in found)
    print(f"MB after each {requests // 10:,} requests in {_WORLDS:,} worlds: {shown}")
    return found[-1] > found[len(found) // 2 - 1] * _GROWTH


if __name__ == "__main__":
    sys.exit(main())
