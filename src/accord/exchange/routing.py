"""Which operation a request is for: concrete paths before templated ones, cut before percent-decoding."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote

from accord.contract import EXPRESSION, Contract, Operation, Server

_MOST_NEAREST = 3
_WHOLE = "(.+?)"
_WHOLE_SEGMENT = re.compile(_WHOLE, re.DOTALL)
_LONGEST_COMPOSED = 1_024
"""What is longer is no segment such as `{a}-{b}.json`: matching it could take quadratic time."""


class Routed(NamedTuple):
    """The operation of a request; its path parameters by name, as they were sent: percent-encoded."""

    operation: Operation
    path_parameters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MethodUnknown:
    """The path is known, the method is not. `allow` are those that are: 405 says them."""

    allow: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PathUnknown:
    """No path of the contract matches. `nearest` are those that look most like it."""

    nearest: tuple[str, ...]


Route: TypeAlias = Routed | MethodUnknown | PathUnknown


_Entry: TypeAlias = tuple[Operation, tuple[str, ...]]
"""An operation, and the names of the expressions in its path."""


@dataclass(slots=True)
class _Node:
    """What may follow the segments so far."""

    literal: dict[str, "_Node"] = field(default_factory=dict)
    templated: dict[str, tuple[re.Pattern[str], "_Node"]] = field(default_factory=dict)
    operations: dict[str, _Entry] = field(default_factory=dict)


class Router:
    """The paths of a contract, below the base path of each of its servers.

    `base_paths` are used in place of the servers' where they are given.
    """

    def __init__(self, contract: Contract, base_paths: Sequence[str] | None = None) -> None:
        self._root = _Node()
        self._paths: dict[str, tuple[_Node, tuple[str, ...]]] = {}
        common: tuple[Server, ...] = ()
        for path, operation in _plain_first(contract.operations):
            own = operation.servers if operation.has_own_servers or not common else common
            common = common if operation.has_own_servers else own
            for base in dict.fromkeys(base_paths or [server.base_path for server in own]):
                self._add(base + path, operation)
        _sort(self._root)

    def _add(self, path: str, operation: Operation) -> None:
        known = self._paths.get(path)
        if known is None:
            node = self._root
            for segment in path.split("/"):
                node = _step(node, segment)
            known = self._paths[path] = node, tuple(EXPRESSION.findall(path))
        node, names = known
        node.operations.setdefault(operation.method.upper(), (operation, names))

    def route(self, method: str, path: str) -> Route:
        """The operation for a method and a path, as they stand in the request line, without the query."""
        segments = path.split("/")
        values: list[str] = []
        found = _first(self._root, segments, 0, method, values)
        if found is not None:
            operation, names = found
            values.reverse()
            return Routed(operation, dict(zip(names, values, strict=True)))
        allow = {method for node in _matches(self._root, segments, 0) for method in node.operations}
        return MethodUnknown(tuple(sorted(allow))) if allow else PathUnknown(self._nearest(path))

    def allow(self, path: str) -> tuple[str, ...]:
        """The methods that the contract has for a path; none where it has no such path."""
        nodes = _matches(self._root, path.split("/"), 0)
        return tuple(sorted({method for node in nodes for method in node.operations}))

    def _nearest(self, path: str) -> tuple[str, ...]:
        from difflib import get_close_matches  # noqa: PLC0415 - where every path is known it is not needed

        return tuple(get_close_matches(path[:200], self._paths, _MOST_NEAREST, 0.6))


def _plain_first(operations: Iterable[Operation]) -> list[tuple[str, Operation]]:
    """Each operation and the path that is sent for it, those that are written so first."""
    sent = [(sent_path(operation.path), operation) for operation in operations]
    return sorted(sent, key=lambda each: each[0] != each[1].path)


def sent_path(path: str) -> str:
    """What a request's path shows of a contract's: `/a#b` and `/a?b=c` are written to tell operations apart.

    Where a path is written plainly too, that is the one that is meant.
    """
    return path.partition("#")[0].partition("?")[0] if "#" in path or "?" in path else path


def _step(node: _Node, segment: str) -> _Node:
    if "{" not in segment:
        name = unquote(segment)
        found = node.literal.get(name)
        return found or node.literal.setdefault(name, _Node())
    pattern = _pattern(segment)
    if pattern not in node.templated:
        compiled = _WHOLE_SEGMENT if pattern is _WHOLE else re.compile(pattern, re.DOTALL)
        node.templated[pattern] = compiled, _Node()
    return node.templated[pattern][1]


def _pattern(segment: str) -> str:
    """The pattern of a segment such as `{id}`, `{a}.json`, `{x}:verb` or `{owner}-{name}`."""
    if EXPRESSION.fullmatch(segment):
        return _WHOLE
    parts = EXPRESSION.split(segment)
    return "".join(_WHOLE if index % 2 else re.escape(part) for index, part in enumerate(parts))


def _sort(node: _Node) -> None:
    """Have the templates with more literal text tried first."""
    if len(node.templated) > 1:
        ranked = sorted(node.templated.items(), key=lambda entry: -len(entry[0].replace(_WHOLE, "")))
        node.templated = dict(ranked)
    for child in node.literal.values():
        _sort(child)
    for _, child in node.templated.values():
        _sort(child)


def _first(node: _Node, segments: Sequence[str], at: int, method: str, values: list[str]) -> _Entry | None:
    """The most concrete operation for a method; the values of its expressions are added, the last first."""
    if at == len(segments):
        return node.operations.get(method)
    segment = segments[at]
    child = node.literal.get(segment) or _literal(node, segment)
    if child is not None and (found := _first(child, segments, at + 1, method, values)) is not None:
        return found
    for source, (pattern, templated) in node.templated.items():
        match = (segment,) if segment and source is _WHOLE else _matched(source, pattern, segment)
        if match and (found := _first(templated, segments, at + 1, method, values)) is not None:
            values += reversed(match)
            return found
    return None


def _matches(node: _Node, segments: Sequence[str], at: int) -> Iterator[_Node]:
    """Every node with operations that the segments lead to."""
    if at == len(segments):
        yield node
        return
    segment = segments[at]
    child = _literal(node, segment)
    if child is not None:
        yield from _matches(child, segments, at + 1)
    for source, (pattern, templated) in node.templated.items():
        if _matched(source, pattern, segment):
            yield from _matches(templated, segments, at + 1)


def _literal(node: _Node, segment: str) -> _Node | None:
    child = node.literal.get(segment)
    return node.literal.get(unquote(segment)) if child is None and "%" in segment else child


def _matched(source: str, pattern: re.Pattern[str], segment: str) -> tuple[str, ...]:
    """The values of a segment's expressions; none where it does not match."""
    if source == _WHOLE:
        return (segment,) if segment else ()
    if len(segment) > _LONGEST_COMPOSED:
        return ()
    match = pattern.fullmatch(segment)
    return match.groups() if match else ()
