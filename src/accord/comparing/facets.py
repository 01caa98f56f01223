"""What schemas that hold of one value at once say of it, keyword by keyword."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from accord.comparing.changes import Node
from accord.comparing.sameness import meant, written
from accord.document import Document, pointers
from accord.schemas import Direction

TYPES = frozenset(("null", "boolean", "integer", "number", "string", "array", "object"))
_UNIONS = ("oneOf", "anyOf")
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Part:
    """One of the schemas that hold at once, and its pointer."""

    pointer: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Union:
    """Alternatives of which one must hold (`oneOf`: exactly one)."""

    keyword: str
    arms: tuple[Node, ...]
    part: Part


@dataclass(frozen=True, eq=False)
class Facets:
    """What a node says of its values, `$ref`, `allOf` and alternatives with null alone taken together."""

    document: Document
    node: Node
    direction: Direction

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The schemas that hold at once, references followed."""
        return tuple(self._read[0])

    @cached_property
    def unions(self) -> tuple[Union, ...]:
        """What is left open: alternatives of more than one schema that is not null."""
        return tuple(self._read[1])

    @cached_property
    def core(self) -> Node:
        """The node itself, or what it has as its only alternative beside null."""
        schema = self._at(self.node[0]) if len(self.node) == 1 else None
        if not isinstance(schema, dict) or len(meant(schema)) != 1:
            return self.node
        union = next(self._unions_of(Part(self.node[0], schema)), None)
        if union is None or len(union.arms) != 1:
            return self.node
        return Facets(self.document, union.arms[0], self.direction).core

    @cached_property
    def accepts_nothing(self) -> bool:
        """Is one of the schemas `false`?"""
        return any(self._at(pointer) is False for pointer in self.node)

    @cached_property
    def _read(self) -> tuple[list[Part], list[Union]]:
        parts: list[Part] = []
        unions: list[Union] = []
        seen: set[str] = set()
        waiting = [(pointer, 0) for pointer in reversed(self.node)]
        while waiting:
            pointer, depth = waiting.pop()
            schema = self._at(pointer)
            if pointer in seen or depth > _DEEPEST or not isinstance(schema, dict):
                continue
            seen.add(pointer)
            part = Part(pointer, schema)
            parts.append(part)
            waiting += [(onward, depth + 1) for onward in reversed([*self._onward(part)])]
            for union in self._unions_of(part):
                if len(union.arms) == 1:
                    waiting += [(each, depth + 1) for each in union.arms[0]]
                else:
                    unions.append(union)
        return parts, unions

    def _at(self, pointer: str) -> Any:
        with suppress(LookupError):
            return self.document.at(pointer)
        return None

    def _onward(self, part: Part) -> Iterator[str]:
        reference = part.schema.get("$ref")
        if isinstance(reference, str) and reference.startswith("#"):
            yield pointers.from_fragment(reference)
        for at in range(len(_listed(part.schema, "allOf"))):
            yield pointers.join(part.pointer, "allOf", at)

    def _unions_of(self, part: Part) -> Iterator[Union]:
        for keyword in _UNIONS:
            arms = [
                pointers.join(part.pointer, keyword, at) for at in range(len(_listed(part.schema, keyword)))
            ]
            if arms:
                yield Union(keyword, tuple((arm,) for arm in arms if not self._is_null(arm)), part)

    def _is_null(self, pointer: str) -> bool:
        """Does the schema there take null alone?"""
        schema = self._at(pointer)
        return isinstance(schema, dict) and (
            schema.get("type") in ("null", ["null"]) or schema.get("enum") == [None] or _is_const_null(schema)
        )

    @cached_property
    def types(self) -> frozenset[str]:
        """The types that values may have, without null. A number may be an integer."""
        found = TYPES - {"null"}
        for part in self.parts:
            listed = part.schema.get("type")
            if isinstance(listed, str | list) and listed:
                named = {listed} if isinstance(listed, str) else set(map(str, listed))
                found = _common(found, frozenset(named))
        return found

    @cached_property
    def is_nullable(self) -> bool:
        """May null come?"""
        return all(self._allows_null(pointer, 0) for pointer in self.node)

    def _allows_null(self, pointer: str, depth: int) -> bool:
        schema = self._at(pointer)
        if not isinstance(schema, dict) or depth > _DEEPEST:
            return schema is not False
        listed = schema.get("type")
        if isinstance(listed, str | list) and "null" not in ([listed] if isinstance(listed, str) else listed):
            return False
        if isinstance(schema.get("enum"), list) and None not in schema["enum"]:
            return False
        if "const" in schema and schema["const"] is not None:
            return False
        if not all(self._allows_null(each, depth + 1) for each in self._onward(Part(pointer, schema))):
            return False
        return all(self._is_open_to_null(pointer, schema, keyword, depth) for keyword in _UNIONS)

    def _is_open_to_null(self, pointer: str, schema: Mapping[str, Any], keyword: str, depth: int) -> bool:
        arms = [pointers.join(pointer, keyword, at) for at in range(len(_listed(schema, keyword)))]
        return not arms or any(self._allows_null(arm, depth + 1) for arm in arms)

    @cached_property
    def enum(self) -> Mapping[str, Any] | None:
        """The values of `enum` and `const` but null, by how they are written; None where any may come."""
        found: dict[str, Any] | None = None
        for part in self.parts:
            for listed in _enumerated(part.schema):
                named = {written(value): value for value in listed if value is not None}
                found = named if found is None else {key: found[key] for key in found if key in named}
        return found

    @cached_property
    def required(self) -> Mapping[str, str]:
        """The properties that must be there, and the pointer of who says so."""
        found: dict[str, str] = {}
        for part in self.parts:
            for name in _listed(part.schema, "required"):
                found.setdefault(str(name), part.pointer)
        return found

    @cached_property
    def properties(self) -> Mapping[str, Node]:
        """The properties by name, without those that this direction does not have."""
        found: dict[str, Node] = {}
        for part in self.parts:
            properties = part.schema.get("properties")
            for name in properties if isinstance(properties, dict) else ():
                found[name] = (*found.get(name, ()), pointers.join(part.pointer, "properties", name))
        return {name: node for name, node in found.items() if not self._is_hidden(node)}

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The names of properties that this direction does not have: read-only, write-only."""
        names = {
            name
            for part in self.parts
            for name in (part.schema.get("properties") or ())
            if isinstance(part.schema.get("properties"), dict)
        }
        return frozenset(names - self.properties.keys())

    def _is_hidden(self, node: Node) -> bool:
        hidden = self.direction.hidden
        return any(
            part.schema.get(hidden) is True for part in Facets(self.document, node, self.direction).parts
        )

    def of(self, keyword: str) -> tuple[Part, ...]:
        """The schemas that have a keyword."""
        return tuple(part for part in self.parts if keyword in part.schema)

    def first(self, keyword: str) -> Any:
        """What is first said under a keyword; None where nothing is."""
        return next((part.schema[keyword] for part in self.parts if keyword in part.schema), None)

    def below(self, keyword: str) -> Node:
        """The schemas under a keyword that holds one: `items`, `additionalProperties`."""
        return tuple(
            pointers.join(part.pointer, keyword)
            for part in self.parts
            if isinstance(part.schema.get(keyword), dict)
        )

    @property
    def pointer(self) -> str:
        """Where it begins."""
        return self.node[0] if self.node else ""

    def pointer_of(self, *keywords: str) -> str:
        """Where the first of these keywords stands; else where the schema does."""
        for keyword in keywords:
            for part in self.parts:
                if keyword in part.schema:
                    return pointers.join(part.pointer, keyword)
        return self.pointer


def _listed(schema: Mapping[str, Any], keyword: str) -> Sequence[Any]:
    listed = schema.get(keyword)
    return listed if isinstance(listed, list) else ()


def _is_const_null(schema: Mapping[str, Any]) -> bool:
    return "const" in schema and schema["const"] is None


def _enumerated(schema: Mapping[str, Any]) -> Iterator[Sequence[Any]]:
    if isinstance(schema.get("enum"), list):
        yield schema["enum"]
    if "const" in schema:
        yield (schema["const"],)


def _common(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """The types that are in both; an integer is a number."""
    common = one & other
    if "integer" in one ^ other and "number" in (one if "integer" in other else other):
        common |= {"integer"}
    return common
