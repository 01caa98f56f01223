"""The answer to a request that may suffer a fault. As pure as that of one that does not."""

from dataclasses import replace
from typing import NamedTuple

from accord.contract import Operation
from accord.exchange import Problem, Routed
from accord.mocking.case import Case
from accord.mocking.crossing import is_preflight
from accord.mocking.faulting.limiting import with_standing
from accord.mocking.faulting.model import Fault
from accord.mocking.faulting.reading import UnusableFault, read_fault
from accord.mocking.faulting.rules import Rule, Rules
from accord.mocking.faulting.trying import Faults, Trial
from accord.mocking.judging import judge_request
from accord.mocking.mock import Mock
from accord.mocking.model import Choices, Request, Response
from accord.mocking.places import FAULT
from accord.mocking.preferences import Preference
from accord.mocking.refusing import as_problem
from accord.mocking.responding import opened, preferred

_TOO_MANY = 429
_NONE = Fault()


class Suffering(NamedTuple):
    """What an answer suffers. `failed` is what is sent in its place, which then is not even made."""

    fault: Fault = _NONE
    trial: Trial | None = None
    failed: Response | None = None

    def laid(self, response: Response) -> Response:
        """The response, or the one in its place, with the fault that it is sent with."""
        if self.trial is not None and self.trial.standing is not None:
            response = with_standing(response, self.trial.standing)
        if not self.fault:
            return response
        fault = response.fault.over(self.fault) if response.fault else self.fault
        return response._replace(is_static=False, fault=fault)


def suffering_of(
    mock: Mock,
    request: Request,
    choices: Choices,
    now: float,
    *,
    faults: Faults,
    common: Rules,
    used: list[Rule] | None = None,
) -> Suffering:
    """What the answer to a request suffers by its header, the rules of its world, or the `common` ones.

    What fails by a status or over a limit changes nothing in the world. To `used` go those of `common` that
    were.
    """
    try:
        stated = _stated(request)
    except UnusableFault as error:
        refused = as_problem(Problem.of(422, f"X-Accord-Fault: {error}"))
        return Suffering(failed=opened(refused, request, choices))
    if (stated is not None and not stated) or (choices.cors and is_preflight(request)):
        return Suffering()
    route = mock.route(request.method, request.path)
    operation = route.operation if isinstance(route, Routed) else None
    name = operation.id if operation else ""
    trial = faults.trial(name, mock.seed, now, common=common, stated=stated, used=used)
    status = _TOO_MANY if trial.is_over else _status_of(operation, trial.fault.status)
    fault = replace(trial.fault, status=None if status is None or trial.is_over else str(status))
    if status is None:
        return Suffering(fault, trial)
    failed = _failed(mock, request, choices, (status, fault))
    failed = failed if trial.standing is None else with_standing(failed, trial.standing)
    return Suffering(fault, failed=opened(failed, request, choices))


def _stated(request: Request) -> Fault | None:
    """The fault that the request's own header states. Raises UnusableFault."""
    text = request.header(FAULT)
    return None if text is None else read_fault(text)


def _status_of(operation: Operation | None, status: str | None) -> int | None:
    """The status that is sent in place of the answer's own: of a range one that the operation documents."""
    if status is None or status.isdecimal():
        return None if status is None else int(status)
    return documented_status(operation, status) if operation is not None else None


def documented_status(operation: Operation, status: str) -> int | None:
    """The status that an operation documents, itself or of a range; None where it documents none."""
    names = {name.upper() for name in operation.responses}
    if status.isdecimal():
        return int(status) if operation.response(int(status)) is not None else None
    exact = sorted(name for name in names if name.isdecimal() and name[0] == status[0])
    if exact:
        return int(exact[0])
    return int(status[0]) * 100 if names & {status, "DEFAULT"} else None


def _failed(mock: Mock, request: Request, choices: Choices, ordered: tuple[int, Fault]) -> Response:
    """The contract's response for a status, however right the request is; a problem where it has none."""
    status, fault = ordered
    route = mock.route(request.method, request.path)
    if isinstance(route, Routed):
        judged = judge_request(mock, route, request)
        if judged.operation.response(status) is not None:
            case = Case(mock, judged.operation, request, choices, judged.asked)
            return preferred(case, Preference(code=status))
        detail = f"A fault was ordered ({fault}): {judged.operation.id} documents no response {status}."
        return as_problem(Problem.of(status, detail), judged.operation)
    return as_problem(Problem.of(status, f"A fault was ordered: {fault}."))
