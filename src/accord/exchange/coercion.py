"""From text to values, as the schema directs: strictly, and text stays text where nothing else fits."""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from accord.exchange.model import ABSENT
from accord.exchange.shapes import Shape

Split: TypeAlias = "str | Sequence[Split] | Mapping[str, Split]"
"""What a style makes of text: itself, its items or its properties, all still text."""

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,308})")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,308})(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_LONGEST_NUMBER = 1_000


def integer_of(text: str) -> Any:
    """The integer that a text is, in JSON's digits; ABSENT where it is none."""
    return int(text) if _INTEGER.fullmatch(text) else ABSENT


def number_of(text: str) -> Any:
    """The number that a text is, as JSON writes it and within a float's range; ABSENT where it is none."""
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return ABSENT
    if _INTEGER.fullmatch(text):
        return int(text)
    number = float(text)
    return number if math.isfinite(number) else ABSENT


def boolean_of(text: str) -> Any:
    """True and false by exactly these words; ABSENT for anything else."""
    return {"true": True, "false": False}.get(text, ABSENT)


def null_of(text: str) -> Any:
    """None for an empty text and for `null`; ABSENT for anything else."""
    return None if text in ("", "null") else ABSENT


_READERS: Sequence[tuple[str, Callable[[str], Any]]] = (
    ("integer", integer_of),
    ("number", number_of),
    ("boolean", boolean_of),
    ("null", null_of),
)


def scalar_reader(types: frozenset[str]) -> Callable[[str], Any]:
    """What reads a text as one of these types. Text stays text where none fits: the schema then refuses it.

    Where text is allowed, `null` is the word.
    """
    readers = tuple(
        read for name, read in _READERS if name in types and not (name == "null" and "string" in types)
    )
    if not readers:
        return _same
    if len(readers) == 1:
        return _only(readers[0])

    def read(text: str) -> Any:
        for reader in readers:
            if (value := reader(text)) is not ABSENT:
                return value
        return text

    return read


def _same(text: str) -> str:
    return text


def _only(reader: Callable[[str], Any]) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        value = reader(text)
        return text if value is ABSENT else value

    return read


def coerce(split: Split, shape: Shape) -> Any:
    """The value that a split text stands for under a schema of this shape."""
    if isinstance(split, str):
        return scalar_reader(shape.types)(split)
    if isinstance(split, Mapping):
        items = _items_in_brackets(split, shape)
        if items is not None:
            return [coerce(item, shape.items) for item in items]
        return {
            name: coerce(_as_listed(child, shape.property(name)), shape.property(name))
            for name, child in split.items()
        }
    return [coerce(child, shape.items) for child in split]


def _items_in_brackets(split: Mapping[str, Split], shape: Shape) -> "Sequence[Split] | None":
    """The items of `p[0][a]=…&p[1][a]=…` or `p[]=…`, where an array may be meant and no object."""
    if "array" not in shape.types or "object" in shape.types:
        return None
    if split.keys() == {""}:
        listed = split[""]
        return [listed] if isinstance(listed, str | Mapping) else listed
    is_counted = all(name == str(at) for at, name in enumerate(split))
    return list(split.values()) if is_counted else None


def _as_listed(split: Split, shape: Shape) -> Split:
    """One text as a list of one, where a list is all that it may be."""
    if isinstance(split, str) and shape.types and shape.types <= {"array", "null"}:
        return [split]
    return split


def is_ambiguous(shape: Shape) -> bool:
    """May the same text be read in more than one way?"""
    scalars = shape.types - {"array", "object", "null"}
    return "string" in scalars and len(scalars) > 1


def as_text(split: Split) -> Iterator[Any]:
    """The same with nothing coerced: for a schema that allows text where it could also be a number."""
    if isinstance(split, str):
        yield split
    elif isinstance(split, Mapping):
        yield {name: next(as_text(child)) for name, child in split.items()}
    else:
        yield [next(as_text(child)) for child in split]
