"""Links between the pages of a list (RFC 8288), by the operation's own parameters for them."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote_plus

from accord.contract import Operation, Parameter
from accord.mocking.values import Values

_LAST = 3
"""The pages of a list: whoever follows them comes to an end."""
_DEFAULT_SIZE = 20
_NOT_LETTERS = re.compile(r"[^a-z]")
_PAGES = frozenset({"page", "pageno", "pagenum", "pagenumber", "pageindex", "currentpage"})
_OFFSETS = frozenset({"offset", "skip", "start", "startindex", "startat"})
_SIZES = frozenset(
    {"limit", "perpage", "pagesize", "pagelimit", "size", "count", "take", "top", "maxresults"}
)
_CURSORS = frozenset(
    {"cursor", "after", "pagetoken", "nextpagetoken", "nexttoken", "startingafter", "continuationtoken",
     "marker", "pagecursor", "pageafter"}
)  # fmt: skip


def pages_of(operation: Operation, values: Values, query: bytes) -> Iterator[tuple[str, str]]:
    """The other pages of a list as (relation, query); none where the operation has no pages."""
    asked = {unquote_plus(name): unquote_plus(value) for name, value in _pairs(query)}
    for numbered in _parameters(operation, _PAGES):
        first = _first(values, numbered)
        yield from _numbered(numbered, values, query, (_whole(asked.get(numbered.name), first), first, 1))
        return
    for offset in _parameters(operation, _OFFSETS):
        size = _size(operation, values, asked)
        yield from _numbered(offset, values, query, (_whole(asked.get(offset.name), 0), 0, size))
        return
    for cursor in _parameters(operation, _CURSORS):
        if cursor.name not in asked:
            value = values.of_element(cursor, cursor.schema, f"{operation.id} {cursor.name}").value
            yield "next", _with(query, cursor.name, value)
        else:
            yield "first", _without(query, cursor.name)
        return


def _numbered(
    parameter: Parameter, values: Values, query: bytes, numbers: tuple[int, int, int]
) -> Iterator[tuple[str, str]]:
    """The pages around the one that was asked for: `numbers` are it, the first one and the step."""
    asked, first, step = numbers
    last = first + step * (_LAST - 1)
    found = {"first": first, "prev": asked - step, "next": asked + step, "last": last}
    for relation, number in found.items():
        is_there = first <= number <= last and number != asked
        if is_there and (parameter.schema is None or values.is_valid(parameter.schema, number)):
            yield relation, _with(query, parameter.name, number)


def _parameters(operation: Operation, names: frozenset[str]) -> Iterator[Parameter]:
    for parameter in operation.parameters:
        if parameter.location == "query" and _NOT_LETTERS.sub("", parameter.name.lower()) in names:
            yield parameter


def _first(values: Values, parameter: Parameter) -> int:
    """The number of the first page: 1, or 0 where that is the default or 1 is not allowed."""
    default = values.stated(parameter.schema, "default")
    if isinstance(default, int) and not isinstance(default, bool):
        return default
    is_possible = parameter.schema is None or values.is_valid(parameter.schema, 1)
    return 1 if is_possible else 0


def _size(operation: Operation, values: Values, asked: dict[str, str]) -> int:
    for parameter in _parameters(operation, _SIZES):
        default = values.stated(parameter.schema, "default")
        fallback = default if isinstance(default, int) and default > 0 else _DEFAULT_SIZE
        return max(1, _whole(asked.get(parameter.name), fallback))
    return _DEFAULT_SIZE


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdecimal() else otherwise


def _pairs(query: bytes) -> list[tuple[str, str]]:
    """The pairs of a query, still encoded."""
    parted = [pair.partition("=") for pair in query.decode("latin-1").split("&") if pair]
    return [(name, value) for name, _, value in parted]


def _without(query: bytes, name: str) -> str:
    return "&".join(f"{key}={value}" for key, value in _pairs(query) if unquote_plus(key) != name)


def _with(query: bytes, name: str, value: Any) -> str:
    """The query with another value for a parameter."""
    own = f"{quote(name, safe='')}={quote(str(value), safe='')}"
    others = _without(query, name)
    return f"{others}&{own}" if others else own
