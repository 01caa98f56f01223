"""Reading a request's body, no more of it than is allowed."""

from typing import Any

from accord.serving.front import Disconnected
from accord.serving.refusals import Refusal


async def read_body(scope: Any, receive: Any, limit: int) -> bytes:
    """The whole body.

    Raises Refusal where it is larger than `limit` bytes (413) or its length is no length (400), and
    Disconnected where the client goes away before it is complete.
    """
    length = _announced(scope["headers"])
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


def _announced(headers: list[tuple[bytes, bytes]]) -> int | None:
    """The length that the head announces: 0 where it is chunked, None where there is no body at all."""
    length: int | None = None
    for name, value in headers:
        if name == b"content-length":
            if not value.isdigit() or len(value) > _LONGEST:
                raise Refusal(400, "Content-Length is not a number of bytes.")
            length = max(length or 0, int(value))
        elif name == b"transfer-encoding" and length is None:
            length = 0
    return length


_LONGEST = 18
"""Digits of the largest length that is read as a number at all."""


def _too_large(limit: int) -> Refusal:
    # The rest of the body is not read, so the connection cannot be used again.
    return Refusal(413, f"The body is larger than {limit} bytes.", headers={"Connection": "close"})
