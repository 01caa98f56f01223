"""One request on its way to the real server and back: refused, answered, or judged and passed on."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from accord.contract import Operation
from accord.exchange import MethodUnknown, PathUnknown, Problem, Route, Violation
from accord.mocking.crossing import allowed_origin, is_preflight, preflight
from accord.mocking.diagnosing import told as headers_of
from accord.mocking.mock import Mock
from accord.mocking.model import SERVER, Choices, Request, Response
from accord.mocking.proxying.hops import has_passed, passed_on, upgrade_of
from accord.mocking.proxying.judging import (
    is_endless,
    judge_asked,
    judge_head,
    judge_reply,
    told,
    whole_items,
)
from accord.mocking.proxying.model import LIMIT, Passing, Reply, Verdict
from accord.mocking.proxying.uploading import Upload
from accord.mocking.proxying.upstream import Coming, Unanswered, Upstream
from accord.mocking.refusing import as_problem, broken, other_method, refuse, unknown_path
from accord.mocking.responding import respond
from accord.mocking.sending import Send
from accord.mocking.state.world import World

_NOT_IMPLEMENTED = 501
_LOOP = 508
_OURS = frozenset({b"date", b"sl-violations", b"accord-violations"})
"""Headers of a response that the proxy sets itself."""


@dataclass(frozen=True, slots=True)
class Means:
    """What every request is passed on by. `pseudonym` is the name by which the proxy knows itself again."""

    upstream: Upstream
    choices: Choices
    passing: Passing
    pseudonym: str


class Passage:
    """One request on its way, and what was found of it so far.

    `is_sent`: a response that comes piece by piece is sent by the passage itself, and this one is.
    """

    def __init__(self, mock: Mock, means: Means, request: Request, upload: Upload, send: Send) -> None:
        self.mock, self._means, self.request = mock, means, request
        self._upload, self._send = upload, send
        self._verdict = Verdict(None)
        self._wrong: tuple[Violation, ...] = ()
        self.notes: list[str] = []
        self.response = Response(0)
        self.is_sent = False
        self._is_endless = asyncio.Event()
        self._reply: Reply | None = None

    async def has_no_end(self, ending: asyncio.Event) -> None:
        """Returns once the proxy is to end and the response is one that never does by itself."""
        await ending.wait()
        await self._is_endless.wait()

    async def answer(self, world: World | None, now: float) -> None:
        """Makes the response: a refusal, that of the server, or the mock's, by the state of a `world`."""
        route = self.mock.route(self.request.method, self.request.path)
        response = self._own() or self._refusal(route) or await self._passed()
        if response is None:
            choices = replace(self._means.choices, cors=False)  # the headers for that are added below
            response = respond(self.mock, self.request, choices, world, now)
        self.response = response if self.is_sent else self._opened(response)

    @property
    def seen(self) -> tuple[Operation, Request, Reply] | None:
        """What the server was asked and answered; None where that is no operation, or was not kept whole."""
        operation, reply = self._verdict.operation, self._reply
        is_whole = reply is not None and reply.is_whole and self._upload.is_kept
        return (operation, self.request, reply) if operation and reply and is_whole else None

    def findings(self) -> tuple[str, ...]:
        """A line for each violation. To find its place may mean to parse the contract."""
        return tuple(told(self.mock.contract, self._verdict.violations, self._wrong))

    def _own(self) -> Response | None:
        """The answer to what cannot be passed on, or is for the proxy; None for everything else."""
        if self._means.choices.cors and is_preflight(self.request):
            return preflight(self.request)
        if wanted := upgrade_of(self.request):
            detail = f"{wanted} is asked for in place of HTTP/1.1, and HTTP/1.1 alone is passed on."
            return as_problem(Problem.of(_NOT_IMPLEMENTED, detail))
        if has_passed(self.request, self._means.pseudonym):
            detail = f"{self._means.upstream.url} is this proxy: the request came back to it."
            return as_problem(Problem.of(_LOOP, detail))
        return None

    def _refusal(self, route: Route) -> Response | None:
        """The answer to a request that may not be passed on, since it breaks the contract."""
        passing, choices = self._means.passing, self._means.choices
        verdict = judge_asked(self.mock, route, self.request, passing, is_whole=self._upload.is_whole)
        self._verdict = verdict
        self.notes += [verdict.note] if verdict.note else []
        if not passing.errors:
            return None
        if isinstance(route, PathUnknown):
            return unknown_path(self.request, route)
        if isinstance(route, MethodUnknown):
            return other_method(self.request, route.allow)
        if verdict.operation is None or not verdict.violations:
            return None
        return refuse(self.mock, verdict.operation, self.request, choices, verdict.violations)

    async def _passed(self) -> Response | None:
        """The server's response; None where the mock is to answer, since the server does not."""
        upstream, operation = self._means.upstream, self._verdict.operation
        headers = passed_on(self.request, self._means.pseudonym)
        try:
            async with upstream.response(self.request, headers, self._upload) as coming:
                if coming.status != _NOT_IMPLEMENTED or operation is None:
                    return await self._returned(coming)
                self.notes.append("the server answered 501: mocked")
                return None
        except Unanswered as error:
            if self.is_sent:
                self.notes.append(f"the response ended early: {error}")
                return self.response
            detail = f"{upstream.url} gave no response: {error}"
            if operation is None or not self._means.passing.mocks_unreachable:
                return as_problem(Problem.of(error.status, f"{detail}."), operation)
            self.notes.append(f"{detail}: mocked")
            return None

    async def _returned(self, coming: Coming) -> Response:
        """The server's response: judged as a whole, or, where it is large or endless, piece by piece."""
        if is_endless(coming.headers):
            self._is_endless.set()
            return await self._streamed(coming, b"", coming.chunks(in_time=False))
        body, chunks = bytearray(), coming.chunks(in_time=True)
        async for chunk in chunks:
            body += chunk
            if len(body) > LIMIT:
                return await self._streamed(coming, bytes(body), chunks)
        return self._judged(Reply(coming.status, coming.headers, bytes(body)))

    async def _streamed(self, coming: Coming, begun: bytes, chunks: AsyncIterator[bytes]) -> Response:
        """The server's response, sent as it comes; its head is judged before, what came of its body after."""
        head = Reply(coming.status, coming.headers, b"", is_whole=False)
        operation = self._verdict.operation
        self._wrong = judge_head(self.mock, operation, head) if operation else ()
        if self._wrong and operation and self._means.passing.errors:
            return broken(operation, self._wrong)
        await self._start(self._response(head))
        body, is_whole = bytearray(begun), False
        try:
            await self._push(begun)
            async for chunk in chunks:
                body += chunk[: max(LIMIT + 1 - len(body), 0)]
                await self._push(chunk)
            is_whole = len(body) <= LIMIT
            await self._send({"type": "http.response.body", "body": b""})
        finally:
            self._judge(whole_items(Reply(coming.status, coming.headers, bytes(body), is_whole=is_whole)))
        return self.response

    def _judged(self, reply: Reply) -> Response:
        """A whole response as it is sent: with what is wrong with it, or a 500 in its place."""
        self._judge(reply)
        operation = self._verdict.operation
        if self._wrong and operation and self._means.passing.errors:
            return broken(operation, self._wrong)
        return self._response(reply)

    def _judge(self, reply: Reply) -> None:
        self._reply = reply
        if self._verdict.operation is not None:
            self._wrong, note = judge_reply(self.mock, self._verdict.operation, reply)
            self.notes += [note] if note else []

    def _response(self, reply: Reply) -> Response:
        """The server's response with the headers that name what is wrong with it and with its request."""
        verdict, wrong = self._verdict, self._wrong
        name = verdict.operation.id if verdict.operation else ""
        headers = tuple(pair for pair in reply.headers if pair[0] not in _OURS)
        if self._means.choices.cors:
            headers = tuple(pair for pair in headers if not pair[0].startswith(b"access-control-"))
        if verdict.violations or wrong or verdict.deprecated:
            headers += headers_of(verdict.violations, wrong, verdict.deprecated)
        if verdict.operation and verdict.operation.raw.get("deprecated") is True:
            headers += (
                () if any(key == b"deprecation" for key, _ in headers) else ((b"deprecation", b"true"),)
            )
        return Response(
            reply.status,
            headers,
            reply.body,
            name,
            violations=wrong,
            faults=verdict.violations,
            source=SERVER,
        )

    def _opened(self, response: Response) -> Response:
        """The response with what lets a page of another origin read it."""
        if not self._means.choices.cors or is_preflight(self.request):
            return response
        return response._replace(headers=response.headers + allowed_origin(self.request, response.headers))

    async def _start(self, response: Response) -> None:
        """Sends the head of a response whose body comes piece by piece."""
        self.response, self.is_sent = self._opened(response), True
        head = {"status": self.response.status, "headers": self.response.headers}
        await self._send({"type": "http.response.start", **head})

    async def _push(self, chunk: bytes) -> None:
        if chunk and self.request.method != "HEAD":
            await self._send({"type": "http.response.body", "body": chunk, "more_body": True})
