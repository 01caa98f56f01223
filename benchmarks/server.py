"""What a request costs: stock Connexion, accord, FastAPI and bare Starlette on the same contract.

    python benchmarks/server.py [--seconds 1] [--rounds 5]

The handlers keep assistants in a dictionary, so that no database is measured. Two figures each for a POST
with every field and a GET by id: microseconds of CPU in process, the ASGI application driven directly,
and requests a second over loopback, uvicorn in a process of its own. Variants take
turns in short slices; a ratio is that of two neighbours in time, and its median over the rounds counts:
a noisy machine disturbs both alike.

benchmarks/load.py says what the load is.

The rate is held against bare Starlette's like with like: both write a line a request, as `accord serve` and
`uvicorn app:app` do, or neither does. Each of the two must reach 0.6. The third figure has a log on our side
only; it is printed, and no target.
"""

import argparse
import asyncio
import gc
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, TypeAlias

import uvloop

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from benchmarks.load import (  # noqa: E402 - the path is set first
    free_port,
    give_the_servers_core,
    keep_off_the_servers_core,
    load,
)

IN_PROCESS = ("fastapi", "accord, responses validated", "stock", "accord", "accord, no log", "starlette")
LOGGED = "starlette, access log"
SERVED = (*IN_PROCESS[:4], LOGGED, *IN_PROCESS[4:])
COMPARED = (("accord", LOGGED), ("accord, no log", "starlette"), ("accord", "starlette"))
"""Ours and Starlette's: both with a line a request, both without, and ours alone with one."""
KEY = "in-" + "k" * 43
ID = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
BODY: dict[str, Any] = {
    "assistant_type": "simple",
    "llm_model": "gpt-4-0125-preview",
    "name": "Reception",
    "description": "Answers the telephone and takes messages.",
    "attributes": {"floor": 3},
    "system_prompt": "You are friendly and brief.",
    "voice": False,
    "custom_voice": False,
    "voice_languages": ["en-US", "de-DE", "mr-IN", "hi-IN"],
    "org_id": ID,
    "show_images": False,
    "hide_ds": False,
    "webhook_id": ID,
    "has_human_agent": False,
    "use_tools": False,
    "conversation_flow_id": ID,
}
POST_BYTES = json.dumps(BODY).encode()
POST_PATH = "/api/v1/assistant"
GET_PATH = f"/api/v1/assistant/{ID}"
QUERY = f"api_key={KEY}".encode()


Figures: TypeAlias = dict[tuple[str, str], list[float]]


def request_bytes(method: str) -> bytes:
    """The request as a client sends it."""
    path = POST_PATH if method == "POST" else GET_PATH
    lines = [f"{method} {path}?{QUERY.decode()} HTTP/1.1", "host: 127.0.0.1", "accept: */*"]
    lines += ["user-agent: benchmark", "accept-encoding: gzip"]
    if method == "POST":
        lines += ["content-type: application/json", f"content-length: {len(POST_BYTES)}"]
    head = "\r\n".join(lines) + "\r\n\r\n"
    return head.encode() + (POST_BYTES if method == "POST" else b"")


def scope_of(method: str) -> dict[str, Any]:
    """The request as uvicorn hands it on."""
    path = POST_PATH if method == "POST" else GET_PATH
    headers = [(b"host", b"127.0.0.1"), (b"accept", b"*/*"), (b"user-agent", b"benchmark")]
    headers.append((b"accept-encoding", b"gzip"))
    if method == "POST":
        headers += [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(POST_BYTES))]
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 50000),
        "scheme": "http",
        "root_path": "",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": QUERY,
        "headers": headers,
        "state": {},
    }


async def ask(app: Any, method: str) -> tuple[int, bytes]:
    """One request, driven directly."""
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": POST_BYTES if method == "POST" else b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope_of(method), receive, send)
    return int(sent[0]["status"]), b"".join(message.get("body", b"") for message in sent[1:])


async def check(app: Any) -> None:
    """Asserts that the variant does the work: it stores, it reads, it answers with every field."""
    for method in ("POST", "GET"):
        status, body = await ask(app, method)
        assert status == 200, (status, body)
        data = json.loads(body)["data"]
        assert {key: data[key] for key in BODY} == BODY, body


def cpu_of(loop: asyncio.AbstractEventLoop, app: Any, method: str, seconds: float) -> float:
    """Microseconds of CPU a request, over that much time."""

    async def repeat(count: int) -> None:
        for _ in range(count):
            await ask(app, method)

    loop.run_until_complete(repeat(50))
    gc.collect()
    count, begun, until = 0, time.process_time(), time.perf_counter() + seconds
    while time.perf_counter() < until:
        loop.run_until_complete(repeat(100))
        count += 100
    return (time.process_time() - begun) / count * 1e6


async def empty(_scope: Any, _receive: Any, send: Any) -> None:
    """An application that does nothing."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def measure_cpu(rounds: int, seconds: float) -> Figures:
    """The CPU of each variant and method, round by round, without what driving an application costs."""
    from benchmarks.server_variants import application  # noqa: PLC0415 - imports every framework

    loop = asyncio.new_event_loop()
    apps = {name: application(name) for name in IN_PROCESS}
    for app in apps.values():
        loop.run_until_complete(check(app))
    found: Figures = {}
    for _ in range(rounds):
        for method in ("POST", "GET"):
            for name, app in apps.items():
                cost = cpu_of(loop, app, method, seconds) - cpu_of(loop, empty, method, seconds / 4)
                found.setdefault((name, method), []).append(cost)
    return found


def measure_rate(rounds: int, seconds: float) -> Figures:
    """The rate of each variant and method, round by round, each in a uvicorn of its own."""
    servers: dict[str, tuple[subprocess.Popen[bytes], int]] = {}
    keep_off_the_servers_core()
    found: Figures = {}
    with tempfile.TemporaryFile() as log:
        try:
            for name in SERVED:
                servers[name] = start(name, log)
            for _ in range(rounds):
                for method in ("POST", "GET"):
                    for name, (_, port) in servers.items():
                        answered = uvloop.run(load(port, [request_bytes(method)], seconds))
                        found.setdefault((name, method), []).append(answered.rate)
        finally:
            for process, _ in servers.values():
                process.terminate()
                process.wait()
    return found


def start(name: str, log: Any) -> tuple[subprocess.Popen[bytes], int]:
    """A uvicorn process with the variant, once it listens, and its port."""
    port = free_port()
    script = ROOT / "benchmarks" / "server_variants.py"
    process = subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, str(script), name, str(port)], stdout=log, stderr=log
    )
    give_the_servers_core(process.pid)
    for _ in range(200):
        time.sleep(0.1)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                uvloop.run(load(port, [request_bytes("POST")], 0.3))  # so that there is something to GET
                return process, port
    raise RuntimeError(f"{name} does not listen")


def table(title: str, figures: Figures) -> None:
    """Prints the median for each variant and method."""
    print(f"\n{title:34}{'POST':>10}{'GET':>10}")
    for name in dict.fromkeys(name for name, _ in figures):
        medians = [statistics.median(figures[name, method]) for method in ("POST", "GET")]
        print(f"  {name:32}{medians[0]:>10.0f}{medians[1]:>10.0f}")


def ratio(figures: Figures, one: str, other: str, method: str) -> float:
    """How many times as much, round by round; the median."""
    pairs = zip(figures[one, method], figures[other, method], strict=True)
    return statistics.median(first / second for first, second in pairs)


def main() -> None:
    """Measures and prints; exits 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    cpu = measure_cpu(options.rounds, options.seconds / 2)
    rate = measure_rate(options.rounds, options.seconds)
    table("microseconds of CPU a request", cpu)
    table("requests a second, uvicorn", rate)
    print()
    missed = False
    for method in ("POST", "GET"):
        cheaper = ratio(cpu, "stock", "accord", method)
        both, neither, ours = (ratio(rate, *pair, method) for pair in COMPARED)
        missed |= cheaper < 8 or min(both, neither) < 0.6
        print(f"{method}: stock costs {cheaper:.1f} times as much (target 8)")
        print(f"  of bare Starlette's rate: {both:.2f} where both log (target 0.6), ", end="")
        print(f"{neither:.2f} where neither does (target 0.6), {ours:.2f} where ours alone does")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
