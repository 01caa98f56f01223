"""What the headers of an answer say of a rate limit, in the contract's own, where it documents some."""

import re
from collections.abc import Callable, Mapping
from math import ceil

from accord.mocking.faulting.trying import Standing
from accord.mocking.model import Response

_NAME = re.compile(rb"(?:x-)?rate-?limit-(limit|remaining|used|reset)(?:-requests)?")
_EPOCH = 1_000_000_000
"""A reset that is documented by a number above this is a moment in seconds since 1970."""
_RETRY_AFTER = b"retry-after"


def with_standing(response: Response, standing: Standing) -> Response:
    """The response, whose headers say how its request stands; over the limit `Retry-After` is one of them.

    Headers of a rate limit are those that the contract documents for the response, under the names that are
    common (`X-RateLimit-Remaining`, `RateLimit-Reset`, `RateLimit`).
    """
    headers = [(name, _said(name, value, standing)) for name, value in response.headers]
    if standing.left < 0 and all(name != _RETRY_AFTER for name, _ in headers):
        headers.append((_RETRY_AFTER, _seconds(standing)))
    if tuple(headers) == response.headers:
        return response
    return response._replace(headers=tuple(headers), is_static=False)


def _said(name: bytes, value: bytes, standing: Standing) -> bytes:
    """What a header says; what it was, where it says nothing of limits."""
    if name == _RETRY_AFTER:
        return _seconds(standing) if standing.left < 0 else value
    if name == b"ratelimit":
        return b'"default";r=%d;t=%s' % (max(0, standing.left), _seconds(standing))
    if name == b"ratelimit-policy":
        return b'"default";q=%d;w=%d' % (standing.limit.requests, ceil(standing.limit.seconds))
    found = _NAME.fullmatch(name)
    return _VALUES[found[1]](value, standing) if found else value


def _seconds(standing: Standing) -> bytes:
    """Whole seconds until the limit begins anew, at least one."""
    return b"%d" % max(1, ceil(standing.seconds))


def _reset(value: bytes, standing: Standing) -> bytes:
    is_moment = value.isdigit() and int(value) > _EPOCH
    return b"%d" % ceil(standing.until) if is_moment else _seconds(standing)


_VALUES: Mapping[bytes, Callable[[bytes, Standing], bytes]] = {
    b"limit": lambda _, standing: b"%d" % standing.limit.requests,
    b"remaining": lambda _, standing: b"%d" % max(0, standing.left),
    b"used": lambda _, standing: b"%d" % (standing.limit.requests - max(0, standing.left)),
    b"reset": _reset,
}
