"""The mock as an ASGI application: reads requests, sends answers, tells of both."""

import logging
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from accord.exchange import MEDIA_TYPE, Problem
from accord.mocking.dispatching import Dispatcher
from accord.mocking.faulting.rules import Rule, Rules, give_back
from accord.mocking.faulting.trying import Faults
from accord.mocking.mock import Mock
from accord.mocking.model import ROOT, Choices, Exchange, Request, Response
from accord.mocking.places import below, marks_of, placed
from accord.mocking.receiving import Scope, live, request_of
from accord.mocking.recording import Records
from accord.mocking.responding import respond
from accord.mocking.sending import Receive, Send, Stream, is_left, send_response, send_stream
from accord.mocking.sharing import Unreached
from accord.mocking.state.world import World, Worlds

if TYPE_CHECKING:
    from accord.mocking.control import Desk
    from accord.mocking.faulting.model import Fault
    from accord.mocking.sharing.shared import Shared

_log = logging.getLogger("accord.mock")
BODY_LIMIT = 64 * 1024 * 1024
"""Bytes of a request's body that are read; more is 413."""

Tell: TypeAlias = Callable[[Exchange], None]


class Application:
    """The mock as an ASGI application. Another `mock` may be put in its place at any time: the next request
    is answered by it, and one that is being answered keeps the one that it came to.

    `worlds` hold what was created and changed, or `shared` does, where processes have it in common; without
    these nothing is kept. `records` are the journal of exchanges, where there is one. `tell` is told of every
    exchange; `delay` is how many seconds an answer takes at least, `rules` say what answers suffer in all
    worlds, which can be changed where it `is_alone`: no other process answers at its address.
    """

    def __init__(
        self,
        mock: Mock,
        choices: Choices,
        *,
        worlds: Worlds | None = None,
        shared: "Shared | None" = None,
        records: Records | None = None,
        tell: Tell | None = None,
        delay: float = 0,
        rules: Rules | None = None,
        is_alone: bool = True,
    ) -> None:
        self.mock = mock
        self._worlds = shared.local if shared else worlds
        self._shared = shared
        self._records = records
        self._choices = choices
        self._dispatcher = Dispatcher(choices.hosts)
        self._tell = tell
        self._delay = delay
        self._common = Rules() if rules is None else rules
        self._faults = Faults()
        self._is_alone = is_alone
        self._desk: Desk | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        if scope["type"] == "http":
            await self._exchange(scope, receive, send)
        elif scope["type"] == "lifespan":
            await live(receive, send)
            await self._dispatcher.close()
            if self._records is not None:
                await self._records.close()
            if self._shared is not None:
                await self._shared.close()

    async def _exchange(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Reads a request, answers it, and tells of both."""
        at, started = time.time(), time.perf_counter()
        mock, prefix = self.mock, ""
        body = await _read(receive)
        request = request_of(scope, body or b"")
        if _is_own(request.path) and not mock.allow(request.path):
            found = placed(request)
            if found is None:
                own = _too_large() if body is None else await self._control(mock, request, at)
                if isinstance(own, Stream):
                    await send_stream(own, scope, receive, send, is_head=request.method == "HEAD")
                    return
                await send_response(own, receive, send, is_head=request.method == "HEAD")
                if own.operation or own.reason:  # whoever looks at the mock is not worth a line
                    self._said(Exchange(at, time.perf_counter() - started, request, own, mock.secrets))
                return
            _, is_stated = marks_of(found.request)
            request, world, prefix = found
        else:
            world, is_stated = marks_of(request)
        response = (
            _too_large()
            if body is None
            else await self._answer(mock, request, world, at, is_stated=is_stated)
        )
        if self._records is not None and not self._records.is_awake:
            await self._records.wake()
        response = below(prefix, response, request) if prefix else response
        fault, is_head, pause = response.fault, request.method == "HEAD", self._delay or response.wait
        if pause or fault:
            pause = max(self._delay, response.wait, fault.seconds if fault else 0)
        if pause and await is_left(receive, pause):
            pass  # a client that waits no longer gets nothing, and the journal has it at once
        elif fault:
            response = await _send_with_fault(response, fault, scope, receive, send, is_head=is_head)
        else:
            await send_response(response, receive, send, is_head=is_head)
        self._dispatcher.call_back(mock, request, response)
        exchange = Exchange(at, time.perf_counter() - started, request, response, mock.secrets)
        if self._records is not None:
            self._records.add(world, exchange)
        self._said(exchange)

    def _said(self, exchange: Exchange) -> None:
        if self._tell is not None:
            self._tell(exchange)

    async def _control(self, mock: Mock, request: Request, now: float) -> "Response | Stream":
        """The answer to what is asked of the mock itself."""
        try:
            if self._desk is None:
                from accord.mocking.control import Desk, Running  # noqa: PLC0415 - most mocks are never asked

                running = Running(self._dispatcher, self._worlds, self._records, self._common, self._is_alone)
                self._desk = Desk(running, shared=self._shared)
            return await self._desk.answer(mock, request, now)
        except Unreached as error:
            return _unavailable(error)
        except Exception:  # noqa: BLE001 - as for an answer of the contract's
            return _defect(request)

    def _answer(
        self, mock: Mock, request: Request, world: str, now: float, *, is_stated: bool
    ) -> Awaitable[Response]:
        """The answer of the mock, by its own state or by one that processes have in common."""
        if self._shared is None:
            return self._answer_alone(mock, request, world, now, is_stated=is_stated)
        used: list[Rule] = []
        answer = partial(self._answer_alone, mock, request, world, now, is_stated=is_stated, used=used)

        async def act(_: World) -> Response:
            give_back(used)  # of an answer that is made anew, since another process was sooner
            return await answer()

        return _committed(self._shared.act(world, now, act), request)

    async def _answer_alone(
        self,
        mock: Mock,
        request: Request,
        world: str,
        now: float,
        *,
        is_stated: bool,
        used: list[Rule] | None = None,
    ) -> Response:
        """The answer of the mock; of its start page where the contract has no `/`."""
        try:
            if request.path == "/" and request.method in ("GET", "HEAD") and not mock.allow("/"):
                from accord.mocking.page import start_page  # noqa: PLC0415 - clients never ask for it

                return start_page(mock, request)
            state = None if self._worlds is None else self._worlds.of(world, now)
            faults = self._faults if state is None else state.faults
            suffering, response = None, None
            if is_stated or faults.rules.held or self._common.held:
                from accord.mocking.faulting.answering import suffering_of  # noqa: PLC0415 - as above

                common = self._common
                suffering = suffering_of(
                    mock, request, self._choices, now, faults=faults, common=common, used=used
                )
                response = suffering.failed
            if response is None and mock.behaviours:
                from accord.mocking.behaving.answering import behave  # noqa: PLC0415 - few mocks have any

                response = await behave(mock, request, self._choices, state, now)
            response = response or respond(mock, request, self._choices, state, now)
            return suffering.laid(response) if suffering else response
        except Exception:  # noqa: BLE001 - a defect of ours: the next request shall be answered all the same
            return _defect(request)


async def _committed(acting: Awaitable[Response], request: Request) -> Response:
    """The answer, once what it changed in a state that processes have in common is there."""
    try:
        return await acting
    except Unreached as error:
        return _unavailable(error)
    except Exception:  # noqa: BLE001 - as for one that is answered alone
        return _defect(request)


async def _send_with_fault(
    response: Response, fault: "Fault", scope: Scope, receive: Receive, send: Send, *, is_head: bool
) -> Response:
    from accord.mocking.faulting.sending import (  # noqa: PLC0415 - most mocks have no fault
        send_with_fault,
    )

    return await send_with_fault(response, fault, scope, receive, send, is_head=is_head)


def _is_own(path: str) -> bool:
    """Is it the mock's own path, or below it?"""
    return path.startswith(ROOT) and path[len(ROOT) : len(ROOT) + 1] in ("", "/")


async def _read(receive: Receive) -> bytes | None:
    """The request's body; None where it is larger than what is read. It is read to its end all the same."""
    message = await receive()
    if message["type"] == "http.request" and not message.get("more_body", False):
        whole: bytes = message.get("body", b"")
        return None if len(whole) > BODY_LIMIT else whole
    body, is_large = bytearray(), False
    while True:
        if message["type"] != "http.request":
            return bytes(body)
        if not is_large:
            body += message.get("body", b"")
            is_large = len(body) > BODY_LIMIT
        if not message.get("more_body", False):
            return None if is_large else bytes(body)
        message = await receive()


def _defect(request: Request) -> Response:
    _log.exception("%s %s could not be answered", request.method, request.path)
    return _failed(Problem.of(500, "The mock could not make this answer: its log says why."))


def _unavailable(error: Unreached) -> Response:
    failed = _failed(Problem.of(503, f"The state that this mock shares cannot be asked: {error}."))
    return failed._replace(headers=(*failed.headers, (b"retry-after", b"1")))


def _too_large() -> Response:
    return _failed(Problem.of(413, f"A body of at most {BODY_LIMIT} bytes is read."))


def _failed(problem: Problem) -> Response:
    body = problem.to_bytes()
    headers = ((b"content-type", MEDIA_TYPE.encode()), (b"content-length", b"%d" % len(body)))
    return Response(problem.status, headers, body, reason=problem.detail)
