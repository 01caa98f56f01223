"""Parts of a download, asked for in bytes (RFC 9110 section 14)."""

import re

from accord.exchange import Kind, Violation
from accord.mocking.answers import Order, answer
from accord.mocking.case import Case
from accord.mocking.headers import head_of
from accord.mocking.model import Pairs, Response
from accord.mocking.refusing import refuse
from accord.mocking.state.refusals import refuses_ranges

_OK, _PARTIAL = 200, 206
_RANGE = re.compile(r"bytes=\s*(?P<first>\d*)-(?P<last>\d*)\s*", re.IGNORECASE)
_OWN = frozenset({b"content-type", b"content-length", b"content-range", b"accept-ranges"})


def in_part(case: Case, response: Response) -> Response:
    """The response, or the part that the request asks for, or the refusal of one that is not there.

    The whole is answered where several parts are asked for, or what is no range, or a part of another
    version than this one (RFC 9110 section 13.1.5).
    """
    if response.status != _OK or response.parts:
        return response
    whole = _saying_units(case, response)
    asked = case.request.header(b"range")
    if asked is None or case.request.method != "GET" or _has_changed(case, response):
        return whole
    size, match = len(response.body), _RANGE.fullmatch(asked)
    if match is None or not (match["first"] or match["last"]):
        return whole
    start, end = _bounds(match["first"], match["last"], size)
    if start < min(end, size):
        return _part(case, response, start, min(end, size)) or whole
    is_beyond = start >= size and refuses_ranges(case.operation)
    return _beyond(case, asked, size) if is_beyond else whole


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """Where the part begins, and where it ends."""
    if not first:
        return (max(0, size - int(last)), size) if int(last) else (size, size)
    return int(first), int(last) + 1 if last else max(size, int(first) + 1)


def _part(case: Case, response: Response, start: int, end: int) -> Response | None:
    """The part; None where the contract has none of that media type."""
    documented = case.operation.responses[str(_PARTIAL)]
    order = Order(case.operation, _PARTIAL, documented, case.choices).negotiated(case.request)
    known = dict(response.headers)
    if order is None or order.content_type.encode("latin-1", "replace") != known.get(b"content-type"):
        return None
    made = answer(case.mock, order, None).headers
    pairs = tuple((name, known.get(name, line)) for name, line in made if name not in _OWN)
    told: Pairs = (
        (b"content-range", b"bytes %d-%d/%d" % (start, end - 1, len(response.body))),
        (b"accept-ranges", b"bytes"),
    )
    body = response.body[start:end]
    headers = head_of(_PARTIAL, (*pairs, *told), body, order.content_type)
    return response._replace(status=_PARTIAL, headers=headers, body=body, is_static=False)


def _saying_units(case: Case, response: Response) -> Response:
    """The whole, which says that it can be had in part where the contract has a header for that."""
    documented = case.operation.response(response.status)
    if documented is None or all(name.lower() != "accept-ranges" for name in documented.headers):
        return response
    return response.with_lines(((b"accept-ranges", b"bytes"),))


def _has_changed(case: Case, response: Response) -> bool:
    """Does the request want a part of a certain version alone, which this is not?"""
    wanted = case.request.header(b"if-range")
    if wanted is None:
        return False
    known = {name: line.decode("latin-1") for name, line in response.headers}
    return wanted.startswith("W/") or wanted not in (known.get(b"etag"), known.get(b"last-modified"))


def _beyond(case: Case, asked: str, size: int) -> Response:
    reason = f"begins after the last of {size} bytes"
    violation = Violation(Kind.RANGE, "header", reason, case.operation.pointer, "Range", "", "", asked[:80])
    refusal = refuse(case.mock, case.operation, case.request, case.choices, (violation,))
    return refusal.with_lines(((b"content-range", b"bytes */%d" % size),))
