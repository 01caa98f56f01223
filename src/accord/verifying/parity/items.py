"""In what two answers differ about the items that both sides have: their identities and their values."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from accord.document import pointers
from accord.mocking.resources import Resource
from accord.verifying.parity.comparing import Aspect, Unlike
from accord.verifying.parity.identities import Identities, is_name
from accord.verifying.parity.places import Shown, at, name_of, told_by
from accord.verifying.parity.sent import Sent, decided

_LONGEST = 60


class Pair(NamedTuple):
    """One item as both sides show it, and where in the answers it stands."""

    ours: Any
    theirs: Any
    place: str


class Items:
    """Compares what both sides show of items, by what requests have sent before."""

    def __init__(self, identities: Identities, sent: Sent) -> None:
        self._identities = identities
        self._sent = sent

    def learn(self, shown: Shown) -> None:
        """Takes in what both sides call the items of their answers, and what these refer to."""
        if not shown.is_list:
            self._identities.learn(shown.ours, shown.theirs)
        for pair in self._pairs(shown):
            names = (name_of(shown.resource, each) for each in pair[:2])
            self._identities.pair(shown.resource.name, *names)
            self._identities.learn(pair.ours, pair.theirs)
            for reference in shown.resource.references:
                values = (at(each, reference.pointer) for each in pair[:2])
                self._identities.pair(reference.resource, *values)
        told = (
            told_by(shown.described, shown.resource, shown.status, each)
            for each in (shown.ours, shown.theirs)
        )
        self._identities.pair(shown.resource.name, *told)

    def unlike(self, shown: Shown) -> Iterator[Unlike]:
        """What differs of the items that both answers have."""
        for pair in self._pairs(shown):
            yield from self._of_pair(shown.resource, pair, shown.rule)

    def _pairs(self, shown: Shown) -> Iterator[Pair]:
        """The items of both answers that are one thing. What is new to both goes by its place in the list."""
        for place, ours, theirs in shown.places():
            if not place.many:
                yield Pair(ours, theirs, place.pointer)
            elif isinstance(ours, list) and isinstance(theirs, list):
                yield from self._of_lists(shown.resource, ours, theirs, pointers.join(place.pointer, "*"))

    def _of_lists(self, resource: Resource, ours: list[Any], theirs: list[Any], place: str) -> Iterator[Pair]:
        by_name = {str(name_of(resource, each)): each for each in theirs}
        known = [(each, self._identities.mapped(resource.name, name_of(resource, each))) for each in ours]
        yield from (Pair(each, by_name[name], place) for each, name in known if name in by_name)
        new = [each for each, name in known if name is None]
        others = [
            each for each in theirs if self._identities.named(resource.name, name_of(resource, each)) is None
        ]
        if len(new) == len(others):
            yield from (Pair(one, other, place) for one, other in zip(new, others, strict=True))

    def _of_pair(self, resource: Resource, pair: Pair, rule: str) -> Iterator[Unlike]:
        names = [name_of(resource, each) for each in pair[:2]]
        own = resource.identifier.pointer if resource.identifier is not None else None
        is_known = any(self._sent.knows(resource.name, each) for each in self._meant(resource, names))
        if is_known and own and not self._identities.are_paired(resource.name, *names):
            yield Unlike(Aspect.IDENTITY, pair.place + own, rule, _written(names[0]), _written(names[1]))
            return
        kept = {*resource.read_only, *(each.pointer for each in resource.timestamps)}
        referring = {each.pointer: each.resource for each in resource.references}
        for place, said, one, other in decided(
            self._sent.of(resource.name, names[0]), pair.ours, pair.theirs
        ):
            is_typed = type(one) is type(other) or pair.place.endswith("*")
            of = referring.get(place.removesuffix("/*"), "")
            is_kept = said == one or self._are_alike(of, said, other)
            if place not in kept and is_typed and is_kept and not self._are_alike(of, one, other):
                yield Unlike(Aspect.VALUE, pair.place + place, rule, _written(one), _written(other))

    def _meant(self, resource: Resource, names: Sequence[Any]) -> Iterator[Any]:
        """What our side calls the items that have these names, ours and theirs."""
        if None not in names:
            yield names[0]
            yield self._identities.named(resource.name, names[1])

    def _are_alike(self, resource: str, one: Any, other: Any) -> bool:
        """Are both one value? `resource`: they are names of an item of that."""
        if resource and is_name(one) and is_name(other):
            mapped = self._identities.mapped(resource, one)
            return str(other) == (str(one) if mapped is None else mapped)
        if isinstance(one, str) and isinstance(other, str):
            text = self._identities.text(one)
            return text == other or are_one(text, other)
        return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def are_one(one: str, other: str) -> bool:
    """Are these two ways to write one UUID, or one moment?"""
    for read in (UUID, datetime.fromisoformat):
        with suppress(ValueError):
            return bool(read(one) == read(other))
    return False


def _written(value: Any) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
