"""Requests to a mock that keeps state, for tests of what comes of them."""

from collections.abc import Mapping
from typing import Any

import orjson

from accord.contract import Contract
from accord.mocking import Choices, Mock, Request, Response, respond
from accord.mocking.state.world import World
from tests.mocking.conftest import answer, contract_of

NOW = 1_795_382_156.5
JSON = "application/json"


class Flow:
    """Requests to one mock, in one world unless another is given."""

    def __init__(self, contract: Contract) -> None:
        self.mock = Mock(contract, "s")
        self.world = World()
        self.now = NOW

    def send(
        self,
        method: str,
        target: str,
        sent: Any = None,
        *,
        kind: str = JSON,
        world: World | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """The response to a request; `sent` is a JSON value, or a body as it is."""
        path, _, asked = target.partition("?")
        pairs = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
        pairs += [(b"content-type", kind.encode())] if sent is not None else []
        body = sent if isinstance(sent, bytes) else b"" if sent is None else orjson.dumps(sent)
        request = Request(method, path, asked.encode(), pairs, body)
        return respond(self.mock, request, Choices(), world or self.world, self.now)

    def json(self, method: str, target: str, sent: Any = None, **terms: Any) -> Any:
        """The JSON value of a response's body."""
        return orjson.loads(self.send(method, target, sent, **terms).body)


def content(schema: Mapping[str, Any], *kinds: str) -> Any:
    """A required body of these media types."""
    return {"required": True, "content": {kind: {"schema": schema} for kind in kinds or (JSON,)}}


def query(name: str, schema: Mapping[str, Any] | None = None, **terms: Any) -> Any:
    """A parameter of the query."""
    return {"name": name, "in": "query", "schema": schema or {"type": "string"}, **terms}


def in_path(name: str, schema: Mapping[str, Any] | None = None) -> Any:
    """A parameter of the path."""
    return {"name": name, "in": "path", "required": True, "schema": schema or {"type": "string"}}


def flow_of(paths: Any, **schemas: Any) -> Flow:
    """A flow with a contract of these paths and schemas."""
    return Flow(contract_of(paths, components={"schemas": schemas}))


def ref(name: str) -> Any:
    """A reference to one of the contract's schemas."""
    return {"$ref": f"#/components/schemas/{name}"}


def crud(
    plural: str,
    schema: str,
    key: str,
    *,
    listed: Mapping[str, Any] | None = None,
    refusals: tuple[str, ...] = ("404",),
    listing: tuple[Any, ...] = (),
) -> Any:
    """The paths of a collection and its items."""
    refused = {status: {"description": "no"} for status in refusals}
    one = {"200": answer(ref(schema)), **refused}
    many = answer(listed or {"type": "array", "items": ref(schema)})
    return {
        f"/{plural}": {
            "get": {"parameters": list(listing), "responses": {"200": many}},
            "post": {
                "requestBody": content(ref(schema)),
                "responses": {"201": answer(ref(schema)), **refused},
            },
        },
        f"/{plural}/{{{key}}}": {
            "parameters": [in_path(key)],
            "get": {"responses": one},
            "put": {"requestBody": content(ref(schema)), "responses": one},
            "patch": {
                "requestBody": content(
                    {}, "application/merge-patch+json", "application/json-patch+json", JSON
                ),
                "responses": one,
            },
            "delete": {"responses": {"204": {"description": "gone"}, **refused}},
        },
    }
