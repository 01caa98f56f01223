"""The scenarios of a mock: which are on in a world, and how far they have come."""

from collections.abc import Mapping
from typing import Any

from accord.mocking.control.asked import Answering, Asked, Impossible, json_answer, no_content
from accord.mocking.model import Response
from accord.mocking.scenarios.explaining import answers_of, conditions_of
from accord.mocking.scenarios.model import Rule, Scenario
from accord.mocking.scenarios.notes import nearest
from accord.mocking.scenarios.progress import Progress

_NOT_BEGUN = Progress()


def _shown(asked: Asked, scenario: Scenario) -> Mapping[str, Any]:
    progress = asked.world.scenarios.get(scenario.name)
    rules = enumerate(scenario.rules)
    return {
        "name": scenario.name,
        "title": scenario.title,
        "description": scenario.description,
        "on": progress is not None,
        "step": (progress or _NOT_BEGUN).step,
        "steps": scenario.steps,
        "place": scenario.place,
        "rules": [_rule(rule, (progress or _NOT_BEGUN).count(at)) for at, rule in rules],
    }


def _rule(rule: Rule, used: int) -> Mapping[str, Any]:
    return {
        "operations": [*rule.turns],
        "conditions": conditions_of(rule),
        "answers": answers_of(rule),
        "times": None if rule.repeats else rule.times,
        "then": rule.leads_to,
        "used": used,
    }


def _scenario(asked: Asked) -> Scenario:
    """The scenario in the path. Raises Impossible where there is none of that name."""
    name, known = asked.path("scenario"), asked.mock.scenarios
    if name not in known:
        raise Impossible.of(404, f"There is no scenario {name[:200]!r}; {nearest(name, known)}")
    return known[name]


def _list(asked: Asked) -> Response:
    return json_answer({"scenarios": [_shown(asked, each) for each in asked.mock.scenarios.values()]})


def _get(asked: Asked) -> Response:
    return json_answer(_shown(asked, _scenario(asked)))


def _switch(asked: Asked) -> Response:
    """Turns it on, where it begins and goes first, or off; or has it go on at another step."""
    scenario, on, body = _scenario(asked), asked.world.scenarios, asked.body
    step = body.get("step")
    if step is not None and step not in scenario.steps:
        detail = f"The scenario {scenario.name!r} has no step {step[:200]!r}; {nearest(step, scenario.steps)}"
        raise Impossible.of(422, detail)
    is_on = body.get("on", scenario.name in on)
    if step is not None and not is_on:
        raise Impossible.of(409, f"The scenario {scenario.name!r} is off: turn it on, too.")
    if "on" in body:
        on.pop(scenario.name, None)
    if is_on:
        progress = on.get(scenario.name, _NOT_BEGUN)
        on[scenario.name] = progress if step is None else progress._replace(step=step)
    return json_answer(_shown(asked, scenario))


def _reset(asked: Asked) -> Response:
    """Has it begin anew where it is on; it keeps its place among the others."""
    scenario = _scenario(asked)
    if scenario.name in asked.world.scenarios:
        asked.world.scenarios[scenario.name] = _NOT_BEGUN
    return json_answer(_shown(asked, scenario))


def _clear(asked: Asked) -> Response:
    asked.world.scenarios.clear()
    return no_content()


OPERATIONS: Mapping[str, Answering] = {
    "listScenarios": _list,
    "getScenario": _get,
    "switchScenario": _switch,
    "resetScenario": _reset,
    "clearScenarios": _clear,
}
