"""Sends the mock's own calls, and judges what comes back. In the background: no answer waits for one."""

import asyncio
import logging
import time
from collections.abc import Collection
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from accord.exchange import Outgoing, Violation
from accord.mocking.hosts import stranger_of
from accord.mocking.mock import Mock
from accord.mocking.model import Call, Request, Response, Uncalled
from accord.mocking.texts import printable

_log = logging.getLogger("accord.mock")
_MOST = 32
"""Requests whose callbacks are under way at once."""
_SUCCESS = range(200, 300)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a call: the response and what is wrong with it, or why there is none."""

    call: Call
    seconds: float
    response: Outgoing | None = None
    violations: tuple[Violation, ...] = ()
    fault: str = ""
    is_refused: bool = False


class Dispatcher:
    """Sends calls. `hosts` are those that may be called beside this machine."""

    def __init__(self, hosts: Collection[str] = ()) -> None:
        self.hosts = hosts
        self._tasks: set[asyncio.Task[None]] = set()

    def call_back(self, mock: Mock, request: Request, response: Response) -> None:
        """Starts the callbacks that a response brings about, if it does. Returns at once."""
        if not _brings_about(mock, response):
            return
        name = response.operation
        if stranger := stranger_of(request, self.hosts):
            _tell(Uncalled(name, f"{stranger} asked for it; if it may, allow it by name: --allow HOST"))
        elif len(self._tasks) >= _MOST:
            _tell(Uncalled(name, f"{_MOST} others are under way"))
        else:
            task = asyncio.create_task(self._call_all(mock, request, response))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _call_all(self, mock: Mock, request: Request, response: Response) -> None:
        try:
            callbacks_of = (await _imported("accord.mocking.calls")).callbacks_of
            for call in callbacks_of(mock, request, response):
                _tell(call if isinstance(call, Uncalled) else await self.send(mock, call))
        except Exception:  # noqa: BLE001 - a defect of ours: the mock goes on
            _log.exception("the callbacks of %s could not be made", response.operation)

    async def send(self, mock: Mock, call: Call) -> Outcome:
        """What becomes of a call."""
        fetching = await _imported("accord.mocking.fetching")
        started = time.perf_counter()
        try:
            response = await fetching.fetch(call, self.hosts)
        except fetching.Unanswered as error:
            is_refused = isinstance(error, fetching.RefusedHost)
            return Outcome(call, time.perf_counter() - started, fault=str(error), is_refused=is_refused)
        broken = mock.judge.response(call.operation, response)
        return Outcome(call, time.perf_counter() - started, response, broken)

    async def close(self) -> None:
        """Ends what is under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _imported(name: str) -> Any:
    """A module that most mocks never need. To import it takes a while: in a thread, meanwhile."""
    return await asyncio.to_thread(import_module, name)


def _brings_about(mock: Mock, response: Response) -> bool:
    """Does this response bring about callbacks? These follow a success only."""
    operation = mock.contract.by_id.get(response.operation)
    return operation is not None and "callbacks" in operation.raw and response.status in _SUCCESS


def _tell(outcome: Outcome | Uncalled) -> None:
    """Logs what became of a callback: a line, and another where its response breaks the contract."""
    if isinstance(outcome, Uncalled):
        _log.warning("%s", printable(f"callback {outcome.name} is not called: {outcome.reason}"))
        return
    call = outcome.call
    line = f"callback {call.name} {call.method} {_told_url(call.url)}"
    if outcome.response is None:
        _log.warning("%s", printable(f"{line} got no response: {outcome.fault}"))
        return
    _log.info("%s", printable(f"{line} {outcome.response.status} {outcome.seconds * 1000:.1f} ms"))
    for each in outcome.violations[:1]:
        words = (each.location, each.name, each.pointer, each.reason, f"[{each.rule}]")
        what = " ".join(word for word in words if word)
        _log.warning("%s", printable(f"callback {call.name}: its response breaks the contract: {what}"))


def _told_url(url: str) -> str:
    """The URL as the log has it: without query and user, which may be credentials."""
    scheme, _, rest = url.partition("?")[0].partition("://")
    authority, slash, path = rest.partition("/")
    return f"{scheme}://{authority.rpartition('@')[2]}{slash}{path}"
