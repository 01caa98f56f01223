"""Bodies of responses that hold items: the contract's own answer, with what is kept laid into it."""

from collections.abc import Mapping, Sequence
from typing import Any

from accord.contract import MediaType
from accord.document import pointers
from accord.mocking.resources import Member, Place
from accord.mocking.state.making import Maker
from accord.mocking.state.outcomes import Done
from accord.mocking.state.world import Item, found, laid
from accord.mocking.values import Values


class Layer:
    """Lays items into the values of bodies."""

    def __init__(self, values: Values, maker: Maker) -> None:
        self._values = values
        self._maker = maker

    def body(
        self,
        template: Any,
        media_type: MediaType,
        place: Place,
        done: Done,
        *,
        members: Sequence[Member] = (),
        key: str,
    ) -> Any:
        """The body: the contract's answer with the items in their place, valid by the media type's schema."""
        if place.many and done.items is not None:
            held: Any = [self._shaped(place, item) for item in done.items]
        elif done.item is not None:
            held = self._shaped(place, done.item)
            held = [held] if place.many else held
        else:
            return template
        value = laid(template, pointers.split(place.pointer), held)
        value = _with_members(value, members, done.members)
        return value if media_type.schema is None else self._maker.fitting(media_type.schema, value, key)

    def _shaped(self, place: Place, item: Item) -> Any:
        """The item's value as its place has it, where other schemas describe it in less or in more."""
        known = item.answers.get(place.schema)
        if known is None:
            known = item.answers[place.schema] = self._maker.fitting(place.schema, item.value, item.id)
        return known


def _with_members(value: Any, members: Sequence[Member], said: Mapping[str, Any]) -> Any:
    """The value with what its envelope says of the list, where that is of the type that it has there."""
    for member in members:
        tokens = pointers.split(member.pointer)
        new = said.get(member.kind)
        if member.kind not in said or (new is not None and _is_other(found(value, tokens), new)):
            continue
        value = laid(value, tokens, new)
    return value


def _is_other(old: Any, new: Any) -> bool:
    """Are they of different types, so that one cannot stand for the other?"""
    return old is not None and isinstance(old, str) != isinstance(new, str)
