"""Texts and numbers: the most natural candidate that its schema admits."""

from __future__ import annotations

import json
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from accord.schemas.sampling.codes import DIGITS, LETTERS, characters
from accord.schemas.sampling.formats import of_format, uuid
from accord.schemas.sampling.hints import hinted
from accord.schemas.sampling.numbers import Range, range_of
from accord.schemas.sampling.prose import word_of
from accord.schemas.sampling.quantities import exact, is_whole, likely_of, usual
from accord.schemas.sampling.synthesis import matching
from accord.schemas.sampling.texts import sources
from accord.schemas.sampling.unsatisfied import Unsatisfied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from accord.schemas.sampling.places import Place
    from accord.schemas.sampling.production import Production
    from accord.schemas.sampling.told import Maker, Source, Subject, Told
    from accord.schemas.sampling.views import View

Make: TypeAlias = "Callable[[Told], Any]"
"""What makes a value from what is told of it."""
_Way: TypeAlias = "tuple[Maker, str, bool]"
"""A source of texts, and whether one that is too short or too long is made to fit."""
LONGEST = 100_000
_TRIES_OF_A_SPELLING = 4
_SHARE = 30
"""How much a JSON text within a text may hold."""
_SHORT = 4
_USUAL = (Fraction(1), Fraction(1000))
_WIDE = (Fraction(-(10**6)), Fraction(10**6))


def scalar_of(kind: str, view: View, subject: Subject) -> Make:
    """What makes values of a type; None where it finds none that the view admits."""
    if kind == "string":
        return _text_of(view, subject)
    return _truth_of(view, subject) if kind == "boolean" else _number_of(kind, view, subject)


def _text_of(view: View, subject: Subject) -> Make:
    low, high, admits = subject.low, subject.high, view.admits
    ways = tuple(_sources(view, subject)) if low <= min(high, LONGEST) else ()

    def find(told: Told) -> str | None:
        for maker, role, is_cut in ways:
            found = maker(told, role)
            for each in (found,) if isinstance(found, str) else found:
                if low <= len(each) <= high:
                    if admits(each):
                        return each
                elif is_cut and admits(fitting := _fitted(each, low, high)):
                    return fitting
        return None

    return find


def lengths(view: View) -> tuple[int, int]:
    """The least and the greatest length that a text may have."""
    return view.once("lengths", lambda: _lengths(view))


def _lengths(view: View) -> tuple[int, int]:
    most = view.least("maxLength")
    return int(view.most("minLength") or 0), LONGEST if most is None else int(most)


def document(production: Production, view: View, place: Place) -> str | None:
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
    found = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    low, high = lengths(view)
    return found if low <= len(found) <= high and view.admits(found) else None


def _sources(view: View, subject: Subject) -> Iterator[_Way]:
    """What texts come from, the most fitting first."""
    turn, formats = subject.place.turn, view.every("format")
    for format_ in formats if not turn else ():
        if isinstance(format_, str):
            yield from ((*source, True) for source in of_format(format_))
    spelled = partial(_spelled, view), "", True
    if turn:
        yield spelled
    yield from ((*source, False) for source in sources(subject, hinted(subject)))
    for pattern in view.every("pattern"):
        if isinstance(pattern, str):
            yield partial(_matching, pattern), "", True
    if subject.low > _SHORT * 10:
        yield (lambda told, _: told.scene.words.long_text(told.dice, told.low)), "", True
    yield from ((*source, True) for source in _MEANINGLESS)
    yield spelled


_MEANINGLESS: Sequence[Source] = (
    (word_of, ""),
    (lambda told, _: uuid(told.dice), ""),
    (lambda told, _: characters(told, LETTERS, max(told.low, 1)), ""),
    (lambda told, _: characters(told, DIGITS, max(told.low, 1)), ""),
    (lambda *_: "", ""),
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


def _truth_of(view: View, subject: Subject) -> Make:
    """What is more often the case, where the name says that; else either."""
    admitted = [view.admits(each) for each in (False, True)]
    likely = likely_of(subject)
    turn = subject.place.turn

    def find(told: Told) -> bool:
        value = turn % 2 == 0 if turn else told.dice.roll() % 2 == 0 if likely is None else likely
        return value if admitted[value] else not value

    return find


def _number_of(kind: str, view: View, subject: Subject) -> Make:
    is_integer, turn, admits = kind == "integer", subject.place.turn, view.admits
    makers = tuple(exact(subject)) if not turn else ()
    ranges = tuple(_ranges(view, subject, is_integer=is_integer))

    def find(told: Told) -> float | None:
        for make in makers:
            value = make(told)
            if (isinstance(value, int) or not is_integer) and admits(value):
                return value
        for each in ranges:
            value = each.number(told.dice, turn)
            if admits(value):
                return value
        return None

    return find


def _ranges(view: View, subject: Subject, *, is_integer: bool) -> Iterator[Range]:
    """The ranges that a number is looked for in, the most fitting first."""
    turn = subject.place.turn
    grids = (True, is_integer) if is_whole(subject) and not turn else (is_integer,)
    for nearby in usual(subject) if not turn else (_WIDE, _USUAL):
        for is_on_grid in (*grids, is_integer, is_integer):
            found = range_of(view, nearby, is_integer=is_on_grid)
            if found is not None:
                yield found
