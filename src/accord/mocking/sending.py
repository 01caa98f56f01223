"""An answer as ASGI messages: whole, or in the parts that it comes in."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

from accord.mocking.model import Response

PAUSE = 0.05
"""Seconds between the parts of a stream, so that whoever reads it sees that it is one."""

Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]


async def send_response(response: Response, receive: Receive, send: Send, *, is_head: bool) -> None:
    """Sends a response; of the answer to HEAD the head alone. A stream ends where its client goes away."""
    await send({"type": "http.response.start", "status": response.status, "headers": response.headers})
    if not response.parts or is_head:
        await send({"type": "http.response.body", "body": b"" if is_head else response.body})
        return
    try:
        for at, part in enumerate(response.parts):
            if at and await _is_left(receive):
                return
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    except OSError:
        # The client is gone (ASGI 2.4): there is nobody to tell.
        return


async def _is_left(receive: Receive) -> bool:
    """Did the client go away within a pause?"""
    try:
        async with asyncio.timeout(PAUSE):
            message = await receive()
    except TimeoutError:
        return False
    return bool(message["type"] == "http.disconnect")
