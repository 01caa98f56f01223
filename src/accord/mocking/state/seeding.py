"""The items that there are before anybody has written: those of the contract's own examples."""

from collections.abc import Mapping, Sequence
from typing import Any

from accord.contract import Contract
from accord.document import pointers
from accord.document.pointers import found, laid
from accord.mocking.choosing import success_of
from accord.mocking.resources import Resource, ResourceOperation, Resources
from accord.mocking.state.making import Maker
from accord.mocking.state.world import Collection, Item
from accord.mocking.texts import named
from accord.mocking.values import Values


class Seeds:
    """The items that answers of the contract alone show."""

    def __init__(self, contract: Contract, resources: Resources, values: Values, maker: Maker) -> None:
        self._contract = contract
        self._resources = resources
        self._values = values
        self._maker = maker
        self._made: dict[str, Sequence[Item]] = {}

    def of(self, resource: Resource) -> Sequence[Item]:
        """The items that the resource's list shows, or else the one that is read."""
        if resource.name not in self._made:
            self._made[resource.name] = tuple(self._items(resource))
        return self._made[resource.name]

    def adopted(self, resource: Resource, key: str, scope: Mapping[str, str]) -> Item:
        """The item that a read answers with, or a list, with another identifier."""
        shown = self._shown(resource, "read") or self._shown(resource, "list")
        value = shown[0] if shown else self._values.at(resource.schema, f"{resource.name} adopted").value
        identifier = resource.identifier
        if identifier is not None and identifier.pointer is not None:
            typed = self._maker.typed(identifier.schema, key)
            value = laid(value, pointers.split(identifier.pointer), typed)
        return Item(key, self._maker.fitting(resource.schema, value, f"{resource.name} {key}"), scope)

    def _items(self, resource: Resource) -> Sequence[Item]:
        identifier = resource.identifier
        if resource.is_singleton or identifier is None:
            return ()
        if identifier.pointer is None:
            return self._nameless(resource)
        tokens = pointers.split(identifier.pointer)
        found_items: dict[str, Item] = {}
        for value in self._shown(resource, "list") or self._shown(resource, "read"):
            key = found(value, tokens)
            if isinstance(key, str | int | float):
                fitting = self._maker.fitting(resource.schema, value, f"{resource.name} {key}")
                found_items.setdefault(named(key), Item(named(key), fitting))
        return tuple(found_items.values())

    def _nameless(self, resource: Resource) -> Sequence[Item]:
        """The items of a list that have no identifier in them, each with one that is free."""
        held = Collection()
        for value in self._shown(resource, "list"):
            name = self._maker.name(resource, value, held)
            held.put(Item(name, self._maker.fitting(resource.schema, value, f"{resource.name} {name}")))
        return tuple(held)

    def _shown(self, resource: Resource, role: str) -> Sequence[Any]:
        """The values of items that an operation of this role answers with."""
        for operation in self._resources.roles(resource).get(role, ()):  # type: ignore[call-overload]
            shown = self._answered(operation)
            if shown:
                return shown
        return ()

    def _answered(self, does: ResourceOperation) -> Sequence[Any]:
        operation = self._contract.by_id[does.id]
        status, documented = success_of(operation)
        places = does.responses.get(documented.status if documented else "", {})
        for name, place in places.items():
            media_type = documented.content[name] if documented else None
            if media_type is not None:
                key = f"{operation.id} {status}"
                body = self._values.of_content(media_type, key, examples="mend").value
                value = found(body, pointers.split(place.pointer))
                return value if place.many and isinstance(value, list) else [value] if value else ()
        return ()
