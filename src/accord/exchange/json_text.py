"""Reading JSON from outside: strict where RFC 8259 leaves room, and never an exception of the parser's own.

orjson reads; one walk over the value finds what orjson lets pass: keys that are there twice (fewer keys
than colons), integers that became floats, nesting that nobody could write again. Only what looks
suspicious is read a second time, slowly.
"""

import json
import math
import re
from typing import Any

import orjson

_FIRST_BIG = float(2**63)
_COLONS = re.compile(rb'"[ \t\r\n]*:')
_LONGEST_INTEGER = 309
BOM = b"\xef\xbb\xbf"


class MalformedJson(ValueError):
    """Text that is not JSON as we read it. Its message says why, and where."""


def read_json(text: bytes, *, deepest: int = 128) -> Any:
    """The value of a JSON text.

    Raises MalformedJson where it is none; where a key is there twice, a number is beyond a float's range,
    a surrogate stands alone, it is nested deeper than `deepest` levels or begins with a byte order mark.
    """
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise MalformedJson(_reason(text, error)) from None
    if value.__class__ is dict or value.__class__ is list:
        keys = _count_keys(value, deepest)
        if keys < 0 or (text.count(b":") != keys and len(_COLONS.findall(text)) != keys):
            return _read_slowly(text)
    elif value.__class__ is float and not -_FIRST_BIG < value < _FIRST_BIG:
        return _read_slowly(text)
    return value


def _count_keys(value: Any, deepest: int) -> int:
    """How many keys all objects in it have; far below zero where a float may have been an integer."""
    if deepest <= 0:
        raise MalformedJson("it is nested too deeply")
    count = 0
    if value.__class__ is dict:
        count = len(value)
        value = value.values()
    if _NOTABLE.isdisjoint(map(type, value)):
        return count
    for child in value:
        kind = child.__class__
        if kind is dict or kind is list:
            count += _count_keys(child, deepest - 1)
        elif kind is float and not -_FIRST_BIG < child < _FIRST_BIG:
            count -= _SUSPICIOUS
    return count


_SUSPICIOUS = 2**60
_NOTABLE = frozenset({dict, list, float})


def _reason(text: bytes, error: orjson.JSONDecodeError) -> str:
    if text.startswith(BOM):
        return "it begins with a byte order mark; send it without"
    place = f" (line {error.lineno}, column {error.colno})"
    if "depth" in error.msg:
        return "it is nested too deeply" + place
    if "infinity" in error.msg:
        return "a number is beyond the range of a 64-bit float" + place
    if "UTF-8" in error.msg:
        return "it is not UTF-8"
    if not text.strip():
        return "it is empty"
    return error.msg.removesuffix(f": line {error.lineno} column {error.colno} (char {error.pos})") + place


def _read_slowly(text: bytes) -> Any:
    """The value, by a reader that sees each key and the digits of each integer. The text is well-formed."""
    try:
        return json.loads(text, object_pairs_hook=_object, parse_int=_integer, parse_float=_float)
    except RecursionError:
        raise MalformedJson("it is nested too deeply") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise MalformedJson(f"the key {json.dumps(key[:80])} is there twice in one object")
        found[key] = value
    return found


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST_INTEGER:
        raise MalformedJson("a number is beyond the range of a 64-bit float")
    return int(digits)


def _float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise MalformedJson("a number is beyond the range of a 64-bit float")
    return value
