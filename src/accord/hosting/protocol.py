"""HTTP/1.1 as uvicorn reads it, with a bounded head, and problems as answers to what is no request."""

import asyncio
import logging
import re
import socket
import struct
from secrets import token_hex
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from accord.exchange import Problem

_log = logging.getLogger("accord.serving")

ENDING = "accord.ending"
"""Where the scope of a request has an event that is set when the server is told to stop.

An application puts it there, for an answer that has no end of its own.
"""
_UPGRADE = re.compile(rb"\r\nupgrade[ \t]*:[ \t]*h2c[^\r\n]*", re.IGNORECASE)
HEAD_LIMIT = 64 * 1024
"""Bytes of a request's line and headers that are read."""


CONNECTION = "accord.connection"
"""Which of a scope's extensions is the `Connection` that the request came by."""
_AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER with no time: what is not sent yet is thrown away, and the peer gets a RST."""


class Connection:
    """The connection of a request, for an application that is to break it."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport

    def close(self) -> None:
        """Closes it once all that was written is sent."""
        self._transport.close()

    def reset(self) -> None:
        """Resets it: the peer is told that it broke (TCP RST), and gets nothing that it has not got yet."""
        bound = self._transport.get_extra_info("socket")
        if bound is not None and bound.family in (socket.AF_INET, socket.AF_INET6):
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        self._transport.abort()


class BoundedProtocol(HttpToolsProtocol):
    """HTTP/1.1 whose heads are bounded, and whose refusals are problems with an id as all others are.

    What stands here is answered before there is a request that an application could be asked about.
    """

    _head = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Takes a connection, which applications may break."""
        super().connection_made(transport)
        self._extensions: dict[str, Any] = {CONNECTION: Connection(self.transport)}

    def on_message_begin(self) -> None:
        """Begins a request, whose scope has the connection."""
        super().on_message_begin()
        self.scope["extensions"] = self._extensions

    def data_received(self, data: bytes) -> None:
        """Reads on, unless the head that is being read grows past its limit."""
        self._head += len(data)
        super().data_received(self._without_upgrade(data) if b"pgrade:" in data else data)
        scope: Any = self.scope
        if scope is None or "method" in scope:
            self._head = 0
        elif self._head > HEAD_LIMIT:
            self._refuse(431, _TOO_LONG)

    def _without_upgrade(self, data: bytes) -> bytes:
        """The data, whose head does not ask for h2c: the parser would pass over the body of who does.

        Clients ask for it with any request, and a server may ignore that (RFC 9110 section 7.8).
        """
        cycle: Any = self.cycle
        if cycle is not None and cycle.more_body:
            return data
        head, end, body = data.partition(b"\r\n\r\n")
        return _UPGRADE.sub(b"", head) + end + body

    def on_headers_complete(self) -> None:
        """Hands the request to the application, unless its head came in one piece past the limit."""
        if self._head > HEAD_LIMIT and self._head_length() > HEAD_LIMIT:
            self._refuse(431, _TOO_LONG)
            raise ValueError(_TOO_LONG)  # so that the parser reads no further
        super().on_headers_complete()

    def _head_length(self) -> int:
        """Bytes of the request's line and headers, without what stands between them."""
        return len(self.url) + sum(len(name) + len(value) for name, value in self.headers)

    def shutdown(self) -> None:
        """Closes the connection once its request is answered; an answer without an end is to end now."""
        super().shutdown()
        scope: Any = self.scope
        ending = scope.get(ENDING) if scope else None
        if ending is not None:
            ending.set()

    def _unsupported_upgrade_warning(self) -> None:
        """Says nothing of a library to install: whoever asks for an upgrade is answered without one."""
        _log.info("a client asked for another protocol, and is answered by HTTP/1.1")

    def send_400_response(self, msg: str) -> None:
        """Answers what is not HTTP."""
        self._refuse(400, f"{msg} It is not HTTP/1.1 (RFC 9112).")

    def _refuse(self, status: int, detail: str) -> None:
        if self.transport.is_closing():
            return
        body, request_id = Problem.of(status, detail).to_bytes(), token_hex(8)
        self.transport.write(
            b"HTTP/1.1 %d Refused\r\ncontent-type: application/problem+json\r\ncontent-length: %d\r\n"
            b"x-request-id: %s\r\nconnection: close\r\n\r\n%s"
            % (status, len(body), request_id.encode(), body)
        )
        self.transport.close()
        _log.info("request %s could not be read: %d, %s", request_id, status, detail)


_TOO_LONG = "The request's line and headers are too long."
