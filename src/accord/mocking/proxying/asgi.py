"""The proxy as an ASGI application: reads requests, has them passed on, and tells of it."""

import asyncio
import logging
import time
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import replace
from secrets import token_hex
from typing import Any

from accord.exchange import Problem
from accord.hosting import ENDING
from accord.mocking.asgi import Tell
from accord.mocking.mock import Mock
from accord.mocking.model import Choices, Exchange
from accord.mocking.places import world_of
from accord.mocking.proxying.model import Passing
from accord.mocking.proxying.passage import Means, Passage
from accord.mocking.proxying.recording import Recorder
from accord.mocking.proxying.uploading import ClientGone, Upload
from accord.mocking.proxying.upstream import Upstream
from accord.mocking.receiving import Scope, live, request_of
from accord.mocking.refusing import as_problem
from accord.mocking.sending import Receive, Send, send_response
from accord.mocking.state.world import Worlds

_log = logging.getLogger("accord.mock")


class Proxy:
    """A proxy before the real server, as an ASGI application.

    Another `mock`, which judges and answers what the server does not, may be put in its place at any time.
    `worlds` hold what the mock keeps of what it answered; `recorder` writes what the server answered; `tell`
    is told of every exchange.
    """

    def __init__(
        self,
        mock: Mock,
        upstream: Upstream,
        choices: Choices,
        passing: Passing,
        *,
        worlds: Worlds | None = None,
        recorder: Recorder | None = None,
        tell: Tell | None = None,
    ) -> None:
        self.mock = mock
        choices = replace(choices, strict=passing.errors, errors=passing.errors)
        self._means = Means(upstream, choices, passing, f"accord-{token_hex(6)}")
        self._worlds = worlds
        self._recorder = recorder
        self._tell = tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        if scope["type"] == "http":
            upload = Upload(receive)
            with suppress(ClientGone):
                await upload.read()
                passage = Passage(self.mock, self._means, request_of(scope, upload.body), upload, send)
                ending = scope[ENDING] = asyncio.Event()
                work = self._exchange(passage, receive, send)
                await _while_there(work, upload.left(), passage.has_no_end(ending))
        elif scope["type"] == "lifespan":
            await live(receive, send)
            await self.close()

    async def close(self) -> None:
        """Ends all connections to the server."""
        await self._means.upstream.close()

    async def _exchange(self, passage: Passage, receive: Receive, send: Send) -> None:
        """Answers a request, and tells of both even where the client goes away."""
        at, started, request = time.time(), time.perf_counter(), passage.request
        try:
            await self._answer(passage, at)
            if not passage.is_sent:
                await send_response(passage.response, receive, send, is_head=request.method == "HEAD")
        except (asyncio.CancelledError, ClientGone):
            passage.notes.append("the client went away, or the proxy was stopped")
            raise
        finally:
            self._record(passage)
            if self._tell is not None:
                response = passage.response._replace(findings=passage.findings())
                response = response._replace(reason="; ".join(passage.notes) or response.reason)
                seconds = time.perf_counter() - started
                self._tell(Exchange(at, seconds, request, response, passage.mock.secrets))

    def _record(self, passage: Passage) -> None:
        """Writes what the server answered to an operation, unless that is too large."""
        seen = passage.seen
        if self._recorder is None or seen is None:
            return
        try:
            file = self._recorder.record(passage.mock, *seen)
        except (OSError, ValueError) as error:
            _log.warning("%s was not recorded: %s", seen[0].id, error)
            return
        if file is not None:
            _log.info("%s was recorded in %s", seen[0].id, file)

    async def _answer(self, passage: Passage, at: float) -> None:
        request = passage.request
        try:
            world = None if self._worlds is None else self._worlds.of(world_of(request), at)
            await passage.answer(world, at)
        except ClientGone:
            raise
        except Exception:  # a defect of ours: the next request shall be answered all the same
            _log.exception("%s %s could not be passed on", request.method, request.path)
            if passage.is_sent:
                raise
            detail = "The proxy could not pass this on: its log says why."
            passage.response = as_problem(Problem.of(500, detail))


async def _while_there(work: Coroutine[Any, Any, None], *ends: Coroutine[Any, Any, Any]) -> None:
    """Does the work, and leaves it where one of these comes first, so that the server hears of it too."""
    doing, ending = asyncio.create_task(work), [asyncio.create_task(each) for each in ends]
    try:
        await asyncio.wait((doing, *ending), return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in ending:
            each.cancel()
        if not doing.done():
            doing.cancel()
        with suppress(asyncio.CancelledError):
            await doing
