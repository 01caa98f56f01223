"""Texts and numbers: the most natural candidate that its schema admits."""

from __future__ import annotations

import json
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

from accord.schemas.sampling.codes import DIGITS, LETTERS, characters
from accord.schemas.sampling.formats import of_format, uuid
from accord.schemas.sampling.hints import hinted
from accord.schemas.sampling.numbers import Range, range_of
from accord.schemas.sampling.prose import word_of
from accord.schemas.sampling.quantities import exact, is_whole, usual
from accord.schemas.sampling.synthesis import matching
from accord.schemas.sampling.texts import sources
from accord.schemas.sampling.told import made
from accord.schemas.sampling.unsatisfied import Unsatisfied

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from accord.schemas.sampling.places import Place
    from accord.schemas.sampling.production import Production
    from accord.schemas.sampling.told import Maker, Source, Subject, Told
    from accord.schemas.sampling.views import View

_LONGEST = 100_000
_TRIES_OF_A_SPELLING = 4
_SHARE = 30
"""How much a JSON text within a text may hold."""
_SHORT = 4
_USUAL = (Fraction(1), Fraction(1000))
_WIDE = (Fraction(-(10**6)), Fraction(10**6))


def text(production: Production, view: View, place: Place) -> str | None:
    """A text that the view admits. None where none was found."""
    low, high = view.once("lengths", lambda: _lengths(view))
    if low > min(high, _LONGEST):
        return None
    if "contentSchema" in view.keywords:
        document = _document(production, view, place)
        if document is not None and low <= len(document) <= high and view.admits(document):
            return document
    told = production.told(view, place, low, high)
    seen: set[str] = set()
    for candidate in made(told, told.subject.once("sources", lambda: tuple(_sources(view, told.subject)))):
        fitting = candidate if low <= len(candidate) <= high else _fitted(candidate, low, high)
        if fitting not in seen and view.admits(fitting):
            return fitting
        seen.add(fitting)
    return None


def _lengths(view: View) -> tuple[int, int]:
    """The least and the greatest length that a text may have."""
    most = view.least("maxLength")
    return int(view.most("minLength") or 0), _LONGEST if most is None else int(most)


def _document(production: Production, view: View, place: Place) -> str | None:
    """The JSON text that the schema says a text is, by `contentSchema`. None where it says nothing."""
    items = [
        (part["contentSchema"], f"{pointer}/contentSchema" if pointer else "")
        for part, pointer in view.parts
        if "contentSchema" in part
    ]
    if not items or "json" not in view.text("contentMediaType") or view.text("contentEncoding"):
        return None
    try:
        value = production.value(production.reader.view(*items), place.element(0, place.active), _SHARE)
    except Unsatisfied:
        return None
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _sources(view: View, subject: Subject) -> Iterator[Source]:
    """What texts come from, the most fitting first."""
    turn, formats = subject.place.turn, view.every("format")
    for format_ in formats if not turn else ():
        if isinstance(format_, str):
            yield from of_format(format_)
    spelled = partial(_spelled, view)
    if turn:
        yield spelled, ""
    is_bounded = subject.low > 0 or subject.high < _LONGEST
    for maker, role in sources(subject, hinted(subject)):
        yield _of_length(maker) if is_bounded else maker, role
    for pattern in view.every("pattern"):
        if isinstance(pattern, str):
            yield partial(_matching, pattern), ""
    if subject.low > _SHORT * 10:
        yield (lambda told, _: told.scene.words.long_text(told.dice, told.low)), ""
    yield from _MEANINGLESS
    yield spelled, ""


_MEANINGLESS: Sequence[Source] = (
    (lambda told, _: word_of(told), ""),
    (lambda told, _: uuid(told.dice), ""),
    (lambda told, _: characters(told, LETTERS, max(told.low, 1)), ""),
    (lambda told, _: characters(told, DIGITS, max(told.low, 1)), ""),
    (lambda *_: "", ""),
)


def _of_length(maker: Maker) -> Maker:
    """What makes the same, but nothing that is too short or too long."""
    return lambda told, role: (
        each for each in made(told, [(maker, role)]) if told.low <= len(each) <= told.high
    )


def _matching(pattern: str, told: Told, _: str) -> Iterator[str]:
    return matching(pattern, told.low, told.high, told.dice)


def _spelled(view: View, told: Told, _: str) -> Iterator[str]:
    """Texts that have all patterns and formats at once."""
    for spelling in view.spellings:
        for _try in range(_TRIES_OF_A_SPELLING):
            found = spelling.text(told.low, told.high, told.dice)
            if found is None:
                break
            yield found


def _fitted(candidate: str, low: int, high: int) -> str:
    """The text, cut or made longer so that its length is allowed."""
    if len(candidate) > high:
        return candidate[:high].rstrip().ljust(max(low, min(high, 1)), "a")[:high]
    return (candidate + " " + "abcdefghijklmnopqrstuvwxyz" * (low // 26 + 1))[:low].rstrip().ljust(low, "a")


def numeric(production: Production, view: View, place: Place, *, is_integer: bool) -> Any:
    """A number that the view admits. None where none was found."""
    told = production.told(view, place)
    subject, turn = told.subject, place.turn
    for make in subject.once("exact", lambda: tuple(exact(subject))) if not turn else ():
        value = make(told)
        if (isinstance(value, int) or not is_integer) and view.admits(value):
            return value
    for each in subject.once(
        ("ranges", is_integer), lambda: tuple(_ranges(view, subject, is_integer=is_integer))
    ):
        found = each.number(told.dice, turn)
        if view.admits(found):
            return found
    return None


def _ranges(view: View, subject: Subject, *, is_integer: bool) -> Iterator[Range]:
    """The ranges that a number is looked for in, the most fitting first."""
    turn = subject.place.turn
    grids = (True, is_integer) if is_whole(subject) and not turn else (is_integer,)
    for nearby in usual(subject) if not turn else (_WIDE, _USUAL):
        for is_on_grid in (*grids, is_integer, is_integer):
            found = range_of(view, nearby, is_integer=is_on_grid)
            if found is not None:
                yield found
