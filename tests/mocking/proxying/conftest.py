"""A proxy before a real server, both under uvicorn on the loopback interface."""

import asyncio
import gzip
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import httpx
import pytest

from accord.contract import Contract
from accord.mocking import Choices, Mock
from accord.mocking.model import Exchange
from accord.mocking.proxying import Passing, Proxy, Upstream
from tests.mocking.conftest import answer, contract_of
from tests.mocking.listening import listening

PET = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": {"type": "string"}, "password": {"type": "string"}},
}
BODY = {"required": True, "content": {"application/json": {"schema": PET}}}
LIMIT = {"name": "limit", "in": "query", "schema": {"type": "integer"}}
PATHS = {
    "/pets": {
        "get": {
            "operationId": "listPets",
            "parameters": [LIMIT],
            "responses": {"200": answer({"type": "array", "items": PET})},
        },
        "post": {"operationId": "createPet", "requestBody": BODY, "responses": {"201": answer(PET)}},
    },
    "/events": {
        "get": {
            "operationId": "events",
            "responses": {"200": answer(None, "text/event-stream", itemSchema={"type": "integer"})},
        }
    },
    "/files": {
        "put": {
            "operationId": "save",
            "requestBody": {"content": {"application/octet-stream": {}}},
            "responses": {"200": answer({"type": "integer"})},
        }
    },
}


@dataclass
class Server:
    """The real server: what it answers, what it was asked, and whether its caller went away."""

    status: int = 200
    headers: list[tuple[bytes, bytes]] = field(
        default_factory=lambda: [(b"content-type", b"application/json")]
    )
    pieces: list[bytes] = field(default_factory=lambda: [b"[]"])
    waits: bool = False
    """After the last piece nothing more comes, and the response does not end."""
    cut: bool = False
    asked: list[tuple[Any, int]] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            while True:
                message = await receive()
                await send({"type": f"{message['type']}.complete"})
                if message["type"] == "lifespan.shutdown":
                    return
        size, more = 0, True
        while more:
            message = await receive()
            size, more = size + len(message.get("body", b"")), message.get("more_body", False)
        self.asked.append((scope, size))
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        for piece in self.pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            await asyncio.sleep(0)
        while self.waits and (await receive())["type"] != "http.disconnect":
            pass
        if self.waits:
            self.left.set()
        elif not self.cut:
            await send({"type": "http.response.body", "body": b""})

    def header(self, name: str) -> str | None:
        """A header of the last request."""
        found = [value.decode() for key, value in self.asked[-1][0]["headers"] if key == name.encode()]
        return ", ".join(found) if found else None

    def zip(self, body: bytes) -> None:
        """Answers this body, compressed."""
        self.pieces = [gzip.compress(body)]
        self.headers.append((b"content-encoding", b"gzip"))


@dataclass
class Stand:
    """A client of the proxy, the server behind it, and what was told."""

    client: httpx.Client
    server: Server
    told: list[Exchange]

    def last(self, count: int = 1) -> Exchange:
        """The exchange that was told last, once there are so many."""
        deadline = threading.Event()
        for _ in range(500):
            if len(self.told) >= count:
                return self.told[-1]
            deadline.wait(0.01)
        raise AssertionError(f"only {len(self.told)} of {count} exchanges were told")


Client: TypeAlias = httpx.Client
Proxying = Callable[..., Stand]


def client_of(url: str) -> Client:
    return httpx.Client(base_url=url, timeout=20, trust_env=False)


@pytest.fixture
def proxying() -> Iterator[Proxying]:
    """Makes a proxy of `PATHS` before a server."""
    with ExitStack() as stack:

        def make(
            server: Server | None = None,
            *,
            contract: Contract | None = None,
            url: str | None = None,
            base: str = "",
            choices: Choices | None = None,
            seconds: float = 20,
            proxy: str | None = None,
            **passing: Any,
        ) -> Stand:
            server = server or Server()
            told: list[Exchange] = []
            url = url or stack.enter_context(listening(server)) + base
            mock = Mock(contract or contract_of(PATHS))
            upstream = Upstream(url, seconds=seconds, proxy=proxy)
            app = Proxy(mock, upstream, choices or Choices(), Passing(**passing), tell=told.append)
            address = stack.enter_context(listening(app))
            client = stack.enter_context(client_of(address))
            return Stand(client, server, told)

        yield make
