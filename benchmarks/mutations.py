"""Implementations of the Assistant API with one fault: `accord verify --app benchmarks.mutations:NAME`.

A mutation of the wire changes what goes in or comes out of an application that is right, server or mock:
`NAME` is the server with that fault, `mock_NAME` the mock. One of the store or of the mock's state is laid
over the code itself, before the application is made.
"""

import json
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, urlencode

Scope: TypeAlias = dict[str, Any]
Application: TypeAlias = Callable[[Scope, Any, Any], Awaitable[None]]
COLLECTION = "/api/v1/assistant"


@dataclass(slots=True)
class Asked:
    """A request, which a mutation may change before the application gets it."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[bytes, bytes]
    body: bytes

    @property
    def operation(self) -> str:
        """Its operationId; empty where it has none."""
        kind = "item" if self.path.startswith(COLLECTION + "/") else "list"
        return _OPERATIONS.get((self.method, kind), "")

    @property
    def json(self) -> Any:
        """The body as JSON has it; None where it is not."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


_OPERATIONS = {
    ("POST", "list"): "create",
    ("GET", "list"): "list",
    ("GET", "item"): "get",
    ("PUT", "item"): "update",
    ("DELETE", "item"): "delete",
}


@dataclass(slots=True)
class Answer:
    """An answer, which a mutation may change before it is sent."""

    status: int
    headers: dict[bytes, bytes]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON has it."""
        return json.loads(self.body)

    @json.setter
    def json(self, value: Any) -> None:
        self.body = json.dumps(value).encode()

    @property
    def items(self) -> list[Any]:
        """The assistants in a successful answer."""
        data = self.json["data"]
        return list(data["items"]) if "items" in data else [data]

    def change_items(self, change: Callable[[dict[str, Any]], object]) -> None:
        """Changes each assistant in a successful answer."""
        value = self.json
        for item in value["data"].get("items", [value["data"]]):
            change(item)
        self.json = value


Ask: TypeAlias = Callable[[Asked], Awaitable[Answer]]
Wire: TypeAlias = Callable[[Asked, Ask], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Mutation:
    """One fault. `wire` lies around the application; `patch` is done before it is made."""

    name: str
    fault: str
    of: str = "server"
    wire: Wire | None = None
    patch: Callable[[], object] | None = None


@dataclass(slots=True)
class _Catalogue:
    all: dict[str, Mutation] = field(default_factory=dict)

    def add(self, name: str, fault: str, sides: tuple[str, ...], **change: Any) -> None:
        for side in sides:
            full = name if side == "server" else f"mock_{name}"
            self.all[full] = Mutation(full, fault, side, **change)


_KNOWN = _Catalogue()
MUTATIONS: Mapping[str, Mutation] = _KNOWN.all
BOTH = ("server", "mock")
_SERVER = ("server",)


def wire(fault: str, sides: tuple[str, ...] = _SERVER) -> Callable[[Wire], Wire]:
    """Adds what asks the application, or does not, and answers."""

    def added(change: Wire) -> Wire:
        _KNOWN.add(change.__name__.strip("_"), fault, sides, wire=change)
        return change

    return added


def answers(fault: str, operations: str = "", *, sides: tuple[str, ...] = _SERVER) -> Callable[[Any], Any]:
    """Adds what changes the successful answers of these operations; of none, all other answers."""

    def added(change: Callable[[Asked, Answer], object]) -> Any:
        async def around(asked: Asked, ask: Ask) -> Answer:
            answer = await ask(asked)
            is_meant = asked.operation in operations.split() if operations else True
            if is_meant and (not operations or answer.status == 200):
                change(asked, answer)
            return answer

        _KNOWN.add(change.__name__, fault, sides, wire=around)
        return change

    return added


def requests(fault: str, operations: str = "", *, sides: tuple[str, ...] = _SERVER) -> Callable[[Any], Any]:
    """Adds what changes requests before the application gets them."""

    def added(change: Callable[[Asked], object]) -> Any:
        async def around(asked: Asked, ask: Ask) -> Answer:
            if not operations or asked.operation in operations.split():
                change(asked)
            return await ask(asked)

        _KNOWN.add(change.__name__, fault, sides, wire=around)
        return change

    return added


def patches(fault: str, side: str = "server") -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Adds what changes the code of the server, or of the mock."""

    def added(patch: Callable[[], object]) -> Callable[[], object]:
        name = patch.__name__.removeprefix("mock_")
        _KNOWN.add(name, fault, (side,), patch=patch)
        return patch

    return added


def mutated(mutation: Mutation | None, side: str) -> Application:
    """The application with that fault; without one, as it is."""
    if mutation is not None and mutation.patch is not None:
        mutation.patch()
    app = _server() if side == "server" else _mock()
    return app if mutation is None or mutation.wire is None else _around(app, mutation.wire)


def _server() -> Application:
    from accord.contract import load_contract  # noqa: PLC0415 - after the patches
    from accord.serving import create_app  # noqa: PLC0415
    from handlers import build  # noqa: PLC0415

    app: Application = create_app(load_contract("openapi.yaml"), build())
    return app


def _mock() -> Application:
    """The mock as `accord mock` has it, which takes the credential in the environment alone."""
    from accord.cli.mock import _application, mock  # noqa: PLC0415 - after the patches

    options = ["--no-reload", "--verbose-level", "silent", "--credential", os.environ["ACCORD_AUTH_APIKEY"]]
    settings = dict(mock.make_context("mock", options).params) | {"state": True, "journal": False}
    app: Application = _application(settings)
    return app


def _around(app: Application, change: Wire) -> Application:
    """The application, each exchange of which passes through `change`."""

    async def application(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        asked = await _read(scope, receive)
        answer = await change(asked, lambda given: _asked(app, scope, given))
        is_head = scope["method"] == "HEAD"
        answer.headers[b"content-length"] = b"%d" % len(answer.body)
        headers = list(answer.headers.items())
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if is_head else answer.body})

    return application


async def _read(scope: Scope, receive: Any) -> Asked:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
    return Asked(scope["method"], scope["path"], query, dict(scope["headers"]), body)


async def _asked(app: Application, scope: Scope, asked: Asked) -> Answer:
    """What the application answers. What a mutation left as it was goes in as it came."""
    before = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
    query = scope["query_string"] if asked.query == before else urlencode(asked.query).encode()
    headers = [(name, value) for name, value in scope["headers"] if asked.headers.get(name) is not None]
    headers = [
        (
            name,
            b"%d" % len(asked.body)
            if name == b"content-length"
            else asked.headers[name]
            if _is_changed(scope, asked, name)
            else value,
        )
        for name, value in headers
    ]
    changed = scope | {"method": asked.method, "query_string": query, "headers": headers}
    if asked.path != scope["path"]:
        changed |= {"path": asked.path, "raw_path": asked.path.encode()}
    messages = [{"type": "http.request", "body": asked.body, "more_body": False}]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return messages.pop() if messages else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(changed, receive, send)
    body = b"".join(message.get("body", b"") for message in sent)
    return Answer(sent[0]["status"], dict(sent[0]["headers"]), body)


def _is_changed(scope: Scope, asked: Asked, name: bytes) -> bool:
    return dict(scope["headers"]).get(name) != asked.headers[name]


def problem(status: int, title: str) -> Answer:
    """A problem, as the contract has it."""
    answer = Answer(status, {b"content-type": b"application/problem+json", b"x-request-id": b"mutated"}, b"")
    answer.json = {"type": "about:blank", "title": title, "status": status, "detail": title}
    return answer


def __getattr__(name: str) -> Application:
    """The application of a mutation, for uvicorn; `server` and `mock` are those without any."""
    from benchmarks import faults  # noqa: PLC0415 - it adds them

    if name.startswith("__"):
        raise AttributeError(name)
    faults.forget()
    if name in ("server", "mock"):
        return mutated(None, name)
    if name not in MUTATIONS:
        raise AttributeError(name)
    return mutated(MUTATIONS[name], MUTATIONS[name].of)
