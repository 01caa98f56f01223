"""What was seen of a contract held against all that could be seen, and why the rest was not."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from accord.contract import Contract
from accord.document import pointers
from accord.schemas.sampling.canonical import canonical_of
from accord.verifying.coverage.branches import shown
from accord.verifying.coverage.goals import Aim, Goal, Kind
from accord.verifying.coverage.model import Coverage
from accord.verifying.coverage.observing import Observer

IMPOSSIBLE = "no value satisfies it"
_ALL = 100.0


@dataclass(frozen=True, slots=True)
class Tally:
    """How many goals there are, how many of them were seen, and how many of the others nobody can provoke."""

    goals: int = 0
    seen: int = 0
    excused: int = 0

    @property
    def missing(self) -> int:
        """How many could be provoked and were not seen."""
        return self.goals - self.seen - self.excused

    @property
    def share(self) -> float:
        """The percentage of all goals that was seen."""
        return _ALL * self.seen / self.goals if self.goals else _ALL

    @property
    def share_of_provokable(self) -> float:
        """The percentage that was seen of what can be provoked; what was seen can."""
        provokable = self.goals - self.excused
        return _ALL * self.seen / provokable if provokable else _ALL


@dataclass(frozen=True, slots=True)
class Report:
    """A coverage held against its contract. `missing` and `excused` are in the contract's order."""

    coverage: Coverage
    total: Tally
    by_operation: Mapping[str, Tally]
    by_kind: Mapping[Kind, Tally]
    missing: tuple[Goal, ...]
    excused: Mapping[Goal, str]
    stale: int = 0
    """How many goals were seen that the contract does not have, or has no longer."""


def report_of(contract: Contract, coverage: Coverage, operations: Collection[str] | None = None) -> Report:
    """What of a contract was seen, and what was not; or of these of its operations alone."""
    aims = list(Observer(contract).aims(operations))
    goals = {aim.goal for aim in aims}
    excused = _excused(contract, (aim for aim in aims if aim.goal not in coverage.seen))
    missing = tuple(aim.goal for aim in aims if aim.goal not in coverage.seen and aim.goal not in excused)
    seen = coverage.seen & goals
    return Report(
        coverage,
        Tally(len(goals), len(seen), len(excused)),
        _tallies(goals, seen, excused, dict.fromkeys(aim.goal.operation for aim in aims), 0),
        _tallies(goals, seen, excused, dict.fromkeys(Kind), 2),
        missing,
        excused,
        0 if operations is not None else len(coverage.seen) - len(seen),
    )


def _tallies(
    goals: Iterable[Goal], seen: Iterable[Goal], excused: Iterable[Goal], keys: Iterable[Any], at: int
) -> Mapping[Any, Tally]:
    """The tallies by what stands at one place of a goal."""
    counts = [Counter(goal[at] for goal in each) for each in (goals, seen, excused)]
    return {key: Tally(counts[0][key], counts[1][key], counts[2][key]) for key in keys}


def _excused(contract: Contract, unseen: Iterable[Aim]) -> dict[Goal, str]:
    """The goals that were not seen for a reason that is known."""
    known: dict[tuple[str, str], bool] = {}
    found: dict[Goal, str] = {}
    for aim in unseen:
        goal = aim.goal
        key = goal.pointer, goal.what
        if not aim.reason and goal.kind is Kind.BRANCH and key not in known:
            known[key] = _is_impossible(contract, goal)
        reason = aim.reason or (IMPOSSIBLE if known.get(key) else "")
        if reason:
            found[goal] = reason
    return found


def _is_impossible(contract: Contract, goal: Goal) -> bool:
    """Is it proved that no value takes this branch?"""
    with suppress(LookupError, ValueError):
        for schemas in _together(contract, goal):
            return canonical_of(contract.document.content, schemas).is_empty
    return False


def _together(contract: Contract, goal: Goal) -> Iterator[list[Any]]:
    """The schemas that a value has to satisfy at once to take a branch."""
    tokens = pointers.split(goal.pointer)
    if tokens[-1] == "enum":
        holder = contract.document.at(goal.pointer.rpartition("/")[0])
        yield from ([holder, {"const": each}] for each in holder["enum"] if shown(each) == goal.what)
    elif len(tokens) > 1 and tokens[-2] in ("anyOf", "oneOf"):
        above = contract.document.at(pointers.join("", *tokens[:-2]))
        yield [above, contract.document.at(goal.pointer)]
    elif goal.what in ("present", "with an entry"):
        yield [contract.document.at(goal.pointer)]
