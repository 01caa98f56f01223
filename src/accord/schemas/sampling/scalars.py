"""Texts and numbers: the most natural candidate that its schema admits."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from accord.schemas.sampling import numbers
from accord.schemas.sampling.codes import DIGITS, LETTERS, characters
from accord.schemas.sampling.formats import formatted, uuid
from accord.schemas.sampling.hints import hinted
from accord.schemas.sampling.prose import word_of
from accord.schemas.sampling.quantities import exact, is_whole, usual
from accord.schemas.sampling.synthesis import matching
from accord.schemas.sampling.texts import texts
from accord.schemas.sampling.unsatisfied import Unsatisfied

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accord.schemas.sampling.chance import Dice
    from accord.schemas.sampling.places import Place
    from accord.schemas.sampling.production import Production
    from accord.schemas.sampling.told import Told
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
    low = int(view.most("minLength") or 0)
    most = view.least("maxLength")
    high = _LONGEST if most is None else int(most)
    if low > min(high, _LONGEST):
        return None
    told = production.told(view, place, low, high)
    seen: set[str] = set()
    document = _document(production, view, place)
    if document is not None and low <= len(document) <= high and view.admits(document):
        return document
    for candidate in _candidates(production, view, told):
        for fitting in _fitted(candidate, low, high):
            if fitting not in seen and view.admits(fitting):
                return fitting
            seen.add(fitting)
    return None


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


def _candidates(production: Production, view: View, told: Told) -> Iterator[str]:
    """Texts, the most fitting first."""
    words, dice = production.words, told.dice
    turn, lengths = told.place.turn, (told.low, told.high)
    for format_ in view.every("format") if not turn else ():
        if isinstance(format_, str):
            yield from formatted(format_, told)
    if turn:
        yield from _spelled(view, dice, lengths)
    yield from (each for each in texts(told, hinted) if told.low <= len(each) <= told.high)
    for pattern in view.every("pattern"):
        if isinstance(pattern, str):
            yield from matching(pattern, told.low, told.high, dice)
    if told.low > _SHORT * 10:
        yield words.long_text(dice, told.low)
    yield word_of(told)
    yield uuid(dice)
    yield characters(told, LETTERS, max(told.low, 1))
    yield characters(told, DIGITS, max(told.low, 1))
    yield ""
    yield from _spelled(view, dice, lengths)


def _spelled(view: View, dice: Dice, lengths: tuple[int, int]) -> Iterator[str]:
    """Texts that have all patterns and formats at once."""
    for spelling in view.spellings:
        for _ in range(_TRIES_OF_A_SPELLING):
            found = spelling.text(*lengths, dice)
            if found is None:
                break
            yield found


def _fitted(candidate: str, low: int, high: int) -> Iterator[str]:
    """The text as it is, or cut, or made longer, so that its length is allowed."""
    if low <= len(candidate) <= high:
        yield candidate
    elif len(candidate) > high:
        yield candidate[:high].rstrip().ljust(max(low, min(high, 1)), "a")[:high]
    else:
        yield (
            (candidate + " " + "abcdefghijklmnopqrstuvwxyz" * (low // 26 + 1))[:low].rstrip().ljust(low, "a")
        )


def numeric(production: Production, view: View, place: Place, *, is_integer: bool) -> Any:
    """A number that the view admits. None where none was found."""
    told = production.told(view, place)
    for value in exact(told) if not place.turn else ():
        if (isinstance(value, int) or not is_integer) and view.admits(value):
            return value
    grids = (True, is_integer) if is_whole(told) and not place.turn else (is_integer,)
    for nearby in usual(told) if not place.turn else (_WIDE, _USUAL):
        for is_on_grid in (*grids, is_integer, is_integer):
            found = numbers.number(view, told.dice, nearby, is_integer=is_on_grid, turn=place.turn)
            if found is not None and view.admits(found):
                return found
    return None
