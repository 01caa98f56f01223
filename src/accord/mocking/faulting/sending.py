"""An answer as it suffers its fault: late, slow, cut off, or not at all."""

from collections.abc import Callable, Iterator, MutableMapping, Sequence
from typing import Any, cast

from accord.exchange import Problem
from accord.hosting import CONNECTION, Connection
from accord.mocking.faulting.model import Fault
from accord.mocking.model import Response
from accord.mocking.refusing import as_problem
from accord.mocking.sending import PAUSE, Receive, Send, is_left, send_response

_PATIENCE = 1.0
"""Seconds that a server has to tell that a connection is lost."""
_STEP = 0.1
"""Seconds between the pieces of a slow body, where these have more than a byte."""


async def send_with_fault(
    response: Response,
    fault: Fault,
    scope: MutableMapping[str, Any],
    receive: Receive,
    send: Send,
    *,
    is_head: bool,
) -> Response:
    """Sends a response as its fault has it; the delay was before. Returns what was to be sent.

    Where the server of this application cannot break a connection, that is said in place of the answer.
    """
    connection = cast("Connection | None", scope.get("extensions", {}).get(CONNECTION))
    if fault.breaks and connection is None:
        detail = f"The host of this mock cannot break connections ({fault}): run it by `accord mock`."
        refused = as_problem(Problem.of(500, detail))._replace(operation=response.operation)
        await send_response(refused, receive, send, is_head=is_head)
        return refused
    if connection is not None and fault.connection is not None:
        await _end(connection.reset if fault.connection == "reset" else connection.close, receive)
        return response
    await send({"type": "http.response.start", "status": response.status, "headers": response.headers})
    try:
        if is_head or await _send_body(response.parts or (response.body,), fault, receive, send):
            await send({"type": "http.response.body", "body": b""})
        elif connection is not None:
            await _end(connection.close, receive)
    except OSError:
        pass  # the client is gone (ASGI 2.4)
    return response


async def _send_body(parts: Sequence[bytes], fault: Fault, receive: Receive, send: Send) -> bool:
    """Sends as much of a body as is to come, as fast as it is to come. Was it the whole?"""
    whole = sum(map(len, parts))
    left = whole if fault.truncate is None else fault.truncate.of(whole)
    for at, piece in enumerate(_pieces(parts, fault.speed, left)):
        pause = len(piece) / fault.speed if fault.speed else PAUSE if at else 0
        if pause and await is_left(receive, pause):
            return False
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    return left == whole


def _pieces(parts: Sequence[bytes], speed: int | None, left: int) -> Iterator[bytes]:
    """The parts in pieces of a moment each, `left` bytes of them in all."""
    for part in parts:
        size = max(1, int(speed * _STEP)) if speed else max(1, len(part))
        for start in range(0, len(part), size):
            piece = part[start : min(start + size, left)] if start < left else b""
            if piece:
                yield piece
        left -= min(left, len(part))


async def _end(close: Callable[[], None], receive: Receive) -> None:
    """Ends the connection, and waits until the server knows: it is not to answer by itself.

    Of a request with others behind it on the connection the server never tells.
    """
    close()
    await is_left(receive, _PATIENCE)
