"""A load on a server over loopback, made so that the client is never what is measured.

Where there are two cores, the server has one and the load the other, and the load never sleeps: else a
client wakes at each response, at the server's cost, and takes its core some ten thousand times a second; the
server that keeps its client waiting longest is disturbed most. Connections are kept alive, each sends its
next request as soon as the last is answered, and each answer's status is looked at: what answers errors
fast fails.
"""

import asyncio
import os
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
_CONNECTIONS = 16
_WARMING = 0.3


@dataclass(slots=True)
class Counts:
    """What was answered so far, and what of it otherwise than it should have been."""

    answered: int = 0
    wrong: str = ""
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Load:
    """Requests a second while it was measured, and all that were answered from the first to the last."""

    rate: float
    answered: int


class Client(asyncio.Protocol):
    """One connection that sends its next request as soon as the last is answered."""

    def __init__(self, requests: Iterator[bytes], status: int, counts: Counts) -> None:
        self._requests, self._counts = requests, counts
        self._expected = b"HTTP/1.1 %d" % status
        self._buffer = b""
        self.is_stopped = False

    def connection_made(self, transport: Any) -> None:
        """Sends the first request."""
        self.transport = transport
        transport.write(next(self._requests))

    def data_received(self, data: bytes) -> None:
        """Counts each complete answer, and sends the next request."""
        self._buffer += data
        if not is_complete(self._buffer):
            return
        self._counts.answered += 1
        if not self._buffer.startswith(self._expected):
            self._counts.wrong = self._buffer[:400].decode("utf-8", "replace")
        self._buffer = b""
        if not self.is_stopped:
            self.transport.write(next(self._requests))

    def connection_lost(self, _error: Exception | None) -> None:
        """Counts what the server closes."""
        self._counts.lost += not self.is_stopped


def is_complete(answer: bytes) -> bool:
    """Is it a whole response, by its Content-Length or its last chunk?"""
    head, found, body = answer.partition(b"\r\n\r\n")
    if not found:
        return False
    _, found, rest = head.lower().partition(b"\r\ncontent-length:")
    if found:
        return len(body) >= int(rest.partition(b"\r\n")[0])
    return body.endswith(b"0\r\n\r\n") if b"chunked" in head.lower() else True


async def load(port: int, requests: Sequence[bytes], seconds: float, *, status: int = 200) -> Load:
    """What a server answers on 16 connections, which send these requests in turn.

    Raises AssertionError where one is answered with another status, or a connection is closed.
    """
    counts, loop, turns = Counts(), asyncio.get_running_loop(), cycle(requests)
    clients = [
        (await loop.create_connection(lambda: Client(turns, status, counts), "127.0.0.1", port))[1]
        for _ in range(_CONNECTIONS)
    ]
    await asyncio.sleep(_WARMING)
    warmed, begun = counts.answered, time.perf_counter()
    pause = 0 if len(CORES) > 1 else seconds
    while time.perf_counter() < begun + seconds:  # noqa: ASYNC110 - busy, so that no answer has to wake it
        await asyncio.sleep(pause)
    rate = (counts.answered - warmed) / (time.perf_counter() - begun)
    for client in clients:
        client.is_stopped = True
    await asyncio.sleep(0.2)
    for client in clients:
        client.transport.close()
    assert not counts.wrong, counts.wrong
    assert rate, "nothing was answered"
    assert not counts.lost, f"{counts.lost} connections were closed"
    return Load(rate, counts.answered)


def keep_off_the_servers_core() -> None:
    """Leaves the first core to the server."""
    if len(CORES) > 1:
        os.sched_setaffinity(0, CORES[1:])


def give_the_servers_core(pid: int) -> None:
    """Puts a server, all its threads to come, on the first core."""
    if len(CORES) > 1:
        for task in Path(f"/proc/{pid}/task").iterdir():
            os.sched_setaffinity(int(task.name), CORES[:1])


def free_port() -> int:
    """A port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
