"""The exchanges of a project's own tests: seen around an ASGI application, or by an httpx client."""

import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

import httpx

from accord.exchange import Incoming, Outgoing
from accord.verifying.exchanges import Exchange

See: TypeAlias = Callable[[Exchange], object]
Message: TypeAlias = Mapping[str, Any]
ASGI: TypeAlias = Callable[
    [Any, Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[None]]], Awaitable[None]
]


class CoverageMiddleware:
    """An ASGI application around another that shows each HTTP exchange to `see`, and changes nothing."""

    def __init__(self, app: ASGI, see: See) -> None:
        self._app = app
        self._see = see

    async def __call__(
        self, scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
    ) -> None:
        """Passes everything on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked, answered = bytearray(), bytearray()
        started: dict[str, Any] = {}
        began = time.perf_counter()

        async def receiving() -> Any:
            message = await receive()
            asked.extend(message.get("body", b""))
            return message

        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
            answered.extend(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receiving, sending)
        finally:
            incoming = _incoming(scope, bytes(asked))
            outgoing = _outgoing(started, bytes(answered)) if started else None
            self._see(Exchange(incoming, outgoing, seconds=time.perf_counter() - began))


def _incoming(scope: Mapping[str, Any], body: bytes) -> Incoming:
    path = scope.get("raw_path") or str(scope["path"]).encode("utf-8", "surrogateescape")
    headers = tuple((bytes(name).lower(), bytes(value)) for name, value in scope.get("headers", ()))
    raw = path.partition(b"?")[0].decode("latin-1")
    return Incoming(str(scope["method"]).upper(), raw, {}, scope.get("query_string", b""), headers, body)


def _outgoing(started: Mapping[str, Any], body: bytes) -> Outgoing:
    headers = tuple((bytes(name).lower(), bytes(value)) for name, value in started.get("headers", ()))
    return Outgoing(int(started["status"]), headers, body)


class CoverageTransport(httpx.BaseTransport):
    """A transport of httpx around another that shows each exchange to `see`."""

    def __init__(self, see: See, transport: httpx.BaseTransport | None = None) -> None:
        self._transport = transport or httpx.HTTPTransport()
        self._see = see

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """What the other transport gives, read to its end."""
        began = time.perf_counter()
        response = self._transport.handle_request(request)
        response.read()
        self._see(exchange_of(request, response, time.perf_counter() - began))
        return response

    def close(self) -> None:
        """Closes the other transport."""
        self._transport.close()


def exchange_of(request: httpx.Request, response: httpx.Response, seconds: float = 0.0) -> Exchange:
    """What httpx sent and got; the response's body has to be read by then."""
    path, _, query = request.url.raw_path.partition(b"?")
    asked = tuple((name.lower(), value) for name, value in request.headers.raw)
    answered = tuple((name.lower(), value) for name, value in response.headers.raw)
    incoming = Incoming(request.method.upper(), path.decode("latin-1"), {}, query, asked, request.content)
    return Exchange(incoming, Outgoing(response.status_code, answered, response.content), seconds=seconds)
