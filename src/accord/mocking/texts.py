"""Values as text: a scalar as it stands there, anything else as JSON."""

import json
from typing import Any

import orjson


def to_json(value: Any) -> bytes:
    """The value as JSON, integers of any size included."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, ensure_ascii=True).encode()


def plain(value: Any) -> str:
    """A scalar as it stands in text; anything else as JSON."""
    if isinstance(value, str):
        return value
    return "" if value is None else to_json(value).decode()


def printable(line: str) -> str:
    """The text as one line of a log, which nothing in it can break or colour."""
    if line.isprintable():
        return line
    return "".join(letter if letter.isprintable() else "?" for letter in line)
