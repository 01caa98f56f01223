"""Numbers within bounds, on the grid of `multipleOf`, in the order of size that people expect."""

import math
from fractions import Fraction

from accord.schemas.sampling.chance import Dice
from accord.schemas.sampling.views import View

_USUAL = (Fraction(1), Fraction(1000))
_HUGE = Fraction(2) ** 62


def number(
    view: View, dice: Dice, usual: tuple[Fraction, Fraction] = _USUAL, *, is_integer: bool
) -> int | float | None:
    """A number that the view's bounds allow, near what is usual. None where there is none."""
    steps = _steps(view, is_integer=is_integer)
    low, high = _bounds(view)
    for step in steps:
        first, last = _grid(low, high, step)
        if first > last:
            continue
        near_first, near_last = math.ceil(usual[0] / step), math.floor(usual[1] / step)
        if near_last < near_first or near_last < first or near_first > last:
            near_first, near_last = _around(first, last)
        count = dice.between(max(first, near_first), min(last, near_last))
        return _plain(count * step)
    return None


def _around(first: int, last: int) -> tuple[int, int]:
    """A hundred places on the side of the range that is nearer to nought."""
    return (first, min(last, first + 100)) if abs(first) <= abs(last) else (max(first, last - 100), last)


def _steps(view: View, *, is_integer: bool) -> list[Fraction]:
    """The grids to try, the most natural first."""
    multiples = [exact(value) for value in view.every("multipleOf") if isinstance(value, int | float)]
    multiples = [value for value in multiples if value > 0]
    if is_integer:
        multiples.append(Fraction(1))
    if multiples:
        step = multiples[0]
        for other in multiples[1:]:
            step = _common(step, other)
        return [step]
    return [Fraction(1, 100), Fraction(1, 10_000), Fraction(1, 10**9), Fraction(1, 10**15)]


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


def _plain(value: Fraction) -> int | float:
    return value.numerator if value.denominator == 1 else float(value)
