"""Calls from pages of other origins (the Fetch standard's CORS): any origin may call a mock."""

from accord.mocking.model import Pairs, Request, Response

_DAY = b"86400"
_ANY_METHOD = b"GET,HEAD,PUT,PATCH,POST,DELETE,OPTIONS"


def is_preflight(request: Request) -> bool:
    """Does a browser ask whether it may call?"""
    return (
        request.method == "OPTIONS"
        and request.header(b"origin") is not None
        and request.header(b"access-control-request-method") is not None
    )


def preflight(request: Request) -> Response:
    """Yes, with the method and the headers that were asked for, credentials included, on any path."""
    method = (request.header(b"access-control-request-method") or "").encode("latin-1")
    methods = _ANY_METHOD if method in _ANY_METHOD.split(b",") else _ANY_METHOD + b"," + method
    headers: Pairs = (
        *_origin(request),
        (b"access-control-allow-methods", methods),
        (b"access-control-max-age", _DAY),
    )
    wanted = request.header(b"access-control-request-headers")
    if wanted:
        headers = (*headers, (b"access-control-allow-headers", wanted.encode("latin-1")))
    return Response(204, headers)


def allowed_origin(request: Request, sent: Pairs) -> Pairs:
    """The headers that let a page of the request's origin read the answer, its headers included."""
    names = dict.fromkeys(name for name, _ in sent if not name.startswith(b"access-control-"))
    exposed = ((b"access-control-expose-headers", b", ".join(names)),) if names else ()
    return (*_origin(request), *exposed)


def _origin(request: Request) -> Pairs:
    """The origin itself and not `*`, which would forbid credentials."""
    origin = request.header(b"origin")
    if origin is None:
        return ((b"access-control-allow-origin", b"*"),)
    return (
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-allow-credentials", b"true"),
        (b"vary", b"Origin"),
    )
