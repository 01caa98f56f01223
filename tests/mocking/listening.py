"""The mock's application under uvicorn on a free port of the loopback interface, as tests call it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from accord.hosting import BoundedProtocol, address_of, listen


@contextmanager
def listening(app: Any) -> Iterator[str]:
    """The URL of the application while the block runs, without a path."""
    bound = listen("127.0.0.1", 0)
    config = uvicorn.Config(
        app, interface="asgi3", lifespan="on", ws="none", http=BoundedProtocol, log_config=None
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
    thread.start()
    deadline = time.monotonic() + 20
    try:
        while not server.started:
            assert thread.is_alive()
            assert time.monotonic() < deadline
            time.sleep(0.01)
        yield address_of(bound, "127.0.0.1")
    finally:
        server.should_exit = True
        thread.join(20)
        bound.close()
