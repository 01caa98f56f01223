"""Uvicorn, set up for a contract's application: one socket, our log, a bounded head, an end in peace."""

import gc
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.supervisors import ChangeReload, Multiprocess

from accord.errors import NotStarted, UsageError
from accord.exchange import Problem

HEAD_LIMIT = 64 * 1024
"""Bytes of a request's line and headers that are read."""


class BoundedProtocol(HttpToolsProtocol):
    """HTTP/1.1 whose heads are bounded, and whose refusals are problems with an id as all others are.

    What stands here is answered before there is a request that an application could be asked about.
    """

    _head = 0

    def data_received(self, data: bytes) -> None:
        """Reads on, unless the head that is being read grows past its limit."""
        super().data_received(data)
        scope: Any = self.scope
        if scope is None or "method" in scope:
            self._head = 0
            return
        self._head += len(data)
        if self._head > HEAD_LIMIT:
            self._refuse(431, "The request's line and headers are too long.")

    def send_400_response(self, msg: str) -> None:
        """Answers what is not HTTP."""
        self._refuse(400, f"{msg} It is not HTTP/1.1 (RFC 9112).")

    def _refuse(self, status: int, detail: str) -> None:
        if self.transport.is_closing():
            return
        body = Problem.of(status, detail).to_bytes()
        self.transport.write(
            b"HTTP/1.1 %d Refused\r\ncontent-type: application/problem+json\r\ncontent-length: %d\r\n"
            b"x-request-id: unread\r\nconnection: close\r\n\r\n%s" % (status, len(body), body)
        )
        self.transport.close()


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address. Raises UsageError where that cannot be."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, kind, protocol)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except OSError as error:
        hint = "stop what listens there, or give another --port" if error.errno == _IN_USE else ""
        raise UsageError(f"cannot listen on {host} port {port}: {error.strerror}", hint=hint) from None
    return bound


_IN_USE = 98


def configure(
    app: Callable[..., Any] | str, *, level: int, workers: int, reload_dirs: Sequence[str], patience: int
) -> uvicorn.Config:
    """Uvicorn's configuration. `app` is a factory, or its import string for several processes."""
    return uvicorn.Config(
        app,
        factory=True,
        interface="asgi3",
        http=BoundedProtocol,
        ws="none",
        lifespan="on",
        workers=workers,
        reload=bool(reload_dirs),
        reload_dirs=list(reload_dirs) or None,
        reload_includes=["*.py", "*.yaml", "*.yml", "*.json"] if reload_dirs else None,
        log_config=None,
        log_level=level,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=patience,
    )


def settle() -> None:
    """Takes what is loaded out of the garbage collector's sight: it lives as long as the process."""
    gc.collect()
    gc.freeze()


def run(config: uvicorn.Config, bound: socket.socket) -> None:
    """Serves until it is told to stop; running requests are finished. Raises NotStarted."""
    server = uvicorn.Server(config)
    if config.should_reload:
        ChangeReload(config, target=server.run, sockets=[bound]).run()
    elif config.workers > 1:
        Multiprocess(config, sockets=[bound]).run()
    else:
        # Uvicorn exits by itself, and with 3, which here means a contract that cannot be loaded.
        with _ending_in_peace(), suppress(SystemExit):
            server.run(sockets=[bound])
        if not server.started:
            raise NotStarted("the server did not start: the log above says why")


@contextmanager
def _ending_in_peace() -> Iterator[None]:
    """Being told to stop is no failure: uvicorn raises the signal again once it has stopped."""
    before = {number: signal.signal(number, _nothing) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _nothing(_number: int, _frame: object) -> None:
    return None
