"""The paths of a contract as a tree: which end in a parameter, and what stands above and below them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from accord.contract import Operation
from accord.mocking.resources.names import base_of

Key: TypeAlias = tuple[str, ...]
"""A path with its parameters' names left out: `/pets/{petId}/tags` is (`pets`, `{}`, `tags`)."""
PARAMETER = "{}"
_EXPRESSION = re.compile(r"\{([^{}]+)\}(?:\.(?:json|xml))?")
_LISTING = frozenset({"json", "list", "ls", "all"})
_SUFFIX = re.compile(r"\.(?:json|xml)$")


@dataclass(frozen=True, eq=False)
class Node:
    """One path and its operations by method. `parameters` are the names in its template, in order."""

    path: str
    key: Key
    parameters: tuple[str, ...]
    operations: Mapping[str, Operation] = field(repr=False)

    @cached_property
    def base(self) -> str:
        """What the items there are called: its last word in the singular."""
        return base_of(word_of(self.key))

    @cached_property
    def around(self) -> tuple[str, ...]:
        """Its words in the singular, without the last."""
        return tuple(base_of(part) for part in self.key if part != PARAMETER and "{" not in part)[:-1]

    @cached_property
    def is_item(self) -> bool:
        """Does it end in a parameter?"""
        return bool(self.key) and self.key[-1] == PARAMETER

    @property
    def is_plain(self) -> bool:
        """Is each part of it either a word or a parameter? `{x}:verb` and `{a}..{b}` are neither."""
        return all(part == PARAMETER or "{" not in part for part in self.key)


class Tree:
    """The nodes of a contract, in its order, and by their keys."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        paths: dict[str, dict[str, Operation]] = {}
        for operation in operations:
            paths.setdefault(operation.path, {}).setdefault(operation.method, operation)
        self.nodes = tuple(_node(path, methods) for path, methods in paths.items())
        self._by_key: dict[Key, Node] = {}
        self._below: dict[Key, list[Node]] = {}
        for node in self.nodes:
            self._by_key.setdefault(node.key, node)
            if node.key and not node.is_item:
                self._below.setdefault(node.key[:-1], []).append(node)

    def at(self, key: Key) -> Node | None:
        """The node of a key, if the contract has that path."""
        return self._by_key.get(key)

    def below(self, key: Key) -> Sequence[Node]:
        """The nodes that stand one word below a path."""
        return self._below.get(key, ())


def word_of(key: Key) -> str:
    """The last word of a path that names things, whatever parameters come after it."""
    words = [part for part in reversed(key) if part != PARAMETER]
    return next((part for part in words if part not in _LISTING), words[0] if words else "")


def _node(path: str, operations: Mapping[str, Operation]) -> Node:
    parts = [part for part in path.partition("?")[0].split("/") if part]
    key: list[str] = []
    names: list[str] = []
    for part in parts:
        match = _EXPRESSION.fullmatch(part)
        key.append(PARAMETER if match else _SUFFIX.sub("", part))
        names += [match[1]] if match else re.findall(r"\{([^{}]+)\}", part)
    return Node(path, tuple(key), tuple(names), operations)
