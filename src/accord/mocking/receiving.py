"""A request as an ASGI server hands it over."""

from collections.abc import MutableMapping
from typing import Any, TypeAlias

from accord.mocking.model import Request
from accord.mocking.sending import Receive, Send

Scope: TypeAlias = MutableMapping[str, Any]


def request_of(scope: Scope, body: bytes) -> Request:
    """The request of an ASGI scope."""
    raw_path: bytes = scope.get("raw_path") or scope["path"].encode()
    return Request(
        scope["method"],
        raw_path.partition(b"?")[0].decode("latin-1"),
        scope["query_string"],
        scope["headers"],
        body,
        scope.get("scheme", "http"),
        (scope.get("client") or ("",))[0],
    )


async def live(receive: Receive, send: Send) -> None:
    """Takes part in the server's life, where nothing is to be started. Returns once it ends."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
