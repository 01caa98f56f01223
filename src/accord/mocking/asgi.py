"""The mock as an ASGI application: reads requests, sends answers, tells its log of both."""

import logging
import time
from collections.abc import Awaitable, Callable, MutableMapping
from functools import partial
from typing import Any, TypeAlias
from urllib.parse import unquote_plus

from accord.contract import Contract
from accord.exchange import MEDIA_TYPE, Problem
from accord.mocking.dispatching import Dispatcher
from accord.mocking.mock import Mock
from accord.mocking.model import ROOT, Choices, Request, Response
from accord.mocking.responding import respond
from accord.mocking.sending import Receive, Send, send_response

_log = logging.getLogger("accord.mock")
BODY_LIMIT = 64 * 1024 * 1024
"""Bytes of a request's body that are read; more is 413."""

Scope: TypeAlias = MutableMapping[str, Any]
Application: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]


def create_app(mock: Mock, choices: Choices) -> Application:
    """The application. One line of the log for each request, with the reason where it is refused."""
    secret = _secret_names(mock.contract)
    dispatcher = Dispatcher(choices.hosts)
    answer = partial(_answer, mock, choices, dispatcher)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
            await dispatcher.close()
        elif scope["type"] == "http":
            started = time.perf_counter()
            request, response = await _exchange(answer, scope, receive, send)
            dispatcher.call_back(mock, request, response)
            _tell(request, response, time.perf_counter() - started, secret)

    return app


async def _live(receive: Receive, send: Send) -> None:
    """Nothing is to be started or stopped."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def _exchange(
    answer: Callable[[Request], Awaitable[Response]], scope: Scope, receive: Receive, send: Send
) -> tuple[Request, Response]:
    """Reads a request and answers it."""
    body = await _read(receive)
    raw_path: bytes = scope.get("raw_path") or scope["path"].encode()
    path = raw_path.partition(b"?")[0].decode("latin-1")
    request = Request(
        scope["method"],
        path,
        scope["query_string"],
        scope["headers"],
        body or b"",
        scope.get("scheme", "http"),
    )
    response = _too_large() if body is None else await answer(request)
    await send_response(response, receive, send, is_head=request.method == "HEAD")
    return request, response


async def _read(receive: Receive) -> bytes | None:
    """The request's body; None where it is larger than what is read. It is read to its end all the same."""
    body, is_large = bytearray(), False
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return bytes(body)
        if not is_large:
            body += message.get("body", b"")
            is_large = len(body) > BODY_LIMIT
        if not message.get("more_body", False):
            return None if is_large else bytes(body)


async def _answer(mock: Mock, choices: Choices, dispatcher: Dispatcher, request: Request) -> Response:
    """The mock's answer; the start page where the contract has no path `/`, and what its own path gives."""
    try:
        if request.path.startswith(f"{ROOT}/") and not mock.allow(request.path):
            from accord.mocking.control import control  # noqa: PLC0415 - most mocks are never asked

            return await control(mock, dispatcher, request)
        if request.path == "/" and request.method in ("GET", "HEAD") and not mock.allow("/"):
            from accord.mocking.page import start_page  # noqa: PLC0415 - clients never ask for it

            return start_page(mock, request)
        return respond(mock, request, choices)
    except Exception:  # noqa: BLE001 - a defect of ours: the next request shall be answered all the same
        _log.exception("%s %s could not be answered", request.method, request.path)
        return _failed(Problem.of(500, "The mock could not make this answer: its log says why."))


def _too_large() -> Response:
    return _failed(Problem.of(413, f"A body of at most {BODY_LIMIT} bytes is read."))


def _failed(problem: Problem) -> Response:
    body = problem.to_bytes()
    headers = ((b"content-type", MEDIA_TYPE.encode()), (b"content-length", b"%d" % len(body)))
    return Response(problem.status, headers, body, reason=problem.detail)


def _secret_names(contract: Contract) -> frozenset[str]:
    """The query parameters that carry credentials, which people may have made real ones."""
    schemes = contract.security_schemes.values()
    in_query = [scheme for scheme in schemes if scheme.type == "apiKey" and scheme.raw.get("in") == "query"]
    return frozenset(str(scheme.raw.get("name")) for scheme in in_query)


def _told_query(query: bytes, secret: frozenset[str]) -> str:
    """The query as the log has it: without credentials."""
    pairs = [pair.partition("=") for pair in query.decode("latin-1").split("&")]
    shown = [
        f"{name}=[redacted]" if unquote_plus(name) in secret and value else f"{name}{equals}{value}"
        for name, equals, value in pairs
    ]
    return f"?{'&'.join(shown)}"


def _tell(request: Request, response: Response, seconds: float, secret: frozenset[str]) -> None:
    for finding in response.findings:
        _log.warning("%s", finding)
    query = _told_query(request.query, secret) if request.query else ""
    name = f" {response.operation}" if response.operation else ""
    why = f"  {response.reason}" if response.reason else ""
    line = f"{request.method} {request.path}{query} {response.status}{name} {seconds * 1000:.1f} ms{why}"
    if not line.isprintable():
        line = "".join(letter if letter.isprintable() else "?" for letter in line)
    _log.info("%s", line)
