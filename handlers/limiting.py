"""How many requests an organisation may make: a bucket of tokens for each, refilled at a steady rate."""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from accord.errors import UsageError
from handlers.access import Caller

_BURST_SECONDS = 2


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled_at: float


class RateLimit:
    """At most `rate` requests a second for an organisation, and two seconds' worth of them at once.

    Each process of the server counts for itself.
    """

    def __init__(self, rate: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._most = max(1.0, rate * _BURST_SECONDS)
        self._clock = clock
        self._buckets: dict[object, _Bucket] = {}

    async def __call__(self, caller: Caller | None, _operation_id: str) -> float | None:
        """None: go on; or after how many seconds there is a token again."""
        if caller is None:
            return None
        now = self._clock()
        bucket = self._buckets.setdefault(caller.organisation, _Bucket(self._most, now))
        bucket.tokens = min(self._most, bucket.tokens + (now - bucket.filled_at) * self._rate)
        bucket.filled_at = now
        if bucket.tokens < 1:
            return (1 - bucket.tokens) / self._rate
        bucket.tokens -= 1
        return None


def rate_limit(environment: Mapping[str, str]) -> RateLimit | None:
    """The limit that `RATE_LIMIT` sets, in requests a second; None where it is unset: no limit.

    Raises UsageError where it is no such number.
    """
    given = environment.get("RATE_LIMIT", "")
    if not given:
        return None
    try:
        rate = float(given)
    except ValueError:
        rate = math.nan
    if not 0 < rate < math.inf:
        raise UsageError(
            f"RATE_LIMIT is {given!r}", hint="give requests a second, such as 50 or 0.5; or unset it"
        )
    return RateLimit(rate)
