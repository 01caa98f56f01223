"""Objects: what is required, what there is room for, and entries of maps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from accord.schemas.sampling import agreement
from accord.schemas.sampling.agreement import agreed
from accord.schemas.sampling.lexicon import KEYS
from accord.schemas.sampling.settled import maker_of
from accord.schemas.sampling.synthesis import matching
from accord.schemas.sampling.unsatisfied import Unsatisfied

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from accord.schemas.sampling.chance import Dice
    from accord.schemas.sampling.places import Place
    from accord.schemas.sampling.production import Production
    from accord.schemas.sampling.settled import Maker
    from accord.schemas.sampling.views import View

_MOST_MADE = 200
_ENTRIES = 2
_LEAST_SHARE = 2
_LONGEST_NAME = 40
_TEXT = {"type": "string"}
_TRIES_OF_A_NAME = 6
_LENGTHS_OF_NAMES = (1, 2, 3, 5, 8)


def object_of(production: Production, view: View, place: Place, share: int, guide: Any) -> dict[str, Any]:
    """An object; its properties in the contract's order. Raises Unsatisfied where one cannot be made."""
    guided = guide if isinstance(guide, dict) else None
    members = _members(production, view, place, share, guided)
    result: dict[str, Any] = {}
    for name, make in members.makers:
        try:
            result[name] = make(production)
        except Unsatisfied:
            if name in view.required and not production.way.is_lenient:
                raise
    return agreed(production, view, result) if members.may_agree else result


class _Members(NamedTuple):
    """The properties that an object gets: their names, and what makes their values."""

    makers: Sequence[tuple[str, Maker]]
    may_agree: bool
    """May numbers among them speak of others?"""


def _members(
    production: Production, view: View, place: Place, share: int, guided: dict[str, Any] | None
) -> _Members:
    """The properties that the object gets; found once where they are no matter of chance."""
    maker = partial(_Maker, production, view, place, share, guided)
    if guided is not None:
        return maker().members()
    terms = "object", view, share, production.way.terms
    settled = place.once(terms, lambda: maker().settled())
    return maker().members() if settled is None else settled


@dataclass(frozen=True, eq=False)
class _Maker:
    """Decides which properties one object gets."""

    production: Production
    view: View
    place: Place
    share: int
    guide: dict[str, Any] | None

    @cached_property
    def active(self) -> frozenset[int]:
        """The schemas of this object and of those around it."""
        return self.place.active | self.view.shapes

    def members(self) -> _Members:
        """The properties, in order."""
        names = self._settled()
        names += self._made(set(names), self._wanted_count(names))
        return self._placed([*names, *self._unruly(names)])

    def settled(self) -> _Members | None:
        """The properties, if none of them is a matter of chance."""
        names = self._settled()
        is_settled = not self._wanted_count(names) and not self._rules()
        return self._placed(names) if is_settled else None

    def _placed(self, names: Sequence[str]) -> _Members:
        """The properties of these names, what there is to spend shared out among those that hold others."""
        children = {name: self.production.reader.child(self.view, name) for name in names}
        composite = sum(child.is_composite for child in children.values())
        each = max(1, (self.share - len(names)) // max(1, composite))
        place = self.place.holding(self.view.component, frozenset(names))
        makers = [(name, self._maker(name, child, place, each)) for name, child in children.items()]
        may_agree = self.guide is None and agreement.may_agree({*map(self.production.words.plain, children)})
        return _Members(makers, may_agree)

    def _maker(self, name: str, child: View, place: Place, share: int) -> Maker:
        where = place.member(name, self.active)
        if self.guide is not None and name in self.guide:
            return partial(_near, child, where, share, self.guide[name])
        return maker_of(self.production, child, where, share)

    def _settled(self) -> list[str]:
        """The names that are no matter of chance, in order."""
        required = self._with_dependants(set(self.view.required))
        optional = {name for name in self._optional() if name not in required}
        if self.view.dependants:
            optional = set().union(*(self._with_what_it_needs(name, required) for name in optional))
        chosen = required | optional
        order = (*(self.guide or ()), *self.view.declared, *self.view.required, *sorted(chosen))
        names = [name for name in dict.fromkeys(order) if name in chosen]
        return self._trimmed(names, required)

    def _optional(self) -> Iterator[str]:
        if self.guide is None:
            return (name for name in self.view.declared if self._has_room(name))
        return (name for name in self.guide if self._may_be(name))

    def _with_dependants(self, names: set[str]) -> set[str]:
        """The names, with those that `dependentRequired` asks for beside them."""
        tables = self.view.dependants
        waiting = list(names) if tables else []
        while waiting:
            name = waiting.pop()
            for table in tables:
                fresh = [other for other in table.get(name, ()) if other not in names]
                names.update(fresh)
                waiting += fresh
        return names

    def _with_what_it_needs(self, name: str, required: set[str]) -> set[str]:
        """An optional name and those that it depends on; none where one of these may not be."""
        names = self._with_dependants({name})
        others = names - required - {name}
        return names if all(self._may_be(other) for other in others) else set()

    def _may_be(self, name: str) -> bool:
        return self.production.reader.may_be(self.view, name)

    def _has_room(self, name: str) -> bool:
        """Is an optional property made? Not where it recurs, leads too deep, or nothing is left to spend."""
        if self.production.way.is_lean or not self._may_be(name):
            return False
        child = self.production.reader.child(self.view, name)
        if not child.is_composite:
            return True
        left = self.production.way.levels - self.place.depth - 1
        recurs = not child.shapes.isdisjoint(self.active)
        has_levels = left >= 0 and self.production.reader.fits(child, left)
        return self.share >= _LEAST_SHARE and has_levels and not recurs

    def _trimmed(self, names: list[str], required: set[str]) -> list[str]:
        """No more names than `maxProperties`: the last optional ones go."""
        most = self.view.least("maxProperties")
        while most is not None and len(names) > most:
            optional = [name for name in names if name not in required]
            if not optional:
                break
            names.remove(optional[-1])
            kept = set(names)
            names = [name for name in names if name in required or self._with_dependants({name}) <= kept]
        return names

    def _wanted_count(self, names: list[str]) -> int:
        """How many more properties are made: what `minProperties` lacks, or a few entries of a map."""
        lacking = max(0, int(self.view.most("minProperties") or 0) - len(names))
        is_done = bool(names or self.view.declared or self.guide is not None or self.production.way.is_lean)
        if lacking or is_done or not self.production.fills or self.share < _LEAST_SHARE:
            return min(lacking, _MOST_MADE)
        is_map = any(isinstance(value, dict) and value for value in self.view.every("additionalProperties"))
        is_map = is_map or any(value for value in self.view.every("patternProperties"))
        most = self.view.least("maxProperties")
        return min(_ENTRIES, _ENTRIES if most is None else int(most)) if is_map else 0

    def _made(self, taken: set[str], count: int) -> Iterator[str]:
        """New names for so many entries, such as the contract allows."""
        for name in self._free_names() if count else ():
            if name in taken or not self._may_be(name) or not self._is_worth_it(name, taken):
                continue
            taken.add(name)
            yield name
            count -= 1
            if count <= 0:
                return

    def _unruly(self, names: list[str]) -> Iterator[str]:
        """Names that break a rule for all names, where there must be one that does."""
        for rule in self._rules():
            ruled = self.production.reader.view((rule, ""))
            broken = self.production.reader.view((_TEXT, ""), self.production.reader.negated(rule))
            if all(self.production.reader.admits(ruled, name) for name in names):
                yield str(self.production.value(broken, self.place.member("name", self.active), 1))

    def _rules(self) -> list[Any]:
        """The rules for all names of which one must be broken."""
        return [each["propertyNames"] for each in self.view.excluded if _is_rule_of_names(each)]

    def _is_worth_it(self, name: str, taken: set[str]) -> bool:
        """Must there be another entry, or is there room for one?"""
        if int(self.view.most("minProperties") or 0) > len(taken):
            return True
        child = self.production.reader.child(self.view, name)
        recurs = not child.shapes.isdisjoint(self.active)
        return not recurs and self.production.reader.fits(
            child, self.production.way.levels - self.place.depth - 1
        )

    def _free_names(self) -> Iterator[str]:
        """Candidates for names, those first that the contract's own words ask for."""
        yield from self.view.declared
        for schema in self.view.every("propertyNames"):
            names = self.production.reader.view((schema, ""), (_TEXT, ""))
            yield from (choice for choice in names.choices or () if isinstance(choice, str))
            yield from self._chosen_names(names)
        dice = self.production.dice(f"{self.place.path} names")
        for patterned in self.view.every("patternProperties"):
            for pattern in patterned if isinstance(patterned, dict) else ():
                for low in _LENGTHS_OF_NAMES:
                    yield from matching(pattern, low, _LONGEST_NAME, dice)
        yield from self._usual_keys(dice)
        yield from (f"key_{at}" for at in range(_MOST_MADE))

    def _usual_keys(self, dice: Dice) -> Iterator[str]:
        """What entries are often called, beginning anywhere."""
        start = dice.between(0, len(KEYS) - 1)
        yield from (*KEYS[start:], *KEYS[:start])

    def _chosen_names(self, names: View) -> Iterator[str]:
        """Names that satisfy `propertyNames`."""
        count = _ENTRIES + int(self.view.most("minProperties") or 0)
        for at in range(count * _TRIES_OF_A_NAME):
            name = self.production.value(names, self.place.member(f"name{at}", self.active, at), 1)
            if isinstance(name, str):
                yield name


def _near(view: View, place: Place, share: int, guide: Any, production: Production) -> Any:
    return production.value(view, place, share, guide)


def _is_rule_of_names(schema: Any) -> bool:
    return (
        isinstance(schema, dict) and "propertyNames" in schema and schema.keys() <= {"type", "propertyNames"}
    )
