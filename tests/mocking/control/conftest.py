"""A mock that listens, with clients of what it mocks and of its own interface, whose answers are judged."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from accord.contract import Contract
from accord.exchange import Outgoing, Routed
from accord.mocking import Choices, Mock
from accord.mocking.asgi import Application
from accord.mocking.control.desk import Interface
from accord.mocking.recording import Records
from accord.mocking.state.world import Worlds
from tests.mocking.conftest import answer, contract_of
from tests.mocking.listening import listening

PET: Any = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {
        "id": {"type": "integer", "readOnly": True},
        "name": {"type": "string", "maxLength": 10},
    },
}
PETS: Any = {"$ref": "#/components/schemas/Pet"}
ERROR: Any = {"422": answer({"type": "object", "required": ["why"], "properties": {"why": {"const": "so"}}})}
PATHS: Any = {
    "/pets": {
        "get": {
            "operationId": "listPets",
            "responses": {
                "200": answer({"type": "array", "items": PETS}, example=[{"id": 1, "name": "Ada"}])
            },
        },
        "post": {
            "operationId": "createPet",
            "requestBody": {"required": True, "content": {"application/json": {"schema": PETS}}},
            "responses": {
                "201": {**answer(PETS), "headers": {"Location": {"schema": {"type": "string"}}}},
                **ERROR,
            },
        },
    },
    "/pets/{petId}": {
        "parameters": [{"name": "petId", "in": "path", "required": True, "schema": {"type": "integer"}}],
        "get": {
            "operationId": "getPet",
            "responses": {"200": answer(PETS), "404": {"description": "none"}},
        },
    },
}
SECURED: Any = {
    "security": [{}, {"Key": []}, {"Head": []}, {"Cake": []}, {"Token": []}],
    "components": {
        "schemas": {"Pet": PET},
        "securitySchemes": {
            "Key": {"type": "apiKey", "in": "query", "name": "key"},
            "Head": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "Cake": {"type": "apiKey", "in": "cookie", "name": "cake"},
            "Token": {"type": "http", "scheme": "bearer"},
        },
    },
}


@dataclass(frozen=True)
class Stage:
    """A mock that runs: `client` asks what it mocks, `own` its interface."""

    client: httpx.Client
    own: httpx.Client
    mock: Mock

    def names(self, world: str = "default") -> list[str]:
        """The names of the pets in a world, as callers see them."""
        return [pet["name"] for pet in self.client.get("/pets", headers={"x-accord-world": world}).json()]

    def add(self, name: str, world: str = "default") -> httpx.Response:
        return self.client.post("/pets", json={"name": name}, headers={"x-accord-world": world})


@pytest.fixture(scope="session")
def interface() -> Interface:
    return Interface()


def judged(interface: Interface, response: httpx.Response) -> None:
    """Fails where an answer of the interface breaks its contract."""
    request = response.request
    route = interface.router.route(request.method, request.url.raw_path.partition(b"?")[0].decode())
    if not isinstance(route, Routed) or "stream" in request.url.path:
        return
    response.read()
    pairs = [(name.lower().encode(), value.encode("latin-1")) for name, value in response.headers.items()]
    outgoing = Outgoing(response.status_code, pairs, response.content)
    assert interface.judge.response(route.operation, outgoing) == ()


@contextmanager
def staged(interface: Interface, contract: Contract, **terms: Any) -> Iterator[Stage]:
    """A mock of the contract that runs."""
    kept: Mapping[str, Any] = {"choices": Choices(), "worlds": Worlds(), "records": Records()}
    app = Application(Mock(contract), **{**kept, **terms})
    hooks: Any = {"response": [lambda response: judged(interface, response)]}
    with (
        listening(app) as url,
        httpx.Client(base_url=url) as client,
        httpx.Client(base_url=f"{url}/_accord", event_hooks=hooks) as own,
    ):
        yield Stage(client, own, app.mock)


@pytest.fixture
def stage(interface: Interface) -> Iterator[Stage]:
    with staged(interface, contract_of(PATHS, **SECURED)) as running:
        yield running
