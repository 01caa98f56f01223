"""Who asks the mock itself, and which operation of its own contract answers."""

import asyncio
import inspect
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING

from accord.contract import load_contract
from accord.exchange import Incoming, Judge, MethodUnknown, PathUnknown, Problem, Router, problem_of
from accord.mocking.console import console_file
from accord.mocking.control import (
    contracts,
    exchanges,
    faults,
    hooks,
    items,
    orders,
    scenarios,
    snapshots,
    worlds,
)
from accord.mocking.control.asked import Answer, Answering, Asked, Impossible, Running
from accord.mocking.control.together import answer_together, is_of_worlds
from accord.mocking.crossing import allowed_origin, is_preflight, preflight
from accord.mocking.hosts import stranger_of
from accord.mocking.mock import Mock
from accord.mocking.model import Request
from accord.mocking.refusing import as_problem, other_method

if TYPE_CHECKING:
    from accord.mocking.sharing.shared import Shared

OPERATIONS: Mapping[str, Answering] = {
    **worlds.OPERATIONS,
    **items.OPERATIONS,
    **snapshots.OPERATIONS,
    **orders.OPERATIONS,
    **scenarios.OPERATIONS,
    **faults.OPERATIONS,
    **exchanges.OPERATIONS,
    **contracts.OPERATIONS,
    **hooks.OPERATIONS,
}
"""What answers each operation of the interface."""


class Interface:
    """The contract of the interface, and what judges by it."""

    def __init__(self) -> None:
        self.contract = load_contract(str(files("accord.mocking.control") / "openapi.yaml"))
        self.judge = Judge(self.contract)
        self.router = Router(self.contract)


class Desk:
    """Answers what is asked of a running mock."""

    def __init__(self, running: Running, *, shared: "Shared | None" = None) -> None:
        self._running = running
        self._shared = shared
        self._interface: Interface | None = None

    async def answer(self, mock: Mock, request: Request, now: float) -> Answer:
        """The answer to what is asked of the mock itself. Other machines and foreign pages may not ask."""
        if stranger := stranger_of(request, self._running.dispatcher.hosts):
            detail = (
                f"{stranger[:200]} may not control the mock; if it is to, allow it by name: --allow HOST."
            )
            return as_problem(Problem.of(403, detail))
        if is_preflight(request):
            return preflight(request)
        if page := console_file(request):
            return page
        if self._interface is None:
            self._interface = await asyncio.to_thread(Interface)
        answer = await self._answer(self._interface, mock, request, now)
        return answer._replace(headers=(*answer.headers, *allowed_origin(request, answer.headers)))

    async def _answer(self, interface: Interface, mock: Mock, request: Request, now: float) -> Answer:
        route = interface.router.route(request.method, request.path)
        if isinstance(route, PathUnknown):
            near = f" The nearest are: {', '.join(route.nearest)}." if route.nearest else ""
            detail = f"The mock has no path {request.path[:200]} of its own; see /_accord/openapi.json.{near}"
            return as_problem(Problem.of(404, detail))
        if isinstance(route, MethodUnknown):
            return other_method(request, route.allow)
        parts = (request.method, request.path, route.path_parameters, request.query)
        judged = interface.judge.request(route.operation, Incoming(*parts, _typed(request), request.body))
        if judged.violations:
            return as_problem(problem_of(judged.violations))
        asked = Asked(mock, self._running, request, judged, interface.contract, now)
        try:
            answering = OPERATIONS[route.operation.id]
            if self._shared is not None and is_of_worlds(route.operation):
                answer = await answer_together(self._shared, answering, asked)
            else:
                answer = answering(asked)
            return await answer if inspect.isawaitable(answer) else answer
        except Impossible as error:
            return as_problem(error.problem)


def _typed(request: Request) -> Sequence[tuple[bytes, bytes]]:
    """The headers of a request; a body of which nothing is said is JSON."""
    if not request.body or request.header(b"content-type") is not None:
        return request.headers
    return (*request.headers, (b"content-type", b"application/json"))
