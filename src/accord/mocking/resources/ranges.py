"""How a contract writes the range of a list that is wanted, or that an answer has (RFC 9110 section 14)."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from accord.contract import Header, Operation, Parameter
from accord.mocking.resources.fields import Reader
from accord.mocking.resources.model import MemberKind, Ranges

HEADERS: Mapping[str, MemberKind] = {
    "content-range": "content_range",
    "next-range": "next_range",
    "accept-ranges": "range_units",
}
"""The headers of a response that speak of ranges, in lower case."""
PARTIAL = "206"
_DIGIT = r"(?:\d|\\d|\[0-9\]|\(|[{<]|[xnm]-)"
_ASKED = re.compile(rf"\b([A-Za-z][\w-]*)=\s*{_DIGIT}")
_TOLD = re.compile(r"\b([A-Za-z][\w-]*) +(?:\d+-\d+|\*)/")
_BARE = re.compile(r"[\^(]*(?:\d+|\\d[+*]?|\[0-9\][+*]?)[)?]*-")
_VALUES = re.compile(r"\b\w+ *\]?\S*\.\.")
_OF_BYTES = frozenset({"bytes", "byte"})
_WRITTEN = ("pattern", "default", "example", "examples", "enum", "const")


def ranges_of(reader: Reader, operation: Operation, asked: Parameter | None) -> Ranges | None:
    """How ranges are written, by the parameter that asks for one and the headers that tell one.

    None where there are none, or they are of bytes.
    """
    headers = headers_of(operation)
    if asked is None and "content-range" not in headers:
        return None
    written = list(_written(reader, asked)) if asked else []
    said = [*written, *_said(reader, asked)] if asked else []
    told = [text for header in headers.values() for text in (*_written(reader, header), header.description)]
    if "next-range" in headers or any(_VALUES.search(text) for text in said):
        return Ranges(by_value=True)
    named = [match[1] for text in said for match in _ASKED.finditer(text)]
    named += [match[1] for text in told for match in _TOLD.finditer(text)]
    units = headers.get("accept-ranges")
    named += [
        each for each in (_written(reader, units) if units else ()) if each.isalpha() and each != "none"
    ]
    unit = named[0] if named else ""
    is_bare = any(_BARE.match(text) for text in written) or (not said and _is_bare(reader, headers))
    return None if unit.lower() in _OF_BYTES else Ranges(unit, is_bare)


def headers_of(operation: Operation) -> Mapping[str, Header]:
    """The headers of successful responses that speak of ranges, by their names in lower case."""
    return {
        name.lower(): header
        for status, response in operation.responses.items()
        if status.startswith("2")
        for name, header in response.headers.items()
        if name.lower() in HEADERS
    }


def writes_range(reader: Reader, parameter: Parameter) -> bool:
    """Does what is written of a parameter show that it takes a range of positions?"""
    return any(_BARE.match(text) or _ASKED.search(text) for text in _written(reader, parameter))


def _is_bare(reader: Reader, headers: Mapping[str, Header]) -> bool:
    """Is the range that a header tells written without a unit?"""
    header = headers.get("content-range")
    return header is not None and any(_BARE.match(text) for text in _written(reader, header))


def _written(reader: Reader, element: Parameter | Header) -> Iterator[str]:
    """The values and patterns that are written of an element, itself or in its schema."""
    raws: list[Mapping[str, Any]] = [element.raw]
    if element.schema:
        raws += [raw for _, raw in reader.read(element.schema).parts]
    for name in _WRITTEN:
        for raw in raws:
            yield from _texts(raw.get(name))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _said(reader: Reader, element: Parameter) -> Iterator[str]:
    yield element.description
    if element.schema:
        yield from (str(raw.get("description") or "") for _, raw in reader.read(element.schema).parts)
