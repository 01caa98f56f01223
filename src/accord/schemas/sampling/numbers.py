"""Numbers within bounds, on the grid of `multipleOf`, in the order of size that people expect."""

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce
from typing import Any

from accord.schemas.sampling.chance import Dice
from accord.schemas.sampling.views import View

_USUAL = (Fraction(1), Fraction(1000))
_HUGE = Fraction(2) ** 62
_LARGEST_EXACT = 2**53
_NARROW = 1_000
_NEXT = 40


def number(
    view: View, dice: Dice, usual: tuple[Fraction, Fraction] = _USUAL, *, is_integer: bool, turn: int = 0
) -> int | float | None:
    """A number that the view's bounds allow, near what is usual. None where there is none.

    With a `turn`, one of a narrow range in its turn.
    """
    multiples, grids = view.once(("grids", is_integer), lambda: _grids(view, is_integer=is_integer))
    for step, first, last in grids:
        near_first, near_last = math.ceil(usual[0] / step), math.floor(usual[1] / step)
        if near_last < near_first or near_last < first or near_first > last:
            near_first, near_last = _around(first, last)
        near_first, near_last = max(first, near_first), min(last, near_last)
        count = dice.between(near_first, near_last)
        if turn and near_last - near_first < _NARROW:
            count = near_first + turn % (near_last - near_first + 1)
        return _agreed(count, (near_first, near_last), step, multiples, is_integer=is_integer)
    return None


def _grids(view: View, *, is_integer: bool) -> tuple[list[float], list[tuple[Fraction, int, int]]]:
    """What a view's numbers are multiples of, and the grids that have any: steps, first and last places."""
    multiples = [value for value in view.every("multipleOf") if _is_positive(value)]
    low, high = _bounds(view)
    steps = _steps([exact(value) for value in multiples], low[0], high[0], is_integer=is_integer)
    grids = [(step, *_grid(low, high, step)) for step in steps]
    return multiples, [(step, first, last) for step, first, last in grids if first <= last]


def _agreed(
    count: int, near: tuple[int, int], step: Fraction, multiples: Sequence[float], *, is_integer: bool
) -> int | float:
    """The number at a place of the grid, or one of the next, of which a division in binary says the same.

    0.07 is a multiple of 0.01, but most programs find that 0.07 / 0.01 is none: they would refuse it.
    """
    inexact = [multiple for multiple in multiples if not float(multiple).is_integer()]
    for further in range(_NEXT if inexact else 0):
        at = near[0] + (count - near[0] + further) % (near[1] - near[0] + 1)
        if all((float(at * step) / multiple).is_integer() for multiple in inexact):
            count = at
            break
    return _plain(count * step, is_integer=is_integer)


def _is_positive(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def _around(first: int, last: int) -> tuple[int, int]:
    """A hundred places on the side of the range that is nearer to nought."""
    return (first, min(last, first + 100)) if abs(first) <= abs(last) else (max(first, last - 100), last)


def _steps(
    multiples: Sequence[Fraction], low: Fraction, high: Fraction, *, is_integer: bool
) -> Iterator[Fraction]:
    """The grids to try, the most natural first."""
    if is_integer or multiples:
        yield reduce(_common, (*multiples, Fraction(1)) if is_integer else multiples)
        return
    least = min(abs(low), abs(high)) if (low > 0) == (high > 0) else Fraction(0)
    if least > _LARGEST_EXACT:
        yield _hundredth_of(least)
    yield from (Fraction(1, 100), Fraction(1, 10_000), Fraction(1, 10**9), Fraction(1, 10**15))
    yield from (_hundredth_of(abs(bound)) for bound in (high, low) if bound)


def _hundredth_of(size: Fraction) -> Fraction:
    """A power of ten, a hundredth of a number or less."""
    digits = len(str(size.numerator)) - len(str(size.denominator))
    return Fraction(10) ** (digits - 3)


def _common(one: Fraction, other: Fraction) -> Fraction:
    """The least common multiple of two steps."""
    return Fraction(math.lcm(one.numerator, other.numerator), math.gcd(one.denominator, other.denominator))


def exact(value: float) -> Fraction:
    """The number as it is written in decimal digits."""
    return Fraction(str(value))


def _bounds(view: View) -> tuple[tuple[Fraction, bool], tuple[Fraction, bool]]:
    """The lower and the upper bound, each with whether it is itself excluded."""
    lows = [(exact(value), False) for value in [view.most("minimum")] if value is not None]
    lows += [(exact(value), True) for value in [view.most("exclusiveMinimum")] if value is not None]
    highs = [(exact(value), False) for value in [view.least("maximum")] if value is not None]
    highs += [(exact(value), True) for value in [view.least("exclusiveMaximum")] if value is not None]
    low = max(lows, default=(-_HUGE, False))
    high = min(highs, key=lambda bound: (bound[0], not bound[1]), default=(max(_HUGE, low[0] * 2), False))
    return (min(low, (high[0] * 2, False)) if not lows and high[0] < low[0] else low), high


def _grid(low: tuple[Fraction, bool], high: tuple[Fraction, bool], step: Fraction) -> tuple[int, int]:
    """The first and the last place on the grid within the bounds."""
    first, last = math.ceil(low[0] / step), math.floor(high[0] / step)
    if low[1] and first * step == low[0]:
        first += 1
    if high[1] and last * step == high[0]:
        last -= 1
    return first, last


def _plain(value: Fraction, *, is_integer: bool) -> int | float:
    is_whole = value.denominator == 1 and (is_integer or abs(value) <= _LARGEST_EXACT)
    return value.numerator if is_whole else float(value)
