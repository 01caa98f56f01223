"""Where items are: the paths of the contract that lead to them, and the links in them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from accord.contract import EXPRESSION, Contract
from accord.document import pointers
from accord.document.pointers import found
from accord.mocking.resources import Link, Links, Resource, ResourceOperation, Resources
from accord.mocking.state.laying import with_address
from accord.mocking.state.making import Maker
from accord.mocking.state.world import Item


class Base(NamedTuple):
    """What addresses begin with, as the mock was called: scheme and host, and the base path of the server.

    `scope` is what the path of the request says: what items are in that do not say so themselves.
    """

    origin: str
    path: str
    scope: Mapping[str, str]

    def addresses(self, path: str, *, is_relative: bool) -> Sequence[str]:
        """The address of a path with a host and without, what is likelier first."""
        found_addresses = self.origin + self.path + path, self.path + path
        return found_addresses[::-1] if is_relative else found_addresses


class Linker:
    """Fills the paths of a contract's operations with what names an item."""

    def __init__(self, contract: Contract, resources: Resources, maker: Maker) -> None:
        self._contract = contract
        self._resources = resources
        self._maker = maker
        self._links = Links(contract, resources)
        self._leading: dict[str, ResourceOperation | None] = {}

    def address(self, resource: Resource, item: Item) -> str | None:
        """The path of an item, below the base path of its server; None where the contract has none."""
        if resource.name not in self._leading:
            self._leading[resource.name] = self._leads(resource)
        does = self._leading[resource.name]
        return None if does is None else self._path(does, resource, item)

    def links(self, resource: Resource, schema: str) -> tuple[Link, ...]:
        """The links of a resource's items that those of a schema have a place for."""
        known = self._links.of(resource)
        return tuple(link for link in known if self._maker.schema_at(schema, link.pointer) is not None)

    def linked(self, value: Any, schema: str, resource: Resource, item: Item, base: Base) -> Any:
        """The value of an item with the addresses that its links lead to.

        A link that is not there stays out, unless it is the item's own address.
        """
        placed = Item(item.id, item.value, {**base.scope, **item.scope})
        for link in self.links(resource, schema):
            tokens = pointers.split(link.pointer)
            path, shown = self._led(link, resource, placed), found(value, tokens)
            if path is None or (shown is None and not link.is_own):
                continue
            place = self._maker.schema_at(schema, link.pointer) or ""
            is_relative = isinstance(shown, str) and "://" not in shown
            addresses = base.addresses(path, is_relative=is_relative)
            target = next((each for each in addresses if self._maker.is_valid(place, each)), None)
            value = value if target is None else with_address(value, tokens, target)
        return value

    def has_links(self, resource: Resource) -> bool:
        """Have items of the resource links?"""
        return bool(self._links.of(resource))

    def _led(self, link: Link, resource: Resource, item: Item) -> str | None:
        return self._path(self._resources.operations[link.operation], resource, item, link.by)

    def _leads(self, resource: Resource) -> ResourceOperation | None:
        """The operation whose path is an item's: the one that reads it, if there is one."""
        roles = self._resources.roles(resource)
        others = (each for operations in roles.values() for each in operations if each.key is not None)
        return next(iter(roles.get("read", ())), None) or next(others, None)

    def _path(
        self, does: ResourceOperation, resource: Resource, item: Item, by: str | None = None
    ) -> str | None:
        """The path of an operation for an item of a resource; None where not all that it needs is known.

        `by` is the pointer of the property that has the key which its path ends in.
        """
        known = {**item.scope, resource.name: item.id}
        texts: dict[str, Any] = {parameter: known.get(name) for name, parameter in does.scope.items()}
        if does.key is not None:
            own = by or (does.key_pointer if does.resource == resource.name else None)
            named = found(item.value, pointers.split(own)) if own else None
            texts[does.key] = known.get(does.resource) if named is None and by is None else named
        template = self._contract.by_id[does.id].path
        if any(texts.get(name) is None for name in EXPRESSION.findall(template)):
            return None
        return EXPRESSION.sub(lambda matched: quote(str(texts[matched[1]]), safe=""), template)
