"""Values as text: a scalar as it stands there, anything else as JSON; and in a query, percent-encoded."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote_plus

import orjson


def to_json(value: Any) -> bytes:
    """The value as JSON, integers of any size included."""
    try:
        return plain_json(value)
    except TypeError:
        return json.dumps(value, ensure_ascii=True).encode()


def plain_json(value: Any) -> bytes:
    """The value as JSON that orjson reads as it was written. Raises TypeError.

    What orjson gives keeps the eight kilobytes that it was written in, however short it is. This is a copy.
    """
    return b"".join((orjson.dumps(value), b""))


def plain(value: Any) -> str:
    """A scalar as it stands in text; anything else as JSON."""
    if isinstance(value, str):
        return value
    return "" if value is None else to_json(value).decode()


def named(value: Any) -> str:
    """An identifier as text. A number without a fraction is an integer (JSON Schema 2020-12): 1.0 is 1."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def printable(line: str) -> str:
    """The text as one line of a log, which nothing in it can break or colour."""
    if line.isprintable():
        return line
    return "".join(letter if letter.isprintable() else "?" for letter in line)


def query_with(query: bytes, changed: Mapping[str, Any]) -> str:
    """The query with other values for these parameters; without those whose value is None."""
    pairs = [pair for pair in query.decode("latin-1").split("&") if pair]
    kept = [pair for pair in pairs if unquote_plus(pair.partition("=")[0]) not in changed]
    new = [
        f"{quote(name, safe='')}={quote(str(value), safe='')}"
        for name, value in changed.items()
        if value is not None
    ]
    return "&".join([*kept, *new])
