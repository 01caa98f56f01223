"""Which scenario answers a request, and how far it has come by that."""

from typing import NamedTuple

from accord.mocking.case import Case
from accord.mocking.ordering import Ordered
from accord.mocking.scenarios.model import Rule
from accord.mocking.scenarios.progress import Progress


class Staged(NamedTuple):
    """The answer that a scenario has for a request, given for the `ordinal`th time."""

    answer: Ordered
    scenario: str
    ordinal: int


def staged(case: Case) -> Staged | None:
    """The answer of the first rule that holds, which has answered by that; None where none holds.

    Of scenarios that are on, the one that was turned on last goes first.
    """
    world, known = case.world, case.mock.scenarios
    if world is None:
        return None
    for name in reversed(world.scenarios):
        progress = world.scenarios[name]
        for at, rule in enumerate(known[name].rules if name in known else ()):
            answer = _answer(case, rule, at, progress)
            if answer is not None:
                count = progress.count(at) + 1
                world.scenarios[name] = progress.after(at, rule.step_after(count))
                return Staged(answer, name, count)
    return None


def _answer(case: Case, rule: Rule, at: int, progress: Progress) -> Ordered | None:
    """The answer of a rule; None where it does not hold."""
    operation = case.operation.id
    if operation not in rule.turns or (rule.step is not None and rule.step != progress.step):
        return None
    answer = rule.answer(operation, progress.count(at))
    if answer is None or not all(each.holds(case.request, case.asked) for each in rule.conditions):
        return None
    return answer
