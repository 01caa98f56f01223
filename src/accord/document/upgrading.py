"""From a bundle of any version to the normal form: OpenAPI 3.1 with JSON Schema 2020-12."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from accord.document.bundling import Bundle
from accord.document.grammar import OAS3, Kind, Trail, pointer_of, visit
from accord.document.moves import Moves, Nesting, redirect
from accord.document.schema_upgrade import OUTDATED, tidy_schema, upgrade_schema
from accord.document.swagger import upgrade_swagger


def upgrade(bundled: Bundle, version: str) -> tuple[dict[str, Any], Callable[[str], str]]:
    """The content in normal form, and where what stands at a pointer of it stood before.

    The bundle is used up: its parts become parts of the result.
    """
    moves, nesting = Moves(), Nesting()
    content, outdated = bundled.content, bundled.outdated
    references: Collection[str] = bundled.references
    if version.startswith("2."):
        content = upgrade_swagger(content, moves)
        references = redirect(content, references, moves.new)
        visited = visit(content, Kind.OPENAPI, OAS3, OUTDATED)
        outdated = [("", each[4], each[1]) for each in visited if each[0] is Kind.SCHEMA]
    if version.startswith(("2.", "3.0")):
        content["openapi"] = "3.1.0"
    _upgrade_schemas(outdated, nesting)
    if nesting:
        redirect(content, references, nesting.inner)
    return content, lambda pointer: moves.old(nesting.outer(pointer))


def _upgrade_schemas(outdated: Iterable[tuple[str, Trail | None, dict[str, Any]]], nesting: Nesting) -> None:
    """Upgrades each, those around others first: what they nest moves those below them.

    What is noted for two places is one schema, and moved in both.
    """
    nested: set[int] = set()
    for home, trail, schema in outdated:
        if upgrade_schema(schema) or id(schema) in nested:
            nested.add(id(schema))
            nesting.add(nesting.inner(home + pointer_of(trail)))
        tidy_schema(schema)
