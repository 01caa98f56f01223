"""Numbers within bounds, on the grid of `multipleOf`, in the order of size that people expect."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Range:
    """Places on a grid, from the first to the last of them."""

    step: tuple[int, int]
    """How far one place is from the next: so many parts of the whole, and how many these are."""
    first: int
    last: int
    inexact: tuple[float, ...]
    """What is no whole number, and the numbers are multiples of."""
    is_integer: bool

    def number(self, dice: Dice, turn: int = 0) -> int | float:
        """One of the numbers. With a `turn`, one of a narrow range in its turn."""
        count = dice.between(self.first, self.last)
        if turn and self.last - self.first < _NARROW:
            count = self.first + turn % (self.last - self.first + 1)
        return self._at(self._agreed(count) if self.inexact else count)

    def _agreed(self, count: int) -> int:
        """A place on the grid, or one of the next, of whose number a division in binary says the same.

        0.07 is a multiple of 0.01, but most programs find that 0.07 / 0.01 is none: they would refuse it.
        """
        for further in range(_NEXT):
            at = self.first + (count - self.first + further) % (self.last - self.first + 1)
            if all((at * self.step[0] / self.step[1] / multiple).is_integer() for multiple in self.inexact):
                return at
        return count

    def _at(self, count: int) -> int | float:
        """The number at a place."""
        parts = count * self.step[0]
        whole, rest = divmod(parts, self.step[1])
        is_whole = not rest and (self.is_integer or abs(whole) <= _LARGEST_EXACT)
        return whole if is_whole else parts / self.step[1]


def range_of(view: View, usual: tuple[Fraction, Fraction] = _USUAL, *, is_integer: bool) -> Range | None:
    """The numbers that the view's bounds allow, near what is usual. None where there are none."""
    multiples, grids = view.once(("grids", is_integer), lambda: _grids(view, is_integer=is_integer))
    for step, first, last in grids:
        near_first, near_last = math.ceil(usual[0] / step), math.floor(usual[1] / step)
        if near_last < near_first or near_last < first or near_first > last:
            near_first, near_last = _around(first, last)
        inexact = tuple(multiple for multiple in multiples if not float(multiple).is_integer())
        return Range(
            step.as_integer_ratio(), max(first, near_first), min(last, near_last), inexact, is_integer
        )
    return None


def _grids(view: View, *, is_integer: bool) -> tuple[list[float], list[tuple[Fraction, int, int]]]:
    """What a view's numbers are multiples of, and the grids that have any: steps, first and last places."""
    multiples = [value for value in view.every("multipleOf") if _is_positive(value)]
    low, high = _bounds(view)
    steps = _steps([exact(value) for value in multiples], low[0], high[0], is_integer=is_integer)
    grids = [(step, *_grid(low, high, step)) for step in steps]
    return multiples, [(step, first, last) for step, first, last in grids if first <= last]


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
