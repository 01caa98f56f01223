"""What of an exchange with the real server breaks the contract, and what is said of that."""

from collections.abc import Iterator, Sequence

from accord.contract import Contract, Operation
from accord.exchange import MethodUnknown, Outgoing, PathUnknown, Route, Violation, parse_media_type
from accord.exchange.bodies import content_type
from accord.mocking.judging import judge_request
from accord.mocking.mock import Mock
from accord.mocking.model import Pairs, Request
from accord.mocking.proxying.decoding import Undecodable, decoded
from accord.mocking.proxying.model import Passing, Reply, Verdict

_ENDS = {
    "text/event-stream": (b"\n\n", b"\r\n\r\n", b"\r\r"),
    "application/jsonl": (b"\n",),
    "application/x-ndjson": (b"\n",),
    "application/x-jsonlines": (b"\n",),
    "application/json-seq": (b"\n",),
}
"""The media types that come item by item and may never end, and what is at the end of an item."""
_MOST_TOLD = 10


def judge_asked(mock: Mock, route: Route, request: Request, passing: Passing, *, is_whole: bool) -> Verdict:
    """What is known of a request. Of a body that is not whole nothing is."""
    if isinstance(route, PathUnknown):
        return Verdict(None, note=f"the contract has no path {request.path[:200]}: not judged")
    if isinstance(route, MethodUnknown):
        known = ", ".join(route.allow)
        return Verdict(
            None, note=f"the contract has no {request.method[:20]} for it, but {known}: not judged"
        )
    operation, _, violations = judge_request(mock, route, request)
    if not passing.requests:
        return Verdict(operation)
    deprecated = mock.terms(operation).deprecated_in(request)
    if is_whole:
        return Verdict(operation, violations, deprecated)
    return Verdict(
        operation, _of_the_head(violations), deprecated, "of the request the head alone was judged"
    )


def judge_reply(mock: Mock, operation: Operation, reply: Reply) -> tuple[tuple[Violation, ...], str]:
    """What is wrong with a response, and a note where its body could not be judged."""
    note = "" if reply.is_whole else "of the response the head alone was judged"
    body = b""
    try:
        body = decoded(reply.headers, reply.body)
    except Undecodable as error:
        note = f"the response's body was not judged: {error}"
    found = mock.judge.response(operation, Outgoing(reply.status, reply.headers, body))
    return (_of_the_head(found) if note else found), note


def judge_head(mock: Mock, operation: Operation, reply: Reply) -> tuple[Violation, ...]:
    """What is wrong with the head of a response whose body is still to come."""
    return _of_the_head(mock.judge.response(operation, Outgoing(reply.status, reply.headers)))


def is_endless(headers: Pairs) -> bool:
    """Is it a response that comes item by item, and is read as it comes?"""
    return _essence(headers) in _ENDS


def whole_items(reply: Reply) -> Reply:
    """The response of a sequence that was cut short, as far as its items are whole."""
    ends = (
        []
        if reply.is_whole
        else [(reply.body.rfind(end), end) for end in _ENDS.get(_essence(reply.headers), ())]
    )
    found = [at + len(end) for at, end in ends if at >= 0]
    return reply._replace(body=reply.body[: max(found)], is_whole=True) if found else reply


def told(contract: Contract, asked: Sequence[Violation], replied: Sequence[Violation]) -> Iterator[str]:
    """A line for each violation: the place in the contract that people edit, and what is wrong."""
    all_told = [("request", each) for each in asked] + [("response", each) for each in replied]
    for message, each in all_told[:_MOST_TOLD]:
        words = (message, each.location, each.name, each.pointer, each.reason)
        yield f"{contract.document.locate(each.rule)}: {' '.join(word for word in words if word)}"
    if len(all_told) > _MOST_TOLD:
        yield f"and {len(all_told) - _MOST_TOLD} more violations"


def _of_the_head(violations: Sequence[Violation]) -> tuple[Violation, ...]:
    return tuple(each for each in violations if each.location != "body")


def _essence(headers: Pairs) -> str:
    sent = parse_media_type((content_type(headers) or b"").decode("latin-1"))
    return sent.essence if sent else ""
