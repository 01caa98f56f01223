"""Uvicorn, set up for a contract's application: one socket, our log, and an end in peace."""

import gc
import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from typing import Any

import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import ChangeReload, Multiprocess

from accord.errors import NotStarted
from accord.hosting.protocol import BoundedProtocol


def configure(
    app: Callable[..., Any] | str,
    *,
    level: int,
    workers: int,
    patience: int,
    reload_dirs: Sequence[str] = (),
    tls: tuple[str | None, str | None] = (None, None),
) -> uvicorn.Config:
    """Uvicorn's configuration. `app` is a factory, or its import string for several processes.

    `tls` are the files of a certificate and its key; without a certificate, plain HTTP is spoken.
    """
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
        ssl_certfile=tls[0],
        ssl_keyfile=tls[1],
    )


def settle() -> None:
    """Takes what is loaded out of the garbage collector's sight: it lives as long as the process.

    What was taken out of it before and is needed no longer is collected first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def end_with_parent() -> None:
    """Makes a worker stop once the process that started it is gone, even by `kill -9`.

    Otherwise it would go on alone and keep the port, and nothing could start there again.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()


class Workers(Multiprocess):
    """Several processes on one socket."""

    def run(self) -> None:
        """Serves until it is told to stop. Raises NotStarted."""
        super().run()
        if any(process.exitcode == STARTUP_FAILURE for process in self.processes):
            raise NotStarted(_NOT_STARTED)

    def terminate_all(self) -> None:
        """Stops the workers, and takes no more connections while they finish what they have."""
        for bound in self.sockets:
            bound.close()
        super().terminate_all()


_NOT_STARTED = "the server did not start: the log above says why"


def run(config: uvicorn.Config, bound: socket.socket) -> None:
    """Serves until it is told to stop; running requests are finished. Raises NotStarted."""
    server = uvicorn.Server(config)
    if config.should_reload:
        ChangeReload(config, target=server.run, sockets=[bound]).run()
    elif config.workers > 1:
        Workers(config, sockets=[bound]).run()
    else:
        # Uvicorn exits by itself, and with 3, which here means a contract that cannot be loaded.
        with _ending_in_peace(), suppress(SystemExit):
            server.run(sockets=[bound])
        if not server.started:
            raise NotStarted(_NOT_STARTED)


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
