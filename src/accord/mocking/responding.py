"""The answer to a request, by the contract alone. No clock, no random source, no files."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from accord.contract import Operation
from accord.contract import Response as Documented
from accord.exchange import ABSENT, MethodUnknown, Outgoing, PathUnknown, Problem, Routed, Violation
from accord.mocking.answers import Order, fulfilled, identified, with_addresses
from accord.mocking.case import Case
from accord.mocking.crossing import allowed_origin, is_preflight, preflight
from accord.mocking.diagnosing import told
from accord.mocking.headers import head_of
from accord.mocking.judging import judge_request
from accord.mocking.mock import Mock
from accord.mocking.model import Choices, Request, Response
from accord.mocking.preferences import (
    NO_PREFERENCE,
    Preference,
    UnusablePreference,
    server_of,
    without_preferences,
)
from accord.mocking.refusing import (
    as_problem,
    broken,
    not_acceptable,
    other_method,
    refuse,
    refuse_with,
    unknown_path,
    unknown_server,
)
from accord.mocking.servers import is_served_by
from accord.mocking.state.world import World
from accord.mocking.terms import Terms

if TYPE_CHECKING:
    from accord.mocking.ordering import Ordered
    from accord.mocking.overriding import Override

_NO_STATUS = 600
_METHOD = "405"


def respond(
    mock: Mock, request: Request, choices: Choices, world: World | None = None, now: float = 0
) -> Response:
    """The answer to a request. The same request, contract, seed and choices give the same bytes.

    What was kept of earlier requests is in `world`, which this one may change, at `now`, in seconds since
    1970; without a world nothing is kept.
    """
    posed = pose(mock, request, choices, world, now)
    return answer_to(posed) if isinstance(posed, Case) else posed


def pose(
    mock: Mock, request: Request, choices: Choices, world: World | None = None, now: float = 0
) -> Case | Response:
    """The request, judged; or its answer where it is for no operation. For arguments see `respond`."""
    if choices.cors and is_preflight(request):
        return preflight(request)
    route = mock.route(request.method, request.path)
    if isinstance(route, PathUnknown):
        return opened(unknown_path(request, route), request, choices)
    if isinstance(route, MethodUnknown):
        return opened(_other_method(mock, request, choices, route.allow), request, choices)
    operation, asked, violations = judge_request(mock, route, request)
    override = None
    if world is not None and world.overrides and not (violations and choices.strict):
        override = world.overrides.take(operation.id)
    return Case(mock, operation, request, choices, asked, world, now, violations, override)


def answer_to(case: Case) -> Response:
    """The answer, with the id that the request came with where the contract has a place for it."""
    terms = case.terms
    response = _answer_to(case, terms)
    return _echoing(case.mock, terms, case.request, response) if terms.echoes else response


def _echoing(mock: Mock, terms: Terms, request: Request, response: Response) -> Response:
    """The response with the ids of the request in its headers that are for them."""
    echoes = terms.echoes
    said = {name: value for name, value in request.headers if name in echoes}
    for name, value in said.items():
        schema = echoes[name]
        if schema is None or mock.values.is_valid(schema, value.decode("latin-1")):
            pairs = tuple((key, value if key == name else held) for key, held in response.headers)
            response = response._replace(headers=pairs)
    return response


def _other_method(mock: Mock, request: Request, choices: Choices, allow: Sequence[str]) -> Response:
    """The refusal of a method that a path does not have, as its other operations document it."""
    own = other_method(request, allow)
    route = mock.route(allow[0], request.path) if own.reason else None
    if not isinstance(route, Routed) or _METHOD not in route.operation.responses:
        return own
    problem, operation = Problem.of(int(_METHOD), own.reason), route.operation
    line = tuple(pair for pair in own.headers if pair[0] == b"allow")
    made = refuse_with(mock, operation, request, choices, problem, statuses=(problem.status,), extra=line)
    return _echoing(mock, mock.terms(operation), request, made)._replace(operation="")


def _answer_to(case: Case, terms: Terms) -> Response:
    mock, request, choices = case.mock, case.request, case.choices
    if case.override is not None:
        return opened(_overridden(case, case.override), request, choices)
    if (
        case.violations
        or b"__" in request.query
        or terms.deprecated_in(request)
        or case.reply is not None
        or case.is_staged
        or case.operation.id in mock.recordings
        or (terms.is_downloaded and request.header(b"range"))
    ):
        return opened(_answer(case), request, choices)
    if case.is_stateful:
        is_free = not (choices.dynamic or terms.is_downloaded or request.header(b"prefer"))
        return opened(_by_state(case) if is_free else _answer(case), request, choices)
    key = case.key
    return mock.settled(key) or mock.settle(key, opened(_answer(case), request, choices))


def _by_state(case: Case) -> Response:
    """The answer to a right request that prefers nothing: what the state has, or the contract."""
    return case.mock.act(case) or judged_answer(case, (), preferred(case, NO_PREFERENCE))


def opened(response: Response, request: Request, choices: Choices) -> Response:
    """The response, with what lets a page of another origin read it."""
    if not choices.cors:
        return response
    return response.with_headers(response.headers + allowed_origin(request, response.headers))


def _overridden(case: Case, override: "Override") -> Response:
    """The answer that was ordered by the interface."""
    return _ordered(case, override.answer, override.used)._replace(override=override.id)


def _ordered(case: Case, answer: "Ordered", count: int, own: Response | None = None) -> Response:
    """The answer that is wanted, for the `count`th time, with what the contract has for its status.

    `own` is the mock's own answer, for one that wants no status.
    """
    from accord.mocking.faulting.chances import Chance  # noqa: PLC0415 - most mocks are ordered nothing

    status, operation = answer.status, case.operation
    if status is None:
        response = own or own_answer(case, NO_PREFERENCE)
    elif answer.body is None and operation.response(status) is not None:
        response = preferred(case, Preference(code=status, example=answer.example))
    else:
        response = Response(status, head_of(status, (), b""), operation=operation.id)
    laid = answer.lay(response, Chance(case.mock.seed, operation.id, count))
    if answer.merge is ABSENT:
        return laid
    broken = case.mock.judge.response(operation, Outgoing(laid.status, laid.headers, laid.body))
    return laid._replace(violations=broken)


def _answer(case: Case) -> Response:
    """The answer to a request for an operation: a refusal, or a response with what is wrong all the same."""
    mock, operation, request, choices = case.mock, case.operation, case.request, case.choices
    violations = case.violations
    server = server_of(request)
    if server is not None and not is_served_by(operation, server):
        return unknown_server(request, server, operation)
    if violations and choices.strict:
        return refuse(mock, operation, request, choices, violations)
    return judged_answer(case, violations, _by_preference(case, is_right=not violations))


def judged_answer(case: Case, violations: Sequence[Violation], response: Response) -> Response:
    """The response with what is wrong in its headers, or what is sent in its place where that is an error."""
    if response.violations and case.choices.errors:
        return broken(case.operation, response.violations)
    deprecated = case.terms.deprecated_in(case.request)
    if violations or deprecated or response.violations:
        said = told(violations, response.violations, deprecated)
        response = response._replace(headers=(*response.headers, *said), faults=tuple(violations))
    return response


def _by_preference(case: Case, *, is_right: bool) -> Response:
    """The documented response that the caller prefers, or that OpenAPI's order gives.

    A request that prefers nothing else is answered by a scenario that is on, else by the operation's
    behaviour, by what was recorded, or, a right one, by the state.
    """
    try:
        preference = case.mock.preference(case.request)
    except UnusablePreference as error:
        return as_problem(Problem.of(422, f"{error}."), case.operation)
    is_asked = preference.is_free and case.is_staged
    staged = _staged(case, preference, is_right=is_right) if is_asked else None
    response = staged or own_answer(case, preference, is_right=is_right)
    if case.terms.is_downloaded and is_right:
        from accord.mocking.downloading import in_part  # noqa: PLC0415 - few downloads come in parts

        response = in_part(case, response)
    return response._replace(wait=preference.wait) if preference.wait else response


def _staged(case: Case, preference: Preference, *, is_right: bool) -> Response | None:
    """The answer of a scenario that is on; None where none has one."""
    from accord.mocking.scenarios.staging import staged  # noqa: PLC0415 - most mocks have no scenario

    found = case.staged or staged(case)
    if found is None:
        return None
    own = None if found.answer.status else own_answer(case, preference, is_right=is_right)
    return _ordered(case, found.answer, found.ordinal, own)._replace(scenario=found.scenario)


def own_answer(case: Case, preference: Preference, *, is_right: bool = True) -> Response:
    """The mock's own answer: what was recorded, of a right request what the state has, or the contract.

    In its place the answer of the operation's behaviour, where that was asked already.
    """
    if case.reply is not None:
        return case.reply
    is_free = preference.is_free and not case.choices.dynamic
    kept = _replayed(case) if is_free else None
    if kept is None and is_free and is_right and case.is_stateful:
        kept = case.mock.act(case)
    return kept or preferred(case, preference)


def _replayed(case: Case) -> Response | None:
    if not case.mock.recordings:
        return None
    from accord.mocking.replaying import replayed  # noqa: PLC0415 - few mocks have recordings

    return replayed(case)


def preferred(case: Case, preference: Preference) -> Response:
    """The documented response that is preferred, by the contract alone."""
    operation = case.operation
    status, documented = _chosen(case.mock, operation, preference)
    if documented is not None:
        return _documented(case, status, documented, preference)
    if preference.code is None:
        return Response(status, head_of(status, (), b""), operation=operation.id)
    names = ", ".join(operation.responses) or "none"
    detail = f"{operation.id} documents no response {status}; documented are: {names}."
    return as_problem(Problem.of(404, detail), operation)


def _chosen(mock: Mock, operation: Operation, preference: Preference) -> tuple[int, Documented | None]:
    if preference.code is None:
        return mock.success(operation)
    is_status = preference.code < _NO_STATUS
    return preference.code, operation.response(preference.code) if is_status else None


def _documented(case: Case, status: int, documented: Documented, preference: Preference) -> Response:
    """The answer of a documented response, in the media type that the caller accepts."""
    mock, operation, request, choices = case.mock, case.operation, case.request, case.choices
    is_dynamic = choices.dynamic if preference.dynamic is None else preference.dynamic
    digest = _digest(request, preference.seed) if is_dynamic and preference.example is None else ""
    order = Order(operation, status, documented, choices, example=preference.example, digest=digest)
    negotiated = order.negotiated(request)
    if negotiated is None:
        return not_acceptable(mock, operation, request, choices, documented)
    order = identified(mock, negotiated, case.asked)
    response = with_addresses(case, documented, fulfilled(mock, order))
    if order.media_type is None or not case.terms.is_counted:
        return response
    from accord.mocking.counting import counted  # noqa: PLC0415 - few lists have such headers

    return counted(case, documented, response, order.media_type.name)


def _digest(request: Request, seed: str | None) -> str:
    """What tells this request from others, so that equal requests get equal data; or the caller's seed."""
    if seed is not None:
        return f"seed {seed}"
    line = f"{request.method} {request.path}?".encode("utf-8", "surrogatepass")
    target = line + without_preferences(request.query)
    return sha256(target + b"\n" + request.body).hexdigest()[:16]
