"""What judging costs, in microseconds a call: `python benchmarks/exchange.py`.

A POST with a body of twenty fields, a GET by a UUID in its path, and a response of twenty fields.
"""

import json
from collections.abc import Callable
from timeit import repeat

from accord.contract import index_contract
from accord.document import Document
from accord.exchange import Incoming, Judge, Outgoing, Router
from accord.findings import Position

_CALLS = 20_000
_ROUNDS = 5
_ID = "3c90c3cc-0d44-4b50-8888-8dd25736052a"

FIELDS: dict[str, object] = {
    **{f"text_{number}": {"type": "string", "maxLength": 100} for number in range(6)},
    **{f"flag_{number}": {"type": ["boolean", "null"]} for number in range(4)},
    **{f"id_{number}": {"type": ["string", "null"], "format": "uuid"} for number in range(3)},
    **{f"count_{number}": {"type": "integer", "format": "int32"} for number in range(3)},
    "created": {"type": "string", "format": "date-time"},
    "kind": {"enum": ["simple", "chat", "phone"]},
    "tags": {"type": "array", "items": {"type": "string"}},
    "attributes": {"type": "object"},
}
VALUE: dict[str, object] = {
    **{f"text_{number}": "as people write it" for number in range(6)},
    **{f"flag_{number}": True for number in range(4)},
    **{f"id_{number}": _ID for number in range(3)},
    **{f"count_{number}": number for number in range(3)},
    "created": "2026-01-31T12:00:00Z",
    "kind": "chat",
    "tags": ["en-US", "de-DE"],
    "attributes": {"a": {"b": 1}},
}
_CONTENT = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}
_CONTRACT = {
    "openapi": "3.1.0",
    "info": {"title": "Things", "version": "1"},
    "paths": {
        "/things": {
            "post": {
                "operationId": "createThing",
                "requestBody": {"required": True, **_CONTENT},
                "responses": {"201": {"description": "Created", **_CONTENT}},
            }
        },
        "/things/{id}": {
            "get": {
                "operationId": "getThing",
                "parameters": [
                    {
                        "name": "id",
                        "in": "path",
                        "required": True,
                        "schema": {"type": "string", "format": "uuid"},
                    }
                ],
                "responses": {"200": {"description": "Found", **_CONTENT}},
            }
        },
    },
    "components": {"schemas": {"Thing": {"type": "object", "required": ["kind"], "properties": FIELDS}}},
}


def _measured(call: Callable[[], object]) -> float:
    """Microseconds of one call, in the best of several rounds."""
    return min(repeat(call, number=_CALLS, repeat=_ROUNDS)) / _CALLS * 1e6


def main() -> None:
    """Print one line for each measurement."""
    document = Document(_CONTRACT, "3.1.0", (), lambda _: Position("things.yaml", 1, 1))
    contract = index_contract(document)
    judge, router = Judge(contract), Router(contract)
    create, get = contract.by_id["createThing"], contract.by_id["getThing"]
    body = json.dumps(VALUE).encode()
    headers = [(b"host", b"example.com"), (b"accept", b"*/*"), (b"content-type", b"application/json")]
    post = Incoming("POST", "/things", {}, b"", headers, body)
    broken = Incoming("POST", "/things", {}, b"", headers, body.replace(b"true", b'"true"'))
    read = Incoming("GET", f"/things/{_ID}", {"id": _ID}, b"", headers[:2])
    created = Outgoing(201, headers[2:], body)
    assert judge.request(create, post).body == VALUE
    assert judge.request(get, read).parameters == {("path", "id"): _ID}
    assert judge.response(create, created) == ()
    calls: dict[str, Callable[[], object]] = {
        f"POST, {len(VALUE)} fields": lambda: judge.request(create, post),
        "the same, four broken": lambda: judge.request(create, broken),
        "GET by UUID": lambda: judge.request(get, read),
        f"response, {len(VALUE)} fields": lambda: judge.response(create, created),
        "routing of the GET": lambda: router.route("GET", read.path),
    }
    for name, call in calls.items():
        print(f"{name:24}{_measured(call):7.2f} µs")


if __name__ == "__main__":
    main()
