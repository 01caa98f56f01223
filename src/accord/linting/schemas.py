"""Schemas that no value satisfies, or that say what cannot be meant."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from accord.contract import Contract
from accord.document import pointers
from accord.findings import Finding
from accord.linting.inhabited import Inhabited
from accord.linting.patterns import runs_away
from accord.linting.places import Placed
from accord.linting.rules import finding
from accord.schemas.patterns import is_pattern
from accord.schemas.sampling.canonical import canonical_of

_NOTHING: tuple[Mapping[str, Any], ...] = ({"not": {}}, {"not": True})
_NATURE: tuple[tuple[str, type | tuple[type, ...]], ...] = (
    ("string", str),
    ("boolean", bool),
    ("integer", int),
    ("number", (int, float)),
    ("array", list),
    ("object", dict),
    ("null", type(None)),
)


def faulty_schemas(contract: Contract, schemas: Sequence[Placed]) -> Iterator[Finding]:
    """The faults of each schema by itself."""
    for placed in schemas:
        yield from _enum(contract, placed)
        yield from _pattern(contract, placed)
        yield from _required(contract, placed)
        yield from _discriminator(contract, placed)
    yield from _unsatisfiable(contract, schemas)


def _enum(contract: Contract, placed: Placed) -> Iterator[Finding]:
    listed, types = placed.schema.get("enum"), placed.schema.get("type")
    allowed = [types] if isinstance(types, str) else types
    if not isinstance(listed, list) or not isinstance(allowed, list):
        return
    for at, value in enumerate(listed):
        if not any(_is_of(value, name) for name in allowed):
            pointer = pointers.join(placed.pointer, "enum", at)
            message = f"{value!r} is not of type {' or '.join(map(str, allowed))}"
            yield finding(contract, "enum-against-type", pointer, message, "correct the value, or the type")


def _is_of(value: Any, name: Any) -> bool:
    if isinstance(value, bool):
        return bool(name == "boolean")
    if isinstance(value, float) and name == "integer":
        return value.is_integer()
    return any(isinstance(value, kinds) for known, kinds in _NATURE if known == name)


def _pattern(contract: Contract, placed: Placed) -> Iterator[Finding]:
    written = placed.schema.get("pattern")
    stated = [("pattern", written)] if isinstance(written, str) else []
    by_pattern = placed.schema.get("patternProperties")
    stated += (
        [(f"patternProperties/{pointers.escape(each)}", each) for each in by_pattern or ()]
        if isinstance(by_pattern, dict)
        else []
    )
    for below, pattern in stated:
        pointer = f"{placed.pointer}/{below}"
        if not is_pattern(pattern):
            hint = "patterns are ECMA-262 regular expressions"
            yield finding(contract, "broken-pattern", pointer, f"{pattern!r} is no regular expression", hint)
        elif runs_away(pattern):
            message = f"{pattern!r} reads some texts in very many ways: it can take a server's time"
            hint = "let no repetition hold another of the same characters, or bound it"
            yield finding(contract, "risky-pattern", pointer, message, hint)


def _required(contract: Contract, placed: Placed) -> Iterator[Finding]:
    schema = placed.schema
    required, properties = schema.get("required"), schema.get("properties")
    if not isinstance(required, list) or not isinstance(properties, dict) or _is_composed(schema):
        return
    for at, name in enumerate(required):
        if isinstance(name, str) and name not in properties:
            pointer = pointers.join(placed.pointer, "required", at)
            hint = "declare it among the properties, or correct its name"
            message = f"{name!r} is required, and no property has that name"
            yield finding(contract, "undeclared-required", pointer, message, hint)


def _is_composed(schema: Mapping[str, Any]) -> bool:
    """May another schema say something about its properties?"""
    return bool(
        schema.keys() & {"$ref", "allOf", "anyOf", "oneOf", "patternProperties", "if", "additionalProperties"}
    )


def _discriminator(contract: Contract, placed: Placed) -> Iterator[Finding]:
    discriminator = placed.schema.get("discriminator")
    mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
    for tag, target in mapping.items() if isinstance(mapping, dict) else ():
        pointer = pointers.from_fragment(target) if "#" in str(target) else f"/components/schemas/{target}"
        try:
            contract.document.at(pointer)
        except LookupError:
            place = pointers.join(placed.pointer, "discriminator", "mapping", tag)
            message = f"the tag {tag!r} leads to {target!r}, which is no schema"
            yield finding(contract, "lost-discriminator", place, message, "name a schema of the contract")


def _unsatisfiable(contract: Contract, schemas: Sequence[Placed]) -> Iterator[Finding]:
    """The schemas that are proved to have no value; of those within each other the innermost."""
    found: list[str] = []
    inhabited, is_empty = Inhabited(contract.document), _Emptiness(contract.document.content)
    for placed in schemas:
        if placed.schema in _NOTHING or not _says_much(placed.schema) or inhabited.surely(placed.schema):
            continue
        if any(each.startswith(f"{placed.pointer}/") for each in found):
            continue
        if is_empty(placed.schema):
            found.append(placed.pointer)
            hint = "its keywords contradict each other"
            yield finding(
                contract, "unsatisfiable-schema", placed.pointer, "no value can satisfy this schema", hint
            )


def _says_much(schema: Mapping[str, Any]) -> bool:
    """Can what it says contradict itself? A type alone does not, nor what a reference leads to."""
    plain = {"type", "description", "title", "format", "example", "examples", "default", "$ref", "deprecated",
             "readOnly", "writeOnly", "nullable", "xml", "externalDocs"}  # fmt: skip
    return len([key for key in schema if key not in plain and not key.startswith("x-")]) > 0


@dataclass(frozen=True)
class _Emptiness:
    """Says of schemas of a document whether they are proved to have no value. What is written twice is asked
    once.
    """

    content: Mapping[str, Any]
    _known: dict[str, bool] = field(default_factory=dict)

    def __call__(self, schema: Mapping[str, Any]) -> bool:
        written = json.dumps(schema, default=repr)
        if written not in self._known:
            self._known[written] = canonical_of(self.content, [schema]).is_empty
        return self._known[written]
