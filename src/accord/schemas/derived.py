"""The document as validators need it: the same places, with what JSON Schema alone would not assert.

Each schema keeps its pointer, so that what fails here names a place of the contract. Nothing is copied
but the schemas that change and what holds them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from accord.document import pointers
from accord.document.grammar import Trail, pointer_of
from accord.schemas.formats import FLOATS, INTEGERS


class Direction(StrEnum):
    """Which way a value goes: what is read-only is not sent in a request, what is write-only not answered."""

    REQUEST = "request"
    RESPONSE = "response"

    @property
    def hidden(self) -> str:
        """The keyword that keeps a property out of this direction."""
        return "readOnly" if self is Direction.REQUEST else "writeOnly"


@dataclass(frozen=True, slots=True)
class Fault:
    """A schema that cannot be used as it is written: where, and why. The rest of it is used."""

    pointer: str
    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class Directed:
    """What becomes of a document's schemas for values that go in one direction."""

    document: Mapping[str, Any]
    direction: Direction
    refuse_hidden: bool
    faults: list[Fault]
    references: list[str]
    """The pointers that the references of the schemas seen so far lead to."""

    def change(self, written: Mapping[str, Any], schema: Any, trail: Trail | None) -> Any:
        """The schema for values of this direction."""
        if isinstance(reference := written.get("$ref"), str):
            if self._leads_somewhere(reference):
                self.references.append(pointers.from_fragment(reference))
            else:
                reason = f"$ref {reference!r} points to nothing"
                self.faults.append(Fault(pointer_of(trail), reason, "anything is accepted in its place"))
                schema = {key: value for key, value in schema.items() if key != "$ref"}
        if isinstance(dynamic := written.get("$dynamicRef"), str):
            self.references.append(pointers.from_fragment(dynamic))
        if isinstance(written.get("format"), str):
            schema = bounded(schema)
        if "properties" in written or "required" in written:
            schema = self._directed(written, schema)
        return schema

    def _leads_somewhere(self, reference: str) -> bool:
        if not reference.startswith("#"):
            return not reference.partition("#")[0]
        if len(reference) > 1 and reference[1] != "/":
            return True
        try:
            pointers.walk(self.document, pointers.from_fragment(reference))
        except (LookupError, ValueError):
            return False
        return True

    def _directed(self, written: Mapping[str, Any], schema: Any) -> Any:
        hidden = set(self._hidden_names(written, 0))
        if not hidden:
            return schema
        result = dict(schema)
        properties = written.get("properties")
        if self.refuse_hidden and isinstance(properties, dict):
            result["properties"] = {
                name: {"not": {}} if name in hidden and self._hides(properties[name], 0) else child
                for name, child in schema["properties"].items()
            }
        if isinstance(required := written.get("required"), list):
            result["required"] = [name for name in required if name not in hidden]
        return result

    def _hidden_names(self, schema: Any, depth: int) -> Iterator[str]:
        """The properties that the direction hides, of the schema itself and of what it is composed of."""
        for part in self._parts(schema, depth):
            properties = part.get("properties")
            if isinstance(properties, dict):
                yield from (name for name, child in properties.items() if self._hides(child, 0))

    def _hides(self, schema: Any, depth: int) -> bool:
        return any(part.get(self.direction.hidden) is True for part in self._parts(schema, depth))

    def _parts(self, schema: Any, depth: int) -> Iterator[Mapping[str, Any]]:
        """The schema, what its `$ref` leads to and its `allOf`: what all holds of a value at once."""
        if not isinstance(schema, dict) or depth > _DEEPEST_COMPOSITION:
            return
        yield schema
        if isinstance(reference := schema.get("$ref"), str) and self._leads_somewhere(reference):
            yield from self._parts(self._target(reference), depth + 1)
        for child in schema["allOf"] if isinstance(schema.get("allOf"), list) else ():
            yield from self._parts(child, depth + 1)

    def _target(self, reference: str) -> Any:
        try:
            return pointers.walk(self.document, pointers.from_fragment(reference))
        except (LookupError, ValueError):
            return None


_DEEPEST_COMPOSITION = 8
"""How many `$ref`s and `allOf`s are followed to find what hides a property; real contracts have 4."""


def bounded(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema with the bounds that its numeric format means, where its own are not tighter."""
    name = schema.get("format")
    bounds = _bounds(name) if isinstance(name, str) else None
    if bounds is None or not _may_be_number(schema):
        return schema
    result = dict(schema)
    for key, limit, tighter in (("minimum", bounds[0], max), ("maximum", bounds[1], min)):
        own = result.get(key)
        result[key] = tighter(own, limit) if isinstance(own, int | float) else limit
    return result


def _bounds(name: str) -> tuple[float, float] | None:
    if name in INTEGERS:
        return INTEGERS[name]
    return (-FLOATS[name], FLOATS[name]) if name in FLOATS else None


def _may_be_number(schema: Mapping[str, Any]) -> bool:
    types = schema.get("type")
    listed = types if isinstance(types, list) else [types]
    return types is None or "integer" in listed or "number" in listed
