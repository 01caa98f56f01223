"""From a bundle of any version to the normal form: OpenAPI 3.1 with JSON Schema 2020-12."""

from collections.abc import Callable, Iterator
from typing import Any

from accord.document.grammar import OAS3, Kind, Node, walk
from accord.document.moves import Moves, Nesting, redirect
from accord.document.schema_upgrade import tidy_schema, upgrade_schema
from accord.document.swagger import upgrade_swagger

_STRIPPED = ("$id", "$anchor", "$dynamicAnchor", "$schema")
"""References were made pointers; left in place, `$id` would change what those pointers mean."""


def upgrade(content: dict[str, Any], version: str) -> tuple[dict[str, Any], Callable[[str], str]]:
    """The content in normal form, and where what stands at a pointer of it stood before.

    The content is used up: its parts become parts of the result.
    """
    moves, nesting = Moves(), Nesting()
    if version.startswith("2."):
        content = upgrade_swagger(content, moves)
        redirect(walk(content, Kind.OPENAPI, OAS3), moves.new)
    if version.startswith(("2.", "3.0")):
        content["openapi"] = "3.1.0"
    referring = list(_upgrade_schemas(content, nesting))
    if nesting:
        redirect(referring, nesting.inner)
    return content, lambda pointer: moves.old(nesting.outer(pointer))


def _upgrade_schemas(content: dict[str, Any], nesting: Nesting) -> Iterator[Node]:
    """Upgrades each schema in place; gives the nodes that hold references."""
    for node in walk(content, Kind.OPENAPI, OAS3):
        schema = node.value
        if node.kind is not Kind.SCHEMA:
            if "$ref" in schema:
                yield node
            continue
        for keyword in _STRIPPED:
            if isinstance(schema.get(keyword), str):
                del schema[keyword]
        if upgrade_schema(schema):
            nesting.add(node.pointer)
        tidy_schema(schema)
        if "$ref" in schema or "discriminator" in schema:
            yield node
