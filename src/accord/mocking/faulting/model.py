"""A fault: what an answer suffers, or may suffer. A value, which is read from a text and is one again."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, NamedTuple, TypeAlias

from accord.mocking.faulting.chances import Chance
from accord.mocking.faulting.delays import LONGEST, Delay, Fixed
from accord.mocking.faulting.units import duration_text, share_text, size_text

Connection: TypeAlias = Literal["reset", "drop"]


class Cut(NamedTuple):
    """Where a body ends too early: after so many bytes, or after a share of them."""

    size: int = 0
    share: float | None = None

    def of(self, length: int) -> int:
        """Bytes that are sent of a body of that length."""
        return min(length, self.size if self.share is None else int(length * self.share))

    def __str__(self) -> str:
        return size_text(self.size) if self.share is None else share_text(self.share)


class Limit(NamedTuple):
    """So many requests in so many seconds."""

    requests: int
    seconds: float

    def __str__(self) -> str:
        return f"{self.requests}/{duration_text(self.seconds)}"


@dataclass(frozen=True, slots=True)
class Fault:
    """What an answer suffers. Without anything it suffers nothing.

    It comes after a `delay`, with `status` in place of its own: an exact one, or as `5XX` the one that the
    operation documents. `connection` says how it ends before the answer: by a `reset` (TCP RST), or closed
    (`drop`). The body is `truncate`d, then the connection closed; it comes with `speed` bytes a second. Over
    a `limit` the answer is 429. It happens to a share of the answers, the `rate`, all others go unharmed.
    """

    delay: Delay | None = None
    status: str | None = None
    connection: Connection | None = None
    truncate: Cut | None = None
    speed: int | None = None
    limit: Limit | None = None
    rate: float = 1

    def __bool__(self) -> bool:
        return self != NO_FAULT

    def __str__(self) -> str:
        return "; ".join(self._members()) or "none"

    def _members(self) -> Iterator[str]:
        """Its members as they are read."""
        for field in fields(self):
            value: Any = getattr(self, field.name)
            if field.name == "connection" and value is not None:
                yield value
            elif field.name == "speed" and value is not None:
                yield f"speed={size_text(value)}"
            elif field.name == "rate":
                yield from () if value == 1 else (f"rate={share_text(value)}",)
            elif value is not None:
                yield f"{field.name}={value}"

    @property
    def is_sent(self) -> bool:
        """Does it lie in how an answer is sent alone, and not in which one it is?"""
        return self.status is None and self.limit is None

    @property
    def seconds(self) -> float:
        """How long the answer is kept waiting at least, once the fault is drawn."""
        return self.delay.seconds(0.5) if self.delay else 0.0

    @property
    def breaks(self) -> bool:
        """Is the connection closed before the answer's end?"""
        return self.connection is not None or self.truncate is not None

    def drawn(self, chance: Chance) -> "Fault | None":
        """What one answer suffers: the fault with a fixed delay, for certain; None where it goes unharmed."""
        if self.rate == 1 and (self.delay is None or isinstance(self.delay, Fixed)):
            return self
        happens, share = chance.shares(str(self))
        if happens >= self.rate:
            return None
        delay = None if self.delay is None else Fixed(round(min(self.delay.seconds(share), LONGEST), 3))
        return replace(self, delay=delay, rate=1)

    def over(self, other: "Fault") -> "Fault":
        """Both: this one's members, and the other's where this one has none."""
        if self is NO_FAULT:
            return other
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(other, **{name: value for name, value in own.items() if value is not None})


NO_FAULT = Fault()
