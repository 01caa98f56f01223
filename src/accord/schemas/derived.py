"""The document as validators need it: the same places, with what JSON Schema alone would not assert.

Each schema keeps its pointer, so that what fails here names a place of the contract. Nothing is copied
but the schemas that change and what holds them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from accord.document import pointers
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
class Derived:
    """A document for validators, and what of it had to be left out."""

    content: Mapping[str, Any]
    faults: tuple[Fault, ...]


# What each object of OpenAPI holds: (key, how it holds it, what). "*" stands for every key.
_ONE, _LIST, _MAP = "one", "list", "map"
_OBJECTS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "openapi": (
        ("paths", _MAP, "path-item"),
        ("webhooks", _MAP, "path-item"),
        ("components", _ONE, "components"),
    ),
    "components": (
        ("schemas", _MAP, "schema"),
        ("responses", _MAP, "response"),
        ("parameters", _MAP, "parameter"),
        ("requestBodies", _MAP, "body"),
        ("headers", _MAP, "parameter"),
        ("callbacks", _MAP, "callback"),
        ("pathItems", _MAP, "path-item"),
        ("mediaTypes", _MAP, "media-type"),
    ),
    "path-item": (
        *((method, _ONE, "operation") for method in
          ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")),
        ("additionalOperations", _MAP, "operation"),
        ("parameters", _LIST, "parameter"),
    ),
    "operation": (
        ("parameters", _LIST, "parameter"),
        ("requestBody", _ONE, "body"),
        ("responses", _MAP, "response"),
        ("callbacks", _MAP, "callback"),
    ),
    "callback": (("*", _ONE, "path-item"),),
    "parameter": (("schema", _ONE, "schema"), ("content", _MAP, "media-type")),
    "body": (("content", _MAP, "media-type"),),
    "response": (("headers", _MAP, "parameter"), ("content", _MAP, "media-type")),
    "media-type": (
        ("schema", _ONE, "schema"),
        ("itemSchema", _ONE, "schema"),
        ("encoding", _MAP, "encoding"),
    ),
    "encoding": (("headers", _MAP, "parameter"),),
    "schema": (
        *((key, _ONE, "schema") for key in
          ("additionalProperties", "unevaluatedProperties", "unevaluatedItems", "propertyNames", "items",
           "contains", "not", "if", "then", "else", "contentSchema")),
        *((key, _LIST, "schema") for key in ("allOf", "anyOf", "oneOf", "prefixItems")),
        *((key, _MAP, "schema") for key in
          ("properties", "patternProperties", "dependentSchemas", "$defs", "definitions")),
    ),
}  # fmt: skip


Change: TypeAlias = Callable[[Mapping[str, Any], Any, str], Any]
"""From a schema as written, the same with changes inside, and its pointer, to what it becomes."""


@dataclass(frozen=True, slots=True)
class SchemaWalk:
    """Changes every schema of a document, the inner ones first, and copies only what holds a change."""

    change: Change

    def of(self, content: Mapping[str, Any]) -> Any:
        """The document with its schemas changed; the same object where nothing changes."""
        return self._of("openapi", content, "")

    def _of(self, kind: str, value: Any, pointer: str) -> Any:
        if not isinstance(value, dict):
            return value
        changed: dict[str, Any] = {}
        for key, held, child_kind in _OBJECTS[kind]:
            for name in value if key == "*" else (key,) if key in value else ():
                child = value[name]
                result = self._held(held, child_kind, child, pointers.join(pointer, name))
                if result is not child:
                    changed[name] = result
        result = {**value, **changed} if changed else value
        return self.change(value, result, pointer) if kind == "schema" else result

    def _held(self, held: str, kind: str, value: Any, pointer: str) -> Any:
        if held == _ONE:
            return self._of(kind, value, pointer)
        if held == _LIST and isinstance(value, list):
            items = [self._of(kind, child, pointers.join(pointer, at)) for at, child in enumerate(value)]
            return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
        if held == _MAP and isinstance(value, dict):
            entries = {
                name: self._of(kind, child, pointers.join(pointer, name)) for name, child in value.items()
            }
            return entries if any(entries[name] is not value[name] for name in value) else value
        return value


def derive(content: Mapping[str, Any], direction: Direction, *, refuse_hidden: bool = True) -> Derived:
    """The document for values that go in one direction.

    Numeric formats become bounds, a required property that the direction hides is not required, and
    (with `refuse_hidden`) may not be there at all. A reference to nothing accepts anything, and is a fault.
    """
    directed = _Directed(content, direction, refuse_hidden, [])
    return Derived(SchemaWalk(directed.change).of(content), tuple(directed.faults))


@dataclass(frozen=True, slots=True)
class _Directed:
    content: Mapping[str, Any]
    direction: Direction
    refuse_hidden: bool
    faults: list[Fault]

    def change(self, written: Mapping[str, Any], schema: Any, pointer: str) -> Any:
        """The schema for values of this direction."""
        if isinstance(reference := written.get("$ref"), str) and not self._leads_somewhere(reference):
            self.faults.append(
                Fault(pointer, f"$ref {reference!r} points to nothing", "anything is accepted in its place")
            )
            schema = {key: value for key, value in schema.items() if key != "$ref"}
        if isinstance(written.get("format"), str):
            schema = _bounded(written, schema)
        if "properties" in written or "required" in written:
            schema = self._directed(written, schema)
        return schema

    def _leads_somewhere(self, reference: str) -> bool:
        if not reference.startswith("#"):
            return not reference.partition("#")[0]
        if len(reference) > 1 and reference[1] != "/":
            return True
        try:
            pointers.walk(self.content, pointers.from_fragment(reference))
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
            return pointers.walk(self.content, pointers.from_fragment(reference))
        except (LookupError, ValueError):
            return None


_DEEPEST_COMPOSITION = 8
"""How many `$ref`s and `allOf`s are followed to find what hides a property; real contracts have 4."""


def _bounded(written: Mapping[str, Any], schema: Any) -> Any:
    """The schema with the bounds that its numeric format means, where its own are not tighter."""
    bounds = _bounds(written["format"])
    if bounds is None or not _may_be_number(written):
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
