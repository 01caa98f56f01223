"""Texts and numbers: the most natural candidate that its schema admits."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from accord.schemas.sampling import numbers
from accord.schemas.sampling.names import snake
from accord.schemas.sampling.synthesis import matching
from accord.schemas.sampling.times import means_time
from accord.schemas.sampling.words import formatted, uuid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accord.schemas.sampling.chance import Dice
    from accord.schemas.sampling.places import Place
    from accord.schemas.sampling.production import Production
    from accord.schemas.sampling.views import View

_LONGEST = 100_000
_TRIES_OF_A_SPELLING = 5
_SHORT = 4
_LARGEST_IDENTIFIER = 99_999
_USUAL = (Fraction(1), Fraction(1000))
_WIDE = (Fraction(-(10**6)), Fraction(10**6))


def text(production: Production, view: View, place: Place) -> str | None:
    """A text that the view admits. None where none was found."""
    low = int(view.most("minLength") or 0)
    most = view.least("maxLength")
    high = _LONGEST if most is None else int(most)
    if low > min(high, _LONGEST):
        return None
    dice = production.dice(_seed(place))
    seen: set[str] = set()
    for candidate in _candidates(production, view, place, dice, (low, high)):
        for fitting in _fitted(candidate, low, high):
            if fitting not in seen and view.admits(fitting):
                return fitting
            seen.add(fitting)
    return None


def _candidates(
    production: Production, view: View, place: Place, dice: Dice, lengths: tuple[int, int]
) -> Iterator[str]:
    """Texts, the most fitting first."""
    words = production.words
    low, high = lengths
    faked = view.text("x-faker")
    if faked and (spoken := words.spoken(snake(faked.rpartition(".")[2]), dice)) is not None:
        yield str(spoken)
    for format_ in view.every("format") if not place.turn else ():
        if isinstance(format_, str):
            yield from formatted(format_, place.name, words, dice, production.times)
    patterns = [pattern for pattern in view.every("pattern") if isinstance(pattern, str)]
    if place.turn:
        yield from _spelled(view, dice, lengths)
    if place.name:
        around = place.parent.name if place.parent else ""
        yield from words.text(place.name, dice, production.times, of=around)
    elif title := view.text("title"):
        yield from words.text(title, dice, production.times)
    for pattern in patterns:
        yield from matching(pattern, low, high, dice)
    if low > _SHORT * 10:
        yield words.long_text(dice, low)
    yield words.sentence(dice)
    yield uuid(dice)
    yield words.digits(dice, "abcdefghijklmnopqrstuvwxyz", max(low, 1))
    yield words.digits(dice, "0123456789", max(low, 1))
    yield ""
    yield from _spelled(view, dice, lengths)


def _spelled(view: View, dice: Dice, lengths: tuple[int, int]) -> Iterator[str]:
    """Texts that have all patterns and formats at once."""
    for texts in view.spellings:
        for _ in range(_TRIES_OF_A_SPELLING):
            if (found := texts.text(*lengths, dice)) is not None:
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
    dice = production.dice(_seed(place))
    for usual in _ranges(production, view, place) if not place.turn else (_WIDE, _USUAL):
        for _ in range(3):
            found = numbers.number(view, dice, usual, is_integer=is_integer, turn=place.turn)
            if found is not None and view.admits(found):
                return found
    return None


def _ranges(production: Production, view: View, place: Place) -> Iterator[tuple[Fraction, Fraction]]:
    """Ranges in which numbers of that name usually are, the closest first."""
    plain = snake(place.name)
    if means_time(plain) and "integer" in view.kinds:
        moment = production.times.moment(plain).timestamp()
        seconds = Fraction(int(moment))
        is_milliseconds = "ms" in plain.split("_") or "millis" in plain
        yield (seconds * 1000, seconds * 1000) if is_milliseconds else (seconds, seconds)
    if (known := production.words.usual_range(place.name)) is not None:
        yield Fraction(known[0], 100), Fraction(known[1], 100)
    if plain == "id" or plain.endswith("_id"):
        yield Fraction(1), Fraction(_LARGEST_IDENTIFIER)
    yield _USUAL
    yield _WIDE


def _seed(place: Place) -> str:
    """What decides the chance of a place: another where an equal value was there already."""
    return f"{place.identity} {place.turn}" if place.turn else place.identity
