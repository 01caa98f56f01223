"""The mock's own path, `/_accord`: what is asked of the mock itself, not of what it mocks."""

from dataclasses import replace
from urllib.parse import unquote

from accord.exchange import Problem
from accord.mocking.crossing import allowed_origin, is_preflight, preflight
from accord.mocking.dispatching import Dispatcher
from accord.mocking.hosts import stranger_of
from accord.mocking.mock import Mock
from accord.mocking.model import ROOT, Request, Response
from accord.mocking.refusing import as_problem, other_method
from accord.mocking.webhooks import list_webhooks, order_webhook, report

_WEBHOOKS = f"{ROOT}/webhooks"


async def control(mock: Mock, dispatcher: Dispatcher, request: Request) -> Response:
    """The answer to what is asked of the mock itself. Other machines and foreign pages may not ask."""
    if stranger := stranger_of(request, dispatcher.hosts):
        detail = f"{stranger[:200]} may not control the mock; if it is to, allow it by name: --allow HOST."
        return as_problem(Problem.of(403, detail))
    if is_preflight(request):
        return preflight(request)
    response = await _answer(mock, dispatcher, request)
    return replace(response, headers=(*response.headers, *allowed_origin(request, response.headers)))


async def _answer(mock: Mock, dispatcher: Dispatcher, request: Request) -> Response:
    if request.path == _WEBHOOKS:
        return list_webhooks(mock, _WEBHOOKS) if request.method == "GET" else other_method(request, ("GET",))
    name = unquote(request.path.removeprefix(f"{_WEBHOOKS}/"))
    if not request.path.startswith(f"{_WEBHOOKS}/") or not name:
        return as_problem(Problem.of(404, f"The mock's own paths are {_WEBHOOKS} and {_WEBHOOKS}/NAME."))
    if request.method != "POST":
        return other_method(request, ("POST",))
    ordered = order_webhook(mock, name, request)
    return ordered if isinstance(ordered, Response) else report(await dispatcher.send(mock, ordered))
