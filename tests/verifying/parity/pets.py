"""A contract of pets, servers of it that are right or spoiled, and how they are asked the same."""

import json
from collections.abc import Callable
from typing import Any

from accord.exchange import Incoming, Outgoing
from accord.verifying import Exchange
from accord.verifying.parity import Aspect, Comparison, Parity
from tests.verifying.coverage.conftest import contract_of

JSON = ((b"content-type", b"application/json"),)
PET = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
}
NEW = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}


def documented(schema: Any, **terms: Any) -> Any:
    return {"description": "", "content": {"application/json": {"schema": schema}}, **terms}


PETS = {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}
SHOWN = documented({"$ref": "#/components/schemas/Pet"}, headers={"X-Kind": {"schema": {"type": "string"}}})
NOT_FOUND = documented({"type": "object", "properties": {"why": {"type": "string"}}})
CONTRACT = contract_of(
    {
        "/pets": {
            "get": {"operationId": "listPets", "responses": {"200": documented(PETS)}},
            "post": {
                "operationId": "makePet",
                "requestBody": {"required": True, "content": {"application/json": {"schema": NEW}}},
                "responses": {"201": SHOWN},
            },
        },
        "/pets/{petId}": {
            "get": {
                "operationId": "readPet",
                "parameters": [
                    {"name": "petId", "in": "path", "required": True, "schema": {"type": "string"}}
                ],
                "responses": {"200": SHOWN, "404": NOT_FOUND},
            },
            "delete": {
                "operationId": "removePet",
                "parameters": [
                    {"name": "petId", "in": "path", "required": True, "schema": {"type": "string"}}
                ],
                "responses": {"204": {"description": ""}, "404": NOT_FOUND},
            },
        },
    },
    components={"schemas": {"Pet": PET}},
)


class Pets:
    """A server that keeps pets, by identifiers with a word of its own. `change` spoils what it answers."""

    def __init__(self, word: str, change: Callable[[Incoming, Outgoing], Outgoing] | None = None) -> None:
        self.held: dict[str, Any] = {}
        self._word = word
        self._made = 0
        self._change = change or (lambda _asked, answer: answer)

    def __call__(self, asked: Incoming) -> Outgoing:
        return self._change(asked, self._answer(asked))

    def _answer(self, asked: Incoming) -> Outgoing:
        key = asked.path.removeprefix("/pets").lstrip("/")
        if asked.method == "POST":
            self._made += 1
            made = {**json.loads(asked.body), "id": f"{self._word}-{self._made:08}"}
            self.held[made["id"]] = made
            return self._json(201, made)
        if not key:
            return self._json(200, list(self.held.values()))
        if key not in self.held:
            return self._json(404, {})
        if asked.method == "DELETE":
            del self.held[key]
            return Outgoing(204)
        return self._json(200, self.held[key])

    def _json(self, status: int, value: Any) -> Outgoing:
        return Outgoing(status, JSON, json.dumps(value).encode())


def asked(method: str, path: str, body: Any = None) -> Incoming:
    return Incoming(method, path, headers=JSON, body=b"" if body is None else json.dumps(body).encode())


def compared(theirs: Pets, *requests: Incoming, ours: Pets | None = None) -> Parity:
    ours = ours or Pets("one")
    comparison = Comparison(CONTRACT, theirs)
    comparison.compare_all(Exchange(each, ours(each)) for each in requests)
    return comparison.parity


def found(parity: Parity) -> list[tuple[str, Aspect, str, str, str]]:
    return [
        (each.operation, each.unlike.aspect, each.unlike.place, each.unlike.ours, each.unlike.theirs)
        for each in parity.differences
    ]


MAKE = asked("POST", "/pets", {"name": "Rex"})
LIFE = (
    MAKE,
    asked("GET", "/pets/one-00000001"),
    asked("GET", "/pets"),
    asked("DELETE", "/pets/one-00000001"),
    asked("GET", "/pets/one-00000001"),
)


def spoiled(method: str, change: Callable[[Outgoing], Outgoing]) -> Pets:
    return Pets("other", lambda incoming, answer: change(answer) if incoming.method == method else answer)
