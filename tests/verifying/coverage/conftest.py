"""A contract of one or two operations, and exchanges that are held against it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from accord.contract import Contract, index_contract
from accord.document import Document
from accord.exchange import Incoming, Outgoing
from accord.findings import Position
from accord.verifying import Exchange
from accord.verifying.coverage import Coverage, Observer
from accord.verifying.coverage.reports import Report, report_of

JSON = (b"content-type", b"application/json")


def contract_of(paths: Mapping[str, Any], **terms: Any) -> Contract:
    content = {"openapi": "3.1.1", "info": {"title": "Test", "version": "1"}, "paths": paths, **terms}
    return index_contract(Document(content, "3.1.1", (), lambda pointer: Position(pointer, 1, 1)))


def exchange(
    method: str,
    target: str,
    status: int = 200,
    *,
    body: Any = None,
    answer: Any = None,
    headers: Mapping[str, str] | None = None,
    media_type: str = "application/json",
) -> Exchange:
    """A request with a JSON body, and what it was answered with."""
    path, _, query = target.partition("?")
    sent = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    came = b"" if answer is None else json.dumps(answer).encode()
    pairs = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    outgoing = Outgoing(status, [*pairs, (b"content-type", media_type.encode())], came)
    return Exchange(Incoming(method, path, {}, query.encode(), [JSON] if sent else [], sent), outgoing)


@dataclass(frozen=True)
class Stand:
    """A contract, and an observer of it."""

    contract: Contract
    observer: Observer

    def see(self, *exchanges: Exchange) -> "Stand":
        self.observer.see_all(exchanges)
        return self

    @property
    def coverage(self) -> Coverage:
        return self.observer.coverage

    @property
    def report(self) -> Report:
        return report_of(self.contract, self.coverage)

    @property
    def seen(self) -> set[str]:
        """What was seen, as `place what`, after the place's own pointer where that tells more."""
        return {_said(goal) for goal in self.coverage.seen}

    @property
    def missing(self) -> set[str]:
        return {_said(goal) for goal in self.report.missing}


def _said(goal: Any) -> str:
    return f"{goal.place}: {goal.pointer.rpartition('/')[2]} {goal.what}"


def taking(schema: Any, *, method: str = "post", **terms: Any) -> Stand:
    """An operation that takes a body of this schema."""
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    responses = {"204": {"description": ""}, "422": {"description": ""}}
    return stand(
        {"/things": {method: {"operationId": "make", "requestBody": body, "responses": responses}}}, **terms
    )


def answering(schema: Any, status: str = "200", **terms: Any) -> Stand:
    """An operation that answers with a body of this schema."""
    response = {"description": "", "content": {"application/json": {"schema": schema}}}
    return stand({"/things": {"get": {"operationId": "get", "responses": {status: response}}}}, **terms)


def stand(paths: Mapping[str, Any], **terms: Any) -> Stand:
    contract = contract_of(paths, **terms)
    return Stand(contract, Observer(contract))


@pytest.fixture
def listing() -> Stand:
    """`GET /things` with parameters of several kinds."""
    parameters = [
        {
            "name": "size",
            "in": "query",
            "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 25},
        },
        {"name": "sort", "in": "query", "schema": {"enum": ["up", "down"]}},
        {"name": "X-Team", "in": "header", "required": True, "schema": {"type": "string", "minLength": 3}},
    ]
    responses = {"200": {"description": ""}, "400": {"description": ""}, "429": {"description": ""}}
    return stand(
        {"/things": {"get": {"operationId": "list", "parameters": parameters, "responses": responses}}}
    )
