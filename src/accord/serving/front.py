"""The outermost middleware: the request's id, its log line, the server's own pages, the last resort."""

import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from itertools import count
from secrets import token_hex
from typing import Any, TypeAlias

from accord.exchange import Problem
from accord.handling.answers import Answer, encoded, problem_answer, send_answer
from accord.serving.journal import CURRENT, RequestJournal

Application: TypeAlias = Callable[[Any, Any, Any], Awaitable[None]]
Page: TypeAlias = Callable[[], Awaitable[Answer]]

_log = logging.getLogger("accord.serving")
_SANE_ID = re.compile(rb"[A-Za-z0-9._~:/+=@-]{1,128}")


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

    def answer(self, answer: Answer, *, head: bool = False) -> Awaitable[None]:
        """Sends an answer in one piece; for HEAD the head alone."""
        self.status, headers, body = answer
        headers.append(self.header)
        self.bytes = 0 if head else len(body)
        return send_answer(answer, self._send, head=head)

    async def send(self, message: Any) -> None:
        """Sends a message of an application that knows nothing of this record, and notes what it sends."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"].append(self.header)
        else:
            self.bytes += len(message.get("body", b""))
        await self._send(message)

    def entry(self) -> dict[str, Any]:
        """The request's line in the log. The query is left out: credentials may be in it."""
        entry = {
            "time": datetime.now(UTC),
            "level": "error" if self.has_failed else "info",
            "request_id": self.id,
            "method": self.scope["method"],
            "path": self.scope["path"],
            "operation": self.operation,
            "status": self.status,
            "duration_ms": round((time.perf_counter() - self.begun) * 1000, 3),
            "bytes": self.bytes,
        }
        if self.caller is not None:
            entry["caller"] = self.caller
        return entry

    @property
    def has_failed(self) -> bool:
        """Is the answer a server's error?"""
        return self.status is not None and self.status >= _SERVER_ERROR


_SERVER_ERROR = 500


async def _turn(page: Page, method: str) -> Answer:
    """The page; for methods that no page takes, 405 or, for OPTIONS, 204."""
    if method in ("GET", "HEAD"):
        return await page()
    allow = {"Allow": "GET, HEAD"}
    if method == "OPTIONS":
        return Answer(204, encoded(allow), b"")
    return problem_answer(Problem.of(405, "This path takes GET, HEAD."), allow)


class Front:
    """The outermost middleware. Whatever happens further in, a request gets an answer, an id and a line."""

    def __init__(
        self,
        app: Application,
        *,
        pages: Mapping[str, Page],
        journal: RequestJournal | None,
        failure: Callable[[Exception], Answer],
    ) -> None:
        self._app = app
        self._pages = pages
        self._journal = journal
        self._failure = failure
        self._prefix, self._count = token_hex(8).encode(), count()
        self._logs_all = journal is not None and journal.level <= logging.INFO

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answers a request; what is not HTTP (the lifespan) goes through as it is."""
        if scope["type"] != "http":
            await self._other(scope, receive, send)
            return
        record = Record(scope, send, b"%s-%x" % (self._prefix, next(self._count)))
        token = CURRENT.set(record)
        page = self._pages.get(scope["path"])
        try:
            if page is not None:
                await record.answer(await _turn(page, scope["method"]), head=scope["method"] == "HEAD")
            else:
                await self._app(scope, receive, record.send)
        except Disconnected:
            return
        except Exception as error:
            if record.status is not None:
                _log.exception("the answer broke off")
                raise
            await record.answer(self._failure(error))
        finally:
            CURRENT.reset(token)
            if self._journal is not None and (self._logs_all or record.has_failed):
                self._journal.write(record.entry(), urgent=record.has_failed)

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
