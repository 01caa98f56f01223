"""Answers by the state: what was created is read back, listed, changed and removed."""

from dataclasses import replace

from accord.contract import Response as Documented
from accord.exchange import Kind, problem_of
from accord.mocking.answers import Order, answer, value_of, with_addresses
from accord.mocking.case import Case
from accord.mocking.choosing import refusal_of, statuses_of, success_of
from accord.mocking.model import Response
from accord.mocking.neighbours import link_header, links_in
from accord.mocking.refusing import refuse
from accord.mocking.state.outcomes import Done, Refused
from accord.mocking.values import Made

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
    known = remembered(case)
    if known is not None:
        return known
    keeper = case.mock.keeper
    does = keeper.does(case.operation)
    negotiated = case.mock.lately(
        ("order", case.operation.id), (case.choices, case.request.header(b"accept")), lambda: _ordered(case)
    )
    if does is None or negotiated is None:
        return None
    outcome = keeper.act(case.operation, does, case.asked, case.world, case.now)
    if isinstance(outcome, Refused):
        return _refused(case, outcome)
    return None if outcome is None else _remember(case, _done(case, negotiated, outcome))


def _ordered(case: Case) -> Order | None:
    """Which answer is to be made, where all goes well; None where there is none that the caller accepts."""
    status, documented = success_of(case.operation)
    if documented is None:
        return None
    order = Order(operation=case.operation, status=status, documented=documented, choices=case.choices)
    return order.negotiated(case.request)


def _remember(case: Case, response: Response) -> Response:
    """The response, kept until what it shows changes."""
    if case.request.method != "GET" or case.world is None or response.parts:
        return response
    known = case.mock.keeper.answers(case.operation, case.asked, case.world)
    if known is not None:
        if len(known) >= _MOST_ANSWERS:
            known.clear()
        known[_question(case)] = replace(response, findings=()) if response.findings else response
    return response


def _refused(case: Case, outcome: Refused) -> Response | None:
    """The refusal, where the contract documents one for that. A body that does not fit is always refused."""
    violations = (outcome.violation,)
    statuses = statuses_of(case.operation, problem_of(violations).status, violations)
    is_wrong = outcome.violation.kind is Kind.INVALID
    if not is_wrong and refusal_of(case.operation, statuses)[1] is None:
        return None
    return refuse(case.mock, case.operation, case.request, case.choices, violations)


def _done(case: Case, order: Order, done: Done) -> Response:
    """The response that holds what came of it."""
    if done.status is not None and (other := case.operation.response(done.status)) is not None:
        order = order._replace(status=done.status, documented=other).negotiated(case.request) or order
    created = _created(case, order.documented, done)
    response = with_addresses(case, order.documented, _made(case, order, done), created)
    response = _with_links(case, order.documented, response, done)
    return replace(response, findings=(*response.findings, *done.findings)) if done.findings else response


def _created(case: Case, documented: Documented, done: Done) -> str | None:
    """The path of what was created, where a `Location` is to lead there."""
    keeper = case.mock.keeper
    does = keeper.resources.operations[case.operation.id]
    is_new = does.role == "create" or done.status is not None
    if done.item is None or not is_new or not any(name.lower() == "location" for name in documented.headers):
        return None
    return keeper.linker.address(keeper.resources.by_name[does.resource], done.item)


def _made(case: Case, order: Order, done: Done) -> Response:
    """The response of an order with what came of the operation in it."""
    mock, media_type = case.mock, order.media_type
    if media_type is None:
        return answer(mock, order, None)
    key = "template", order.operation.id, order.documented.status, media_type.name, order.choices.examples
    made = mock.once(key, lambda: value_of(mock, order))
    does = mock.keeper.resources.operations[case.operation.id]
    status = order.documented.status
    place = does.responses.get(status, {}).get(media_type.name)
    if made is None:
        return answer(mock, order, None)
    if place is None:
        told = does.identifiers.get(status, {}).get(media_type.name)
        if told is None or done.item is None:
            return answer(mock, order, made)
        return answer(
            mock, order, Made(mock.keeper.layer.identified(made.value, media_type.schema, told, done.item))
        )
    identifier = mock.keeper.resources.by_name[does.resource].identifier
    members = does.listing.members.get(status, {}).get(media_type.name, ()) if does.listing else ()
    if members:
        links = links_in(case.request, case.asked.query, done, members, made.value)
        done = replace(done, members={**done.members, **links})
    named = identifier.pointer if identifier else None
    body = mock.keeper.layer.body(made.value, media_type, place, done, members, key=order.seed, named=named)
    return answer(mock, order, Made(body))


def _with_links(case: Case, documented: Documented, response: Response, done: Done) -> Response:
    """The response with a Link header to the other pages of its list (RFC 8288)."""
    if done.items is None or not any(name.lower() == "link" for name in documented.headers):
        return response
    line = link_header(case.request, case.asked.query, done)
    others = tuple(pair for pair in response.headers if pair[0] != b"link")
    return replace(response, headers=(*others, *line), is_static=False)
