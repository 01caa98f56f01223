"""Calls from pages of other origins (the Fetch standard's CORS): any origin may call a mock."""

from accord.mocking.model import Pairs, Request, Response

_DAY = b"86400"
_ANY_HEADER = (b"access-control-allow-headers", b"*")
_ANYONE: Pairs = (
    (b"access-control-allow-origin", b"*"),
    _ANY_HEADER,
    (b"access-control-allow-credentials", b"true"),
    (b"access-control-expose-headers", b"*"),
)
"""What a caller is told that names no origin, and is no browser."""


def is_preflight(request: Request) -> bool:
    """Does a browser ask whether it may call?"""
    return (
        request.method == "OPTIONS"
        and request.header(b"origin") is not None
        and request.header(b"access-control-request-method") is not None
    )


def preflight(request: Request) -> Response:
    """Yes, with the method and the headers that were asked for, credentials included, on any path."""
    method = request.header(b"access-control-request-method") or ""
    wanted = request.header(b"access-control-request-headers") or "*"
    headers: Pairs = (
        *_origin(request),
        (b"access-control-allow-methods", method.encode("latin-1")),
        (b"access-control-allow-headers", wanted.encode("latin-1")),
        (b"access-control-expose-headers", b"*"),
        (b"access-control-max-age", _DAY),
    )
    return Response(204, headers)


def allowed_origin(request: Request, sent: Pairs) -> Pairs:
    """The headers that let a page of the request's origin read the answer, its headers included.

    With credentials `*` exposes nothing, so that each header is named beside it.
    """
    for name, _ in request.headers:
        if name == b"origin":
            names = dict.fromkeys(name for name, _ in sent if not name.startswith(b"access-control-"))
            exposed = b", ".join([b"*", *names])
            return (*_origin(request), _ANY_HEADER, (b"access-control-expose-headers", exposed))
    return _ANYONE


def _origin(request: Request) -> Pairs:
    """The origin itself and not `*`, which would forbid credentials."""
    origin = request.header(b"origin")
    if origin is None:
        return _ANYONE
    return (
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-allow-credentials", b"true"),
        (b"vary", b"Origin"),
    )
