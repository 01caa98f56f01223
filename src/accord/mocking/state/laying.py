"""Bodies of responses that hold items: the contract's own answer, with what is kept laid into it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from accord.contract import MediaType
from accord.document import pointers
from accord.document.pointers import found, laid, without
from accord.exchange import ABSENT
from accord.mocking.resources import Member, Place, Resource
from accord.mocking.state.making import Maker
from accord.mocking.state.outcomes import Done
from accord.mocking.state.world import Item
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
        key: str,
        shown: Callable[[Item], Any],
    ) -> Any:
        """The body: the contract's answer with the items in their place, valid by the media type's schema.

        `shown` is the value of an item as it is to be there.
        """
        if place.many and done.items is not None:
            held: Any = [shown(item) for item in done.items]
        elif done.item is not None:
            held = shown(done.item)
        else:
            return template
        if self._is_whole(media_type.schema, place):
            return held
        value = place.laid_in(template, held)
        value = self._with_members(value, media_type.schema, place.members, done.members)
        return value if media_type.schema is None else self._maker.fitting(media_type.schema, value, key)

    def shaped(self, place: Place, item: Item, named: str | None) -> Any:
        """The item's value as its place has it, where other schemas describe it in less or in more.

        `named` is the pointer into an item to its identifier, which one may not have where it is read.
        """
        home = self._maker.home(place.schema)
        known = item.answers.get(home)
        if known is None:
            value, tokens = item.value, pointers.split(named or "")
            if named and found(value, tokens) is None:
                at = self._maker.schema_at(place.schema, named)
                value = value if at is None else laid(value, tokens, self._maker.typed(at, item.id))
            known = item.answers[home] = self._maker.fitting(place.schema, value, item.id)
        return known

    def is_kept(self, schema: str | None, place: Place | None, resource: Resource) -> bool:
        """Is the body an item of the resource as it is kept?"""
        if place is None or not self._is_whole(schema, place):
            return False
        return self._maker.home(place.schema) == resource.schema

    def _is_whole(self, schema: str | None, place: Place) -> bool:
        """Is the body the item, by the very same schema? Then it was made valid as that."""
        meant = self._values.schemas.meant
        is_alone = not (place.pointer or place.many)
        return is_alone and schema is not None and meant(schema) == meant(place.schema)

    def identified(self, template: Any, schema: str | None, pointer: str, item: Item) -> Any:
        """The contract's answer with the identifier of an item where it tells that."""
        place = None if schema is None else self._maker.schema_at(schema, pointer)
        return laid(template, pointers.split(pointer), self._maker.typed(place, item.id))

    def _with_members(
        self, value: Any, schema: str | None, members: Sequence[Member], said: Mapping[str, Any]
    ) -> Any:
        """The value with what its envelope says of the list, where that is of the type that it has there."""
        for member in members:
            tokens, new = pointers.split(member.pointer), said.get(member.kind)
            if member.kind not in said or (new is not None and _is_other(found(value, tokens), new)):
                continue
            if new is None and schema is not None:
                tokens = tokens[:-1] if tokens[-1] == "href" else tokens  # no page, no link to it
                new = self._maker.nothing_at(schema, pointers.join("", *tokens))
            value = without(value, tokens) if new is ABSENT else with_address(value, tokens, new)
        return value


def with_address(value: Any, tokens: list[str], address: Any) -> Any:
    """The value with an address under these keys, which is no template any more (HAL's `templated`)."""
    holder = found(value, tokens[:-1])
    if tokens[-1] == "href" and isinstance(holder, dict) and "templated" in holder:
        value = laid(value, [*tokens[:-1], "templated"], new=False)
    return laid(value, tokens, address)


def _is_other(old: Any, new: Any) -> bool:
    """Are they of different types, so that one cannot stand for the other?"""
    return old is not None and isinstance(old, str) != isinstance(new, str)
