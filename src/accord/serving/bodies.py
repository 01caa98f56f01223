"""Reading a request's body, no more of it than is allowed."""

from collections.abc import Mapping
from typing import Any

from accord.handling.refusals import Refusal
from accord.serving.front import Disconnected


async def read_body(scope: Any, head: Mapping[bytes, bytes], receive: Any, limit: int) -> bytes:
    """The whole body.

    Raises Refusal where it is larger than `limit` bytes (413) or its length is no length (400), and
    Disconnected where the client goes away before it is complete.
    """
    length = _announced(head)
    if length is None and scope["http_version"].startswith("1"):
        return b""
    if length is not None and length > limit:
        raise _too_large(limit)
    message = await receive()
    if not message.get("more_body") and message["type"] == "http.request":
        body: bytes = message.get("body", b"")
        if len(body) > limit:
            raise _too_large(limit)
        return body
    return await _read_on(message, receive, limit)


async def _read_on(message: Any, receive: Any, limit: int) -> bytes:
    chunks, size = [], 0
    while True:
        if message["type"] == "http.disconnect":
            raise Disconnected
        chunk = message.get("body", b"")
        chunks.append(chunk)
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        if not message.get("more_body"):
            return b"".join(chunks)
        message = await receive()


def _announced(head: Mapping[bytes, bytes]) -> int | None:
    """The length that the head announces: 0 where it is chunked, None where there is no body at all."""
    length = head.get(b"content-length")
    if length is None:
        return 0 if b"transfer-encoding" in head else None
    if not length.isdigit() or len(length) > _LONGEST:
        raise Refusal(400, "Content-Length is not a number of bytes.")
    return int(length)


_LONGEST = 18
"""Digits of the largest length that is read as a number at all."""


def _too_large(limit: int) -> Refusal:
    # The rest of the body is not read, so the connection cannot be used again.
    return Refusal(413, f"The body is larger than {limit} bytes.", headers={"Connection": "close"})
