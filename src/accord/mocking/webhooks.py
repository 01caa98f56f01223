"""Webhooks, called when somebody asks for it: which there are, what is sent, what came of it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, quote

from accord.contract import Operation
from accord.exchange import Incoming, Problem, Violation, most_specific, parse_media_type, problem_of
from accord.exchange.json_text import MalformedJson, read_json
from accord.mocking.calls import call_of
from accord.mocking.dispatching import Outcome
from accord.mocking.headers import head_of
from accord.mocking.mock import Mock
from accord.mocking.model import Call, Pairs, Request, Response, Uncalled
from accord.mocking.refusing import as_problem
from accord.mocking.texts import to_json


def list_webhooks(mock: Mock, root: str) -> Response:
    """Every webhook of the contract, with the path at which it is fired."""
    entries = [
        {
            "name": name,
            "method": operation.method.upper(),
            "operationId": operation.id,
            "summary": operation.summary,
            "fire": f"POST {root}/{quote(name, safe='')}?url=",
        }
        for name, operations in mock.contract.webhooks.items()
        for operation in operations
    ]
    return _json({"webhooks": entries})


def order_webhook(mock: Mock, name: str, request: Request) -> Call | Response:
    """The call that a request orders, its own body in it if it has one; or the refusal."""
    query = parse_qs(request.query.decode("latin-1"))
    operation = _chosen(mock.contract.webhooks.get(name, ()), query.get("method", [""])[0])
    if operation is None:
        known = ", ".join(mock.contract.webhooks) or "none"
        return as_problem(Problem.of(404, f"There is no such webhook; the contract's webhooks are: {known}."))
    if "url" not in query:
        return as_problem(Problem.of(400, "Say where to send it: ?url=http://127.0.0.1:8000/inbox."))
    call = call_of(mock, name, operation, query["url"][0])
    if isinstance(call, Uncalled):
        return as_problem(Problem.of(400, f"The webhook cannot be sent: {call.reason}."))
    if not request.body:
        return call
    call = replace(call, headers=_with_type(call, request), body=request.body)
    broken = _broken(mock, call)
    return as_problem(problem_of(broken)) if broken else call


def _chosen(operations: Sequence[Operation], method: str) -> Operation | None:
    """The operation of a method, or the first where none is named."""
    return next((each for each in operations if method.lower() in ("", each.method.lower())), None)


def _with_type(call: Call, request: Request) -> Pairs:
    """The headers of a call with the media type of the request, if the webhook has that; else its own."""
    sent = request.header(b"content-type") or ""
    parsed, body = parse_media_type(sent), call.operation.request_body
    if parsed is None or body is None or most_specific(parsed, body.content) is None:
        return call.headers
    others = tuple(pair for pair in call.headers if pair[0] != b"content-type")
    return (*others, (b"content-type", sent.encode("latin-1")))


def _broken(mock: Mock, call: Call) -> list[Violation]:
    """What is wrong with a call's body."""
    incoming = Incoming(call.method, call.operation.path, headers=call.headers, body=call.body)
    found = mock.judge.request(call.operation, incoming).violations
    return [each for each in found if each.location == "body" or each.name == "Content-Type"]


def report(outcome: Outcome) -> Response:
    """What was sent and what came back, or why nothing did."""
    call, response = outcome.call, outcome.response
    if response is None:
        status = 403 if outcome.is_refused else 502
        return as_problem(Problem.of(status, f"The webhook {call.name} got no response: {outcome.fault}."))
    return _json(
        {
            "webhook": call.name,
            "sent": {"method": call.method, "url": call.url, **_message(call.headers, call.body)},
            "received": {"status": response.status, **_message(response.headers, response.body)},
            "violations": [
                {
                    "location": each.location,
                    "name": each.name,
                    "pointer": each.pointer,
                    "reason": each.reason,
                    "rule": each.rule,
                }
                for each in outcome.violations
            ],
        }
    )


def _message(headers: Sequence[tuple[bytes, bytes]], body: bytes) -> dict[str, Any]:
    shown: dict[str, str] = {}
    for name, value in headers:
        key, text = name.decode("latin-1"), value.decode("latin-1")
        shown[key] = f"{shown[key]}, {text}" if key in shown else text
    return {"headers": shown, "body": _shown(body)}


def _shown(body: bytes) -> Any:
    """A body as it is told: JSON as what it says, text as text."""
    if not body:
        return None
    try:
        return read_json(body)
    except MalformedJson:
        return body.decode("utf-8", "replace")


def _json(value: Any) -> Response:
    body = to_json(value)
    return Response(200, head_of(200, (), body, "application/json"), body, "webhooks")
