"""What one request suffers, by the rules that hold for it and by what was counted in its world."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from accord.mocking.faulting.rules import Rule, Rules

if TYPE_CHECKING:
    from accord.mocking.faulting.model import Fault, Limit

_MOST_WINDOWS = 1_000


class Standing(NamedTuple):
    """How a request stands within a limit: how many are left after it, below 0 where it is over.

    `seconds` pass until the limit begins anew, at `until` in seconds since 1970.
    """

    limit: "Limit"
    left: int
    seconds: float
    until: float


@dataclass(frozen=True, slots=True)
class Trial:
    """What an answer suffers, and how its request stands within the narrowest limit, where there is one."""

    fault: "Fault"
    standing: Standing | None = None

    @property
    def is_over(self) -> bool:
        """Is the request over its limit?"""
        return self.standing is not None and self.standing.left < 0


class Faults:
    """The rules of a world, and what was counted in it for them and for those of all worlds.

    `ordinals` are how many requests each operation had, `windows` when each limit began, and how many it had.
    """

    def __init__(self) -> None:
        self.rules = Rules()
        self.ordinals: defaultdict[str, int] = defaultdict(int)
        self.windows: dict[Hashable, tuple[float, int]] = {}

    def trial(
        self,
        operation: str,
        seed: str,
        now: float,
        *,
        common: Rules,
        stated: "Fault | None" = None,
        used: list[Rule] | None = None,
    ) -> Trial:
        """What a request for an operation suffers, which is counted by that.

        What is `stated` with the request comes first, then the rules of the world, then those that all worlds
        have in `common`: each is laid under what came before it. To `used` go those of `common` that were.
        """
        from accord.mocking.faulting.chances import Chance  # noqa: PLC0415 - most worlds have no fault
        from accord.mocking.faulting.model import NO_FAULT  # noqa: PLC0415

        self.ordinals[operation] += 1
        chance = Chance(seed, operation, self.ordinals[operation])
        suffered, standings = NO_FAULT, []
        for key, rule in self._candidates(operation, common, stated):
            standing = self._counted(key, rule.fault.limit, now)
            if standing is not None:
                standings.append(standing)
            fault = rule.fault if standing is None else replace(rule.fault, limit=None)
            drawn = fault.drawn(chance)
            is_over = standing is not None and standing.left < 0
            if drawn or is_over:
                rule.used += 1
                if used is not None and common.held.get(rule.id) is rule:
                    used.append(rule)
            if drawn:
                suffered = suffered.over(drawn)
        narrowest = min(standings, key=lambda each: each.left, default=None)
        if narrowest is not None and narrowest.left < 0:
            suffered = replace(suffered, status=None, limit=narrowest.limit)
        return Trial(suffered, narrowest)

    def _candidates(
        self, operation: str, common: Rules, stated: "Fault | None"
    ) -> Iterator[tuple[Hashable, Rule]]:
        """The rules that hold, each with what its requests are counted by."""
        if stated is not None:
            yield ("stated", operation, stated.limit), Rule(0, stated)
        sources: Sequence[tuple[str, Rules]] = (("world", self.rules), ("common", common))
        for name, rules in sources:
            yield from (((name, rule.id), rule) for rule in rules.of(operation))

    def _counted(self, key: Hashable, limit: "Limit | None", now: float) -> Standing | None:
        """How a request stands, which is counted in the time that is running."""
        if limit is None:
            return None
        started, count = self.windows.get(key, (now, 0))
        if not started <= now < started + limit.seconds:
            started, count = now, 0
        if key not in self.windows and len(self.windows) >= _MOST_WINDOWS:
            del self.windows[next(iter(self.windows))]
        self.windows[key] = (started, count + 1)
        until = started + limit.seconds
        return Standing(limit, limit.requests - count - 1, until - now, until)
