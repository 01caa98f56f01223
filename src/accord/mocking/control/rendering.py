"""Exchanges as the interface shows them, without credentials. Made when somebody asks, and not before."""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from accord.exchange import Violation
from accord.exchange.problems import entry_of
from accord.mocking.control.asked import moment, shown_name
from accord.mocking.model import Exchange
from accord.mocking.recording import Record
from accord.mocking.redacting import Redactor


def summary(record: Record) -> Mapping[str, Any]:
    """An exchange in a list."""
    exchange = record.exchange
    request, response, redactor = exchange.request, exchange.response, _redactor(exchange)
    return {
        **_common(record, redactor),
        "method": request.method,
        "path": redactor.text(request.path),
        "query": redactor.query(request.query),
        "status": response.status,
        "violations": len(response.faults) + len(response.violations),
    }


def full(record: Record) -> Mapping[str, Any]:
    """An exchange with everything that is known of it."""
    exchange = record.exchange
    request, response, redactor = exchange.request, exchange.response, _redactor(exchange)
    return {
        **_common(record, redactor),
        "request": {
            "method": request.method,
            "path": redactor.text(request.path),
            "query": redactor.query(request.query),
            "headers": _headers(redactor, request.headers),
            "body": _body(redactor, request.body, record.sizes[0]),
        },
        "response": {
            "status": response.status,
            "headers": _headers(redactor, response.headers),
            "body": _body(redactor, response.body, record.sizes[1]),
        },
        "violations": [
            *(_violation(redactor, "request", each) for each in response.faults),
            *(_violation(redactor, "response", each) for each in response.violations),
        ],
        "findings": [redactor.text(str(each)) for each in response.findings],
    }


def _redactor(exchange: Exchange) -> Redactor:
    return Redactor(exchange.secrets, exchange.request.headers, exchange.request.query)


def _common(record: Record, redactor: Redactor) -> Mapping[str, Any]:
    response = record.exchange.response
    reason = redactor.text(response.reason)
    told: dict[str, Any] = {
        "operation": response.operation,
        "reason": reason,
        "override": response.override,
        "scenario": response.scenario,
    }
    if response.fault:
        told["fault"] = str(response.fault)
    return {
        "id": record.id,
        "time": moment(record.exchange.at),
        "milliseconds": round(record.exchange.seconds * 1000, 3),
        "world": shown_name(record.world),
    } | {name: value for name, value in told.items() if value}


def _headers(redactor: Redactor, pairs: Iterable[tuple[bytes, bytes]]) -> Sequence[Mapping[str, str]]:
    return [{"name": name, "value": value} for name, value in redactor.headers(pairs)]


def _body(redactor: Redactor, body: bytes, size: int) -> Mapping[str, Any]:
    """A body as text, or in base64 where it is none. What was cut may end within a letter."""
    is_cut = len(body) < size
    try:
        shown = {"text": redactor.text(body.decode("utf-8"))}
    except UnicodeDecodeError as error:
        if is_cut and error.start >= len(body) - 3:
            shown = {"text": redactor.text(body[: error.start].decode())}
        else:
            shown = {"base64": b64encode(body).decode()}
    return {"size": size, "isCut": is_cut, **shown}


def _violation(redactor: Redactor, message: str, violation: Violation) -> Mapping[str, Any]:
    entry = {name: redactor.text(value) for name, value in entry_of(violation).items()}
    return {"message": message, **entry}
