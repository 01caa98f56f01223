"""Answers by the state: what was created is read back, listed, changed and removed."""

from accord.contract import Response as Documented
from accord.exchange import Kind, problem_of
from accord.mocking.answers import Order, with_addresses
from accord.mocking.case import Case
from accord.mocking.choosing import refusal_of, statuses_of, success_of
from accord.mocking.counting import with_counts
from accord.mocking.filling import Filling
from accord.mocking.model import Response
from accord.mocking.neighbours import link_header
from accord.mocking.refusing import refuse
from accord.mocking.state.outcomes import Done, Refused

_MOST_ANSWERS = 16
"""Answers that are kept of one item, or of one list: callers may ask in any number of ways."""
_NAMING = frozenset({b"host", b"range"})
"""Headers that an answer depends on beside those that decide its form."""


def remembered(case: Case) -> Response | None:
    """The answer that the same question had, where nothing has changed since; None where there is none."""
    if case.world is None or case.request.method != "GET":
        return None
    known = case.mock.keeper.answers(case.operation, case.asked, case.world)
    found = None if known is None else known.get(_question(case))
    return found if isinstance(found, Response) else None


def _question(case: Case) -> object:
    """All that the answer to a question depends on, beside the state."""
    request = case.request
    named = tuple(pair for pair in request.headers if pair[0] in _NAMING)
    return case.key, request.path, case.asked.query, request.scheme, named


def acted(case: Case) -> Response | None:
    """The answer by the state, which the request may change; None where the contract alone answers."""
    if case.world is None:
        return None
    known = remembered(case) if case.request.method == "GET" else None
    if known is not None:
        return known
    keeper = case.mock.keeper
    does, filling = keeper.does(case.operation), _filling(case)
    if does is None or filling is None:
        return None
    outcome = keeper.act(case.operation, does, case.asked, case.world, case.now)
    if isinstance(outcome, Refused):
        return _refused(case, outcome)
    if outcome is None:
        return None
    response = _done(case, filling, outcome)
    return _remember(case, response) if case.request.method == "GET" else response


def _filling(case: Case, status: int | None = None) -> Filling | None:
    """How the answer is made where all goes well, with this status if it is documented.

    None where there is none that the caller accepts.
    """
    name, accepted = ("filling", case.operation.id, str(status or 0)), case.request.header(b"accept")
    return case.mock.lately(name, (case.choices, accepted), lambda: _found(case, status))


def _found(case: Case, status: int | None) -> Filling | None:
    first, documented = success_of(case.operation)
    if status is not None:
        first, documented = status, case.operation.response(status)
    if documented is None:
        return None
    order = Order(operation=case.operation, status=first, documented=documented, choices=case.choices)
    negotiated = order.negotiated(case.request)
    return None if negotiated is None else Filling.of(case.mock, negotiated)


def _remember(case: Case, response: Response) -> Response:
    """The response, kept until what it shows changes."""
    if case.request.method != "GET" or case.world is None or response.parts:
        return response
    known = case.mock.keeper.answers(case.operation, case.asked, case.world)
    if known is not None:
        if len(known) >= _MOST_ANSWERS:
            known.clear()
        known[_question(case)] = response._replace(findings=()) if response.findings else response
    return response


def _refused(case: Case, outcome: Refused) -> Response | None:
    """The refusal, where the contract documents one for that. A body that does not fit is always refused."""
    violations = (outcome.violation,)
    statuses = statuses_of(case.operation, problem_of(violations).status, violations)
    is_wrong = outcome.violation.kind is Kind.INVALID
    if not is_wrong and refusal_of(case.operation, statuses)[1] is None:
        return None
    refusal = refuse(case.mock, case.operation, case.request, case.choices, violations)
    return refusal.with_lines(outcome.headers) if outcome.headers else refusal


def _done(case: Case, filling: Filling, done: Done) -> Response:
    """The response that holds what came of it."""
    if done.status is not None:
        filling = _filling(case, done.status) or filling
    documented, response = filling.order.documented, filling.response(case, done)
    response = with_addresses(case, documented, response, filling.address(case, done))
    response = _with_links(case, documented, response, done)
    if case.terms.is_counted:
        response = with_counts(case, documented, response, done)
    return response._replace(findings=(*response.findings, *done.findings)) if done.findings else response


def _with_links(case: Case, documented: Documented, response: Response, done: Done) -> Response:
    """The response with a Link header to the other pages of its list (RFC 8288)."""
    if done.items is None or not any(name.lower() == "link" for name in documented.headers):
        return response
    line = tuple(link_header(case.request, case.asked.query, done))
    return response.with_lines(line, b"link")._replace(is_static=False)
