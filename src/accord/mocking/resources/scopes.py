"""What the items of a path are in: the resources that it leads by, by their names."""

from collections.abc import Mapping, Sequence

from accord.contract import Operation
from accord.mocking.resources.groups import Group
from accord.mocking.resources.paths import PARAMETER, Key, Node, Tree


class Scopes:
    """Says of each path parameter what it names an item of."""

    def __init__(self, tree: Tree, groups: Sequence[Group], names: Sequence[str]) -> None:
        self._nodes = {node.path: node for node in tree.nodes}
        self._items: dict[Key, str] = {}
        for group, name in zip(groups, names, strict=True):
            for draft in group.drafts:
                node = self._nodes[draft.operation.path]
                if draft.key is not None and not group.is_singleton:
                    self._items.setdefault(_until(node, draft.key), name)

    def of(self, operation: Operation, parameters: Sequence[str]) -> Mapping[str, str]:
        """What these parameters say the operation's items are in, the outermost first."""
        node = self._nodes[operation.path]
        found: dict[str, str] = {}
        for parameter in parameters:
            name = self._items.get(_until(node, parameter), parameter)
            found[parameter if name in found else name] = parameter
        return found

    def item_of(self, operation: Operation) -> tuple[str, Mapping[str, str], str] | None:
        """The innermost resource that a path leads by, what its item is in, and the parameter naming it."""
        node = self._nodes[operation.path]
        for at in range(len(node.parameters) - 1, -1, -1) if node.is_plain else ():
            parameter = node.parameters[at]
            name = self._items.get(_until(node, parameter))
            if name is not None:
                return name, self.of(operation, node.parameters[:at]), parameter
        return None


def _until(node: Node, parameter: str) -> Key:
    """The key of a path up to one of its parameters."""
    left = node.parameters.index(parameter) + 1 if parameter in node.parameters else 0
    for at, part in enumerate(node.key):
        left -= part == PARAMETER
        if left == 0:
            return node.key[: at + 1]
    return ()
