"""A mock of which some operations are the real server's."""

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase

from accord.contract import Contract
from accord.errors import UsageError
from accord.exchange import Routed
from accord.findings import suggestion
from accord.mocking.asgi import Application
from accord.mocking.mock import Mock
from accord.mocking.places import HEADER, placed
from accord.mocking.proxying.asgi import Proxy
from accord.mocking.receiving import Scope, request_of
from accord.mocking.sending import Receive, Send


class Forwarding:
    """A mock as an ASGI application that passes the requests for some operations on.

    `rules` are patterns of operation ids (`listPets`, `*Pet`), each with its proxy; the first one counts.
    """

    def __init__(self, app: Application, rules: Sequence[tuple[str, Proxy]]) -> None:
        self._app = app
        self._rules = rules
        self._proxies = _chosen(app.mock.contract, rules)

    @property
    def mock(self) -> Mock:
        """What answers and judges. Another may be put in its place."""
        return self._app.mock

    @mock.setter
    def mock(self, mock: Mock) -> None:
        self._proxies = _chosen(mock.contract, self._rules)
        for _, proxy in self._rules:
            proxy.mock = mock
        self._app.mock = mock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or has it answered by the real server."""
        if scope["type"] == "http":
            request = request_of(scope, b"")
            found = placed(request)
            path = found.request.path if found else request.path
            route = self.mock.route(request.method, path)
            proxy = self._proxies.get(route.operation.id) if isinstance(route, Routed) else None
            if proxy is not None:
                world = [(HEADER, found.world.encode("latin-1", "replace"))] if found else []
                await proxy(_with(scope, path, world), receive, send)
                return
        await self._app(scope, receive, send)
        if scope["type"] == "lifespan":
            for _, proxy in self._rules:
                await proxy.close()


def _with(scope: Scope, path: str, headers: Sequence[tuple[bytes, bytes]]) -> Scope:
    """The request for this path, with these headers as well."""
    scope["raw_path"] = path.encode("latin-1")
    scope["headers"] = [*scope["headers"], *headers]
    return scope


def check_rules(contract: Contract, patterns: Sequence[str]) -> None:
    """Raises UsageError for a pattern that no operation's id has."""
    ids = [operation.id for operation in contract.operations]
    for pattern in patterns:
        if not any(fnmatchcase(each, pattern) for each in ids):
            hint = suggestion(pattern, ids, "it is the id of an operation, or a pattern of ids")
            raise UsageError(f"--forward {pattern!r} is no operation of the contract", hint=hint)


def _chosen(contract: Contract, rules: Sequence[tuple[str, Proxy]]) -> Mapping[str, Proxy]:
    """The proxy of each operation that is passed on."""
    found: dict[str, Proxy] = {}
    for pattern, proxy in rules:
        for operation in contract.operations:
            if fnmatchcase(operation.id, pattern):
                found.setdefault(operation.id, proxy)
    return found
