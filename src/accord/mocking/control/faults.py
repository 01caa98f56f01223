"""Faults, as the interface shows, orders and switches them: of one world, or of all."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Any

from accord.mocking.control.asked import (
    Answering,
    Asked,
    Impossible,
    created,
    fault_of,
    json_answer,
    no_content,
)
from accord.mocking.faulting.answering import documented_status
from accord.mocking.faulting.model import Fault
from accord.mocking.faulting.rules import ALL, Rule, Rules
from accord.mocking.model import ROOT, Response
from accord.mocking.places import prefix_of

_PATTERN = frozenset("*?[")


def _shown(rule: Rule) -> Mapping[str, Any]:
    return {
        "id": rule.id,
        "operation": rule.operation,
        "fault": str(rule.fault),
        "on": rule.is_on,
        "times": rule.times,
        "used": rule.used,
    }


def _rules(asked: Asked) -> Rules:
    """The rules that are asked for: those of the world in the path, or of all."""
    if ("path", "world") in asked.judged.parameters:
        return asked.world.faults.rules
    if not asked.running.is_alone:
        detail = (
            "Of several processes each has faults of its own: start the mock with one worker, or --fault."
        )
        raise Impossible.of(409, detail)
    return asked.running.rules


def _list(asked: Asked) -> Response:
    return json_answer({"faults": [_shown(rule) for rule in _rules(asked)]})


def _create(asked: Asked) -> Response:
    body, rules = asked.body, _rules(asked)
    pattern, fault = body.get("operation", ALL), fault_of(body["fault"])
    if not fault:
        raise Impossible.of(422, "The fault is none: remove the others, or switch them off.")
    _check(asked, pattern, fault, is_forced=body.get("force", False))
    rule = rules.order(fault, pattern, times=body.get("times"), is_on=body.get("on", True))
    return created(_shown(rule), f"{_place(asked)}/{rule.id}")


def _place(asked: Asked) -> str:
    if ("path", "world") not in asked.judged.parameters:
        return f"{ROOT}/faults"
    return f"{ROOT}/worlds/{prefix_of(asked.world.name).rpartition('/')[2]}/faults"


def _check(asked: Asked, pattern: str, fault: Fault, *, is_forced: bool) -> None:
    """Raises Impossible where no operation is meant, or none of them documents the status."""
    if _PATTERN.isdisjoint(pattern):
        meant: Iterable[Any] = (asked.operation(pattern),)
    else:
        meant = [each for each in asked.mock.contract.operations if fnmatchcase(each.id, pattern)]
        if not meant and pattern != ALL:
            raise Impossible.of(404, f"The contract has no operation like {pattern[:200]!r}.")
    status = fault.status
    if status and not is_forced and not any(documented_status(each, status) for each in meant):
        detail = (
            f"The contract documents no response {status} there. "
            "If it is to be sent all the same, say so: `force: true`."
        )
        raise Impossible.of(422, detail)


def _switch(asked: Asked) -> Response:
    rule = _rules(asked).get(int(asked.path("fault")))
    if rule is None:
        raise _unknown(asked)
    rule.is_on = asked.body["on"]
    return json_answer(_shown(rule))


def _delete(asked: Asked) -> Response:
    if not _rules(asked).remove(int(asked.path("fault"))):
        raise _unknown(asked)
    return no_content()


def _unknown(asked: Asked) -> Impossible:
    return Impossible.of(404, f"There is no fault {asked.path('fault')}.")


def _clear(asked: Asked) -> Response:
    _rules(asked).clear()
    return no_content()


_BY_OPERATION: Mapping[str, Answering] = {
    "list{}Faults": _list,
    "create{}Fault": _create,
    "clear{}Faults": _clear,
    "switch{}Fault": _switch,
    "delete{}Fault": _delete,
}
OPERATIONS: Mapping[str, Answering] = {
    name.format(where): answering for name, answering in _BY_OPERATION.items() for where in ("", "World")
}
