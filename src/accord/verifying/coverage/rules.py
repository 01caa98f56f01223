"""The rules of a schema that a request can break, one at a time."""

from collections.abc import Iterator, Mapping
from typing import Any

from accord.document import Document, pointers
from accord.schemas.composing import hides, types_of
from accord.schemas.formats import FLOATS, INTEGERS, STRINGS

LONGEST_SENT = 65_536
"""What is longer is not tried at its edge: servers read no such body, let alone such a URL."""
BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
SIZES = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
_RULES = (
    *("enum", "const", "multipleOf", "pattern", "uniqueItems", "contains", "propertyNames"),
    *("dependentRequired", "not", *BOUNDS, *SIZES),
)
_FORMATS = frozenset(
    (
        *("date", "date-time", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4"),
        *("ipv6", "uri", "uri-reference", "uri-template", "iri", "iri-reference", "uuid", "json-pointer"),
        "regex",
    )
)
"""The formats of JSON Schema that are asserted."""
_TEXTUAL = frozenset(("string", "array", "object"))


def breakable(
    document: Document, pointer: str, raw: Mapping[str, Any], *, is_form: bool, is_text: bool
) -> Iterator[tuple[str, str]]:
    """The keywords of a schema that a request can break, each with the property that it asks for, or nothing.

    `is_form`: its type is that of one form of several. `is_text`: what comes is text, so all is a string.
    """
    types = set(types_of(raw))
    if types and not is_form and not (is_text and types & _TEXTUAL):
        yield "type", ""
    for keyword in _RULES:
        if keyword in raw and _says_something(keyword, raw[keyword]):
            yield keyword, ""
    if _has_format(raw):
        yield "format", ""
    if raw.get("additionalProperties") is False and not is_text:
        yield "additionalProperties", ""
    names = raw.get("required")
    for name in names if isinstance(names, list) else ():
        if not hides(document, pointers.join(pointer, "properties", str(name)), "readOnly"):
            yield "required", str(name)


def _has_format(raw: Mapping[str, Any]) -> bool:
    """Is its format one that a value can break, which no tighter bound says already?"""
    name = str(raw.get("format"))
    if name in INTEGERS:
        low, high = INTEGERS[name]
        return not (raw.get("minimum", low - 1) >= low and raw.get("maximum", high + 1) <= high)
    return name not in FLOATS and (name in _FORMATS or name in STRINGS)


def _says_something(keyword: str, said: Any) -> bool:
    """Is there anything that breaks it, and that can be sent?"""
    if keyword in SIZES and isinstance(said, int | float):
        return said <= LONGEST_SENT and not (said <= 0 and keyword.startswith("min"))
    return said is not False and said not in ({}, [])
