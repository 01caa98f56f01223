"""Exchanges as processes tell them each other: without credentials, as JSON."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple
from typing import Any

import orjson

from accord.exchange import Kind, Violation
from accord.mocking.faulting.reading import read_fault
from accord.mocking.model import Exchange, Pairs, Request, Response
from accord.mocking.recording import Record
from accord.mocking.redacting import Redactor
from accord.mocking.texts import to_json


def entry_of(record: Record) -> bytes:
    """The entry of an exchange. Its credentials are taken out of it before it leaves the process."""
    exchange = record.exchange
    request, response = exchange.request, exchange.response
    redactor = Redactor(exchange.secrets, request.headers, request.query)
    return to_json(
        [
            record.world,
            record.sizes,
            exchange.at,
            exchange.seconds,
            [
                request.method,
                redactor.text(request.path),
                redactor.query(request.query),
                list(redactor.headers(request.headers)),
                redactor.text(request.body.decode("latin-1")),
                request.scheme,
                request.client,
            ],
            [
                response.status,
                list(redactor.headers(response.headers)),
                redactor.text(response.body.decode("latin-1")),
                response.operation,
                redactor.text(response.reason),
                [redactor.text(str(each)) for each in response.findings],
                _plain_violations(redactor, response.violations),
                _plain_violations(redactor, response.faults),
                response.override,
                str(response.fault) if response.fault else "",
                response.scenario,
            ],
        ]
    )


def record_of(id: int, entry: bytes) -> Record:  # noqa: A002 - the contract's word
    """The exchange that an entry tells of."""
    world, sizes, at, seconds, request, response = orjson.loads(entry)
    exchange = Exchange(at, seconds, _request(*request), _response(*response))
    return Record(id, world, exchange, tuple(sizes), len(entry))


def _request(method: str, path: str, query: str, *rest: Any) -> Request:
    headers, body, scheme, client = rest
    return Request(method, path, _bytes(query), _pairs(headers), _bytes(body), scheme, client)


def _response(status: int, headers: Any, body: str, operation: str, *rest: Any) -> Response:
    reason, findings, violations, faults, override, fault, scenario = rest
    return Response(
        status,
        _pairs(headers),
        _bytes(body),
        operation,
        reason,
        tuple(findings),
        _violations(violations),
        faults=_violations(faults),
        override=override,
        fault=read_fault(fault) if fault else None,
        scenario=scenario,
    )


def _plain_violations(redactor: Redactor, violations: Iterable[Violation]) -> Sequence[Any]:
    return [
        [redactor.text(each) if isinstance(each, str) else each for each in astuple(violation)]
        for violation in violations
    ]


def _violations(plain: Iterable[Sequence[Any]]) -> tuple[Violation, ...]:
    return tuple(Violation(Kind(kind), *rest) for kind, *rest in plain)


def _pairs(plain: Iterable[Sequence[str]]) -> Pairs:
    return tuple((_bytes(name), _bytes(value)) for name, value in plain)


def _bytes(text: str) -> bytes:
    return text.encode("latin-1", "replace")
