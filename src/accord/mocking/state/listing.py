"""Which items a list holds: chosen by filters, ordered, searched, and cut into pages."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_plus

from accord.document import pointers
from accord.document.pointers import found
from accord.mocking.resources import Filter, Listing, Paging, Ranges
from accord.mocking.state.ordering import Parameters, ordered
from accord.mocking.state.ranging import Span, span_of, told
from accord.mocking.state.world import Item
from accord.mocking.texts import named

_OPENING = re.compile(r"\[")


@dataclass(frozen=True, slots=True)
class Page:
    """The items of a page, what is said of it, and the queries of its neighbours by relation.

    `is_beyond`: a range was asked for that begins after the last item.
    """

    items: tuple[Item, ...]
    members: Mapping[str, Any]
    neighbours: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    is_beyond: bool = False

    @property
    def is_part(self) -> bool:
        """Has it some of the items, and not all?"""
        return bool(self.items) and len(self.items) != self.members["total"]


def page_of(items: Iterable[Item], listing: Listing, parameters: Parameters, query: bytes) -> Page:
    """The page of the items that the parameters ask for. What was not sent in the query filters nothing."""
    wanted = list(_wanted(listing, parameters, names_of(query)))
    words = parameters.get(("query", listing.search or ""))
    text = None if words is None else str(words).casefold()
    chosen = [item for item in items if _is_chosen(item, wanted, text)]
    if listing.sort is not None:
        chosen = ordered(chosen, listing.sort, parameters)
    return _cut(chosen, listing.paging, parameters, names_of(query))


def is_asked(listing: Listing, parameters: Parameters, query: bytes) -> bool:
    """Does a request ask for a certain part or order of a list?"""
    named = {each.parameter for each in listing.filters} | {listing.search}
    named |= {listing.sort.parameter, listing.sort.direction} if listing.sort else set()
    named |= {each.name for each in listing.paging.parameters.values() if each.location == "query"}
    headers = (each for each in listing.paging.parameters.values() if each.location == "header")
    return any(("header", each.name) in parameters for each in headers) or bool(named & names_of(query))


def names_of(query: bytes) -> frozenset[str]:
    """The names in a query, those of what they are members of, too: of `filter[id][]` also `filter[id]`."""
    names = {unquote_plus(pair.partition("=")[0]) for pair in query.decode("latin-1").split("&")} - {""}
    return frozenset(names | {name[: found.start()] for name in names for found in _OPENING.finditer(name)})


def _wanted(
    listing: Listing, parameters: Parameters, names: frozenset[str]
) -> Iterator[tuple[Filter, list[str], Any]]:
    """What items are to be kept by: each filter, where its property is, and what is wanted of it."""
    for each in listing.filters:
        wanted = _sent(parameters, ("query", each.parameter), each.holder)
        is_asked = each.parameter in names or each.operator == "range"
        if wanted is None or not is_asked or (isinstance(wanted, str) and wanted in each.every):
            continue
        yield each, pointers.split(each.pointer), wanted


def _is_chosen(item: Item, wanted: Iterable[tuple[Filter, list[str], Any]], words: str | None) -> bool:
    if not all(_fits(found(item.value, tokens), each, value) for each, tokens, value in wanted):
        return False
    return words is None or _says(item.value, words)


def _fits(value: Any, each: Filter, wanted: Any) -> bool:
    if each.operator == "range" and isinstance(wanted, dict):
        return all(_compares(value, operator, limit) for operator, limit in wanted.items())
    if each.many and isinstance(wanted, list):
        return not wanted or any(_compares(value, each.operator, one) for one in wanted)
    return _compares(value, each.operator, wanted)


def _compares(value: Any, operator: str, wanted: Any) -> bool:
    if operator in ("in", "not_in"):
        options = wanted if isinstance(wanted, list) else str(wanted).split(",")
        return any(_equal(value, option) for option in options) == (operator == "in")
    if isinstance(value, list):
        return any(_compares(one, operator, wanted) for one in value)
    compare = _OPERATORS.get(operator)
    return compare is None or compare(value, wanted)


def _equal(value: Any, wanted: Any) -> bool:
    return bool(value == wanted) or _text(value) == _text(wanted)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else named(value)


def _before(value: Any, wanted: Any) -> bool:
    """Is it less? Numbers by size, all else as text, of which moments in one form are in their order."""
    if isinstance(value, int | float) and isinstance(wanted, int | float):
        return value < wanted
    return value is not None and str(value) < str(wanted)


_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": _equal,
    "ne": lambda value, wanted: not _equal(value, wanted),
    "gt": lambda value, wanted: _before(wanted, value),
    "gte": lambda value, wanted: value is not None and not _before(value, wanted),
    "lt": _before,
    "lte": lambda value, wanted: value is not None and not _before(wanted, value),
    "contains": lambda value, wanted: str(wanted).casefold() in str(value or "").casefold(),
    "prefix": lambda value, wanted: str(value or "").casefold().startswith(str(wanted).casefold()),
}


def _says(value: Any, words: str) -> bool:
    """Do the words stand anywhere in a value?"""
    if isinstance(value, dict):
        return any(_says(held, words) for held in value.values())
    if isinstance(value, list):
        return any(_says(held, words) for held in value)
    return isinstance(value, str) and words in value.casefold()


def _cut(items: Sequence[Item], paging: Paging, parameters: Parameters, names: frozenset[str]) -> Page:
    """The page that is asked for; `names` are those of the query."""
    parts, ranges = paging.parameters, paging.ranges
    others = {each.name for part, each in parts.items() if part != "range"}
    span = None if others & names else _span(items, paging, parameters)
    size = _size(paging, parameters) if span is None else span.size
    start = _start(items, paging, parameters, size or len(items)) if span is None else span.start
    items, total = items if span is None else span.items, len(items)
    end = total if size is None else min(total, start + size)
    page = tuple(items[start:end])
    step = max(1, size if size is not None else total)
    first = parts["page"].first if "page" in parts else 1
    number = start // step + first
    members: dict[str, Any] = {
        "total": total,
        "count": len(page),
        "remaining": max(0, total - end),
        "page": number,
        "size": size if size is not None else total,
        "offset": start,
        "pages": -(-total // step),
        "has_more": end < total,
        "is_last": end >= total,
        "next_cursor": _cursor(paging, items, end - 1) if page and end < total else None,
        "previous_cursor": _cursor(paging, items, start) if start > 0 and items else None,
        "next_page": number + 1 if end < total else None,
        "previous_page": number - 1 if start > 0 else None,
        "first_id": page[0].id if page else None,
        "last_id": page[-1].id if page else None,
        **(told(ranges, span, page, start, total) if ranges else {}),
    }
    neighbours = _neighbours(paging, (start, end, total), step, first, members)
    return Page(page, members, neighbours, is_beyond=_is_beyond(ranges, span))


def _span(items: Sequence[Item], paging: Paging, parameters: Parameters) -> Span | None:
    """The part that a range asks for; None where there is none."""
    text = _asked(paging, "range", parameters)
    return span_of(text, paging.ranges, items) if paging.ranges and isinstance(text, str) else None


def _is_beyond(ranges: Ranges | None, span: Span | None) -> bool:
    """Does a range by positions begin after the last item? What there is has to be more than nothing."""
    is_by_position = ranges is not None and not ranges.by_value
    return span is not None and is_by_position and span.start >= len(span.items) > 0


def _size(paging: Paging, parameters: Parameters) -> int | None:
    """How many items a page has at most; None where nothing says."""
    size, limit = _whole(_asked(paging, "limit", parameters), None), paging.parameters.get("limit")
    if limit is None:
        return None
    if size is None and paging.style in ("page", "offset", "cursor"):
        size = _whole(limit.default, None)
    if size is not None and limit.maximum is not None:
        size = min(size, limit.maximum)
    return None if size is None else max(0, size)  # where the contract sets no minimum, less can be asked for


def _start(items: Sequence[Item], paging: Paging, parameters: Parameters, size: int) -> int:
    if "offset" in paging.parameters:
        return max(0, _whole(_asked(paging, "offset", parameters), 0) or 0)
    if "page" in paging.parameters:
        first = paging.parameters["page"].first
        return max(0, ((_whole(_asked(paging, "page", parameters), first) or 0) - first) * size)
    after, before = _asked(paging, "after", parameters), _asked(paging, "before", parameters)
    ids = [item.id for item in items]
    if after is not None and str(after) in ids:
        return ids.index(str(after)) + 1
    if before is not None and str(before) in ids:
        return max(0, ids.index(str(before)) - size)
    return max(0, min(_whole(after, 0) or 0, len(items)))


def _cursor(paging: Paging, items: Sequence[Item], at: int) -> Any:
    """What says where the page beside this one begins: the identifier of the item at its edge."""
    parameter = paging.parameters.get("after")
    is_number = parameter is not None and isinstance(parameter.default, int)
    return at + 1 if is_number else items[min(at, len(items) - 1)].id


def _neighbours(
    paging: Paging, place: tuple[int, int, int], step: int, first: int, members: Mapping[str, Any]
) -> Mapping[str, Mapping[str, Any]]:
    """What the query of each other page has in place of this one's, by the relation to it (RFC 8288)."""
    start, end, total = place
    if "page" in paging.parameters:
        name, last = paging.parameters["page"].name, max(first, -(-total // step) + first - 1)
        numbers = {"first": first, "prev": members["page"] - 1, "next": members["page"] + 1, "last": last}
    elif "offset" in paging.parameters:
        name = paging.parameters["offset"].name
        last = max(0, (total - 1) // step * step)
        numbers = {"first": 0, "prev": max(0, start - step), "next": start + step, "last": last}
    else:
        return _beside(paging, start, members)
    has = {"first": total > 0, "prev": start > 0, "next": end < total, "last": total > 0}
    return {relation: {name: number} for relation, number in numbers.items() if has[relation]}


def _beside(paging: Paging, start: int, members: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """The neighbours of a page that cursors lead to."""
    after, before = paging.parameters.get("after"), paging.parameters.get("before")
    found: dict[str, Mapping[str, Any]] = {}
    if after is None:
        return found
    unasked = {before.name: None} if before is not None else {}
    if start > 0:
        found["first"] = {after.name: None, **unasked}
    if start > 0 and before is not None:
        found["prev"] = {after.name: None, before.name: members["previous_cursor"]}
    if members["next_cursor"] is not None:
        found["next"] = {after.name: members["next_cursor"], **unasked}
    return found


def _asked(paging: Paging, part: str, parameters: Parameters) -> Any:
    parameter = paging.parameters.get(part)  # type: ignore[call-overload]
    if parameter is None:
        return None
    return _sent(parameters, (parameter.location, parameter.name), parameter.holder)


def _sent(parameters: Parameters, place: tuple[str, str], holder: tuple[str, str] | None) -> Any:
    """What was sent as a parameter, or as a member of one."""
    if holder is None:
        return parameters.get(place)
    held = parameters.get((place[0], holder[0]))
    return held.get(holder[1]) if isinstance(held, dict) else None


def _whole(value: Any, otherwise: int | None) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return otherwise
