"""A contract of one or more operations, mocked, for tests that say one thing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
import pytest

from accord.contract import index_contract
from accord.document import Document
from accord.exchange import Outgoing, Routed
from accord.findings import Position
from accord.mocking import Choices, Mock, Request, Response, respond


@dataclass(frozen=True)
class Stand:
    """A mock, and how a test calls it."""

    mock: Mock
    choices: Choices

    def call(
        self, method: str, target: str, *, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Response:
        path, _, query = target.partition("?")
        pairs = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
        return respond(self.mock, Request(method, path, query.encode(), pairs, body), self.choices)

    def get(self, target: str, **headers: str) -> Response:
        return self.call(
            "GET", target, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )

    def json(self, target: str, **headers: str) -> Any:
        return orjson.loads(self.get(target, **headers).body)

    def faults(self, method: str, path: str, response: Response) -> object:
        """What the contract's own judge has against a response."""
        route = self.mock.route(method, path)
        assert isinstance(route, Routed)
        outgoing = Outgoing(response.status, response.headers, response.body)
        return self.mock.judge.response(route.operation, outgoing)


Stands = Callable[..., Stand]


def header(response: Response, name: str) -> str | None:
    lines = [value.decode("latin-1") for key, value in response.headers if key == name.encode()]
    return ", ".join(lines) if lines else None


def answer(
    schema: Mapping[str, Any] | None = None, media_type: str = "application/json", **terms: Any
) -> Any:
    """A documented response with one media type."""
    entry = terms if schema is None else {"schema": schema, **terms}
    return {"description": "", "content": {media_type: entry}}


def contract_of(paths: Mapping[str, Any], **terms: Any) -> Any:
    content = {"openapi": "3.1.1", "info": {"title": "Test", "version": "1"}, "paths": paths, **terms}
    return index_contract(Document(content, "3.1.1", (), lambda pointer: Position(pointer, 1, 1)))


@pytest.fixture
def stand() -> Stands:
    """Makes a mock of paths, with what else the document has."""

    def make(
        paths: Mapping[str, Any], *, choices: Choices | None = None, seed: str = "s", **terms: Any
    ) -> Stand:
        return Stand(Mock(contract_of(paths, **terms), seed), choices or Choices())

    return make


@pytest.fixture
def answers(stand: Stands) -> Callable[..., Stand]:
    """Makes a mock of `GET /things` with these responses."""

    def make(responses: Mapping[str, Any], *, choices: Choices | None = None, **terms: Any) -> Stand:
        return stand(
            {"/things": {"get": {"operationId": "list", "responses": responses, **terms}}}, choices=choices
        )

    return make
