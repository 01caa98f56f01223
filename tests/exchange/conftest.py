"""Contracts of one operation, for tests that say one thing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from accord.contract import Contract, Operation, index_contract
from accord.document import Document
from accord.exchange import Incoming, Judge, JudgedRequest, Outgoing, Policy, Violation
from accord.findings import Position

Pairs = Sequence[tuple[bytes, bytes]]


def contract_of(content: Mapping[str, Any]) -> Contract:
    """The contract of a document that is written in a test."""
    return index_contract(Document(content, "3.1.1", (), lambda pointer: Position(pointer, 1, 1)))


@dataclass(frozen=True)
class Court:
    """A judge and the one operation that it judges."""

    judge: Judge
    operation: Operation

    def query(self, query: str) -> JudgedRequest:
        return self.request(query=query.encode())

    def request(
        self,
        *,
        path: Mapping[str, str] | None = None,
        query: bytes = b"",
        headers: Pairs = (),
        body: bytes = b"",
    ) -> JudgedRequest:
        incoming = Incoming(
            self.operation.method.upper(), self.operation.path, path or {}, query, headers, body
        )
        return self.judge.request(self.operation, incoming)

    def body(self, body: bytes, media_type: str = "application/json") -> JudgedRequest:
        return self.request(headers=[(b"content-type", media_type.encode())], body=body)

    def response(self, status: int, body: bytes = b"", headers: Pairs = ()) -> tuple[Violation, ...]:
        return self.judge.response(self.operation, Outgoing(status, headers, body))


Convene = Callable[..., Court]


@pytest.fixture
def convene() -> Convene:
    """Makes a court from an operation, schemas and a policy."""

    def make(
        operation: Mapping[str, Any],
        *,
        schemas: Mapping[str, Any] | None = None,
        policy: Policy | None = None,
        method: str = "post",
        components: Mapping[str, Any] | None = None,
    ) -> Court:
        content = {
            "openapi": "3.1.1",
            "info": {"title": "Test", "version": "1"},
            "paths": {"/things": {method: {"responses": {}, **operation}}},
            "components": {"schemas": schemas or {}, **(components or {})},
        }
        contract = contract_of(content)
        return Court(Judge(contract, policy), contract.operations[0])

    return make


@pytest.fixture
def parameter(convene: Convene) -> Convene:
    """Makes a court for an operation with one parameter, `p` in the query unless it says otherwise."""

    def make(
        schema: Mapping[str, Any] | None,
        *,
        schemas: Mapping[str, Any] | None = None,
        policy: Policy | None = None,
        **terms: Any,
    ) -> Court:
        described = {"name": "p", "in": "query", **terms}
        if schema is not None:
            described["schema"] = schema
        return convene({"parameters": [described]}, schemas=schemas, policy=policy, method="get")

    return make


@pytest.fixture
def body(convene: Convene) -> Convene:
    """Makes a court for an operation whose required body has one media type."""

    def make(
        schema: Mapping[str, Any] | None,
        media_type: str = "application/json",
        *,
        schemas: Mapping[str, Any] | None = None,
        policy: Policy | None = None,
        required: bool = True,
        **terms: Any,
    ) -> Court:
        entry = terms if schema is None else {"schema": schema, **terms}
        operation = {"requestBody": {"required": required, "content": {media_type: entry}}}
        return convene(operation, schemas=schemas, policy=policy)

    return make
