"""Two contracts that differ in one place, and what is told of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from accord.comparing import Change, Policy, compare
from accord.contract import Contract, index_contract
from accord.document import Document
from accord.findings import Position

TODAY = date(2026, 11, 24)
TEXT = {"type": "string"}
COMPONENTS = {
    "Cat": {"type": "object", "properties": {"meow": {"type": "integer"}}, "required": ["meow"]},
    "Dog": {"type": "object", "properties": {"bark": {"type": "integer"}}, "required": ["bark"]},
    "Tree": {"type": "object", "properties": {"v": TEXT, "next": {"$ref": "#/components/schemas/Tree"}}},
    "Node": {
        "type": "object",
        "properties": {
            "v": {"type": "string", "minLength": 1},
            "next": {"$ref": "#/components/schemas/Node"},
        },
    },
}
CAT, DOG = {"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}


def thing(properties: Mapping[str, Any], required: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """The schema of an object."""
    return {"type": "object", "properties": dict(properties), "required": list(required), **more}


def contract_of(operation: Mapping[str, Any], path: str = "/pets", **more: Any) -> Contract:
    """A contract of one operation: POST."""
    item = {"post": {"responses": {"200": {"description": "done"}}, **operation}}
    content = {
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1"},
        "paths": {path: item},
        "components": {"schemas": COMPONENTS},
        **more,
    }
    return index_contract(Document(content, "3.1.0", ("pets.yaml",), placed))


def placed(pointer: str) -> Position:
    return Position("pets.yaml", len(pointer) + 1, 1)


def sends(schema: Any) -> Contract:
    """A contract that takes a body of that schema."""
    return contract_of({"requestBody": {"content": {"application/json": {"schema": schema}}}})


def gives(schema: Any) -> Contract:
    """A contract that answers with a body of that schema."""
    content = {"application/json": {"schema": schema}}
    return contract_of({"responses": {"200": {"description": "done", "content": content}}})


def told(old: Contract, new: Contract, days: int = 0) -> tuple[Change, ...]:
    """All changes."""
    return compare(old, new, Policy(TODAY, days))


def rules(old: Contract, new: Contract, days: int = 0) -> list[str]:
    """The rules of all changes."""
    return [change.rule for change in told(old, new, days)]
