"""Scenarios in words, for people who ask what a mock was told."""

from collections.abc import Iterator, Sequence
from typing import Any

from accord.exchange import ABSENT
from accord.mocking.ordering import Ordered
from accord.mocking.scenarios.conditions import Condition, Expression, Test
from accord.mocking.scenarios.model import Rule, Scenario
from accord.mocking.texts import to_json

_MOST_NAMED = 5
_LONGEST = 80


def told(scenario: Scenario, *, is_on: bool) -> Iterator[str]:
    """Lines that say what a scenario does."""
    title = f": {scenario.title}" if scenario.title else ""
    yield f"scenario {scenario.name!r}{title} ({'on' if is_on else 'off'}; {scenario.place})"
    for rule in scenario.rules:
        answers = ", then ".join(answers_of(rule))
        yield f"  {_operations(rule)}{_when(rule)}: {answers}{_after(rule)}"


def conditions_of(rule: Rule) -> Sequence[str]:
    """What has to hold of a request, each in words."""
    step = [f"at step {rule.step}"] if rule.step else []
    return [*step, *map(_condition, rule.conditions)]


def answers_of(rule: Rule) -> Sequence[str]:
    """The answers in turn, each in words."""
    turns = next(iter(rule.turns.values()))
    return [
        _answer(turn.answer) + ("" if turn.times in (None, 1) else f" {turn.times} times") for turn in turns
    ]


def _operations(rule: Rule) -> str:
    names = [*rule.turns]
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"{', '.join(names[:_MOST_NAMED])}{more}"


def _when(rule: Rule) -> str:
    held = conditions_of(rule)
    return f", {' and '.join(held)}" if held else ""


def _after(rule: Rule) -> str:
    once = "once" if rule.times == 1 else ""
    ends = "from the first again" if rule.repeats else once
    leads = f"to step {rule.leads_to}" if rule.leads_to else ""
    return "".join(f"; {each}" for each in (ends, leads) if each)


def _condition(condition: Condition) -> str:
    name = condition.name or "as a whole"
    return f"{condition.location} {name} {' and '.join(map(_test, condition.tests))}"


def _test(test: Test) -> str:
    if test.name == "present":
        return "is there" if test.operand else "is not there"
    if test.name == "not":
        return f"not ({' and '.join(map(_test, test.operand))})"
    operand = test.operand.pattern if isinstance(test.operand, Expression) else to_json(test.operand).decode()
    return f"{test.name} {operand}"


def _answer(answer: Ordered) -> str:
    """The answer in a few words."""
    parts = ["its own answer" if answer.status is None else str(answer.status)]
    parts += [f"example {answer.example}"] if answer.example else []
    parts += ["with a body"] if answer.body is not None else []
    parts += [f"with {_short(answer.merge)} merged into it"] if answer.merge is not ABSENT else []
    parts += [f"with {fault}" for fault in answer.faults]
    return " ".join(parts)


def _short(value: Any) -> str:
    text = to_json(value).decode()
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
