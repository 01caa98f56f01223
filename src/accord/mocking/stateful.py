"""Answers by the state: what was created is read back, listed, changed and removed."""

from dataclasses import replace

from accord.contract import Response as Documented
from accord.exchange import problem_of
from accord.mocking.answers import Order, answer, value_of, with_addresses
from accord.mocking.case import Case
from accord.mocking.choosing import refusal_of, statuses_of, success_of
from accord.mocking.model import Response
from accord.mocking.neighbours import link_header, links_in
from accord.mocking.refusing import refuse
from accord.mocking.state.outcomes import Done, Refused
from accord.mocking.values import Made


def acted(case: Case) -> Response | None:
    """The answer by the state, which the request may change; None where the contract alone answers."""
    if case.world is None:
        return None
    keeper = case.mock.keeper
    does = keeper.does(case.operation)
    status, documented = success_of(case.operation)
    if does is None or documented is None:
        return None
    order = Order(operation=case.operation, status=status, documented=documented, choices=case.choices)
    negotiated = order.negotiated(case.request)
    if negotiated is None:
        return None
    outcome = keeper.act(case.operation, does, case.asked, case.world, case.now)
    if isinstance(outcome, Refused):
        return _refused(case, outcome)
    return None if outcome is None else _done(case, negotiated, outcome)


def _refused(case: Case, outcome: Refused) -> Response | None:
    """The refusal, where the contract documents one for that."""
    violations = (outcome.violation,)
    statuses = statuses_of(problem_of(violations).status, violations)
    if refusal_of(case.operation, statuses)[1] is None:
        return None
    return refuse(case.mock, case.operation, case.request, case.choices, violations)


def _done(case: Case, order: Order, done: Done) -> Response:
    """The response that holds what came of it. That of an item which is only read is made once."""
    key = case.key
    if done.item is not None and (known := done.item.answers.get(key)) is not None:
        response: Response = known
        return response
    if done.status is not None and (other := case.operation.response(done.status)) is not None:
        order = replace(order, status=done.status, documented=other).negotiated(case.request) or order
    response = with_addresses(case, order.documented, _made(case, order, done))
    response = _with_links(case, order.documented, response, done)
    if done.item is not None and case.request.method == "GET":
        done.item.answers[key] = response
    return response


def _made(case: Case, order: Order, done: Done) -> Response:
    """The response of an order with what came of the operation in it."""
    mock, media_type = case.mock, order.media_type
    if media_type is None:
        return answer(mock, order, None)
    made = mock.once(("template", *map(str, order.key or ())), lambda: value_of(mock, order))
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
    members = does.listing.members.get(status, {}).get(media_type.name, ()) if does.listing else ()
    said = {**done.members, **links_in(case.request, case.asked.query, done, members, made.value)}
    body = mock.keeper.layer.body(
        made.value, media_type, place, replace(done, members=said), members, key=order.seed
    )
    return answer(mock, order, Made(body))


def _with_links(case: Case, documented: Documented, response: Response, done: Done) -> Response:
    """The response with a Link header to the other pages of its list (RFC 8288)."""
    if done.items is None or not any(name.lower() == "link" for name in documented.headers):
        return response
    line = link_header(case.request, case.asked.query, done)
    others = tuple(pair for pair in response.headers if pair[0] != b"link")
    return replace(response, headers=(*others, *line), is_static=False)
