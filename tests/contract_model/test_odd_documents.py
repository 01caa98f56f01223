"""Whatever stands in place of what belongs there: findings or one clear error, never a traceback."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from accord.contract import Contract, check_contract, load_contract
from accord.document import pointers
from accord.errors import ContractError

ODD: tuple[Any, ...] = (
    None, True, 5, "text", [], {}, [1], [None],
    {"$ref": 5}, {"$ref": "#/nope"}, {"$ref": "#"}, {"x": {"y": 1}},
)  # fmt: skip

SWAGGER: dict[str, Any] = {
    "swagger": "2.0",
    "info": {"title": "t", "version": "1"},
    "host": "api.example.com",
    "basePath": "/v1",
    "schemes": ["https"],
    "consumes": ["application/json"],
    "paths": {
        "/pets/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "type": "string"}],
            "post": {
                "parameters": [
                    {"name": "tags", "in": "query", "type": "array", "items": {"type": "string"}},
                    {"name": "body", "in": "body", "schema": {"$ref": "#/definitions/Pet"}},
                ],
                "responses": {"200": {"$ref": "#/responses/Ok"}, "default": {"description": "d"}},
            },
            "put": {
                "consumes": ["multipart/form-data"],
                "parameters": [{"name": "file", "in": "formData", "type": "file"}],
                "responses": {"200": {"schema": {"type": "file"}, "headers": {"X": {"type": "integer"}}}},
            },
        }
    },
    "definitions": {"Pet": {"properties": {"n": {"type": "integer", "x-nullable": True}}}},
    "responses": {"Ok": {"description": "d", "examples": {"application/json": {"n": 1}}}},
    "securityDefinitions": {"key": {"type": "oauth2", "flow": "password", "scopes": {"a": "b"}}},
    "security": [{"key": ["a"]}],
}
OPENAPI: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "t", "version": "1"},
    "servers": [{"url": "/{v}", "variables": {"v": {"default": "v1"}}}],
    "paths": {
        "/pets/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "post": {
                "operationId": "addPet",
                "tags": ["pets"],
                "security": [{"key": ["a"]}],
                "requestBody": {"content": {"multipart/form-data": {"schema": {}, "encoding": {"a": {}}}}},
                "responses": {
                    "200": {
                        "description": "d",
                        "headers": {"X": {"schema": {"type": "integer"}}},
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
                        "links": {"L": {"operationId": "addPet"}},
                    }
                },
                "callbacks": {"c": {"{$url}": {"post": {"responses": {}}}}},
            },
        }
    },
    "components": {
        "schemas": {
            "Pet": {
                "nullable": True,
                "oneOf": [{"type": "object", "properties": {"a": {"minimum": 1, "exclusiveMinimum": True}}}],
                "discriminator": {"propertyName": "a", "mapping": {"p": "#/components/schemas/Pet"}},
            }
        },
        "securitySchemes": {"key": {"type": "apiKey", "name": "k", "in": "query"}},
    },
}
COLLECTION: dict[str, Any] = {
    "info": {"name": "t", "_postman_id": "1", "version": {"major": 1}, "description": {"content": "d"}},
    "auth": {"type": "apikey", "apikey": [{"key": "key", "value": "k"}]},
    "variable": [{"key": "base", "value": "https://api.example.com/v1"}],
    "item": [
        {
            "name": "pets",
            "item": [
                {
                    "name": "add",
                    "request": {
                        "method": "POST",
                        "url": {
                            "protocol": "https",
                            "host": ["api", "example"],
                            "port": "8080",
                            "path": ["pets", ":id"],
                            "query": [{"key": "a", "value": "1", "disabled": False}],
                            "variable": [{"key": "id", "value": "1"}],
                        },
                        "header": [{"key": "Content-Type", "value": "application/json"}],
                        "body": {"mode": "raw", "raw": '{"n": 1}', "options": {"raw": {"language": "json"}}},
                        "auth": {"type": "oauth2", "oauth2": {"addTokenTo": "queryParams"}},
                    },
                    "response": [
                        {
                            "name": "ok",
                            "code": 200,
                            "header": [{"key": "X", "value": "1"}],
                            "cookie": [{"name": "c", "value": "1", "maxAge": 1}],
                            "body": "{}",
                        }
                    ],
                },
                {
                    "name": "upload",
                    "request": {
                        "method": "PUT",
                        "url": "{{base}}/pets?a=1",
                        "header": "X: 1",
                        "body": {
                            "mode": "formdata",
                            "formdata": [{"key": "a", "type": "file"}, {"key": "b", "value": "1"}],
                        },
                    },
                },
                {
                    "name": "ask",
                    "request": {
                        "method": "POST",
                        "url": {"raw": "{{base}}/graphql"},
                        "body": {"mode": "graphql", "graphql": {"query": "{a}", "variables": "{}"}},
                    },
                },
                {"name": "list", "request": "{{base}}/pets"},
            ],
        }
    ],
}


def variants(document: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each place of the document, and the document with something odd there."""
    places = [pointer for pointer, _ in _places(document)]
    for place in places:
        for odd in ODD:
            changed = json.loads(json.dumps(document))
            holder, _, last = place.rpartition("/")
            container = pointers.walk(changed, holder)
            container[int(last) if isinstance(container, list) else pointers.split(f"/{last}")[0]] = odd
            yield place, changed


def _places(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        at = pointers.join(pointer, key)
        yield at, child
        yield from _places(child, at)


def exercise(contract: Contract) -> None:
    """Makes every part of the contract."""
    check_contract(contract)
    assert set(contract.by_id) == {operation.id for operation in contract.operations}
    parts: list[Any] = [contract.title, contract.version, contract.security_schemes]
    for operation in contract.operations:
        parts += [operation.security, operation.servers, operation.tags, operation.summary]
        parts += [(each.style, each.explode, each.content) for each in operation.parameters]
        body = operation.request_body
        parts += [media.encoding for media in body.content.values()] if body else []
        for response in operation.responses.values():
            parts += [response.headers, response.links, response.content]


@pytest.mark.slow
@pytest.mark.parametrize(
    "document",
    [SWAGGER, OPENAPI, OPENAPI | {"openapi": "3.1.0"}, COLLECTION],
    ids=["2.0", "3.0", "3.1", "postman"],
)
@pytest.mark.parametrize("lenient", [True, False], ids=["lenient", "strict"])
def test_nothing_odd_in_any_place_is_a_traceback(
    document: dict[str, Any], *, lenient: bool, tmp_path: Path
) -> None:
    file = tmp_path / "openapi.json"
    loaded, refused = 0, []
    for place, changed in variants(document):
        file.write_text(json.dumps(changed), encoding="utf-8")
        try:
            exercise(load_contract(str(file), lenient=lenient))
            loaded += 1
        except ContractError as error:
            refused.append((place, error.position))
        except Exception as error:
            error.add_note(f"with {pointers.walk(changed, place)!r} at {place}")
            raise
    assert loaded > 100
    assert all(position for _, position in refused), refused
