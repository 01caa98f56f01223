"""Scenarios: what a mock answers when, in which order. Values; how far each has come is in a world."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from accord.mocking.ordering import Ordered
from accord.mocking.scenarios.conditions import Condition
from accord.mocking.scenarios.progress import START, Progress


@dataclass(frozen=True, slots=True)
class Turn:
    """An answer of a rule, and how often it is given one after the other; None for always."""

    answer: Ordered
    times: int | None


@dataclass(frozen=True, slots=True)
class Rule:
    """What the requests are answered with that fit.

    `turns` are the answers by the ids of the operations that they are of, of each equally many. `step` is the
    one at which the rule holds, None for any; `leads_to` the step after the last turn. A rule that `repeats`
    begins anew then; any other holds no longer.
    """

    turns: Mapping[str, Sequence[Turn]]
    conditions: Sequence[Condition] = ()
    step: str | None = None
    leads_to: str | None = None
    repeats: bool = False

    @property
    def times(self) -> int | None:
        """How often it answers until its turns are through; None where the last one lasts."""
        times = [turn.times for turn in next(iter(self.turns.values()))]
        return None if None in times else sum(each or 0 for each in times)

    def answer(self, operation: str, count: int) -> Ordered | None:
        """The answer that an operation gets once `count` were given; None where none is left."""
        turns, whole = self.turns[operation], self.times
        if self.repeats and whole:
            count %= whole
        for turn in turns:
            if turn.times is None or count < turn.times:
                return turn.answer
            count -= turn.times
        return None

    def step_after(self, count: int) -> str | None:
        """The step to which it leads once `count` were given; None where that one stays."""
        times = [turn.times for turn in next(iter(self.turns.values()))]
        whole = sum(each or 0 for each in times)
        if None in times:
            is_through = count > whole
        else:
            is_through = count % whole == 0 if self.repeats else count >= whole
        return self.leads_to if is_through else None


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named story. One that `is_on` is so in a world from the beginning; `place` is where it is written."""

    name: str
    title: str = ""
    description: str = ""
    is_on: bool = False
    rules: Sequence[Rule] = field(default=(), repr=False)
    place: str = ""

    @property
    def steps(self) -> Sequence[str]:
        """Its steps, the first one first."""
        named = [step for rule in self.rules for step in (rule.step, rule.leads_to) if step]
        return [*dict.fromkeys([START, *named])]

    @property
    def operations(self) -> Sequence[str]:
        """The ids of the operations that it may answer."""
        return [*dict.fromkeys(name for rule in self.rules for name in rule.turns)]


def begun(scenarios: Mapping[str, Scenario], wanted: Sequence[str] = ()) -> dict[str, Progress]:
    """The scenarios of a new world, the one that goes first last: those that are `wanted`, then others."""
    first = [name for name in wanted if name in scenarios]
    others = [name for name, scenario in scenarios.items() if scenario.is_on and name not in first]
    return {name: Progress() for name in reversed([*first, *others])}
