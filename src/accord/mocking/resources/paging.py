"""How a list is asked for in parts, by its parameters and its response's headers."""

from collections.abc import Mapping
from typing import Literal

from accord.contract import Operation
from accord.mocking.resources.asking import Asking, asked_of
from accord.mocking.resources.fields import Reader
from accord.mocking.resources.model import Paging, PagingParameter, PagingPart, PagingStyle
from accord.mocking.resources.names import snake
from accord.mocking.resources.ranges import PARTIAL, headers_of, ranges_of, writes_range

_PARTS: Mapping[str, PagingPart] = {
    **dict.fromkeys(
        ("page", "page_number", "page_num", "page_no", "pagenumber", "page_index", "page_page"),
        "page",
    ),
    **dict.fromkeys(("offset", "skip", "start_index", "page_offset", "start_at"), "offset"),
    **dict.fromkeys(
        ("limit", "size", "per_page", "page_size", "pagesize", "perpage", "page_limit", "max_results", "top",
         "max_items", "count", "amount", "max_page_size", "page_count_max"),
        "limit",
    ),
    **dict.fromkeys(
        ("cursor", "after", "starting_after", "page_token", "pagetoken", "next_token", "continuation_token",
         "marker", "page_after", "page_cursor", "continue", "after_id", "next_cursor", "next_page_token",
         "start_cursor", "position_token"),
        "after",
    ),
    **dict.fromkeys(("before", "ending_before", "page_before", "before_id", "end_cursor"), "before"),
}  # fmt: skip
_STYLES: Mapping[PagingPart, PagingStyle] = {
    "page": "page",
    "offset": "offset",
    "after": "cursor",
    "before": "cursor",
}
_FIRSTS = ("start", "from")
_GROUPS = ("list_options", "options", "pagination", "paging")
_TIMES = ("date", "date-time")


def paging_of(reader: Reader, operation: Operation) -> Paging:
    """The paging of a list. A parameter whose type cannot be what its name says is none of it."""
    parts = parts_of(reader, operation)
    by_range = parts.get("range")
    ranges = ranges_of(reader, operation, by_range.parameter if by_range else None)
    found = {
        part: _described(reader, each)
        for part, each in parts.items()
        if part != "range" or ranges is not None
    }
    names = ", ".join(repr(parameter.name) for parameter in found.values())
    because = f"the parameters {names}" if found else ""
    if ranges is not None and "range" not in found and PARTIAL in operation.responses:
        found["range"] = PagingParameter("Range", "header")
    style = next((_STYLES[part] for part in ("page", "offset", "after", "before") if part in found), None)
    style = style or ("range" if "range" in found else "none")
    because = because or (f"the headers {', '.join(headers_of(operation))}" if ranges else "")
    return Paging(style, found, _has_link(operation), ranges, because)


def parts_of(reader: Reader, operation: Operation) -> Mapping[PagingPart, Asking]:
    """The parameters of a list that say which part of it is wanted."""
    found: dict[PagingPart, Asking] = {}
    asked = tuple(asked_of(reader, operation))
    for parameter in asked:
        part = _part(reader, parameter)
        if part is not None:
            found.setdefault(part, parameter)
    if "offset" not in found and "limit" in found:
        for parameter in asked:
            if _plain(parameter.name) in _FIRSTS and _is_number(reader, parameter):
                found["offset"] = parameter
    return found


def _part(reader: Reader, parameter: Asking) -> PagingPart | None:
    """What a parameter is to the paging of a list; None where it is nothing to it."""
    if parameter.location == "header":
        return "range" if parameter.name.lower() == "range" else None
    part = _PARTS.get(_plain(parameter.name)) if parameter.location == "query" else None
    if (
        parameter.location == "query"
        and parameter.name == "range"
        and writes_range(reader, parameter.parameter)
    ):
        return "range"
    fields = reader.read(parameter.schema) if parameter.schema else None
    if part is None or fields is None or not fields.types:
        return part
    if fields.text("format") in _TIMES or fields.types & {"object", "array", "boolean"}:
        return None
    if part == "page" and fields.types <= {"string", "null"} and not fields.text("pattern"):
        told = f"{parameter.description} {fields.text('description')}".lower()
        return "after" if any(word in told for word in ("cursor", "token", "next_page")) else part
    return part


def _is_number(reader: Reader, parameter: Asking) -> bool:
    return bool(parameter.schema and reader.read(parameter.schema).types & {"integer", "number"})


def _described(reader: Reader, parameter: Asking) -> PagingParameter:
    fields = reader.read(parameter.schema) if parameter.schema else None
    location: Literal["query", "header"] = "header" if parameter.location == "header" else "query"
    if fields is None:
        return PagingParameter(parameter.name, location, holder=parameter.holder)
    default = fields.first("default")
    default = default if isinstance(default, int | str) and not isinstance(default, bool) else None
    bounds = _whole(fields.first("minimum")), _whole(fields.first("maximum"))
    return PagingParameter(parameter.name, location, default, *bounds, holder=parameter.holder)


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _has_link(operation: Operation) -> bool:
    """Does the successful response have a Link header (RFC 8288)?"""
    return any(
        name.lower() == "link"
        for status, response in operation.responses.items()
        if status.startswith("2")
        for name in response.headers
    )


def _plain(name: str) -> str:
    head, _, rest = name.partition(".")
    return snake((rest if rest and snake(head) in _GROUPS else name).strip("$_"))
