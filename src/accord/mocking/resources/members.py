"""What a list's envelope says about the list: totals, pages, cursors, links."""

import re
from collections.abc import Iterator, Mapping

from accord.contract import Header, Operation
from accord.document import pointers
from accord.mocking.resources.fields import Fields, Reader
from accord.mocking.resources.model import Member, MemberKind, Paging, Place
from accord.mocking.resources.names import base_of, snake
from accord.mocking.resources.ranges import HEADERS

_DEEPEST = 3
_OF_ITEMS = frozenset({"self_link", "included"})
"""What an envelope says of a single item."""
_INFORMING = frozenset(
    ("meta", "metadata", "pagination", "paging", "page", "pages", "links", "page_info", "cursors", "cursor",
     "response_metadata", "info", "list_metadata", "page_metadata", "pager", "paginator", "response_info")
)  # fmt: skip
_NUMBERS: Mapping[str, MemberKind] = {
    **dict.fromkeys(
        ("total", "total_count", "total_items", "items_total", "total_elements", "total_results",
         "total_size", "total_records", "total_entries", "count_total", "total_hits", "results_total",
         "item_count_total"),
        "total",
    ),
    **dict.fromkeys(
        ("count", "number_of_elements", "item_count", "result_count", "returned", "num_items"), "count"
    ),
    **dict.fromkeys(("remaining_item_count", "remaining"), "remaining"),
    **dict.fromkeys(("page", "page_number", "current_page", "page_index", "page_no"), "page"),
    **dict.fromkeys(("size", "page_size", "per_page", "limit", "items_per_page", "page_limit",
         "current_limit"), "size"),
    **dict.fromkeys(("offset", "current_offset", "skip", "start_index", "start", "from"), "offset"),
    **dict.fromkeys(("pages", "total_pages", "pages_total", "page_count", "num_pages", "last_page"), "pages"),
    **dict.fromkeys(("next_page", "next_page_number"), "next_page"),
    **dict.fromkeys(("prev_page", "previous_page", "prev_page_number"), "previous_page"),
}  # fmt: skip
_FLAGS: Mapping[str, MemberKind] = {
    **dict.fromkeys(("has_more", "has_next", "has_next_page", "more", "has_more_items"), "has_more"),
    **dict.fromkeys(("is_last", "last", "is_last_page"), "is_last"),
}
_CURSORS: Mapping[str, MemberKind] = {
    **dict.fromkeys(
        ("next_cursor", "next_page_token", "next_token", "cursor", "continuation_token", "continue",
         "end_cursor", "next_marker", "next_offset", "after", "next_page_cursor", "next_page", "next_after"),
        "next_cursor",
    ),
    **dict.fromkeys(("previous_cursor", "prev_cursor", "start_cursor", "before"), "previous_cursor"),
    "first_id": "first_id",
    "last_id": "last_id",
}  # fmt: skip
_LINKS: Mapping[str, MemberKind] = {
    **dict.fromkeys(("self", "href"), "self_link"),
    **dict.fromkeys(("first", "first_page_uri", "first_url", "first_link", "first_page_url"), "first_link"),
    **dict.fromkeys(
        ("prev", "previous", "previous_page_uri", "prev_url", "previous_url", "prev_page_url", "prev_link"),
        "previous_link",
    ),
    **dict.fromkeys(
        ("next", "next_page_uri", "next_url", "next_link", "next_page_url", "next_href", "odata_next_link"),
        "next_link",
    ),
    **dict.fromkeys(("last", "last_page_uri", "last_url", "last_link", "last_page_url"), "last_link"),
}  # fmt: skip

_URL = re.compile(r"\b(?:ur[li]s?|links?)\b")
_NOT_IN_HEADERS = frozenset({"remaining", "limit", "from", "after", "before", "continue"})
"""Names that say something else in a header: what is left of a limit, for one."""


def members_of(reader: Reader, schema: str, place: Place, paging: Paging) -> tuple[Member, ...]:
    """What the envelope around an item or items says of them, by its names."""
    if not (place.pointer or place.many):
        return ()
    found = tuple(_members(reader, reader.read(schema), "", place.pointer, paging))
    if not place.many:
        return tuple(each for each in found if each.kind in _OF_ITEMS)
    kinds = {member.kind for member in found}
    if "total" in kinds or paging.style == "none":
        return found
    return tuple(Member("total", each.pointer) if each.kind == "count" else each for each in found)


def _members(reader: Reader, fields: Fields, at: str, items: str, paging: Paging) -> Iterator[Member]:
    for name in fields.properties:
        pointer = pointers.join(at, name)
        if pointer == items:
            continue
        inner = reader.child(fields, name)
        kind: MemberKind | None = "included" if pointer == "/included" and inner.is_array else None
        kind = kind or _kind(name, inner, at, paging) or _counted(name, inner, items)
        if kind is not None:
            yield Member(kind, pointer)
        elif inner.is_object and at.count("/") < _DEEPEST and _informs(name, pointer, items):
            yield from _members(reader, inner, pointer, items, paging)
        elif inner.is_object and "href" in inner.properties and _plain(name) in _LINKS:
            yield Member(_LINKS[_plain(name)], pointers.join(pointer, "href"))


def told_in_headers(reader: Reader, operation: Operation, paging: Paging) -> Mapping[str, MemberKind]:
    """What the headers of a list's successful responses say of the list, by their names in lower case."""
    found: dict[str, MemberKind] = {}
    for status, response in operation.responses.items():
        for name, header in response.headers.items() if status.startswith("2") else ():
            kind = HEADERS.get(name.lower()) if paging.ranges else None
            kind = kind or _header_kind(reader, name, header, paging)
            if kind is not None:
                found[name.lower()] = kind
    return found


def _header_kind(reader: Reader, name: str, header: Header, paging: Paging) -> MemberKind | None:
    """What a header is by its name and description: values of headers are texts, whatever their type."""
    text = snake(name).removeprefix("x_").removeprefix("pagination_")
    fields = reader.read(header.schema) if header.schema else None
    if fields is not None and "boolean" in fields.types:
        return _FLAGS.get(text)
    said = f"{header.description} {fields.text('description') if fields else ''}".lower()
    if (fields is not None and fields.text("format").startswith(("uri", "url"))) or _URL.search(said):
        return _LINKS.get(text) or _LINKS.get(text.removesuffix("_page"))
    if paging.style == "cursor" and text in _CURSORS:
        return _CURSORS[text]
    return None if text in _NOT_IN_HEADERS else _NUMBERS.get(text) or _CURSORS.get(text)


def _counted(name: str, fields: Fields, items: str) -> MemberKind | None:
    """The number of all items, where it is called after them: `articlesCount` beside `articles`."""
    whose, _, what = _plain(name).rpartition("_")
    is_count = what in ("count", "total") and bool(fields.types & {"integer", "number"})
    return "total" if is_count and base_of(whose) == base_of(items.rpartition("/")[2]) else None


def _informs(name: str, pointer: str, items: str) -> bool:
    return _plain(name) in _INFORMING or items.startswith(f"{pointer}/")


def _kind(name: str, fields: Fields, at: str, paging: Paging) -> MemberKind | None:
    """What a member is by its name and type; `at` is where the object stands that has it."""
    text, holder = _plain(name), _plain(at.rpartition("/")[2])
    if "boolean" in fields.types:
        return _FLAGS.get(text)
    if fields.types & {"integer", "number"} and "object" not in fields.types:
        numeric = {**_NUMBERS, "number": "page"} if holder in ("page", "pagination", "") else _NUMBERS
        return numeric.get(text) or (_CURSORS.get(text) if text == "next_offset" else None)
    if "string" not in fields.types or "object" in fields.types:
        return None
    return _text_kind(text, fields, holder, paging)


def _text_kind(text: str, fields: Fields, holder: str, paging: Paging) -> MemberKind | None:
    if holder in ("cursors", "cursor") and text in ("next", "previous", "prev"):
        return "next_cursor" if text == "next" else "previous_cursor"
    is_link = holder in ("links", "pages") or fields.text("format").startswith(("uri", "url"))
    if text in _LINKS and text in ("next", "prev", "previous") and not is_link and paging.style == "cursor":
        is_url = any(word in fields.text("description").lower() for word in ("url", "uri", "link"))
        if not is_url:
            return "next_cursor" if text == "next" else "previous_cursor"
    return _CURSORS.get(text) if not is_link and text in _CURSORS else _LINKS.get(text)


def _plain(name: str) -> str:
    return snake(name.strip("_@$"))
