"""The body of a request on its way: what is judged of it, the rest, and whether its client is still there."""

import asyncio
from collections.abc import AsyncIterator

from accord.mocking.proxying.model import LIMIT
from accord.mocking.sending import Receive


class ClientGone(Exception):
    """The client went away before it had sent its request."""


class Upload:
    """The body of a request. `body` is as much of it as is judged, `is_kept` says that this is all of it.

    `is_whole`: nothing more comes.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._sent = asyncio.Event()
        self.body = b""
        self.is_whole = False
        self.is_kept = False

    async def read(self) -> None:
        """Reads what is judged. Raises ClientGone."""
        body = bytearray()
        while not self.is_whole and len(body) <= LIMIT:
            body += await self._chunk()
        self.body, self.is_kept = bytes(body), self.is_whole

    async def chunks(self) -> AsyncIterator[bytes]:
        """All of the body: what was read, and the rest as it comes. Raises ClientGone."""
        yield self.body
        while not self.is_whole:
            yield await self._chunk()

    async def left(self) -> None:
        """Returns once the client went away. Nobody else may read any more by then."""
        await self._sent.wait()
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def _chunk(self) -> bytes:
        message = await self._receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        if not message.get("more_body", False):
            self.is_whole = True
            self._sent.set()
        chunk: bytes = message.get("body", b"")
        return chunk
