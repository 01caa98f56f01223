"""The items that others name and an answer has beside them: JSON:API's `included`."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from accord.document import pointers
from accord.document.pointers import found
from accord.mocking.resources import Resource
from accord.mocking.state.asked import Asked
from accord.mocking.state.world import Item, World

_PARAMETER = ("query", "include")
_RELATION = 1
"""Where in the pointer of a relationship's identifier its name stands: `/relationships/author/data/id`."""


def asks_for_more(asked: Asked) -> bool:
    """Does a request ask for the items that others name?"""
    return _PARAMETER in asked.parameters


def included(resource: Resource, items: Iterable[Item], asked: Asked, world: World) -> list[Any]:
    """The values of what items of a resource name by the relationships that are asked for, each once."""
    wanted = asked.parameters.get(_PARAMETER)
    relations = wanted if isinstance(wanted, list) else str(wanted or "").split(",")
    named: Mapping[tuple[str, str], Any] = {
        (name, other.id): other.value
        for item in items
        for name, other in _named(resource, item, frozenset(map(str, relations)), world)
    }
    return list(named.values())


def _named(
    resource: Resource, item: Item, relations: frozenset[str], world: World
) -> Iterator[tuple[str, Item]]:
    for reference in resource.references:
        tokens = pointers.split(reference.pointer)
        if tokens[0] == "relationships" and tokens[_RELATION] in relations:
            held, key = world.collections.get(reference.resource), found(item.value, tokens)
            other = held.find(str(key), {}) if held is not None and key is not None else None
            if other is not None:
                yield reference.resource, other
