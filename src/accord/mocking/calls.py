"""What the mock calls by itself: an operation's callbacks, a webhook. Requests, made and not sent."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

from accord.contract import Operation
from accord.exchange import ABSENT, Incoming, Routed, parse_media_type
from accord.exchange.json_text import MalformedJson, read_json
from accord.mocking.calling import message_of
from accord.mocking.expressions import Exchange, Side, fill_known
from accord.mocking.mock import Mock
from accord.mocking.model import Call, Request, Response, Uncalled
from accord.mocking.preferences import without_preferences
from accord.schemas import Direction


def callbacks_of(mock: Mock, request: Request, response: Response) -> tuple[Call | Uncalled, ...]:
    """The callbacks that the operation which answered documents, each with the URL by its expression."""
    route = mock.routed(request, mock.contract.by_id[response.operation])
    if route is None:
        return ()
    exchange = exchange_of(mock, route, request, response)
    return tuple(
        _callback(mock, name, operation, exchange)
        for name, operations in route.operation.callbacks.items()
        for operation in operations
    )


def exchange_of(mock: Mock, route: Routed, request: Request, response: Response) -> Exchange:
    """The exchange as runtime expressions see it, its bodies read by the contract."""
    query = without_preferences(request.query)
    incoming = Incoming(
        request.method, request.path, route.path_parameters, query, request.headers, request.body
    )
    body = mock.judge.request(route.operation, incoming).body
    if body is ABSENT:  # it may break its schema, and be answered all the same
        body = _value_of(request.headers, request.body)
    decoded = {name: unquote(value) for name, value in route.path_parameters.items()}
    url = request.origin + request.path + (f"?{query.decode('latin-1')}" if query else "")
    asked = Side(request.headers, body, query, decoded)
    answered = Side(response.headers, _value_of(response.headers, response.body))
    return Exchange(url, request.method, response.status, asked, answered)


def _value_of(headers: Sequence[tuple[bytes, bytes]], body: bytes) -> Any:
    """The value of a body: of JSON what it says, else its text; ABSENT where there is none."""
    kind = next((value.decode("latin-1") for name, value in headers if name == b"content-type"), "")
    parsed = parse_media_type(kind)
    if not body or parsed is None:
        return ABSENT
    if not parsed.is_json:
        return body.decode("utf-8", "replace")
    try:
        return read_json(body)
    except MalformedJson:
        return ABSENT


def _callback(mock: Mock, name: str, operation: Operation, exchange: Exchange) -> Call | Uncalled:
    """The callback, with nothing in its URL for what the exchange has not; if that leaves none, why."""
    template, missing = fill_known(operation.path, exchange)
    call = call_of(mock, name, operation, template)
    return Uncalled(name, str(missing[0])) if missing and isinstance(call, Uncalled) else call


def call_of(mock: Mock, name: str, operation: Operation, template: str) -> Call | Uncalled:
    """The request for an operation at a URL, in which path parameters may still stand as `{name}`."""
    if not template.lower().startswith(("http://", "https://")):
        return Uncalled(name, f"{template[:200]!r} is no absolute URL of http or https")
    values = mock.values.towards(Direction.REQUEST)
    message = message_of(mock.contract, operation, values, template, is_call=True)
    url = message.path.partition("#")[0]
    if message.query:
        url += ("&" if "?" in url else "?") + message.query.decode("latin-1")
    return Call(name, operation, message.method, url, tuple(message.headers), message.body)
