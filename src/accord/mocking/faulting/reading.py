"""A fault as people write it: `delay=300ms; status=503; rate=20%`, or the same members as a mapping."""

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

from accord.mocking.faulting.delays import (
    LONGEST,
    Delay,
    Fixed,
    LogNormal,
    Normal,
    Percentiles,
    Uniform,
)
from accord.mocking.faulting.model import Cut, Fault, Limit
from accord.mocking.faulting.units import duration_of, duration_text, share_of, size_of

_SEPARATOR = re.compile(r"\s*[;,]\s*")
_DISTRIBUTION = re.compile(r"(normal|lognormal|percentiles)\s*\(\s*(.*?)\s*\)")
_POINT = re.compile(r"p([0-9]{1,3}(?:\.[0-9]{1,6})?)=(.*)")
_STATUS = re.compile(r"[2-5][0-9]{2}|[45]XX")
_LIMIT = re.compile(r"([0-9]{1,9}) ?/ ?(.+)")
_WORDS = ("reset", "drop")
_MOST_SHOWN = 60


class UnusableFault(ValueError):
    """A fault that makes no sense. The message says what is wrong with which member, and what would do."""

    def __init__(self, message: str) -> None:
        super().__init__(message if message.endswith("?") else f"{message}.")


def read_fault(written: str | Mapping[str, Any]) -> Fault:
    """The fault that is written, as a text or as a mapping of its members; `none` is none.

    Raises UnusableFault.
    """
    members = _in_text(written) if isinstance(written, str) else _in_mapping(written)
    read: dict[str, Any] = {}
    for name, text in members:
        if name not in _READERS:
            raise UnusableFault(f"A fault has no {name[:_MOST_SHOWN]!r}{_nearest(name)}")
        if name in read:
            raise UnusableFault(f"The fault's {name} is there twice: {text[:_MOST_SHOWN]!r} is one too many")
        try:
            read[name] = _READERS[name](text)
        except ValueError as error:
            raise UnusableFault(f"The fault's {name} {text[:_MOST_SHOWN]!r} {error}") from None
    fault = Fault(**read)
    if fault.limit is not None and fault.rate != 1:
        raise UnusableFault("A limit counts every request: give the rate in a fault of its own")
    return fault


def _in_text(text: str) -> list[tuple[str, str]]:
    stripped = text.strip().strip(";,").strip()
    if not stripped:
        raise UnusableFault("The fault is empty: write one such as reset, delay=300ms or status=503")
    if stripped == "none":
        return []
    return [_member(each) for each in _SEPARATOR.split(stripped)]


def _member(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if name in _WORDS:
        return "connection", text
    if not equals:
        raise UnusableFault(f"A fault has no {name[:_MOST_SHOWN]!r}{_nearest(name)}")
    return name.strip().lower(), value.strip()


def _in_mapping(written: Mapping[str, Any]) -> list[tuple[str, str]]:
    members = []
    for name, value in written.items():
        if name in _WORDS and value is True:
            members.append(("connection", str(name)))
            continue
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise UnusableFault(f"The fault's {str(name)[:_MOST_SHOWN]} is neither a text nor a number")
        members.append((str(name), _plain(value)))
    return members


def _plain(value: str | float) -> str:
    """The value as text writes it; a float without an exponent."""
    return f"{value:.9f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _nearest(name: str) -> str:
    """What could have been meant, or all that there is."""
    known = [*(each for each in _READERS if each != "connection"), *_WORDS]
    near = get_close_matches(name, known, n=1)
    return f": did you mean {near[0]!r}?" if near else f"; it has: {', '.join(known)}"


def _delay(text: str) -> Delay:
    low, dots, high = text.partition("..")
    if dots:
        return _range(duration_of(low.strip()), duration_of(high.strip()))
    found = _DISTRIBUTION.fullmatch(text)
    if found is None:
        try:
            return Fixed(_bounded(duration_of(text)))
        except ValueError as error:
            forms = "a range (100ms..2s), normal(), lognormal() or percentiles()"
            raise ValueError(f"{error}, {forms}" if "unit" in str(error) else str(error)) from None
    return _DISTRIBUTIONS[found[1]](found[2].split())


def _range(low: float, high: float) -> Delay:
    if low > high:
        raise ValueError("goes from more to less: write the shorter time first")
    return Uniform(low, _bounded(high))


def _normal(parts: list[str]) -> Delay:
    mean, deviation = _two(parts, "a mean and a standard deviation, such as normal(300ms 50ms)")
    if not deviation:
        raise ValueError("has no deviation: write the mean alone")
    return Normal(mean, deviation)


def _log_normal(parts: list[str]) -> Delay:
    median, p95 = _two(parts, "a median and a 95th percentile, such as lognormal(200ms 1s)")
    if not 0 < median < p95:
        raise ValueError("needs a median above 0 and a 95th percentile above that")
    return LogNormal(median, p95)


def _two(parts: list[str], what: str) -> tuple[float, float]:
    if len(parts) != 2:  # noqa: PLR2004
        raise ValueError(f"needs {what}")
    first, second = (_bounded(duration_of(part)) for part in parts)
    return first, second


def _percentiles(parts: list[str]) -> Delay:
    found = [_POINT.fullmatch(part) for part in parts]
    if not found or not all(found):
        raise ValueError("needs times by percentile, such as percentiles(p50=120ms p99=2s)")
    points = tuple((float(each[1]), _bounded(duration_of(each[2]))) for each in found if each)
    rising = all(a[0] < b[0] and a[1] <= b[1] for a, b in pairwise(points))
    if not rising or points[-1][0] > 100:  # noqa: PLR2004
        raise ValueError("does not rise from percentile to percentile, to p100 at most")
    return Percentiles(points)


_DISTRIBUTIONS: Mapping[str, Callable[[list[str]], Delay]] = {
    "normal": _normal,
    "lognormal": _log_normal,
    "percentiles": _percentiles,
}


def _bounded(seconds: float) -> float:
    if seconds > LONGEST:
        raise ValueError(f"is too long: {duration_text(LONGEST)} at most")
    return seconds


def _status(text: str) -> str:
    if not _STATUS.fullmatch(text.upper()):
        raise ValueError("is no status: write one such as 503, or 5XX for one that the operation documents")
    return text.upper()


def _connection(text: str) -> str:
    if text not in _WORDS:
        raise ValueError("is neither reset nor drop, which have no value")
    return text


def _cut(text: str) -> Cut:
    return Cut(share=share_of(text)) if text.endswith("%") else Cut(size_of(text))


def _speed(text: str) -> int:
    speed = size_of(text.removesuffix("/s"))
    if not speed:
        raise ValueError("sends nothing at all: write drop for a connection that is closed")
    return speed


def _limit(text: str) -> Limit:
    found = _LIMIT.fullmatch(text)
    if found is None:
        raise ValueError("is no limit: write requests in a time, such as 10/1min or 5/s")
    time = found[2]
    seconds = duration_of(time if time[0].isdigit() else f"1{time}")
    if not seconds:
        raise ValueError("has no time: write one such as 10/1min")
    return Limit(int(found[1]), seconds)


_READERS: Mapping[str, Callable[[str], Any]] = {
    "delay": _delay,
    "status": _status,
    "connection": _connection,
    "truncate": _cut,
    "speed": _speed,
    "limit": _limit,
    "rate": share_of,
}
