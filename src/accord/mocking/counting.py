"""Headers that say how many items a list has, and which of them an answer shows."""

from collections.abc import Mapping
from typing import Any

import orjson

from accord.contract import Header
from accord.contract import Response as Documented
from accord.document import pointers
from accord.document.pointers import found
from accord.mocking.case import Case
from accord.mocking.mock import Mock
from accord.mocking.model import Response
from accord.mocking.neighbours import LINKS, link_to
from accord.mocking.resources import Listing
from accord.mocking.state.outcomes import Done
from accord.mocking.state.ranging import told_of_positions
from accord.mocking.texts import plain
from accord.mocking.values import examples_of

_PARTIAL = 206
_RANGE = b"content-range"


def with_counts(case: Case, documented: Documented, response: Response, done: Done) -> Response:
    """The response with what its headers say of its list; one that was asked for by a range says its own."""
    does = case.mock.keeper.does(case.operation)
    listing = does.listing if does else None
    if listing is None or done.items is None:
        return response
    links: dict[str, str | None] = {
        kind: link_to(case.request, case.asked.query, done, kind)
        for kind in listing.headers.values()
        if kind in LINKS
    }
    response = _laid(case.mock, response, documented.headers, listing, {**done.members, **links})
    is_asked = response.status == _PARTIAL or ("header", "Range") in case.asked.parameters
    if not is_asked or any(name == _RANGE for name, _ in response.headers):
        return response
    ways = done.members.get("content_range") or ()
    line = ((_RANGE, way.encode("latin-1", "replace")) for way in ways[:1])
    return response._replace(headers=(*response.headers, *line))


def counted(case: Case, documented: Documented, response: Response, media_type: str) -> Response:
    """The contract's own answer of a list, with what its headers say of the items that it shows.

    A header of which the author gave an example keeps it.
    """
    does = case.mock.keeper.does(case.operation)
    listing = does.listing if does else None
    if does is None or listing is None or not listing.headers or response.parts:
        return response
    place = does.responses.get(documented.status, {}).get(media_type)
    if place is None or "json" not in media_type:
        return response
    value = orjson.loads(response.body)
    items = found(value, pointers.split(place.pointer))
    if not isinstance(items, list):
        return response
    said = {each.kind: found(value, pointers.split(each.pointer)) for each in place.members}
    free = {name: each for name, each in documented.headers.items() if not _has_example(each)}
    return _laid(case.mock, response, free, listing, _shown(listing, len(items), said))


def _shown(listing: Listing, count: int, said: Mapping[Any, Any]) -> Mapping[str, Any]:
    """What is to be said of a list's first items, of which the envelope says what it does."""
    known = said.get("total")
    total = max(count, known) if isinstance(known, int) else count
    limit, page = (listing.paging.parameters.get(part) for part in ("limit", "page"))
    size = limit.default if limit and isinstance(limit.default, int) else max(1, count)
    first = page.first if page else 1
    members: dict[str, Any] = {
        "total": total,
        "count": count,
        "page": first,
        "size": size,
        "offset": 0,
        "pages": -(-total // max(1, size)),
        "has_more": total > count,
        "is_last": total <= count,
        "next_page": first + 1 if total > count else None,
        "previous_page": None,
        "previous_cursor": None,
        "previous_link": None,
    }
    ranges = listing.paging.ranges
    if ranges is None or ranges.by_value:
        return members
    return {**members, **told_of_positions(ranges, ranges.unit, count, 0, total)}


def _has_example(header: Header) -> bool:
    raw = header.document.at(header.document.resolve(header.schema)[0]) if header.schema else None
    return bool(examples_of(header)) or (isinstance(raw, dict) and bool({"example", "examples"} & raw.keys()))


def _laid(
    mock: Mock,
    response: Response,
    headers: Mapping[str, Header],
    listing: Listing,
    members: Mapping[str, Any],
) -> Response:
    """The response with the members in these headers of its."""
    lines: dict[bytes, bytes | None] = {}
    for name, header in headers.items():
        kind = listing.headers.get(name.lower())
        if kind is None or kind not in members:
            continue
        line = _line(mock, header, members[kind])
        if line is not None or (members[kind] in (None, ()) and not header.required):
            lines[name.lower().encode("latin-1", "replace")] = line
    if not lines:
        return response
    made = tuple((name, line) for name, line in lines.items() if line is not None)
    return response.with_lines(made, *lines)


def _line(mock: Mock, header: Header, value: Any) -> bytes | None:
    """A header's line with the value, in the first way of writing it that its schema takes."""
    for way in value if isinstance(value, tuple) else (value,):
        for each in (way, plain(way)) if way is not None and not header.content else ():
            if header.schema is None or mock.values.is_valid(header.schema, each):
                return plain(each).encode("latin-1", "replace")
    return None
