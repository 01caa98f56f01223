"""An answer as ASGI messages: whole, or in the parts that it comes in."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from typing import Any, NamedTuple, TypeAlias

from accord.hosting import ENDING
from accord.mocking.model import Pairs, Response

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
            if at and await is_left(receive):
                return
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    except OSError:
        # The client is gone (ASGI 2.4): there is nobody to tell.
        return


async def is_left(receive: Receive, pause: float = PAUSE) -> bool:
    """Did the client go away within a pause, in seconds?"""
    try:
        async with asyncio.timeout(pause):
            await _until_left(receive)
    except TimeoutError:
        return False
    return True


class Stream(NamedTuple):
    """An answer without an end: it is sent as long as its client listens and the server runs."""

    status: int
    headers: Pairs
    parts: AsyncIterator[bytes]


async def send_stream(
    stream: Stream, scope: MutableMapping[str, Any], receive: Receive, send: Send, *, is_head: bool
) -> None:
    """Sends a stream until its client goes away, or the server sets `scope[ENDING]` because it ends."""
    await send({"type": "http.response.start", "status": stream.status, "headers": stream.headers})
    ending = scope[ENDING] = asyncio.Event()
    if not is_head:
        waits = (_send_parts(stream, send), _until_left(receive), ending.wait())
        tasks = [asyncio.ensure_future(each) for each in waits]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    await send({"type": "http.response.body", "body": b""})


async def _send_parts(stream: Stream, send: Send) -> None:
    async for part in stream.parts:
        await send({"type": "http.response.body", "body": part, "more_body": True})


async def _until_left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
