"""Where items are: the paths of the contract that lead to them."""

from urllib.parse import quote

from accord.contract import EXPRESSION, Contract
from accord.document import pointers
from accord.document.pointers import found
from accord.mocking.resources import Resource, ResourceOperation, Resources
from accord.mocking.state.world import Item


class Linker:
    """Fills the paths of a contract's operations with what names an item."""

    def __init__(self, contract: Contract, resources: Resources) -> None:
        self._contract = contract
        self._resources = resources
        self._leading: dict[str, ResourceOperation | None] = {}

    def address(self, resource: Resource, item: Item) -> str | None:
        """The path of an item, below the base path of its server; None where the contract has none."""
        if resource.name not in self._leading:
            self._leading[resource.name] = self._leads(resource)
        does = self._leading[resource.name]
        return None if does is None else self.path(does, item)

    def _leads(self, resource: Resource) -> ResourceOperation | None:
        """The operation whose path is an item's: the one that reads it, if there is one."""
        roles = self._resources.roles(resource)
        others = (each for operations in roles.values() for each in operations if each.key is not None)
        return next(iter(roles.get("read", ())), None) or next(others, None)

    def path(self, does: ResourceOperation, item: Item) -> str | None:
        """The path of an operation on an item; None where the item does not say all that the path needs."""
        texts = {parameter: item.scope.get(name) for name, parameter in does.scope.items()}
        if does.key is not None:
            texts[does.key] = self._key(does, item)
        template = self._contract.by_id[does.id].path
        if any(texts.get(name) is None for name in EXPRESSION.findall(template)):
            return None
        return EXPRESSION.sub(lambda matched: quote(str(texts[matched[1]]), safe=""), template)

    def _key(self, does: ResourceOperation, item: Item) -> str:
        """What names the item in the operation's path: its identifier, or another property of it."""
        named = found(item.value, pointers.split(does.key_pointer)) if does.key_pointer else None
        return item.id if named is None else str(named)
