"""The outermost middleware: the request's id, its log line, the server's own pages, the last resort."""

import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from itertools import count
from secrets import token_hex
from typing import Any, TypeAlias

from accord.serving.answers import Answer, send_answer
from accord.serving.journal import CURRENT, Journal, quoted

Application: TypeAlias = Callable[[Any, Any, Any], Awaitable[None]]
Page: TypeAlias = Callable[[], Awaitable[Answer]]

_log = logging.getLogger("accord.serving")
_SANE_ID = re.compile(rb"[A-Za-z0-9._~:/+=@-]{1,128}")
_PAGE_METHODS = ("GET", "HEAD")


class Disconnected(Exception):
    """The client went away before its request was complete. There is nobody to answer."""


class Record:
    """What is known of one request: for its log line, and for log lines written meanwhile."""

    __slots__ = ("_send", "begun", "bytes", "caller", "head", "header", "operation", "scope", "status")

    def __init__(self, scope: Any, send: Any, made: bytes) -> None:
        self.begun = time.perf_counter()
        self.scope = scope
        self.head: dict[bytes, bytes] = dict(scope["headers"])
        sent = self.head.get(b"x-request-id")
        self.header = (b"x-request-id", sent if sent and _SANE_ID.fullmatch(sent) else made)
        self.operation: str | None = None
        self.caller: str | None = None
        self.status: int | None = None
        self.bytes = 0
        self._send = send

    @property
    def id(self) -> str:
        """The request's id: its own where it is sane, else a new one."""
        return self.header[1].decode("latin-1")

    async def answer(self, answer: Answer, *, head: bool = False) -> None:
        """Sends an answer in one piece; for HEAD the head alone."""
        self.status, headers, body = answer
        headers.append(self.header)
        self.bytes = 0 if head else len(body)
        await send_answer(answer, self._send, head=head)

    async def send(self, message: Any) -> None:
        """Sends a message of an application that knows nothing of this record, and notes what it sends."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"].append(self.header)
        else:
            self.bytes += len(message.get("body", b""))
        await self._send(message)

    def line(self, utc: Callable[[int], bytes]) -> bytes:
        """The request's line in the log. The query is left out: credentials may be in it.

        Written out, not encoded: this is done for every request.
        """
        now, status = time.time(), self.status
        seconds = int(now)
        return _LINE % (
            utc(seconds),
            (now - seconds) * 1e6,
            b"error" if status is not None and status >= _SERVER_ERROR else b"info",
            self.header[1],
            quoted(self.scope["method"]),
            quoted(self.scope["path"]),
            b"null" if self.operation is None else quoted(self.operation),
            b"null" if status is None else b"%d" % status,
            (time.perf_counter() - self.begun) * 1000,
            self.bytes,
            b"" if self.caller is None else b',"caller":' + quoted(self.caller),
        )


_LINE = (
    b'{"time":"%s.%06dZ","level":"%s","request_id":"%s","method":%s,"path":%s,"operation":%s,"status":%s,'
    b'"duration_ms":%.3f,"bytes":%d%s}\n'
)


def _utc(seconds: int) -> bytes:
    """The time of RFC 3339, without its fraction."""
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)).encode()


_SERVER_ERROR = 500


class Front:
    """The outermost middleware. Whatever happens further in, a request gets an answer, an id and a line."""

    def __init__(
        self,
        app: Application,
        *,
        pages: Mapping[str, Page],
        journal: Journal | None,
        failure: Callable[[Exception], Answer],
    ) -> None:
        self._app = app
        self._pages = pages
        self._journal = journal
        self._failure = failure
        self._prefix, self._count = token_hex(8).encode(), count()
        self._utc = lru_cache(maxsize=2)(_utc)  # made once a second
        self._level = journal.level if journal is not None else logging.CRITICAL

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answers a request; what is not HTTP (the lifespan) goes through as it is."""
        if scope["type"] != "http":
            await self._other(scope, receive, send)
            return
        record = Record(scope, send, b"%s-%x" % (self._prefix, next(self._count)))
        token = CURRENT.set(record)
        try:
            await self._answer(record, scope, receive)
        finally:
            CURRENT.reset(token)
            if self._journal is not None and self._level <= _level(record.status):
                self._journal.write_line(
                    record.line(self._utc), urgent=_level(record.status) >= logging.ERROR
                )

    async def _other(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
            return

        async def send_briefly(message: Any) -> None:
            # Starlette's message is the whole traceback; the log has it once, as an error with its place.
            if message["type"].endswith(".failed"):
                message = {**message, "message": ""}
            await send(message)

        try:
            await self._app(scope, receive, send_briefly)
        except Exception as error:
            _log.error("the service could not be opened or closed: %s: %s", type(error).__name__, error)
            _log.debug("the traceback", exc_info=error)
            raise

    async def _answer(self, record: Record, scope: Any, receive: Any) -> None:
        page = self._pages.get(scope["path"])
        try:
            if page is not None and scope["method"] in _PAGE_METHODS:
                await record.answer(await page(), head=scope["method"] == "HEAD")
            else:
                await self._app(scope, receive, record.send)
        except Disconnected:
            return
        except Exception as error:
            if record.status is not None:
                _log.exception("the answer broke off")
                raise
            await record.answer(self._failure(error))


def _level(status: int | None) -> int:
    return logging.ERROR if status is not None and status >= _SERVER_ERROR else logging.INFO
