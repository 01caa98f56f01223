"""What holds of one value at once: a schema, what it refers to and all that it is composed of."""

import json
import math
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, TypeAlias, TypeVar

from accord.document import pointers
from accord.schemas.sampling.canonical import canonical_of
from accord.schemas.sampling.names import matches
from accord.schemas.sampling.spelling import Spellings
from accord.schemas.validators import verdict_of

DISCRIMINATED = "x-accord-discriminated"
"""The keyword of what a discriminator calls the branch that was chosen; in parts that are made here alone."""
_Found = TypeVar("_Found")
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
_SILENT = frozenset(
    ("title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "externalDocs",
     "xml", "$comment", "$ref", "allOf")
)  # fmt: skip
_LOOKING_BACK = frozenset(("unevaluatedItems", "unevaluatedProperties"))
_HARD = _LOOKING_BACK | {"contains", "uniqueItems", "dependentRequired", "propertyNames", "minProperties"}
_MOST_CHAINED = 200
_LONGEST_SHOWN = 40
_MOST_FORMS = 3
_MOST_BRANCHES = 12
_CHEAP_BRANCHES = 8
HIGHEST = 12
"""How many levels are looked at to find out whether a value can be finished."""
_COMPONENTS = "/components/schemas/"
_PARTS = _COMPONENTS.count("/")


@dataclass(frozen=True, slots=True)
class Form:
    """Several ways to go on, of which a value has one: `anyOf`, `oneOf`, `if`, `dependentSchemas`."""

    branches: tuple[tuple[Item, ...], ...]
    is_exclusive: bool
    of: Any = None
    """The schema that has the form."""


@dataclass(frozen=True, eq=False)
class View:
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
    def is_hard(self) -> bool:
        """Does it say what is not always met by construction?"""
        is_hard = any(part.keys() & _HARD for part, _ in self.parts)
        return bool(self.forms) or is_hard or not all(map(_is_plain, self.excluded))

    def every(self, keyword: str) -> Iterator[Any]:
        """What each part that has the keyword says."""
        return iter(self.once(keyword, partial(_said, self.parts, keyword)))

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

    def once(self, what: Hashable, find: Callable[[], _Found]) -> _Found:
        """What is found of the view alone, and so not anew for each sample."""
        try:
            return self._found[what]  # type: ignore[no-any-return]
        except KeyError:
            found = self._found[what] = find()
            return found

    @cached_property
    def _found(self) -> dict[Hashable, Any]:
        return {}

    @cached_property
    def component(self) -> str:
        """The name of the first component that it is made of; nothing where there is none."""
        named = (pointer for _, pointer in self.parts if pointer.startswith(_COMPONENTS))
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
        allowed = [kind for kind in _KINDS if all(_permits(types, kind) for types in self.every("type"))]
        for types in self.every("type"):
            listed = [types] if isinstance(types, str) else types
            if isinstance(listed, list):
                allowed.sort(key=lambda kind, order=listed: _rank(order, kind))  # type: ignore[misc]
        if "number" in allowed:
            allowed.remove("integer") if "integer" in allowed else None
        if not any(True for _ in self.every("type")):
            allowed = self._hinted(allowed)
        excluded = {kind for each in self.excluded for kind in _only_types(each)}
        allowed = [kind for kind in allowed if kind not in excluded]
        return tuple(sorted(allowed, key=lambda kind: kind == "null"))

    def _hinted(self, allowed: Sequence[str]) -> list[str]:
        """The types with those first whose keywords the parts have."""
        used = {key for part, _ in self.parts for key in part}
        hinted = [kind for kind, keywords in _KEYWORDS.items() if used.intersection(keywords)]
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
        excluded = [{"not": each} for each in self.excluded if _is_plain(each)]
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
                own = [(part["additionalProperties"], _below(pointer, "additionalProperties"))]
            known = known or bool(own)
            found += own
        if not known:
            found += [
                (part["unevaluatedProperties"], _below(pointer, "unevaluatedProperties"))
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
                found.append((prefix[at], _below(pointer, "prefixItems", at)))
            elif "items" in part:
                found.append((part["items"], _below(pointer, "items")))
            elif "unevaluatedItems" in part:
                found.append((part["unevaluatedItems"], _below(pointer, "unevaluatedItems")))
        return found


@dataclass(frozen=True, slots=True)
class Exact:
    """A view that says what its schema excludes as what it allows, None if there is none, and its cost."""

    view: View | None
    cost: int


@dataclass(eq=False)
class Reader:
    """Makes views of the schemas of one document, each once."""

    content: Mapping[str, Any]
    hidden: str

    def __post_init__(self) -> None:
        self.examples: dict[int, tuple[Any, ...]] = {}
        """Of views, the examples that are valid, as far as they were judged."""
        self._views: dict[tuple[Any, ...], View] = {}
        self._children: dict[tuple[int, Any], View] = {}
        self._exact: dict[tuple[int, tuple[Any, ...]], Exact] = {}
        self._negated: dict[int, Item] = {}
        self._kept: list[Any] = []
        self._plain: dict[int, View] = {}
        self._least: dict[int, int] = {}
        self._possible: dict[tuple[int, str], bool] = {}
        self._heights: dict[tuple[int, int], bool] = {}

    def view(self, *items: Item) -> View:
        """The view of what holds at once."""
        key = tuple((id(schema), pointer) for schema, pointer in items)
        known = self._views.get(key)
        if known is None:
            origins = tuple(pointer for _, pointer in items if pointer)
            known = self._views[key] = replace(self._flat(items), origins=origins, items=items)
            self._kept += items  # views are found by the identity of schemas: these must not be freed
        return known

    def with_branch(self, view: View, at: int) -> View:
        """The view with one branch of its first form chosen."""
        key = (id(view), ("branch", at))
        known = self._children.get(key)
        if known is None:
            form = view.forms[0]
            flat = self._flat(form.branches[at])
            parts = tuple({(id(part), pointer): (part, pointer) for part, pointer in
                           (*view.parts, *flat.parts)}.values())  # fmt: skip
            known = self._children[key] = View(
                parts,
                (*view.forms[1:], *flat.forms),
                view.origins,
                (*view.excluded, *flat.excluded, *self._others(form, at)),
                view.avoided | self._avoided(view, form, at, flat),
                view.is_impossible or flat.is_impossible,
            )
        return known

    def exact(self, view: View) -> Exact:
        """The view of the canonical form of what a view was made of."""
        key = (id(view), ("exact",))
        if key not in self._exact:
            self._exact[key] = self._canonical([schema for schema, _ in view.items])
        return self._exact[key]

    def exact_branch(self, view: View, at: int) -> Exact:
        """The view of one branch of an exclusive form that none of the other branches admits."""
        key = (id(view), ("exact", at))
        if key not in self._exact:
            form = view.forms[0]
            others = [branch[0][0] for index, branch in enumerate(form.branches) if index != at]
            told = [_alone(part, form) for part, _ in view.parts]
            chosen = [schema for schema, _ in form.branches[at]]
            named = [item for item in form.branches[at][1:] if not item[1]]
            found = self._canonical([*told, *chosen, *({"not": other} for other in others)], named)
            self._exact[key] = replace(found, cost=found.cost * (1 + len(others) // _CHEAP_BRANCHES))
        return self._exact[key]

    def is_empty(self, view: View) -> bool:
        """Is it proved that no value satisfies what a view was made of?"""
        exact = self.exact(view).view
        if exact is not None and exact.is_impossible:
            return True
        count = len(view.forms[0].branches) if view.forms and view.forms[0].is_exclusive else 0
        branches = (self.exact_branch(view, at).view for at in range(count if count <= _MOST_BRANCHES else 0))
        return 0 < count <= _MOST_BRANCHES and all(
            each is not None and each.is_impossible for each in branches
        )

    def _canonical(self, schemas: Iterable[Any], more: Iterable[Item] = ()) -> Exact:
        found = canonical_of(self.content, schemas)
        if found.schema is None:
            return Exact(None, found.cost)
        view = self.view((False if found.is_empty else found.schema, ""), *more)
        self._exact[id(view), ("exact",)] = Exact(None, 0)  # it is in canonical form already
        return Exact(view, found.cost)

    def _others(self, form: Form, at: int) -> Iterator[Any]:
        """What a value of one branch of `oneOf` must not be, where the other branches are plain."""
        for branch in form.branches if form.is_exclusive else ():
            other = self._flat(branch)
            plain = [_assertions(part) for part, _ in other.parts]
            is_plain = not other.forms and not other.excluded and all(map(_is_plain_or_empty, plain))
            if branch is not form.branches[at] and is_plain and any(plain):
                told = [each for each in plain if each]
                yield told[0] if len(told) == 1 else {"allOf": told}

    def _avoided(self, view: View, form: Form, at: int, chosen: View) -> frozenset[str]:
        """Optional properties that would make the value fit another branch of `oneOf`, too."""
        if not form.is_exclusive:
            return frozenset()
        needed = {*view.required, *chosen.required}
        found = set()
        for branch in (branch for index, branch in enumerate(form.branches) if index != at):
            other = self._flat(branch)
            names = [name for name in other.required if name not in needed]
            if names and not self._differ(chosen, other):
                found.add(next((name for name in names if name not in chosen.declared), names[0]))
        return frozenset(found)

    def _differ(self, one: View, other: View) -> bool:
        """Does a property that both have tell them apart, by what it may be?"""
        for name in one.declared.keys() & other.required.keys():
            own = self.view(*one.property_items(name)).choices
            theirs = self.view(*other.property_items(name)).choices
            if own is not None and theirs is not None and not any(value in theirs for value in own):
                return True
        return False

    def child(self, view: View, name: str) -> View:
        """The view of a property."""
        key = (id(view), name)
        if key not in self._children:
            self._children[key] = self.view(*view.property_items(name))
        return self._children[key]

    def element(self, view: View, at: int) -> View:
        """The view of an item of an array."""
        key = (id(view), at)
        if key not in self._children:
            self._children[key] = self.view(*view.element_items(at))
        return self._children[key]

    def admits(self, view: View, value: Any) -> bool:
        """Does a value that is no object and no array satisfy what a view says, its forms included?"""
        if view.is_impossible or not view.admits(value):
            return False
        counts = (
            sum(self.admits(self._flat(branch), value) for branch in form.branches) for form in view.forms
        )
        return all(
            count == 1 if form.is_exclusive else count for form, count in zip(view.forms, counts, strict=True)
        )

    def may_be(self, view: View, name: str) -> bool:
        """May there be a property of that name at all?"""
        key = (id(view), name)
        if key not in self._possible:
            self._possible[key] = self._may_be(view, name)
        return self._possible[key]

    def _may_be(self, view: View, name: str) -> bool:
        child = self.child(view, name)
        if child.is_impossible or not child.kinds or name in view.avoided:
            return False
        if self.is_hidden(child) or _is_excluded(view, name):
            return False
        return all(self.admits(self.view((schema, "")), name) for schema in view.every("propertyNames"))

    def is_hidden(self, view: View) -> bool:
        """Is it kept out of this direction?"""
        return any(value is True for value in view.every(self.hidden))

    def fits(self, view: View, levels: int) -> bool:
        """Can a value be finished in so many levels of objects and arrays?"""
        key = (id(view), levels)
        if key not in self._heights:
            self._heights[key] = False
            self._heights[key] = self._fits(view, levels)
        return self._heights[key]

    def height(self, view: View) -> int:
        """In how many levels of objects and arrays a value can be finished, as far as that is looked at."""
        if id(view) not in self._least:
            levels = (levels for levels in range(HIGHEST) if self.fits(view, levels))
            self._least[id(view)] = next(levels, HIGHEST)
        return self._least[id(view)]

    def _fits(self, view: View, levels: int) -> bool:
        if view.is_impossible or not view.kinds:
            return False
        if view.forms:
            if len(view.forms) > _MOST_FORMS:
                return self.fits(self._without_forms(view), levels)
            branches = range(len(view.forms[0].branches))
            return any(self.fits(self.with_branch(view, at), levels) for at in branches)
        if view.choices is not None:
            return bool(view.choices)
        return any(self.holds(view, kind, levels) for kind in view.kinds)

    def _without_forms(self, view: View) -> View:
        """What is certain of a view: there are too many ways to go on to look at each."""
        if id(view) not in self._plain:
            self._plain[id(view)] = replace(view, forms=(), items=())
        return self._plain[id(view)]

    def holds(self, view: View, kind: str, levels: int) -> bool:
        """Can a value of that type be finished in so many levels of objects and arrays?"""
        if kind == "object":
            return all(levels > 0 and self.fits(self.child(view, name), levels - 1) for name in view.required)
        if kind == "array" and (view.most("minItems") or 0) > 0:
            return levels > 0 and self.fits(self.element(view, 0), levels - 1)
        return True

    def negated(self, schema: Any) -> Item:
        """The schema of everything that is not of this one."""
        if id(schema) not in self._negated:
            self._negated[id(schema)] = ({"not": schema}, "")
        return self._negated[id(schema)]

    def _flat(self, items: Iterable[Item]) -> View:
        """The parts of schemas, `$ref` and `allOf` followed, with the forms that they leave open."""
        parts: list[Item] = []
        forms: list[Form] = []
        excluded: list[Any] = []
        waiting = list(items)[::-1]
        seen: set[int] = set()
        impossible = False
        while waiting and len(seen) < _MOST_CHAINED:
            schema, pointer = waiting.pop()
            impossible = impossible or schema is False
            if not isinstance(schema, dict) or id(schema) in seen:
                continue
            seen.add(id(schema))
            parts.append((schema, pointer))
            forms += _forms(schema, pointer)
            if "not" in schema:
                excluded.append(schema["not"])
                impossible = impossible or schema["not"] is True or schema["not"] == {}
            waiting += [*self._composed(schema, pointer)][::-1]
        parts += _inherited(parts)
        return View(tuple(parts), tuple(forms), (), tuple(excluded), is_impossible=impossible)

    def _composed(self, schema: Mapping[str, Any], pointer: str) -> Iterator[Item]:
        reference = schema.get("$ref")
        if isinstance(reference, str) and reference.startswith("#") and reference[1:2] in ("", "/"):
            target = pointers.from_fragment(reference)
            with suppress(LookupError, ValueError):
                yield pointers.walk(self.content, target), target
        listed = schema.get("allOf")
        for at, each in enumerate(listed if isinstance(listed, list) else ()):
            yield each, _below(pointer, "allOf", at)


def _inherited(parts: Sequence[Item]) -> list[Item]:
    """What the discriminator of a schema says of those that include it with `allOf`."""
    found: list[Item] = []
    named = next((at for _, at in parts if at.startswith(_COMPONENTS)), "")
    for part, _ in parts if named else ():
        if "discriminator" in part and not part.keys() & {"oneOf", "anyOf"}:
            found += _discriminated(part)(pointers.to_fragment(named))
    return found


def _forms(schema: Mapping[str, Any], pointer: str) -> Iterator[Form]:
    for keyword in ("oneOf", "anyOf"):
        listed = schema.get(keyword)
        if isinstance(listed, list) and listed:
            named = _discriminated(schema)
            branches = tuple(
                ((each, _below(pointer, keyword, at)), *named(_reference(each)))
                for at, each in enumerate(listed)
            )
            yield Form(branches, keyword == "oneOf", schema)
    if "if" in schema and ("then" in schema or "else" in schema):
        positive = [(schema["if"], _below(pointer, "if"))]
        positive += [(schema["then"], _below(pointer, "then"))] if "then" in schema else []
        negative: list[Item] = [({"not": schema["if"]}, "")]
        negative += [(schema["else"], _below(pointer, "else"))] if "else" in schema else []
        yield Form((tuple(positive), tuple(negative)), is_exclusive=False)
    dependent = schema.get("dependentSchemas")
    for name, each in dependent.items() if isinstance(dependent, dict) else ():
        there = ({"required": [name]}, ""), (each, _below(pointer, "dependentSchemas", name))
        yield Form((there, (({"not": {"required": [name]}}, ""),)), is_exclusive=False)


def _reference(schema: Any) -> str:
    reference = schema.get("$ref") if isinstance(schema, dict) else None
    return reference if isinstance(reference, str) else ""


def _discriminated(schema: Mapping[str, Any]) -> Callable[[str], list[Item]]:
    """From a reference to what the schema's discriminator says of values of the schema referred to."""
    discriminator = schema.get("discriminator")
    name = discriminator.get("propertyName") if isinstance(discriminator, dict) else None
    mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
    targets = mapping.items() if isinstance(mapping, dict) else ()

    def named(reference: str) -> list[Item]:
        short = reference.rpartition("/")[2]
        if not isinstance(name, str) or not short:
            return []
        value = next((key for key, target in targets if target in (reference, short)), short)
        return [({"properties": {name: {DISCRIMINATED: value}}}, "")]

    return named


def _below(pointer: str, *tokens: str | int) -> str:
    return pointers.join(pointer, *tokens) if pointer else ""


def _own_property(part: Mapping[str, Any], pointer: str, name: str) -> Iterator[Item]:
    properties = part.get("properties")
    if isinstance(properties, dict) and name in properties:
        yield properties[name], _below(pointer, "properties", name)
    patterned = part.get("patternProperties")
    for pattern, schema in patterned.items() if isinstance(patterned, dict) else ():
        if matches(pattern, name):
            yield schema, _below(pointer, "patternProperties", pattern)


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


def _is_plain(schema: Any) -> bool:
    """Does a schema speak of nothing but the value itself, or join such schemas?"""
    if isinstance(schema, dict) and set(schema) == {"allOf"}:
        return all(map(_is_plain, schema["allOf"]))
    return isinstance(schema, dict) and bool(schema) and schema.keys() <= _PLAIN_KEYWORDS


def _is_excluded(view: View, name: str) -> bool:
    """Does a `not` forbid the property: `not: {required: [name]}`, alone or as one of `anyOf`?"""
    for each in view.excluded:
        forms = each.get("anyOf", [each]) if isinstance(each, dict) else ()
        for form in forms if isinstance(forms, list) else ():
            if isinstance(form, dict) and set(form) == {"required"} and form["required"][-1:] == [name]:
                return True
    return False


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _is_pattern(schema: Any) -> bool:
    """Is it all about a pattern?"""
    return isinstance(schema, dict) and "pattern" in schema and schema.keys() <= {"pattern", "type"}


def _is_plain_or_empty(schema: Mapping[str, Any]) -> bool:
    return not schema or _is_plain(schema)


def _assertions(part: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part without what only describes, and without the composition that was followed already."""
    return {key: value for key, value in part.items() if key not in _SILENT and not key.startswith("x-")}


def _alone(part: Mapping[str, Any], form: Form) -> Mapping[str, Any]:
    """The part without what was followed from it, and without the form."""
    followed = {"$ref", "allOf", "discriminator"} | ({"oneOf"} if part is form.of else set())
    return {key: value for key, value in part.items() if key not in followed | _LOOKING_BACK}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _anything(_: Any) -> bool:
    return True


def _said(parts: Sequence[Item], keyword: str) -> list[Any]:
    return [part[keyword] for part, _ in parts if keyword in part]
