"""What a schema lets a value be, as far as it takes to read text: the types, items and properties."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from accord.document import Document, pointers
from accord.errors import ContractError

_DEEPEST = 16
Branches: TypeAlias = Callable[[str, Mapping[str, Any]], Iterator[str]]
"""Where the schemas stand that speak of the value of a schema, too."""


@dataclass(frozen=True, eq=False)
class Shape:
    """The union of what schemas at several pointers say. No pointer at all: nothing is known."""

    document: Document
    pointers: tuple[str, ...]

    @cached_property
    def types(self) -> frozenset[str]:
        """The JSON types that a value may have; empty where the schema does not restrict them."""
        types: frozenset[str] = frozenset()
        for pointer in self.pointers:
            one = _types(self.document, pointer, 0)
            if one is None:
                return frozenset()
            types |= one
        return types

    @cached_property
    def items(self) -> "Shape":
        """The shape of an array's items."""
        found = [
            pointers.join(part, "items") for part, raw in self._parts if isinstance(raw.get("items"), dict)
        ]
        return Shape(self.document, tuple(found))

    @cached_property
    def property_names(self) -> tuple[str, ...]:
        """The properties that are named in it."""
        return tuple({name: None for _, raw in self._parts for name in _mapping(raw, "properties")})

    @cached_property
    def is_open(self) -> bool:
        """May an object have properties that are not named?"""
        return not any(raw.get("additionalProperties") is False for _, raw in self._parts)

    @cached_property
    def is_binary(self) -> bool:
        """Is it said to be bytes (OAS 3.1 section 4.4.2)? In a form, what no type restricts is bytes too."""
        if not self._parts:
            return False
        if any(raw.get("format") == "binary" or "contentMediaType" in raw for _, raw in self._parts):
            return not any("contentEncoding" in raw for _, raw in self._parts)
        return not self.types

    def property(self, name: str) -> "Shape":
        """The shape of a property."""
        return Shape(self.document, tuple(self._property_pointers(name)))

    def _property_pointers(self, name: str) -> Iterator[str]:
        for part, raw in self._parts:
            patterns = [text for text in _mapping(raw, "patternProperties") if _matches(text, name)]
            if name in _mapping(raw, "properties"):
                yield pointers.join(part, "properties", name)
            elif patterns:
                yield from (pointers.join(part, "patternProperties", text) for text in patterns)
            elif isinstance(raw.get("additionalProperties"), dict):
                yield pointers.join(part, "additionalProperties")

    @cached_property
    def _parts(self) -> Sequence[tuple[str, Mapping[str, Any]]]:
        """Every schema that may speak of the value, by its pointer: references and compositions followed."""
        return self._reached(_branches)

    @cached_property
    def certain(self) -> Sequence[Mapping[str, Any]]:
        """Every schema that speaks of all values: references and `allOf` followed, alternatives not."""
        return tuple(raw for _, raw in self._reached(_certain))

    @cached_property
    def required(self) -> frozenset[str]:
        """The properties that objects have to have, at least as one of several alternatives."""
        listed = [raw["required"] for _, raw in self._parts if isinstance(raw.get("required"), list)]
        return frozenset(name for names in listed for name in names if isinstance(name, str))

    def _reached(self, branches: Branches) -> Sequence[tuple[str, Mapping[str, Any]]]:
        found: dict[str, Mapping[str, Any]] = {}
        waiting = list(self.pointers)
        while waiting:
            pointer, raw = _resolved(self.document, waiting.pop(0))
            if pointer in found or not isinstance(raw, dict):
                continue
            found[pointer] = raw
            waiting.extend(branches(pointer, raw))
        return tuple(found.items())


def shape_of(document: Document, pointer: str | None) -> Shape:
    """The shape of the schema at a pointer; of nothing known where there is none."""
    return Shape(document, () if pointer is None else (pointer,))


def default_of(document: Document, pointer: str | None) -> tuple[Any, ...]:
    """The default of the schema at a pointer, as one value, or none."""
    for _ in range(_DEEPEST):
        raw = document.at(pointer) if pointer is not None else None
        if not isinstance(raw, dict):
            return ()
        if "default" in raw:
            return (raw["default"],)
        if not isinstance(reference := raw.get("$ref"), str):
            return ()
        pointer, _ = _resolved(document, pointers.from_fragment(reference))
    return ()


def _certain(pointer: str, raw: Mapping[str, Any]) -> Iterator[str]:
    # In 2020-12 a schema may say something beside its $ref, so that the reference is one branch of it.
    if isinstance(reference := raw.get("$ref"), str) and reference.startswith("#/"):
        yield pointers.from_fragment(reference)
    yield from _listed(pointer, raw, "allOf")


def _branches(pointer: str, raw: Mapping[str, Any]) -> Iterator[str]:
    yield from _certain(pointer, raw)
    for key in ("anyOf", "oneOf"):
        yield from _listed(pointer, raw, key)
    yield from (pointers.join(pointer, key) for key in ("then", "else") if isinstance(raw.get(key), dict))


def _resolved(document: Document, pointer: str | None) -> tuple[str, Any]:
    try:
        return pointer or "", document.at(pointer or "")
    except (LookupError, ValueError, ContractError):
        return pointer or "", None


def _types(document: Document, pointer: str, depth: int) -> frozenset[str] | None:
    """The types that the schema allows; None where it allows any."""
    _, raw = _resolved(document, pointer)
    if not isinstance(raw, dict) or depth > _DEEPEST:
        return None
    claims = [_own_types(raw)]
    if isinstance(reference := raw.get("$ref"), str) and reference.startswith("#/"):
        claims.append(_types(document, pointers.from_fragment(reference), depth + 1))
    claims += [_types(document, at, depth + 1) for at in _listed(pointer, raw, "allOf")]
    for key in ("anyOf", "oneOf"):
        branches = [_types(document, at, depth + 1) for at in _listed(pointer, raw, key)]
        known = [branch for branch in branches if branch is not None]
        if branches and len(known) == len(branches):
            claims.append(frozenset().union(*known))
    restricting = [claim for claim in claims if claim is not None]
    return _common(restricting) if restricting else None


def _common(claims: Sequence[frozenset[str]]) -> frozenset[str]:
    # Each integer is a number, so that a number and an integer have the integer in common.
    widened = [claim | {"integer"} if "number" in claim else claim for claim in claims]
    return frozenset.intersection(*widened)


def _own_types(raw: Mapping[str, Any]) -> frozenset[str] | None:
    types = raw.get("type")
    if isinstance(types, str):
        return frozenset({types})
    if isinstance(types, list):
        return frozenset(name for name in types if isinstance(name, str))
    if "const" in raw:
        return frozenset({_type_of(raw["const"])})
    if isinstance(options := raw.get("enum"), list):
        return frozenset(_type_of(option) for option in options)
    if any(key in raw for key in ("properties", "additionalProperties", "patternProperties")):
        return frozenset({"object"})
    return frozenset({"array"}) if "items" in raw or "prefixItems" in raw else None


def _type_of(value: Any) -> str:
    names: Mapping[type, str] = {
        bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"
    }  # fmt: skip
    return names.get(type(value), "null")


def _listed(pointer: str, raw: Mapping[str, Any], key: str) -> Iterator[str]:
    listed = raw.get(key)
    return (pointers.join(pointer, key, at) for at in range(len(listed) if isinstance(listed, list) else 0))


def _mapping(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    held = raw.get(key)
    return held if isinstance(held, dict) else {}


def _matches(pattern: str, name: str) -> bool:
    try:
        return re.search(pattern, name) is not None
    except re.error:
        return False
