"""One value for a view: the forms chosen, then what the contract gives, then what is made."""

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from accord.findings import Finding
from accord.schemas.derived import Direction
from accord.schemas.sampling.arrays import array
from accord.schemas.sampling.chance import Dice, seed_of
from accord.schemas.sampling.faking import UnknownFaker, as_kinds, faked, unusable
from accord.schemas.sampling.identities import spelled
from accord.schemas.sampling.objects import object_of
from accord.schemas.sampling.places import Place
from accord.schemas.sampling.reading import Exact, Reader
from accord.schemas.sampling.scalars import LONGEST, Make, document, lengths, scalar_of
from accord.schemas.sampling.scenes import Scene
from accord.schemas.sampling.texts import choice_of
from accord.schemas.sampling.told import Subject, Told
from accord.schemas.sampling.unsatisfied import Unsatisfied
from accord.schemas.sampling.views import View
from accord.schemas.sampling.ways import Way
from accord.schemas.sampling.words import Words
from accord.schemas.validators import Schemas

ABSENT: Any = object()
_NONE_POSSIBLE = "none of the forms that the contract allows is possible"
_DEEPEST = 40
_MOST_SPENT = 5_000
_DEEPEST_LENIENT = 4
_NEUTRAL: Mapping[str, Any] = {
    "string": "",
    "integer": 0,
    "number": 0,
    "boolean": False,
    "object": {},
    "array": [],
}


@dataclass(eq=False)
class Production:
    """The making of one sample: how deep, how much, and how much is checked on the way."""

    schemas: Schemas
    reader: Reader
    scene: Scene
    direction: Direction
    seed: int
    way: Way
    most_steps: int = 8_000
    fills: bool = True
    wanted: Mapping[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    steps: int = field(default=0, init=False)
    spent: int = field(default=0, init=False)

    def dice(self, path: str) -> Dice:
        """Chance that the seed and a path decide."""
        return Dice(self.seed ^ seed_of(path))

    @property
    def words(self) -> Words:
        """The words that its texts are made of."""
        return self.scene.words

    def told(self, view: View, place: Place, low: int = 0, high: int = 0) -> Told:
        """What there is to know of the value that stands at a place."""
        return self._of(place.once((view, low, high), lambda: self._subject(view, place, low, high)))

    def _of(self, subject: Subject) -> Told:
        return Told(subject, self.scene, Dice(self.seed ^ subject.seed))

    def scalar(self, kind: str, view: View, place: Place) -> tuple[Subject, Make]:
        """What is known of the value that stands at a place, and what makes it, of this type."""
        return place.once((kind, view), lambda: self._scalar(kind, view, place))

    def _scalar(self, kind: str, view: View, place: Place) -> tuple[Subject, Make]:
        subject = self._subject(view, place, *(lengths(view) if kind == "string" else (0, 0)))
        return subject, scalar_of(kind, view, subject)

    def choice(self, view: View, place: Place) -> tuple[Subject, Make]:
        """What is known of the value that stands at a place, and what takes it from its choices."""
        return place.once(("choice", view), lambda: self._chooser(view, place))

    def _chooser(self, view: View, place: Place) -> tuple[Subject, Make]:
        subject = self._subject(view, place, 0, 0)
        return subject, choice_of(_useful(view.choices or ()), subject)

    def _subject(self, view: View, place: Place, low: int, high: int) -> Subject:
        title, said, format_ = view.labels
        said = said or (place.parent.said if place.parent else "")
        return Subject(self.words.plain(place.name or title), place, self.words, said, format_, low, high)

    def value(self, view: View, place: Place, share: int, guide: Any = ABSENT) -> Any:
        """A value; near to the guide, where there is one. Raises Unsatisfied."""
        self.steps += 1 + len(view.forms)
        if self.steps > self.most_steps:
            raise Unsatisfied(place.path, "too many ways were tried")
        if place.depth > (_DEEPEST_LENIENT if self.way.is_lenient else _DEEPEST):
            raise Unsatisfied(place.path, "it requires itself without end")
        if view.is_impossible:
            raise Unsatisfied(place.path, "nothing is allowed here")
        given = self._wanted(view, place) if place.identity in self.wanted else ABSENT
        given = self._given(view, place, guide) if given is ABSENT else given
        if given is not ABSENT:
            return given
        if self.way.is_careful and view.items:
            return self._checked(view, place, share, guide)
        return self._made(view, place, share, guide)

    def _made(self, view: View, place: Place, share: int, guide: Any) -> Any:
        if view.forms:
            return self._formed(view, place, share, guide)
        return self._plain(view, place, share, guide)

    def _checked(self, view: View, place: Place, share: int, guide: Any) -> Any:
        """A value that satisfies its schema, by the canonical form where none is found otherwise."""
        reason: Unsatisfied | None = None
        best = ABSENT
        for each in self._said(view, place):
            try:
                value = self._made(each, place, share, guide)
            except Unsatisfied as unsatisfied:
                reason = reason or unsatisfied
                continue
            if not view.is_hard or self.is_valid(view, value):
                return value
            best = value if best is ABSENT else best
        if best is ABSENT:
            raise reason or Unsatisfied(place.path, _NONE_POSSIBLE)
        return best

    def _said(self, view: View, place: Place) -> Iterator[View]:
        """The view, then its canonical form; the other way about where its values cannot be judged."""
        is_judged = not view.is_hard or all(pointer for _, pointer in view.items)
        if is_judged:
            yield view
        exact = self._affordable(self.reader.exact, view)
        if exact is not None and exact.is_impossible:
            raise Unsatisfied(place.path, "no value can satisfy its schema")
        if exact is not None:
            yield exact
        if not is_judged:
            yield view

    def is_valid(self, view: View, value: Any) -> bool:
        """Does the value satisfy the schemas that the view began with?"""
        return all(self.schemas.at(pointer, self.direction).is_valid(value) for pointer in view.origins)

    def _wanted(self, view: View, place: Place) -> Any:
        """The identity that was asked for, where the value here is that one and may be it."""
        spellings = spelled(self.wanted.get(place.identity))
        return next((each for each in spellings if view.admits(each) and self.is_valid(view, each)), ABSENT)

    def _given(self, view: View, place: Place, guide: Any) -> Any:
        """What the contract or its author says the value is, where that holds."""
        if guide is not ABSENT:
            if not isinstance(guide, dict | list) and view.admits(guide) and self.is_valid(view, guide):
                return guide
            return ABSENT
        if not view.says_values:
            return ABSENT
        for said, pointer in view.fakers if self.way.uses_examples else ():
            if (value := self._faked(said, pointer, view, place)) is not ABSENT:
                return value
        is_alone = place.index and self.words.identifies(place.name)
        is_free = self.way.uses_examples and not place.turn and not is_alone
        for example in self._examples(view) if is_free else view.discriminated:
            if is_free or (view.admits(example) and self.is_valid(view, example)):
                return copy.deepcopy(example)
        return ABSENT

    def _examples(self, view: View) -> tuple[Any, ...]:
        """The examples of a view that are valid; judged once."""
        if not view.examples:
            return ()
        known = self.reader.examples.get(id(view))
        if known is None:
            valid = (each for each in view.examples if view.admits(each) and self.is_valid(view, each))
            known = self.reader.examples[id(view)] = tuple(valid)
        return known

    def _faked(self, said: Any, pointer: str, view: View, place: Place) -> Any:
        """What an `x-faker` gives, where the schema allows it; else a finding."""
        told = self.told(
            view, place, int(view.most("minLength") or 0), int(view.least("maxLength") or LONGEST)
        )
        try:
            for value in faked(said, told):
                for each in as_kinds(value, view.kinds, view.text("format")):
                    if each is not None and view.admits(each) and self.is_valid(view, each):
                        return each
        except UnknownFaker as unknown:
            near = ", ".join(unknown.nearest)
            hint = f"the nearest names are {near}" if near else "use a name of faker.js or of Python's Faker"
            self.findings.append(unusable(said, pointer, "is unknown", hint))
            return ABSENT
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            self.findings.append(
                unusable(said, pointer, "has arguments that it does not take", "correct them")
            )
            return ABSENT
        hint = "correct it, or the schema; until then the value is made by the schema alone"
        self.findings.append(unusable(said, pointer, "gives what the schema does not allow", hint))
        return ABSENT

    def _formed(self, view: View, place: Place, share: int, guide: Any) -> Any:
        """A value by the first branch of the first form that leads to one."""
        reason: Unsatisfied | None = None
        best = ABSENT
        below = _turned(place, len(view.forms[0].branches))
        for branch in self._branches(view, place, guide):
            try:
                value = self.value(branch, below, share, guide)
            except Unsatisfied as unsatisfied:
                reason = unsatisfied
                continue
            if not self.way.is_careful or self.is_valid(view, value):
                return value
            best = value if best is ABSENT else best
        if best is ABSENT:
            raise reason or Unsatisfied(place.path, _NONE_POSSIBLE)
        return best

    def _branches(self, view: View, place: Place, guide: Any) -> Iterator[View]:
        """The branches of the first form; of an exclusive one also such as exclude the others."""
        terms = "ranked", view, self.way.levels, self.way.turn, self.way.is_lean
        find = partial(self._ranked, view, place, guide)
        ranked = place.once(terms, find) if guide is ABSENT else find()
        if view.origins or not self.way.is_careful or not view.forms[0].is_exclusive:
            yield from (self.reader.with_branch(view, at) for at in ranked)
        if self.way.is_careful and view.forms[0].is_exclusive:
            exact = (self._affordable(self.reader.exact_branch, view, at) for at in ranked)
            yield from (each for each in exact if each is not None)

    def _affordable(self, find: Callable[..., Exact], *of: Any) -> View | None:
        """A view of a canonical form, while there is something left to spend on such."""
        if self.spent > _MOST_SPENT:
            return None
        exact = find(*of)
        self.spent += exact.cost
        return exact.view

    def _ranked(self, view: View, place: Place, guide: Any) -> list[int]:
        """The branches of the first form, the most promising first."""
        branches = range(len(view.forms[0].branches))
        views = {at: self.reader.with_branch(view, at) for at in branches}
        left = max(0, self.way.levels - place.depth)
        at = (self.way.turn + place.turn) % len(views)
        turned = [*branches][at:] + [*branches][:at]
        if guide is not ABSENT:
            return sorted(turned, key=lambda at: -_likeness(views[at], guide))
        possible = [at for at in turned if views[at].kinds and not views[at].is_impossible]
        return sorted(possible, key=lambda at: self._rank(views[at], place, left))

    def _rank(self, view: View, place: Place, left: int) -> tuple[bool, bool, bool, int]:
        """The lower, the sooner a branch is tried: what ends in time, does not recur and is not null."""
        height = self._height(view, left)
        is_deep = height > left
        return (
            is_deep,
            _recurs(view, place),
            view.kinds == ("null",) and not place.turn,
            height if is_deep or (self.way.is_lean and not place.turn) else 0,
        )

    def _height(self, view: View, left: int) -> int:
        """In how many levels a value can be finished; one number for all that are within `left`."""
        height = self.reader.height(view)
        return height if height > left or self.way.is_lean else left

    def _plain(self, view: View, place: Place, share: int, guide: Any) -> Any:
        """A value by a view without forms."""
        choices = view.choices
        if choices is not None:
            if not choices and self.way.is_lenient:
                listed = next(view.every("enum"), None) or [next(view.every("const"), None)]
                return copy.deepcopy(listed[0])
            if not choices:
                raise Unsatisfied(place.path, "no value of its enum is allowed by the rest of the schema")
            return copy.deepcopy(self._choice(choices, view, place))
        below = _turned(place, len(view.kinds))
        for kind in self._kinds(view, place, guide):
            value = self._of_kind(kind, view, below, share, guide)
            if value is not None or kind == "null":
                return value
        if self.way.is_lenient and view.text("format") and "string" in view.kinds:
            # A format that excludes the rest is given up: many programs do not judge it.
            parts = [
                ({key: said for key, said in part.items() if key != "format"}, "") for part, _ in view.parts
            ]
            subject, make = self._scalar("string", replace(view, parts=tuple(parts), items=()), place)
            if (value := make(self._of(subject))) is not None:
                return value
        if self.way.is_lenient:
            kind = next((kind for types in view.every("type") for kind in _NEUTRAL if kind in types), "")
            return copy.deepcopy(_NEUTRAL.get(kind))
        raise Unsatisfied(place.path, f"{view.told} exclude each other")

    def _choice(self, choices: tuple[Any, ...], view: View, place: Place) -> Any:
        if place.turn:
            return choices[place.turn % len(choices)]
        if self.way.turn:
            useful = _useful(choices)
            return useful[(self.way.turn + place.index) % len(useful)]
        subject, make = self.choice(view, place)
        return make(self._of(subject))

    def _kinds(self, view: View, place: Place, guide: Any) -> Sequence[str]:
        """The types of a view in the order in which they are tried."""
        kinds = view.kinds
        if len(kinds) == 1:
            return kinds
        wanted = "object" if isinstance(guide, dict) else "array" if isinstance(guide, list) else ""
        first = (wanted,) if wanted in kinds else ()
        if place.turn and kinds:
            at = place.turn % len(kinds)
            return (*first, *kinds[at:], *kinds[:at])
        left, recurs = max(0, self.way.levels - place.depth), _recurs(view, place)
        terms = "kinds", left, recurs, self.way.turn
        return first + view.once(terms, lambda: self._ranked_kinds(view, left, recurs=recurs))

    def _ranked_kinds(self, view: View, left: int, *, recurs: bool) -> tuple[str, ...]:
        """The types of a view, those first that can be finished in so many levels."""
        real = [kind for kind in view.kinds if kind != "null"]
        at = self.way.turn % len(real) if real else 0
        turned = real[at:] + real[:at] + [kind for kind in view.kinds if kind == "null"]
        return tuple(
            sorted(
                turned,
                key=lambda kind: (
                    not self.reader.holds(view, kind, left),
                    recurs and kind in ("object", "array"),
                ),
            )
        )

    def _of_kind(self, kind: str, view: View, place: Place, share: int, guide: Any) -> Any:
        if kind == "object":
            return object_of(self, view, place, share, guide if isinstance(guide, dict) else ABSENT)
        if kind == "array":
            return array(self, view, place, share, guide if isinstance(guide, list) else ABSENT)
        if kind == "null":
            return None
        if "contentSchema" in view.keywords and (found := document(self, view, place)) is not None:
            return found
        subject, make = self.scalar(kind, view, place)
        return make(self._of(subject))


def _useful(choices: Sequence[Any]) -> Sequence[Any]:
    """The choices without null, where there are others."""
    return [choice for choice in choices if choice is not None] or choices


def _likeness(view: View, guide: Any) -> float:
    """How much of the guide a branch knows, less what it misses or has as something else."""
    if not isinstance(guide, dict):
        return float(view.admits(guide))
    known = sum(_knows(view, name, held) for name, held in guide.items())
    missing = sum(name not in guide for name in view.required)
    return known - missing


def _knows(view: View, name: str, held: Any) -> int:
    """Is the property one of the branch: 1 or 0; -1 where it says that its value is another."""
    if name not in view.declared:
        return 0
    for part, _ in view.property_items(name):
        listed = (
            part.get("enum", [part["const"]] if "const" in part else None) if isinstance(part, dict) else None
        )
        if isinstance(listed, list) and held not in listed:
            return -1
    return 1


def _turned(place: Place, ways: int) -> Place:
    """The place as one of so many ways sees it: each of them has its turn before one has another."""
    return replace(place, turn=place.turn // ways) if place.turn and ways > 1 else place


def _recurs(view: View, place: Place) -> bool:
    return not view.shapes.isdisjoint(place.active)
