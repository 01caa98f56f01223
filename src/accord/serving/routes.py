"""Which operation a path and a method lead to.

Paths are matched as they are sent, percent-encoded, so that `%2F` stays inside its segment and a comma
that was encoded stays part of its value. Concrete segments win over templated ones (OAS 3.1 section
4.8.8.2), whatever their order in the document; a trailing slash is a segment of its own.
"""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote

from accord.contract import EXPRESSION

Names: TypeAlias = tuple[str, ...]


class Match(NamedTuple):
    """What a path leads to: operations by method in upper case, and the values of its expressions."""

    operations: Mapping[str, tuple[str, Names]]
    values: tuple[str, ...]


@dataclass(slots=True)
class _Node:
    """A segment of the tree of paths, with the operations and templates of the paths that end here."""

    literals: "dict[str, _Node]" = field(default_factory=dict)
    mixed: "list[tuple[tuple[str, ...], _Node]]" = field(default_factory=list)
    any: "_Node | None" = None
    operations: dict[str, tuple[str, Names]] = field(default_factory=dict)
    templates: list[str] = field(default_factory=list)


class RouteTable:
    """The paths of a contract as a tree of segments: a match takes as long as the path, not the contract."""

    def __init__(self) -> None:
        self._root = _Node()
        self._literal: dict[str, Match] = {}

    def add(self, method: str, path: str, operation_id: str) -> None:
        """Adds one operation. `path` is the template with the server's base path in front."""
        names = tuple(EXPRESSION.findall(path))
        node = self._root
        for segment in path.removeprefix("/").split("/"):
            node = _child(node, segment)
        node.operations[method.upper()] = (operation_id, names)
        if path not in node.templates:
            node.templates.append(path)
        if not names:
            self._literal[path] = Match(node.operations, ())

    def match(self, path: str) -> Match | None:
        """The operations at a path, percent-encoded as it was sent, or None."""
        literal = self._literal.get(path)
        if literal is not None:
            return literal
        segments = path.removeprefix("/").split("/")
        return _descend(self._root, segments) or _walk(self._root, segments, 0, ())

    def nearest(self, path: str) -> list[str]:
        """Up to three templates that a mistyped path may have meant."""
        node = self._root
        for segment in path.removeprefix("/").split("/"):
            closer = _closest_child(node, segment[:_LONGEST])
            if closer is None:
                break
            node = closer
        return [] if node is self._root else list(islice(_below(node), 3))


_LONGEST = 50
"""So much of a segment is compared with what the contract has: a 404 may not cost more than an answer."""


def _child(node: _Node, segment: str) -> _Node:
    if "{" not in segment:
        return node.literals.setdefault(unquote(segment), _Node())
    if EXPRESSION.fullmatch(segment):
        node.any = node.any or _Node()
        return node.any
    parts = tuple(EXPRESSION.split(segment)[::2])
    for known, child in node.mixed:
        if known == parts:
            return child
    child = _Node()
    node.mixed.append((parts, child))
    # The one with more literal characters is the more concrete.
    node.mixed.sort(key=lambda entry: -len("".join(entry[0])))
    return child


def _cut(segment: str, parts: Sequence[str]) -> tuple[str, ...] | None:
    """The values between the literal `parts` of a segment such as `{name}.json`; None: it does not fit.

    Each value is as short as can be and has at least a character. One pass: a regular expression would
    take quadratic time on a hostile segment.
    """
    first, *middle, last = parts
    end = len(segment) - len(last)
    if not (segment.startswith(first) and segment.endswith(last)):
        return None
    values, at = [], len(first)
    for part in middle:
        found = segment.find(part, at + 1, end) if part else at + 1
        if found < 0:
            return None
        values.append(segment[at:found])
        at = found + len(part)
    return (*values, segment[at:end]) if at < end else None


def _descend(node: _Node, segments: list[str]) -> Match | None:
    """The match where each segment leads one way only; None: `_walk` has to look at all of them."""
    values = []
    for segment in segments:
        following = node.literals.get(segment)
        if following is None:
            if node.any is None or node.mixed or not segment or "%" in segment:
                return None
            values.append(segment)
            following = node.any
        node = following
    return Match(node.operations, tuple(values)) if node.operations else None


def _walk(node: _Node, segments: list[str], index: int, values: tuple[str, ...]) -> Match | None:
    if index == len(segments):
        return Match(node.operations, values) if node.operations else None
    for child, found in _children(node, segments[index]):
        match = _walk(child, segments, index + 1, values + found)
        if match is not None:
            return match
    return None


def _children(node: _Node, segment: str) -> Iterator[tuple[_Node, tuple[str, ...]]]:
    key = unquote(segment) if "%" in segment else segment
    if key in node.literals:
        yield node.literals[key], ()
    for parts, child in node.mixed:
        if (found := _cut(segment, parts)) is not None:
            yield child, found
    if node.any is not None and segment:
        yield node.any, (segment,)


def _closest_child(node: _Node, segment: str) -> _Node | None:
    for child, _ in _children(node, segment):
        return child
    close = difflib.get_close_matches(segment, node.literals, n=1)
    return node.literals[close[0]] if close else None


def _below(node: _Node) -> Iterator[str]:
    yield from node.templates
    for child in (*node.literals.values(), *(child for _, child in node.mixed)):
        yield from _below(child)
    if node.any is not None:
        yield from _below(node.any)
