"""The operations on a collection and on its items, by what they do, spoken as methods."""

from collections.abc import Mapping
from dataclasses import dataclass

from accord.contract import Operation
from accord.mocking.resources.bodies import Bodies
from accord.mocking.resources.envelopes import Sought
from accord.mocking.resources.groups import Draft, parameter_of
from accord.mocking.resources.identifying import Hints
from accord.mocking.resources.model import Role
from accord.mocking.resources.paths import Key, Node, Tree

_LISTS = ("json", "list", "all")
_CREATES = ("create", "new", "add")
_READS = ("json", "get", "details", "show")
_UPDATES = ("update", "edit")
_DELETES = ("delete", "remove")


@dataclass(frozen=True, slots=True)
class Called:
    """An operation with the scope and key that its path gives, and what of the path says what it does."""

    operation: Operation
    scope: tuple[str, ...]
    key: str | None = None
    word: str = ""

    def draft(self, role: Role, because: str) -> Draft:
        """The operation in a role."""
        why = f"{because}, at …/{self.word}" if self.word else because
        return Draft(self.operation, role, self.scope, self.key, why)


class Calls:
    """Finds the operations of a collection and its items in a tree of paths."""

    def __init__(self, tree: Tree, bodies: Bodies) -> None:
        self.tree = tree
        self.bodies = bodies

    def at_item(self, node: Node) -> Mapping[str, Called]:
        """The operations on an item by what they do, spoken as methods, also those at a word below it."""
        scope, key = node.parameters[:-1], node.parameters[-1]
        found = {method.upper(): Called(each, scope, key) for method, each in node.operations.items()}
        for name, method, words in (
            ("GET", "get", _READS), ("DELETE", "delete", _DELETES), ("DELETE", "post", _DELETES),
            ("PATCH", "patch", _UPDATES), ("PUT", "put", _UPDATES), ("POST", "post", _UPDATES),
        ):  # fmt: skip
            for word in words if name not in found else ():
                below = self.tree.at((*node.key, word))
                if below is not None and method in below.operations:
                    found.setdefault(name, Called(below.operations[method], scope, key, word))
        return self._unasked(found)

    def at_list(self, key: Key) -> Mapping[str, Called]:
        """The operations on a collection by method, also those at a word below it."""
        node = self.tree.at(key)
        found = {}
        if node is not None and (not node.is_item or self.is_list(node)):
            found = {m.upper(): Called(each, node.parameters) for m, each in node.operations.items()}
        for name, words in (("GET", _LISTS), ("POST", _CREATES)):
            for word in words if name not in found else ():
                below = self.tree.at((*key, word))
                if below is not None and name.lower() in below.operations:
                    found.setdefault(
                        name, Called(below.operations[name.lower()], below.parameters, None, word)
                    )
        return self._unasked(found)

    def at(self, node: Node) -> Mapping[str, Called]:
        """The operations of one path by method."""
        return self._unasked(
            {m.upper(): Called(each, node.parameters) for m, each in node.operations.items()}
        )

    def is_list(self, node: Node) -> bool:
        """Does a path that ends in a parameter list what is in a scope: `/sensors/{namespace}`?"""
        get = node.operations.get("get")
        sought = Sought(Hints(node.base, parameter_of(node)))
        return get is not None and self.bodies.items(get, sought) is not None

    def _unasked(self, operations: Mapping[str, Called]) -> Mapping[str, Called]:
        """The operations without a GET that takes a body: it asks something, as the POST beside it does."""
        get = operations.get("GET")
        body = get.operation.request_body if get else None
        schemas = [each.schema for each in body.content.values() if each.schema] if body else []
        if not any(self.bodies.reader.read(schema).properties for schema in schemas):
            return operations
        return {method: each for method, each in operations.items() if method not in ("GET", "POST")}
