"""The real server: the only host that a proxy calls, and how its responses come."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from accord.errors import UsageError
from accord.mocking.hosts import is_loopback
from accord.mocking.model import Pairs, Request
from accord.mocking.proxying.hops import end_to_end
from accord.mocking.proxying.uploading import Upload

_CONNECTING = 10.0
"""Seconds that a connection may take to be made."""
_IDLE = 2.0
"""Seconds that an idle connection is kept: shorter than servers keep theirs, which end them unasked."""


class Unanswered(Exception):
    """The real server gave no response. Says why; `status` is what the client is told by."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.status = status


class Coming:
    """A response whose head has come. Its body is read once, as it comes."""

    def __init__(self, response: httpx.Response, seconds: float) -> None:
        self.status = response.status_code
        self.headers: Pairs = end_to_end(response.headers.raw)
        self._response = response
        self._seconds = seconds

    async def chunks(self, *, in_time: bool) -> AsyncIterator[bytes]:
        """The body as it was sent. `in_time`: no piece is waited for without end. Raises Unanswered."""
        pieces = self._response.aiter_raw()
        while True:
            async with _answered(self._seconds if in_time else None):
                piece = await anext(pieces, None)
            if piece is None:
                return
            yield piece


class Upstream:
    """The server at a URL, whose path goes before that of every request.

    `proxy` is the URL of an HTTP proxy that leads there, `seconds` how long a response may keep silent, and
    `insecure` takes any certificate. Raises UsageError for what is no URL of a server, as of this `option`.
    """

    def __init__(
        self,
        url: str,
        *,
        proxy: str | None = None,
        seconds: float = 60,
        insecure: bool = False,
        option: str = "--upstream",
    ) -> None:
        self.url = _checked(url, option, "it is written as https://api.example.com/v1")
        self._base = self.url.raw_path.rstrip(b"/")
        self._proxy = (
            None
            if proxy is None
            else _checked(proxy, "--upstream-proxy", "it is written as http://proxy:3128")
        )
        self._seconds = seconds
        # A server on this machine has a certificate that nobody signed.
        self._trusts_all = insecure or is_loopback(self.url.raw_host.decode("ascii", "replace"))
        self._transport: httpx.AsyncHTTPTransport | None = None

    @asynccontextmanager
    async def response(self, request: Request, headers: Pairs, upload: Upload) -> AsyncIterator[Coming]:
        """The response to a request, while the block runs. Raises Unanswered.

        No redirect is followed, no cookie kept, and no header added but `Host` and those of the connection.
        """
        async with _answered(self._seconds):
            response = await self._opened().handle_async_request(self._request(request, headers, upload))
        try:
            yield Coming(response, self._seconds)
        finally:
            await response.aclose()

    async def close(self) -> None:
        """Ends all connections."""
        if self._transport is not None:
            await self._transport.aclose()

    def _request(self, request: Request, headers: Pairs, upload: Upload) -> httpx.Request:
        path = self._base + request.path.encode("latin-1")
        target = path + b"?" + request.query if request.query else path
        timeout = {"connect": _CONNECTING, "read": None, "write": self._seconds, "pool": None}
        # What a proxy is asked for is a whole URL, which httpcore makes of the normalized one.
        exact = {"target": target} if self._proxy is None else {}
        return httpx.Request(
            request.method,
            self.url.copy_with(raw_path=target),
            headers=list(headers),
            content=upload.body if upload.is_whole and upload.body else _content(upload),
            extensions={"timeout": timeout, **exact},
        )

    def _opened(self) -> httpx.AsyncHTTPTransport:
        if self._transport is None:
            self._transport = httpx.AsyncHTTPTransport(
                verify=False if self._trusts_all else _trusted(),
                trust_env=False,
                limits=httpx.Limits(keepalive_expiry=_IDLE),
                proxy=None if self._proxy is None else httpx.Proxy(self._proxy),
            )
        return self._transport


def _content(upload: Upload) -> AsyncIterator[bytes] | None:
    """The body that comes in pieces; None where there is none."""
    return None if upload.is_whole else upload.chunks()


@asynccontextmanager
async def _answered(seconds: float | None) -> AsyncIterator[None]:
    """What goes wrong in the block, as Unanswered."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except (TimeoutError, httpx.TimeoutException):
        raise Unanswered(f"it did not answer within {seconds or _CONNECTING:g} seconds", 504) from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise Unanswered(str(error) or type(error).__name__, 502) from None


def _trusted() -> ssl.SSLContext:
    """The certificate authorities that browsers trust, and those of this machine."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context


def _checked(url: str, option: str, hint: str) -> httpx.URL:
    """The URL. Raises UsageError where it names no server."""
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        parsed = httpx.URL("")
    if parsed.scheme not in ("http", "https") or not parsed.host or parsed.port == 0:
        raise UsageError(f"{option} {url!r} is no URL of a server", hint=hint)
    if option != "--upstream-proxy" and (parsed.userinfo or parsed.query or parsed.fragment):
        raise UsageError(
            f"{option} has more than scheme, host, port and path",
            hint="credentials and queries belong into the requests, which are passed on as they are",
        )
    return parsed
