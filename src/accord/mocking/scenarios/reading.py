"""Scenarios as files have them, read and checked by the contract."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from accord.contract import Operation
from accord.document import pointers
from accord.findings import Finding
from accord.mocking.mock import Mock
from accord.mocking.scenarios.answering import RESPOND, Answering
from accord.mocking.scenarios.matching import WHEN, Matching, operations_of
from accord.mocking.scenarios.model import Rule, Scenario, Turn
from accord.mocking.scenarios.notes import Notes, Written, nearest
from accord.mocking.scenarios.progress import START

_SCENARIO = ("title", "description", "active", "rules")
_RULE = ("when", "respond", "times", "sequence", "afterwards", "then")
_AFTERWARDS = ("end", "stay", "repeat")


class Scenarios(NamedTuple):
    """Scenarios by their names, in the order of the files, and what is wrong with them."""

    by_name: Mapping[str, Scenario]
    findings: Sequence[Finding]


def read_scenarios(mock: Mock, files: Iterable[Written]) -> Scenarios:
    """The scenarios in these files. What breaks the contract is sent all the same, and findings say so."""
    held: dict[str, Scenario] = {}
    findings: list[Finding] = []
    reader = _Reader(Matching(mock), Answering(mock), mock)
    for file in files:
        notes = Notes(file)
        if isinstance(file.value, dict):
            for name, said in file.value.items():
                reader.read(str(name), said, held, notes)
        elif file.value is not None:
            notes.wrong(
                "", "scenarios are expected by their names", "write `limit reached:` and below it `rules:`"
            )
        findings += notes.findings
    return Scenarios(held, findings)


class _Reader:
    """Reads the scenarios of one mock."""

    def __init__(self, matching: Matching, answering: Answering, mock: Mock) -> None:
        self._matching = matching
        self._answering = answering
        self._mock = mock

    def read(self, name: str, said: Any, held: dict[str, Scenario], notes: Notes) -> None:
        """Adds a scenario to those held."""
        at = pointers.join("", name)
        if not isinstance(said, dict):
            notes.wrong(at, f"the scenario {name!r} is no object", "write `rules:` below it")
            return
        if name in held:
            notes.wrong(at, f"there is a scenario {name!r} already", f"it is at {held[name].place}")
            return
        notes.check_names(said, at, _SCENARIO, "a scenario")
        rules = [
            rule
            for index, each in enumerate(notes.member(said, at, "rules", list, []))
            if (rule := self._rule(each, pointers.join(at, "rules", index), notes)) is not None
        ]
        if not said.get("rules"):
            notes.wrong(at, f"the scenario {name!r} has no rules")
        held[name] = Scenario(
            name,
            notes.member(said, at, "title", str, ""),
            notes.member(said, at, "description", str, ""),
            notes.member(said, at, "active", bool, False),  # noqa: FBT003 - it is the default of a value
            tuple(rules),
            notes.place(at),
        )
        _check_steps(rules, said["rules"] if rules else [], at, notes)

    def _rule(self, said: Any, at: str, notes: Notes) -> Rule | None:
        """A rule; None where it can never answer."""
        if not isinstance(said, dict):
            notes.wrong(at, "a rule is no object", "write `when:` and `respond:`")
            return None
        notes.check_names(said, at, _RULE, "a rule")
        before = notes.count
        when, place = notes.member(said, at, "when", dict, {}), pointers.join(at, "when")
        notes.check_names(when, place, WHEN, "when")
        operations = operations_of(self._mock, when, place, notes)
        conditions = self._matching.conditions(when, place, operations, notes)
        is_clear = notes.count == before  # a rule that says wrongly what it is for must not be for all
        turns = self._turns(said, at, operations, notes)
        if not operations or not turns or not is_clear:
            return None
        return Rule(
            turns,
            tuple(conditions),
            notes.member(when, place, "step", str, None),
            notes.member(said, at, "then", str, None),
            said.get("afterwards") == "repeat",
        )

    def _turns(
        self, said: Mapping[str, Any], at: str, operations: Sequence[Operation], notes: Notes
    ) -> Mapping[str, Sequence[Turn]]:
        """The answers of each operation; those after the first say nothing more of what is wrong."""
        stated = [*_stated(said, at, notes)]
        turns: dict[str, Sequence[Turn]] = {}
        for operation in operations:
            before = notes.count
            turns[operation.id] = [
                Turn(self._answering.answer(operation, each, where, notes), times)
                for each, where, times in stated
            ]
            if notes.count > before and len(operations) > 1:
                for other in operations:
                    turns.setdefault(other.id, turns[operation.id])
                break
        return turns if stated else {}


def _stated(
    said: Mapping[str, Any], at: str, notes: Notes
) -> Sequence[tuple[Mapping[str, Any], str, int | None]]:
    """What is answered in turn: what is said of it, where, and how often."""
    if "sequence" not in said:
        return _single(said, at, notes)
    for name in ("respond", "times"):
        if name in said:
            hint = "an answer of the sequence may have `times`" if name == "times" else "have one of the two"
            notes.wrong(pointers.join(at, name), f"a rule with a sequence has no {name}", hint)
    found: list[tuple[Mapping[str, Any], str, int | None]] = []
    for index, each in enumerate(notes.member(said, at, "sequence", list, [])):
        where = pointers.join(at, "sequence", index)
        if not isinstance(each, dict):
            notes.wrong(where, "an answer is no object", "write `status: 503`, or `{}` for the mock's own")
            continue
        notes.check_names(each, where, (*RESPOND, "times"), "an answer")
        found.append((each, where, notes.count_of(each, where, "times", 1)))
    afterwards = notes.member(said, at, "afterwards", str, "end")
    if afterwards not in _AFTERWARDS:
        notes.wrong(
            pointers.join(at, "afterwards"),
            f"afterwards is no {afterwards!r}",
            nearest(afterwards, _AFTERWARDS),
        )
    if not found:
        notes.wrong(pointers.join(at, "sequence"), "the sequence has no answers")
    elif afterwards == "stay":
        found[-1] = (*found[-1][:2], None)
    return found


def _single(
    said: Mapping[str, Any], at: str, notes: Notes
) -> Sequence[tuple[Mapping[str, Any], str, int | None]]:
    if "respond" not in said:
        notes.wrong(at, "a rule says nothing of the answer", "write `respond:` or `sequence:`")
        return ()
    if "afterwards" in said:
        notes.wrong(pointers.join(at, "afterwards"), "afterwards is of a sequence")
    answer, where = notes.member(said, at, "respond", dict, None), pointers.join(at, "respond")
    if answer is None:
        return ()
    notes.check_names(answer, where, RESPOND, "respond")
    return [(answer, where, notes.count_of(said, at, "times", None))]


def _check_steps(rules: Sequence[Rule], said: Sequence[Any], at: str, notes: Notes) -> None:
    """Notes a rule at a step that nothing leads to."""
    known = {START, *(rule.leads_to for rule in rules if rule.leads_to)}
    for index, each in enumerate(said):
        when = each.get("when") if isinstance(each, dict) else None
        step = when.get("step") if isinstance(when, dict) else None
        if isinstance(step, str) and step not in known:
            where = pointers.join(at, "rules", index, "when", "step")
            notes.wrong(where, f"no rule leads to the step {step!r}", nearest(step, sorted(known)))
