"""Media types and statuses of two sides, each with what holds it on the other: itself, or a range."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from accord.contract import MediaType, Operation, Response
from accord.contract.model import Content
from accord.exchange.media_types import most_specific, parse_media_type

_Value = TypeVar("_Value")
_DEFAULT = "DEFAULT"
_UTF_8 = re.compile(r';charset="?utf-?8"?(?=;|$)')


@dataclass(frozen=True, slots=True)
class Matched(Generic[_Value]):
    """What two sides have under names, some of which are ranges.

    `pairs` are those to be compared, each under its name; `widened` and `narrowed` the ranges of the new
    and of the old side that stand for some of the other side and have no equal there.
    """

    pairs: Mapping[str, tuple[_Value, _Value]]
    widened: Mapping[str, _Value]
    narrowed: Mapping[str, _Value]
    removed: Mapping[str, _Value]
    added: Mapping[str, _Value]


def matched_content(old: Content, new: Content) -> Matched[MediaType]:
    """The media types of two contents. What is named itself is held to that, else to the range that is
    nearest (OAS 3.1 section 4.8.14).
    """
    before, after = _by_media_type(old), _by_media_type(new)
    return _matched(before, after, covering_type)


def matched_responses(old: Operation, new: Operation) -> Matched[Response]:
    """The responses of two operations. `4XX` stands for each status of it, and `default` for each that
    nothing else names; for a success only where no other is named.
    """
    return _matched(_by_status(old), _by_status(new), _covering_status)


def _matched(
    old: Mapping[str, _Value], new: Mapping[str, _Value], covering: Callable[[str, Iterable[str]], str | None]
) -> Matched[_Value]:
    held = {name: name if name in new else covering(name, new) for name in old}
    holding = {name: name if name in old else covering(name, old) for name in new}
    pairs = {name: (old[name], new[key]) for name, key in held.items() if key is not None}
    pairs |= {name: (old[key], new[name]) for name, key in holding.items() if key is not None}
    used, using = set(held.values()), set(holding.values())
    return Matched(
        {name: pairs[name] for name in (*old, *new) if name in pairs},
        {name: new[name] for name, key in holding.items() if key is None and name in used},
        {name: old[name] for name, key in held.items() if key is None and name in using},
        {name: old[name] for name, key in held.items() if key is None and name not in using},
        {name: new[name] for name, key in holding.items() if key is None and name not in used},
    )


def _by_media_type(content: Content) -> dict[str, MediaType]:
    """The media types by their names; that a text is UTF-8 says nothing new where no other has the name."""
    found = {name.lower().replace(" ", ""): each for name, each in content.content.items()}
    plain = [_UTF_8.sub("", name) for name in found]
    return {
        short if plain.count(short) == 1 else name: each
        for short, (name, each) in zip(plain, found.items(), strict=True)
    }


def covering_type(name: str, names: Iterable[str]) -> str | None:
    """Which of these media types and ranges holds one, or a range of them."""
    parsed = parse_media_type(name)
    return most_specific(parsed, names) if parsed else None


def _by_status(operation: Operation) -> dict[str, Response]:
    return {status.upper(): response for status, response in operation.responses.items()}


def _covering_status(status: str, statuses: Iterable[str]) -> str | None:
    known = set(statuses)
    range_ = f"{status[0]}XX"
    if status.isdigit() and range_ in known:
        return range_
    is_open = status != _DEFAULT and not (status.startswith("2") and names_success(known))
    return _DEFAULT if is_open and _DEFAULT in known else None


def names_success(statuses: Iterable[str]) -> bool:
    """Is a 2xx among them? Where none is, `default` is what a client waits for."""
    return any(each.startswith("2") for each in statuses)
