"""What holds of one value at once: a schema, what it refers to and all that it is composed of."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from accord.document import pointers
from accord.schemas.sampling.names import matches
from accord.schemas.sampling.once import Once
from accord.schemas.sampling.spelling import Spellings
from accord.schemas.validators import verdict_of

DISCRIMINATED = "x-accord-discriminated"
"""The keyword of what a discriminator calls the branch that was chosen; in parts that are made here alone."""
Item: TypeAlias = tuple[Any, str]
"""A schema and its pointer; the pointer is empty where the schema stands in no document."""
_KINDS = ("object", "array", "string", "integer", "number", "boolean", "null")
_KEYWORDS: Mapping[str, tuple[str, ...]] = {
    "object": (
        "properties", "required", "additionalProperties", "patternProperties", "propertyNames",
        "minProperties", "maxProperties", "dependentRequired", "dependentSchemas", "unevaluatedProperties",
    ),
    "array": ("items", "prefixItems", "minItems", "maxItems", "contains", "uniqueItems"),
    "string": ("pattern", "minLength", "maxLength", "contentEncoding", "contentMediaType"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
}  # fmt: skip
_PLAIN_KEYWORDS = frozenset(
    (*_KEYWORDS["string"][:3], *_KEYWORDS["number"], "type", "enum", "const", "format", "minItems",
     "maxItems", "uniqueItems", "minProperties", "maxProperties", "required")
)  # fmt: skip
LOOKING_BACK = frozenset(("unevaluatedItems", "unevaluatedProperties"))
_HARD = LOOKING_BACK | {"contains", "uniqueItems", "dependentRequired", "propertyNames", "minProperties"}
_LONGEST_SHOWN = 40
COMPONENTS = "/components/schemas/"
_PARTS = COMPONENTS.count("/")


@dataclass(frozen=True, slots=True)
class Form:
    """Several ways to go on, of which a value has one: `anyOf`, `oneOf`, `if`, `dependentSchemas`."""

    branches: tuple[tuple[Item, ...], ...]
    is_exclusive: bool
    of: Any = None
    """The schema that has the form."""


@dataclass(frozen=True, eq=False)
class View(Once):
    """The parts that hold at once, and the forms of which one is still to be chosen."""

    parts: tuple[Item, ...]
    forms: tuple[Form, ...] = ()
    origins: tuple[str, ...] = ()
    excluded: tuple[Any, ...] = ()
    avoided: frozenset[str] = frozenset()
    is_impossible: bool = False
    items: tuple[Item, ...] = ()
    """What the view was made of; of one with a branch chosen nothing."""

    @cached_property
    def keywords(self) -> Mapping[str, Sequence[Any]]:
        """The keywords that its parts have, each with what they say with it."""
        found: dict[str, list[Any]] = {}
        for part, _ in self.parts:
            for keyword, said in part.items():
                found.setdefault(keyword, []).append(said)
        return found

    @cached_property
    def is_hard(self) -> bool:
        """Does it say what is not always met by construction?"""
        is_hard = bool(self.keywords.keys() & _HARD)
        return bool(self.forms) or is_hard or not all(map(is_plain, self.excluded))

    def every(self, keyword: str) -> Iterator[Any]:
        """What each part that has the keyword says."""
        return iter(self.keywords.get(keyword, ()))

    def most(self, keyword: str) -> Any:
        """The largest value of a keyword that states a lower bound."""
        return self.once(
            ("most", keyword), lambda: max(filter(_is_number, self.every(keyword)), default=None)
        )

    def least(self, keyword: str) -> Any:
        """The smallest value of a keyword that states an upper bound."""
        return self.once(
            ("least", keyword), lambda: min(filter(_is_number, self.every(keyword)), default=None)
        )

    def text(self, keyword: str) -> str:
        """The first that is said with the keyword, if it is text."""
        return self.once(
            ("text", keyword),
            lambda: next((value for value in self.every(keyword) if isinstance(value, str)), ""),
        )

    @cached_property
    def component(self) -> str:
        """The name of the first component that it is made of; nothing where there is none."""
        named = (pointer for _, pointer in self.parts if pointer.startswith(COMPONENTS))
        return next((pointers.split(pointer)[-1] for pointer in named if pointer.count("/") == _PARTS), "")

    @cached_property
    def labels(self) -> tuple[str, str, str]:
        """Its title, its description and its format."""
        return self.text("title"), self.text("description"), self.text("format")

    @cached_property
    def fakers(self) -> tuple[Item, ...]:
        """What is said with `x-faker`, each with the pointer of the schema that says so."""
        return tuple((part["x-faker"], pointer) for part, pointer in self.parts if "x-faker" in part)

    @cached_property
    def choices(self) -> tuple[Any, ...] | None:
        """The values of `enum` and `const`, those that the rest of it admits. None where it has neither."""
        listed = [value for value in self.every("enum") if isinstance(value, list)]
        listed += [[value] for value in self.every("const")]
        if not listed:
            return None
        return tuple(value for value in listed[0] if self.admits(value))

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The types that a value may have, the one that was meant first and null last."""
        said = [*self.every("type")]
        allowed = [kind for kind in _KINDS if all(_permits(types, kind) for types in said)]
        for types in said:
            listed = [types] if isinstance(types, str) else types
            if isinstance(listed, list):
                allowed.sort(key=lambda kind, order=listed: _rank(order, kind))  # type: ignore[misc]
        if "number" in allowed:
            allowed.remove("integer") if "integer" in allowed else None
        if not said:
            allowed = self._hinted(allowed)
        excluded = {kind for each in self.excluded for kind in _only_types(each)}
        allowed = [kind for kind in allowed if kind not in excluded]
        return tuple(sorted(allowed, key=lambda kind: kind == "null"))

    def _hinted(self, allowed: Sequence[str]) -> list[str]:
        """The types with those first whose keywords the parts have."""
        hinted = [kind for kind, keywords in _KEYWORDS.items() if self.keywords.keys() & keywords]
        if self.text("format") and not hinted:
            numeric = self.text("format") in ("int32", "int64", "float", "double")
            hinted = ["number" if numeric else "string"]
        rest = [kind for kind in ("string", *allowed) if kind in allowed and kind not in hinted]
        return [*(kind for kind in hinted if kind in allowed), *dict.fromkeys(rest)]

    @cached_property
    def required(self) -> Mapping[str, None]:
        """The names of the properties that must be there."""
        lists = [value for value in self.every("required") if isinstance(value, list)]
        return dict.fromkeys(name for names in lists for name in names if isinstance(name, str))

    @cached_property
    def declared(self) -> Mapping[str, None]:
        """The names of all properties that a part declares, in the contract's order."""
        maps = [value for value in self.every("properties") if isinstance(value, dict)]
        return dict.fromkeys(name for properties in maps for name in properties)

    @cached_property
    def admits(self) -> Any:
        """What says whether a value satisfies all that its parts say about it, except of what is in it."""
        plain = [{key: part[key] for key in part.keys() & _PLAIN_KEYWORDS} for part, _ in self.parts]
        plain = [each for each in plain if each]
        excluded = [{"not": each} for each in self.excluded if is_plain(each)]
        return verdict_of({"allOf": [*plain, *excluded]}) if plain or excluded else _anything

    @cached_property
    def examples(self) -> tuple[Any, ...]:
        """What a discriminator names, the examples, then the defaults; none that says nothing."""
        listed = [*self.discriminated]
        listed += [
            each for examples in self.every("examples") if isinstance(examples, list) for each in examples
        ]
        listed += (*self.every("example"), *self.every("default"))
        return tuple(each for each in listed if each is not None and each not in ([], {}, ""))

    @cached_property
    def discriminated(self) -> tuple[Any, ...]:
        """What a discriminator calls it."""
        return tuple(self.every(DISCRIMINATED))

    @cached_property
    def says_values(self) -> bool:
        """Do its parts say what the value may be: by `x-faker`, an example, a default, a discriminator?"""
        return bool(self.fakers or self.examples or self.discriminated)

    @cached_property
    def shapes(self) -> frozenset[int]:
        """The identities of the parts that have properties: one of them again within is recursion."""
        return frozenset(id(part) for part, _ in self.parts if "properties" in part)

    @cached_property
    def dependants(self) -> tuple[Mapping[str, Any], ...]:
        """The tables of `dependentRequired`."""
        return tuple(value for value in self.every("dependentRequired") if isinstance(value, dict))

    @cached_property
    def is_composite(self) -> bool:
        """Is it an object or an array, or may it be?"""
        return bool(self.forms) or bool({"object", "array"}.intersection(self.kinds[:1]))

    @property
    def told(self) -> str:
        """What its parts say about the value itself, for people."""
        said = [
            f"{key} {_shown(part[key])}" for part, _ in self.parts for key in part if key in _PLAIN_KEYWORDS
        ]
        said = [*dict.fromkeys(said), *(["what it must not be"] if self.excluded else [])]
        return ", ".join(said[:-1]) + f" and {said[-1]}" if len(said) > 1 else "the keywords of its schema"

    @cached_property
    def spellings(self) -> Spellings:
        """The sets of texts that have its patterns and formats, and none of those that it excludes."""
        excluded = [each["pattern"] for each in self.excluded if _is_pattern(each)]
        texts = [[each for each in self.every(key) if isinstance(each, str)] for key in ("pattern", "format")]
        return Spellings(tuple(texts[0]), tuple(excluded), tuple(texts[1]))

    def property_items(self, name: str) -> list[Item]:
        """The schemas that hold of the property of that name."""
        found: list[Item] = []
        known = False
        for part, pointer in self.parts:
            own = list(_own_property(part, pointer, name))
            if not own and "additionalProperties" in part:
                own = [(part["additionalProperties"], below(pointer, "additionalProperties"))]
            known = known or bool(own)
            found += own
        if not known:
            found += [
                (part["unevaluatedProperties"], below(pointer, "unevaluatedProperties"))
                for part, pointer in self.parts
                if "unevaluatedProperties" in part
            ]
        return found

    def element_items(self, at: int) -> list[Item]:
        """The schemas that hold of the item at an index of an array."""
        found: list[Item] = []
        for part, pointer in self.parts:
            prefix = part.get("prefixItems")
            prefix = prefix if isinstance(prefix, list) else []
            if at < len(prefix):
                found.append((prefix[at], below(pointer, "prefixItems", at)))
            elif "items" in part:
                found.append((part["items"], below(pointer, "items")))
            elif "unevaluatedItems" in part:
                found.append((part["unevaluatedItems"], below(pointer, "unevaluatedItems")))
        return found


def below(pointer: str, *tokens: str | int) -> str:
    """The pointer to what is within a schema; empty for one that stands in no document."""
    return pointers.join(pointer, *tokens) if pointer else ""


def _own_property(part: Mapping[str, Any], pointer: str, name: str) -> Iterator[Item]:
    properties = part.get("properties")
    if isinstance(properties, dict) and name in properties:
        yield properties[name], below(pointer, "properties", name)
    patterned = part.get("patternProperties")
    for pattern, schema in patterned.items() if isinstance(patterned, dict) else ():
        if matches(pattern, name):
            yield schema, below(pointer, "patternProperties", pattern)


def _permits(types: Any, kind: str) -> bool:
    listed = [types] if isinstance(types, str) else types if isinstance(types, list) else _KINDS
    return kind in listed or (kind == "integer" and "number" in listed)


def _rank(order: Sequence[Any], kind: str) -> int:
    return order.index(kind) if kind in order else len(order)


def _only_types(schema: Any) -> Iterator[str]:
    """The types that a schema which says nothing else excludes by standing in a `not`."""
    if isinstance(schema, dict) and set(schema) == {"type"}:
        types = schema["type"]
        yield from [types] if isinstance(types, str) else types


def is_plain(schema: Any) -> bool:
    """Does a schema speak of nothing but the value itself, or join such schemas?"""
    if isinstance(schema, dict) and set(schema) == {"allOf"}:
        return all(map(is_plain, schema["allOf"]))
    return isinstance(schema, dict) and bool(schema) and schema.keys() <= _PLAIN_KEYWORDS


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _is_pattern(schema: Any) -> bool:
    """Is it all about a pattern?"""
    return isinstance(schema, dict) and "pattern" in schema and schema.keys() <= {"pattern", "type"}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _anything(_: Any) -> bool:
    return True
