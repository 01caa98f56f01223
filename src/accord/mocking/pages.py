"""Links between the pages of a list (RFC 8288), by the operation's own parameters for them."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote_plus

from accord.contract import Operation
from accord.mocking.mock import Mock
from accord.mocking.resources.fields import Reader
from accord.mocking.resources.model import Paging, PagingParameter
from accord.mocking.resources.paging import paging_of
from accord.mocking.texts import query_with
from accord.schemas import Direction

_PAGES = 3
"""The pages of a list: whoever follows them comes to an end."""
_SIZE = 20
_LONGEST = 16


def pages_of(mock: Mock, operation: Operation, query: bytes) -> Iterator[tuple[str, str]]:
    """The other pages of a list as (relation, query); none where the operation has no pages."""
    paging = mock.once(("paging", operation.id), lambda: paging_of(Reader(operation.document), operation))
    pairs = (pair.partition("=") for pair in query.decode("latin-1").split("&") if pair)
    asked = {unquote_plus(name): unquote_plus(value) for name, _, value in pairs}
    if paging.style == "page":
        page = paging.parameters["page"]
        yield from _numbered(page, query, (_asked(asked, page, page.first), page.first, 1))
    elif paging.style == "offset":
        offset = paging.parameters["offset"]
        yield from _numbered(offset, query, (_asked(asked, offset, 0), 0, _size(paging, asked)))
    elif "after" in paging.parameters:
        after = paging.parameters["after"]
        name = after.name
        if name in asked or after.holder is not None:
            yield "first", query_with(query, {name: None})
        else:
            yield "next", query_with(query, {name: _cursor(mock, operation, name)})


def _numbered(
    parameter: PagingParameter, query: bytes, numbers: tuple[int, int, int]
) -> Iterator[tuple[str, str]]:
    """The pages around the one that was asked for: `numbers` are it, the first one and the step."""
    asked, first, step = numbers
    last = first + step * (_PAGES - 1)
    last = last if parameter.maximum is None else min(last, parameter.maximum)
    found = {"first": first, "prev": asked - step, "next": asked + step, "last": last}
    for relation, number in found.items():
        if first <= number <= last and number != asked:
            yield relation, query_with(query, {parameter.name: number})


def _asked(asked: Mapping[str, str], parameter: PagingParameter, otherwise: int) -> int:
    text = asked.get(parameter.name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _LONGEST else otherwise


def _size(paging: Paging, asked: Mapping[str, str]) -> int:
    limit = paging.parameters.get("limit")
    return _SIZE if limit is None else max(1, _asked(asked, limit, _whole(limit.default, _SIZE)))


def _whole(value: int | str | None, otherwise: int) -> int:
    return value if isinstance(value, int) else otherwise


def _cursor(mock: Mock, operation: Operation, name: str) -> Any:
    values = mock.values.towards(Direction.REQUEST)
    parameter = next(each for each in operation.parameters if each.name == name)
    return values.of_element(parameter, parameter.schema, f"{operation.id} {name}").value
