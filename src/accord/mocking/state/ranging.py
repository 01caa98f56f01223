"""Which part of a list a range asks for, and how an answer writes which part it has."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from accord.document.pointers import found
from accord.mocking.resources import Ranges
from accord.mocking.state.ordering import Rank, rank_of
from accord.mocking.state.world import Item
from accord.mocking.texts import plain

_POSITIONS = re.compile(r"(?:(?P<unit>[A-Za-z][\w-]*)\s*[=\s]\s*)?(?P<first>\d*)-(?P<last>\d*|\*)")
_VALUES = re.compile(
    r"(?P<name>[A-Za-z_]\w*)(?:\s+(?P<after>\]?)(?P<first>[^;]*?)\.\.(?P<last>[^;\[]*)(?P<before>\[?))?"
    r"\s*(?:;\s*(?P<options>.*))?"
)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_USUAL = "items"
_MOST = 200
"""The items of a range of values that does not say how many it wants."""


class Span(NamedTuple):
    """The part of a list that a range asks for. `items` are all of it, in the order that the range has.

    `unit` is the unit, or the property, that the caller named.
    """

    items: Sequence[Item]
    start: int
    size: int
    unit: str
    options: str = ""


def span_of(text: str, ranges: Ranges, items: Sequence[Item]) -> Span | None:
    """The part that is asked for; None where the text is no such range, and the whole is to be answered.

    Of several ranges none is answered, nor of another unit (RFC 9110 section 14.2).
    """
    return _of_values(text.strip(), items) if ranges.by_value else _of_positions(text.strip(), ranges, items)


def told(
    ranges: Ranges, span: Span | None, page: Sequence[Item], start: int, total: int
) -> Mapping[str, Any]:
    """What headers say of a page, each in the ways in which it may be written, the likeliest first."""
    if ranges.by_value:
        return _told_of_values(span, page, start, total)
    return told_of_positions(ranges, (span.unit if span else "") or ranges.unit, len(page), start, total)


def told_of_positions(ranges: Ranges, unit: str, count: int, start: int, total: int) -> Mapping[str, Any]:
    """The same of a page of as many items from a position on."""
    unit = unit or _USUAL
    part = f"{start}-{start + count - 1}" if count else "*"
    bare, named = f"{part}/{total}", f"{unit} {part}/{total}"
    return {
        "content_range": (bare, named) if ranges.is_bare else (named, bare),
        "range_units": (unit,),
        "next_range": (),
    }


def _of_positions(text: str, ranges: Ranges, items: Sequence[Item]) -> Span | None:
    match = _POSITIONS.fullmatch(text)
    if match is None:
        return None
    unit, first, last = match["unit"] or "", match["first"], match["last"]
    if unit and (unit.lower() != ranges.unit.lower() if ranges.unit else unit.lower() == "bytes"):
        return None
    total = len(items)
    if not first:
        size = int(last) if last.isdecimal() else 0
        return Span(items, max(0, total - size), size, unit) if size else None
    start = int(first)
    end = int(last) + 1 if last.isdecimal() else max(total, start + 1)
    return Span(items, start, end - start, unit) if end > start else None


def _of_values(text: str, items: Sequence[Item]) -> Span | None:
    match = _VALUES.fullmatch(text)
    name = match["name"] if match else ""
    if match is None or not any(found(item.value, [name]) is not None for item in items):
        return None
    options = dict(pair.strip().partition("=")[::2] for pair in (match["options"] or "").split(","))
    is_down = options.get("order", "").strip().lower() == "desc"
    ordered = sorted(items, key=lambda item: rank_of(found(item.value, [name])), reverse=is_down)
    ranks = [rank_of(found(item.value, [name])) for item in ordered]
    first, last = match["first"] or "", match["last"] or ""
    start = _place(ranks, first, is_after=bool(match["after"]), is_down=is_down) if first else 0
    end = _place(ranks, last, is_after=not match["before"], is_down=is_down) if last else len(ordered)
    most = options.get("max", "").strip()
    size = min(int(most) if most.isdecimal() else _MOST, max(0, end - start))
    return Span(ordered, start, size, name, match["options"] or "")


def _place(ranks: Sequence[Rank], text: str, *, is_after: bool, is_down: bool) -> int:
    """How many items come before a value, those that have it themselves among them if it `is_after`."""
    are_numbers = bool(ranks) and ranks[-1][0] == rank_of(0)[0]
    wanted = rank_of(float(text)) if are_numbers and _NUMBER.fullmatch(text) else rank_of(text)
    return sum(
        (each > wanted if is_down else each < wanted) or (is_after and each == wanted) for each in ranks
    )


def _told_of_values(span: Span | None, page: Sequence[Item], start: int, total: int) -> Mapping[str, Any]:
    name = span.unit if span else "id"
    if not page:
        return {"content_range": (), "range_units": (name,), "next_range": ()}
    first, last = (plain(found(item.value, [name])) for item in (page[0], page[-1]))
    options = f"; {span.options}" if span and span.options else f"; max={len(page)}"
    rest = (f"{name} ]{last}..{options}",) if start + len(page) < total else ()
    return {"content_range": (f"{name} {first}..{last}",), "range_units": (name,), "next_range": rest}
