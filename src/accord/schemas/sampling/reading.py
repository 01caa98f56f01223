"""The reading of a document's schemas as views, each once, and what of them can be finished or proved."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from accord.document import pointers
from accord.schemas.sampling.canonical import canonical_of
from accord.schemas.sampling.forms import forms_of, inherited
from accord.schemas.sampling.roots import Roots
from accord.schemas.sampling.views import LOOKING_BACK, Form, Item, View, below, is_plain

HIGHEST = 12
"""How many levels are looked at to find out whether a value can be finished."""
_SILENT = frozenset(
    ("title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "externalDocs",
     "xml", "$comment", "$ref", "allOf")
)  # fmt: skip
_ROOM = 10_000
"""How many values samples may have whose places are kept; each takes some 2 kB."""
_MOST_CHAINED = 200
_MOST_FORMS = 3
_MOST_BRANCHES = 12
_CHEAP_BRANCHES = 8


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
        self.roots = Roots(_ROOM)
        """Where samples begin."""
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
            flat = self.view(*form.branches[at])
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
            other = self.view(*branch)
            told = () if branch is form.branches[at] else other.once("plain", partial(_plain, other))
            if told:
                yield told[0] if len(told) == 1 else {"allOf": told}

    def _avoided(self, view: View, form: Form, at: int, chosen: View) -> frozenset[str]:
        """Optional properties that would make the value fit another branch of `oneOf`, too."""
        if not form.is_exclusive:
            return frozenset()
        needed = {*view.required, *chosen.required}
        found = set()
        for branch in (branch for index, branch in enumerate(form.branches) if index != at):
            other = self.view(*branch)
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
            sum(self.admits(self.view(*branch), value) for branch in form.branches) for form in view.forms
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
            forms += forms_of(schema, pointer)
            if "not" in schema:
                excluded.append(schema["not"])
                impossible = impossible or schema["not"] is True or schema["not"] == {}
            waiting += [*self._composed(schema, pointer)][::-1]
        parts += inherited(parts)
        return View(tuple(parts), tuple(forms), (), tuple(excluded), is_impossible=impossible)

    def _composed(self, schema: Mapping[str, Any], pointer: str) -> Iterator[Item]:
        reference = schema.get("$ref")
        if isinstance(reference, str) and reference.startswith("#") and reference[1:2] in ("", "/"):
            target = pointers.from_fragment(reference)
            with suppress(LookupError, ValueError):
                yield pointers.walk(self.content, target), target
        listed = schema.get("allOf")
        for at, each in enumerate(listed if isinstance(listed, list) else ()):
            yield each, below(pointer, "allOf", at)


def _is_excluded(view: View, name: str) -> bool:
    """Does a `not` forbid the property: `not: {required: [name]}`, alone or as one of `anyOf`?"""
    for each in view.excluded:
        forms = each.get("anyOf", [each]) if isinstance(each, dict) else ()
        for form in forms if isinstance(forms, list) else ():
            if isinstance(form, dict) and set(form) == {"required"} and form["required"][-1:] == [name]:
                return True
    return False


def _plain(view: View) -> Sequence[Mapping[str, Any]]:
    """What the parts of a view assert, if all of that is plain."""
    told = [each for part, _ in view.parts if (each := _assertions(part))]
    return told if not view.forms and not view.excluded and all(map(is_plain, told)) else []


def _assertions(part: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part without what only describes, and without the composition that was followed already."""
    return {key: value for key, value in part.items() if key not in _SILENT and not key.startswith("x-")}


def _alone(part: Mapping[str, Any], form: Form) -> Mapping[str, Any]:
    """The part without what was followed from it, and without the form."""
    followed = {"$ref", "allOf", "discriminator"} | ({"oneOf"} if part is form.of else set())
    return {key: value for key, value in part.items() if key not in followed | LOOKING_BACK}
