"""Bodies without their content coding (RFC 9110 section 8.4.1), so that they can be judged."""

import zlib

from accord.mocking.model import Pairs
from accord.mocking.proxying.model import LIMIT

_WINDOWS = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}


class Undecodable(ValueError):
    """A body in a coding that cannot be read. Says why."""


def decoded(headers: Pairs, body: bytes) -> bytes:
    """The body without its content codings, the last first. Raises Undecodable."""
    lines = [value.decode("latin-1").lower() for name, value in headers if name == b"content-encoding"]
    codings = [coding for each in lines for coding in map(str.strip, each.split(",")) if coding]
    for coding in reversed([each for each in codings if each != "identity"]):
        body = _without(coding, body)
    return body


def _without(coding: str, body: bytes) -> bytes:
    if coding not in _WINDOWS:
        raise Undecodable(f"it is in the content coding {coding[:40]!r}")
    if not body:
        return body
    try:
        return _inflated(body, _WINDOWS[coding])
    except zlib.error as error:
        if coding != "deflate":
            raise Undecodable(f"it is no {coding}: {error}") from None
    try:
        return _inflated(body, -zlib.MAX_WBITS)  # as many servers send it, without the head of zlib
    except zlib.error as error:
        raise Undecodable(f"it is no deflate: {error}") from None


def _inflated(body: bytes, window: int) -> bytes:
    inflater = zlib.decompressobj(window)
    made = inflater.decompress(body, LIMIT)
    if inflater.unconsumed_tail:
        raise Undecodable(f"it has more than {LIMIT} bytes")
    return made
