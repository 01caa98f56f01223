"""From a bundle of any version to the normal form: OpenAPI 3.1 with JSON Schema 2020-12."""

from collections.abc import Callable, Collection
from typing import Any

from accord.document.grammar import OAS3, Kind, walk
from accord.document.moves import Moves, Nesting, redirect
from accord.document.schema_upgrade import STRIPPED, is_current, tidy_schema, upgrade_schema
from accord.document.swagger import upgrade_swagger


def upgrade(
    content: dict[str, Any], version: str, references: Collection[str]
) -> tuple[dict[str, Any], Callable[[str], str]]:
    """The content in normal form, and where what stands at a pointer of it stood before.

    `references` are all that are in it. It is used up: its parts become parts of the result.
    """
    moves, nesting = Moves(), Nesting()
    if version.startswith("2."):
        content = upgrade_swagger(content, moves)
        references = redirect(content, references, moves.new)
    if version.startswith(("2.", "3.0")):
        content["openapi"] = "3.1.0"
    _upgrade_schemas(content, nesting)
    if nesting:
        redirect(content, references, nesting.inner)
    return content, lambda pointer: moves.old(nesting.outer(pointer))


def _upgrade_schemas(content: dict[str, Any], nesting: Nesting) -> None:
    for node in walk(content, Kind.OPENAPI, OAS3, dull=is_current):
        schema = node.value
        if node.kind is not Kind.SCHEMA:
            continue
        for keyword in STRIPPED:
            if isinstance(schema.get(keyword), str):
                del schema[keyword]
        if upgrade_schema(schema):
            nesting.add(node.pointer)
        tidy_schema(schema)
