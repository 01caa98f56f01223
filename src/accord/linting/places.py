"""Where the schemas of a document stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from accord.document import Document
from accord.document.grammar import Trail, pointer_of
from accord.schemas.walking import SchemaWalk


@dataclass(frozen=True, slots=True)
class Placed:
    """A schema as it is written, and its pointer."""

    pointer: str
    schema: Mapping[str, Any]


def schemas_of(document: Document) -> Iterator[Placed]:
    """Every schema of the document, also those within others, which come first."""
    found: list[Placed] = []

    def note(written: Mapping[str, Any], _: Any, trail: Trail | None) -> Mapping[str, Any]:
        found.append(Placed(pointer_of(trail), written))
        return written

    SchemaWalk(note).of(document.content)
    yield from found
