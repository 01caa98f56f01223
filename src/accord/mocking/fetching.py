"""A call over the network, and the response that comes back. The only place that opens a connection."""

import asyncio
from collections.abc import Collection

import httpx

from accord.exchange import Outgoing
from accord.mocking.hosts import is_allowed, is_loopback
from accord.mocking.model import Call

_SECONDS = 10.0
_HIGHEST_PORT = 65535
_BODY_LIMIT = 1024 * 1024
_OF_THE_CONNECTION = frozenset({b"connection", b"content-length", b"host", b"transfer-encoding"})


class Unanswered(Exception):
    """A call got no response. Says why."""


class RefusedHost(Unanswered):
    """A call was not sent, since its host is neither this machine nor allowed."""


async def fetch(call: Call, hosts: Collection[str]) -> Outgoing:
    """The response to a call. No redirect is followed, and no proxy is used. Raises Unanswered."""
    try:
        url = httpx.URL(call.url)
    except (httpx.InvalidURL, ValueError) as error:
        raise Unanswered(f"it has no URL that can be called: {error}") from None
    if url.port is not None and not 0 < url.port <= _HIGHEST_PORT:
        raise Unanswered(f"{url.port} is no port")
    host = url.raw_host.decode("ascii", "replace")  # what is connected to, and not how it is shown
    if not is_allowed(url.scheme, host, url.port, hosts):
        hint = f"if it may be called, allow it by name: --allow {host or 'HOST'}"
        raise RefusedHost(f"the host {host!r} is not this machine: {hint}")
    try:
        async with asyncio.timeout(_SECONDS):
            return await _exchanged(call, url)
    except TimeoutError:
        raise Unanswered(f"no response came within {_SECONDS:.0f} seconds") from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        raise Unanswered(str(error) or type(error).__name__) from None


async def _exchanged(call: Call, url: httpx.URL) -> Outgoing:
    # A server on this machine has a certificate that nobody signed.
    verify = not is_loopback(url.raw_host.decode("ascii", "replace"))
    headers = [pair for pair in call.headers if pair[0] not in _OF_THE_CONNECTION]
    async with (
        httpx.AsyncClient(verify=verify, trust_env=False, timeout=_SECONDS) as client,
        client.stream(call.method, url, headers=headers, content=call.body) as response,
    ):
        body = bytearray()
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > _BODY_LIMIT:
                raise Unanswered(f"its response is larger than {_BODY_LIMIT} bytes")
        pairs = [(name.lower(), value) for name, value in response.headers.raw]
        return Outgoing(response.status_code, pairs, bytes(body))
