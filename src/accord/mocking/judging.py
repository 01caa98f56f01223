"""Which operation a request is for, and what is wrong with it, as a mock sees that."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import unquote_plus

from accord.contract import Operation
from accord.exchange import Incoming, JudgedRequest, Kind, Routed, Violation, parse_media_type
from accord.exchange.bodies import content_type
from accord.mocking.mock import Mock
from accord.mocking.model import Request
from accord.mocking.preferences import without_preferences
from accord.mocking.state.asked import Asked


class Judged(NamedTuple):
    """The operation that is meant, what it was asked, and everything that is wrong with that."""

    operation: Operation
    asked: Asked
    violations: tuple[Violation, ...]


def judge_request(mock: Mock, route: Routed, request: Request) -> Judged:
    """The request as the operation has it that is meant, and everything that is wrong with it.

    Of operations that no path can tell apart, the first is meant that takes the request; if none does, the
    first whose path parameters can be these.
    """
    first = _judged(mock, route, request)
    if not first.violations:
        return first
    found = [first, *(_judged(mock, other, request) for other in mock.others(route))]
    fitting = [each for each in found if all(violation.location != "path" for violation in each.violations)]
    return min(fitting or found, key=lambda each: bool(each.violations))


def _judged(mock: Mock, route: Routed, request: Request) -> Judged:
    """A request for one operation: its credentials, its parameters, its body."""
    operation = route.operation
    query = without_preferences(request.query)
    incoming = Incoming(
        request.method, request.path, route.path_parameters, query, request.headers, request.body
    )
    judged = mock.judge.request(operation, incoming)
    if judged.violations:
        judged = _as_meant(mock, operation, incoming, judged)
    parameters, body, media_type, found = judged
    terms = mock.terms(operation)
    if terms.is_counted and (asked := request.header(b"range")):
        parameters = {**parameters, ("header", "Range"): asked}  # it need be no parameter to be meant
    own = terms.judge(request)
    violations = (*own, *_for_a_mock(operation, found, request.headers)) if own or found else ()
    return Judged(operation, Asked(route.path_parameters, parameters, body, media_type, query), violations)


def _as_meant(mock: Mock, operation: Operation, incoming: Incoming, judged: JudgedRequest) -> JudgedRequest:
    """The request judged in the way in which least is wrong with it, of those in which it may be meant."""
    query = incoming.query
    if any(each.kind is Kind.MEDIA_TYPE for each in judged.violations):
        judged = _as_alike(mock, operation, incoming) or judged
    if b"," in query and any(each.location == "query" for each in judged.violations):
        exploded = incoming._replace(query=_exploded(mock.terms(operation).lists, query))
        judged = min(judged, mock.judge.request(operation, exploded), key=lambda each: len(each.violations))
    return judged


def _exploded(lists: frozenset[str], query: bytes) -> bytes:
    """The query with these parameters repeated for each item of their lists.

    OpenAPI 3 repeats an array where nothing is said, and much that calls writes a list all the same.
    """
    pairs = [pair.partition(b"=") for pair in query.split(b"&")]
    return b"&".join(
        b"&".join(name + equals + item for item in value.split(b","))
        if unquote_plus(name.decode("latin-1")) in lists
        else name + equals + value
        for name, equals, value in pairs
    )


def _as_alike(mock: Mock, operation: Operation, incoming: Incoming) -> JudgedRequest | None:
    """The request judged as one of a type that is built on one that is taken (RFC 6839), or the reverse.

    None where there is no such type: `application/vnd.pet+json` is alike to `application/json`.
    """
    sent = parse_media_type((content_type(incoming.headers) or b"").decode("latin-1"))
    body = operation.request_body
    for key in body.content if sent is not None and body is not None else ():
        taken = parse_media_type(key)
        if taken is not None and sent is not None and _base(taken.essence) == _base(sent.essence):
            others = [pair for pair in incoming.headers if pair[0] != b"content-type"]
            headers = [*others, (b"content-type", key.encode("latin-1", "replace"))]
            return mock.judge.request(operation, incoming._replace(headers=headers))
    return None


def _base(essence: str) -> str:
    """The type that a type is built on: of `application/vnd.pet+json` it is `application/json`."""
    kind, _, subtype = essence.partition("/")
    return f"{kind}/{subtype.rpartition('+')[2]}"


def _for_a_mock(
    operation: Operation, found: Sequence[Violation], headers: Sequence[tuple[bytes, bytes]]
) -> Iterator[Violation]:
    """The violations as a mock takes them.

    What is read-only may be sent back as it was received. A body that is not taken at all is one of a media
    type that is not taken; so is one of several parts that does not say what is between them.
    """
    sent = parse_media_type((content_type(headers) or b"").decode("latin-1"))
    is_unbounded = (
        sent is not None and sent.essence.startswith("multipart/") and "boundary" not in sent.parameters
    )
    for each in found:
        is_untaken = each.kind is Kind.UNKNOWN and each.rule == operation.pointer
        if is_untaken or (each.kind is Kind.MALFORMED and each.location == "body" and is_unbounded):
            yield replace(each, kind=Kind.MEDIA_TYPE)
        elif not each.rule.endswith("/readOnly"):
            yield each
