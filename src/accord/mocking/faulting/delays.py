"""How long answers are kept waiting: a fixed time, a range, or a distribution. Times are in seconds.

Each gives the time that a share of all answers stays below, so that a share drawn evenly between 0 and 1
gives a time of the distribution.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import exp, log
from typing import TypeAlias

from accord.mocking.faulting.units import duration_text, plain_text

LONGEST = 600.0
"""Seconds that an answer is kept waiting at most, whatever is drawn."""
_P95 = 1.6448536269514715
"""Standard deviations above the mean that 95 of 100 stay below."""


def _deviations(share: float) -> float:
    """Standard deviations above the mean that this share of a normal distribution stays below."""
    from statistics import NormalDist  # noqa: PLC0415 - most mocks keep nobody waiting

    return NormalDist().inv_cdf(share)


@dataclass(frozen=True, slots=True)
class Fixed:
    """Always the same."""

    time: float

    def seconds(self, _share: float) -> float:
        """The time that this share of all answers stays below."""
        return self.time

    def __str__(self) -> str:
        return duration_text(self.time)


@dataclass(frozen=True, slots=True)
class Uniform:
    """Anything from `low` to `high`, all alike."""

    low: float
    high: float

    def seconds(self, share: float) -> float:
        """The time that this share of all answers stays below."""
        return self.low + share * (self.high - self.low)

    def __str__(self) -> str:
        return f"{duration_text(self.low)}..{duration_text(self.high)}"


@dataclass(frozen=True, slots=True)
class Normal:
    """Around a mean, by a standard deviation above 0; what would be less than no time is none."""

    mean: float
    deviation: float

    def seconds(self, share: float) -> float:
        """The time that this share of all answers stays below."""
        return max(0.0, self.mean + self.deviation * _deviations(share))

    def __str__(self) -> str:
        return f"normal({duration_text(self.mean)} {duration_text(self.deviation)})"


@dataclass(frozen=True, slots=True)
class LogNormal:
    """As real servers are: half of all answers within the median, one in twenty later than `p95`."""

    median: float
    p95: float

    def seconds(self, share: float) -> float:
        """The time that this share of all answers stays below."""
        sigma = log(self.p95 / self.median) / _P95
        return self.median * exp(sigma * _deviations(share))

    def __str__(self) -> str:
        return f"lognormal({duration_text(self.median)} {duration_text(self.p95)})"


@dataclass(frozen=True, slots=True)
class Percentiles:
    """As it was measured: pairs of a percentile and its time, rising. In between it goes straight.

    Below the first one it goes from no time, unless that is of percentile 0; above the last one it stays.
    """

    points: tuple[tuple[float, float], ...]

    def seconds(self, share: float) -> float:
        """The time that this share of all answers stays below."""
        wanted = share * 100
        for (start, low), (end, high) in pairwise(((0.0, 0.0), *self.points)):
            if start <= wanted < end:
                return low + (high - low) * (wanted - start) / (end - start)
        return self.points[-1][1]

    def __str__(self) -> str:
        points = (f"p{plain_text(percentile)}={duration_text(time)}" for percentile, time in self.points)
        return f"percentiles({' '.join(points)})"


Delay: TypeAlias = Fixed | Uniform | Normal | LogNormal | Percentiles
