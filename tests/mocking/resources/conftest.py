"""A contract of pets, and what is inferred of it and of others like it."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from accord.mocking.resources import Resource, ResourceOperation, Resources, infer_resources
from tests.mocking.conftest import answer, contract_of

Schema = Mapping[str, Any]
Infer = Callable[..., Resources]

PET: Schema = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "name": {"type": "string"},
        "status": {"type": "string", "enum": ["available", "sold"]},
        "price": {"type": "number"},
        "created_at": {"type": "string", "format": "date-time"},
    },
}
NEW_PET: Schema = {"type": "object", "properties": {"name": {"type": "string"}, "status": {"type": "string"}}}
LISTED: Schema = {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}
REF: Schema = {"$ref": "#/components/schemas/Pet"}


def body(schema: Schema, media_type: str = "application/json") -> dict[str, Any]:
    """A request body of one media type."""
    return {"content": {media_type: {"schema": schema}}}


def operation(
    name: str, schema: Schema | None = None, *, status: str = "200", **terms: Any
) -> dict[str, Any]:
    """An operation with one successful response, of one schema or without a body."""
    return {
        "operationId": name,
        "responses": {status: answer(schema) if schema else {"description": ""}},
        **terms,
    }


def path(name: str) -> dict[str, Any]:
    """A path parameter."""
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def query(name: str, **schema: Any) -> dict[str, Any]:
    """A query parameter."""
    return {"name": name, "in": "query", "schema": schema or {"type": "string"}}


def pets(**more: Any) -> dict[str, Any]:
    """The paths of a collection and its items, with more or other operations by method and place."""
    collection = {
        "get": operation("listPets", LISTED),
        "post": operation("createPet", REF, status="201", requestBody=body(NEW_PET)),
    }
    item = {
        "parameters": [path("petId")],
        "get": operation("getPet", REF),
        "put": operation("replacePet", REF, requestBody=body(NEW_PET)),
        "patch": operation("updatePet", REF, requestBody=body(NEW_PET)),
        "delete": operation("deletePet", status="204"),
    }
    return {"/pets": collection, "/pets/{petId}": item, **more}


@pytest.fixture
def infer() -> Infer:
    """Infers the resources of paths, where the schema Pet is known, and others that are given."""

    def make(paths: Mapping[str, Any], **schemas: Schema) -> Resources:
        return infer_resources(contract_of(paths, components={"schemas": {"Pet": PET, **schemas}}))

    return make


def only(found: Resources) -> Resource:
    """The one resource that there is."""
    assert [resource.name for resource in found.resources] == [found.resources[0].name]
    return found.resources[0]


def roles(found: Resources) -> dict[str, str]:
    """The role of each operation by its id."""
    return {name: operation.role for name, operation in found.operations.items()}


def listing(infer: Infer, *parameters: Mapping[str, Any], schema: Schema = LISTED) -> ResourceOperation:
    """The list of pets with these parameters, whose answer has the schema."""
    paths = pets()
    paths["/pets"]["get"] = operation("listPets", schema, parameters=list(parameters))
    return infer(paths).operations["listPets"]
