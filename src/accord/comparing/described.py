"""What changed of the schemas that describe something: a parameter, a header, a body."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from accord.comparing.changes import Change
from accord.comparing.facets import Facets
from accord.comparing.sameness import Sameness, meant
from accord.comparing.schemas import SchemaComparison
from accord.comparing.told import Told
from accord.contract import Header, Parameter
from accord.document import Document
from accord.schemas import Direction

_Value = TypeVar("_Value")


class SchemasCompared:
    """Compares schemas by their pointers, for both directions, each pair once."""

    def __init__(self, sameness: Sameness) -> None:
        self._schemas = {direction: SchemaComparison(sameness, direction) for direction in Direction}
        self._sameness = sameness

    def of(
        self, old: str | None, new: str | None, told: Told, direction: Direction, places: tuple[str, str]
    ) -> Iterator[Change]:
        """The changes from one schema to the other, either of which may be missing."""
        if old is None or new is None:
            sides = ((self._sameness.old, old), (self._sameness.new, new))
            if not all(self._says_nothing(document, schema) for document, schema in sides):
                effect = "widened" if new is None else "narrowed"
                verb = "removed: any value may come" if new is None else "added"
                message = f"the schema was {verb}"
                yield told.change(f"{direction}-schema-{effect}", message, old or places[0], new or places[1])
            return
        for path, found in self._schemas[direction].of(old, new):
            yield (told.at(path) if path else told).change(
                found.rule,
                found.message,
                found.old,
                found.new,
                severity=found.severity,
                witness=found.witness,
            )

    def described(
        self, old: Parameter | Header, new: Parameter | Header, told: Told, direction: Direction
    ) -> Iterator[Change]:
        """The changes of what is described by a schema of its own or by that of its one media type."""
        yield from self.of(*self.pointers(old, new), told, direction, (old.pointer, new.pointer))

    def pointers(self, old: Parameter | Header, new: Parameter | Header) -> tuple[str | None, str | None]:
        """Where the schemas that describe both stand."""
        return _schema_of(old), _schema_of(new)

    @staticmethod
    def _says_nothing(document: Document, schema: str | None) -> bool:
        """Is there no schema, or one that takes anything?"""
        written = document.at(schema) if schema is not None else True
        return written is True or meant(written) == {}

    def facets(self, old: str | None, new: str | None, direction: Direction) -> tuple[Facets, Facets]:
        """What both schemas say."""
        one, other = (((schema,) if schema else ()) for schema in (old, new))
        return Facets(self._sameness.old, one, direction), Facets(self._sameness.new, other, direction)

    def is_exploded(self, old: Parameter | Header, new: Parameter | Header) -> bool:
        """Does `explode` decide how these are written? Not of one value, nor of a list after `simple`."""
        are_simple = all(isinstance(each, Header) or each.style == "simple" for each in (old, new))
        exploded = {"object"} if are_simple else {"array", "object"}
        return all(each.types & exploded for each in self.facets(old.schema, new.schema, Direction.REQUEST))


def both(
    old: Mapping[str, _Value], new: Mapping[str, _Value]
) -> dict[str, tuple[_Value | None, _Value | None]]:
    """What stands under each key on either side, in the order of the old side."""
    return {key: (old.get(key), new.get(key)) for key in dict.fromkeys((*old, *new))}


def _schema_of(described: Parameter | Header) -> str | None:
    if described.schema is not None:
        return described.schema
    return next((media_type.schema for media_type in described.content.values()), None)
