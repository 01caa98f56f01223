"""A mock of pets with scenarios, as a file has them, and a world in which they are on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest

from accord.document.data import read_data
from accord.findings import Finding
from accord.mocking import Choices, Mock, Request, Response, respond
from accord.mocking.scenarios.model import begun
from accord.mocking.scenarios.reading import read_scenarios
from accord.mocking.state.world import World
from tests.mocking.conftest import answer, contract_of

PET: Any = {
    "type": "object",
    "required": ["name"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "integer", "readOnly": True},
        "name": {"type": "string"},
        "kind": {"enum": ["cat", "dog"]},
        "tags": {"type": "array", "items": {"type": "string"}},
    },
}
ERROR: Any = {"type": "object", "required": ["why"], "properties": {"why": {"type": "string"}}}
PATHS: Any = {
    "/pets": {
        "get": {
            "operationId": "listPets",
            "parameters": [
                {"name": "page", "in": "query", "schema": {"type": "integer", "minimum": 1, "default": 1}},
                {"name": "X-Tenant", "in": "header", "schema": {"type": "string"}},
            ],
            "responses": {
                "200": answer(
                    {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}},
                    examples={"some": {"value": [{"id": 1, "name": "Ada"}]}, "none": {"value": []}},
                ),
                "503": {
                    **answer(ERROR, example={"why": "closed"}),
                    "headers": {"Retry-After": {"schema": {"type": "integer"}}},
                },
            },
        },
        "post": {
            "operationId": "createPet",
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
            },
            "responses": {
                "201": answer({"$ref": "#/components/schemas/Pet"}),
                "409": answer(ERROR, example={"why": "twice"}),
            },
        },
    }
}
SECURED: Any = {
    "security": [{}, {"Key": []}],
    "components": {
        "schemas": {"Pet": PET},
        "securitySchemes": {"Key": {"type": "apiKey", "in": "query", "name": "key"}},
    },
}


@dataclass(frozen=True)
class Play:
    """A mock with scenarios, what is wrong with them, and a world where they are on."""

    mock: Mock
    findings: tuple[Finding, ...]
    world: World
    choices: Choices

    def call(self, method: str = "GET", target: str = "/pets", body: Any = None, **headers: str) -> Response:
        path, _, query = target.partition("?")
        pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        sent = b"" if body is None else orjson.dumps(body)
        kind = [(b"content-type", b"application/json")] if sent else []
        request = Request(method, path, query.encode(), [*pairs, *kind], sent)
        return respond(self.mock, request, self.choices, self.world, 0)

    def create(self, body: Mapping[str, Any]) -> Response:
        return self.call("POST", body=body)

    def said(self) -> list[tuple[str, str]]:
        """Line and column of each finding, with its message."""
        return [
            (f"{each.position.line}:{each.position.column}", each.message)
            for each in self.findings
            if each.position
        ]


Plays = Callable[..., Play]


@pytest.fixture
def play(tmp_path: Path) -> Plays:
    """Makes a mock with the scenarios of a text, all of which are on, those of the end first."""

    def make(text: str, **choices: Any) -> Play:
        file = tmp_path / "scenarios.yaml"
        file.write_text(text)
        mock = Mock(contract_of(PATHS, **SECURED))
        mock.scenarios, findings = read_scenarios(mock, [read_data(str(file))])
        world = World("", None, begun(mock.scenarios, [*mock.scenarios][::-1]))
        return Play(mock, tuple(findings), world, Choices(**choices))

    return make


def rule(text: str) -> str:
    """A scenario of one rule."""
    return f"one:\n  rules:\n    - {text}\n"
