"""The ASGI application of a contract and its service, on Connexion's AsyncApp."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from accord.contract import Contract
from accord.errors import UsageError
from accord.exchange import Judge
from accord.handling.answers import Answer, problem_answer
from accord.handling.stub import stated_in
from accord.serving.credentials import secrets
from accord.serving.edge import (
    ROUTING_CONTEXT,
    AsyncApp,
    LifespanMiddleware,
    Resolver,
    RoutedAPI,
    RoutedMiddleware,
    SecurityHandlerFactory,
    SecurityOperation,
)
from accord.serving.endpoint import Bench, Endpoint, Handler
from accord.serving.failures import Failures
from accord.serving.front import Application, Front, Page
from accord.serving.journal import RequestJournal
from accord.serving.pages import own_pages
from accord.serving.projection import full_path, project
from accord.serving.routing import Routing
from accord.serving.security import check_authenticators, identification, security_map
from accord.serving.service import Service

BODY_LIMIT = 1024 * 1024
"""Bytes of a request's body that are read where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Options:
    """How an application is served. `journal` is where requests are logged; None: nowhere."""

    validate_responses: bool = False
    body_limit: int = BODY_LIMIT
    journal: RequestJournal | None = None


def create_app(contract: Contract, service: Service[Any], *, options: Options | None = None) -> Application:
    """The ASGI application that answers what the contract describes with the service's handlers.

    Raises UsageError where an operation has no handler, or a security scheme nobody to authenticate it.
    """
    options = options or Options()
    implemented = implementations(contract, service)
    check_authenticators(contract, service.authenticate)
    bench = _bench(contract, service, options)
    app: Any = AsyncApp(
        "accord",
        lifespan=partial(_lifespan, service),
        middlewares=[
            partial(Front, pages=_pages(contract, service), journal=options.journal, failure=_failure(bench)),
            Routing,
            Dispatch,
            LifespanMiddleware,  # last, so that no request passes it
        ],
    )
    app.add_api(
        project(contract),
        resolver=Resolver(lambda operation_id: implemented[operation_id][1]),
        security_map=security_map(contract, service.authenticate),
        bench=bench,
        implemented=implemented,
    )
    middleware = app.middleware
    # Connexion does this at the first request; done now, an error shows before the server listens.
    middleware.app, middleware.middleware_stack = middleware._build_middleware_stack()  # noqa: SLF001
    application: Application = middleware.app
    return application


class OperationsAPI(RoutedAPI):  # type: ignore[misc]  # Connexion is untyped
    """Makes an endpoint of each operation, with the verification that Connexion builds of its security."""

    def __init__(
        self,
        specification: Any,
        *,
        bench: Bench,
        implemented: Mapping[str, tuple[type[Any], Handler]],
        security_map: Mapping[str, Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(specification, **kwargs)
        self._bench = bench
        self._implemented = implemented
        self._factory = SecurityHandlerFactory(security_map)
        self.add_paths()

    def make_operation(self, operation: Any) -> Application:
        """The endpoint of one operation, made when its first request comes."""
        security = SecurityOperation.from_operation(
            operation, next_app=self.next_app, security_handler_factory=self._factory
        )
        shape, handler = self._implemented[operation.operation_id]
        contracted = self._bench.contract.by_id[operation.operation_id]
        identify = identification(security, self._factory)
        return Endpoint(self._bench, contracted, shape, handler, identify)


class Dispatch(RoutedMiddleware):  # type: ignore[misc]  # Connexion is untyped
    """Hands a routed request to its endpoint: the routing before it lets no other through."""

    api_cls = OperationsAPI

    def __call__(self, scope: Any, receive: Any, send: Any) -> Awaitable[None]:
        """Calls the operation that the scope names, without Connexion's search through all APIs."""
        app = self.app
        if scope["type"] == "http":
            app = self._operations[scope["extensions"][ROUTING_CONTEXT]["operation_id"]]
        answered: Awaitable[None] = app(scope, receive, send)
        return answered

    def add_api(self, specification: Any, **kwargs: Any) -> Any:
        """Adds the operations of a specification."""
        api = super().add_api(specification, **kwargs)
        self._operations = api.operations
        return api


def implementations(contract: Contract, service: Service[Any]) -> dict[str, tuple[type[Any], Handler]]:
    """For each operation id the class of its requests, and its handler.

    Raises UsageError where the service has no handler for an operation.
    """
    found: dict[str, tuple[type[Any], Handler]] = {
        stated.operation_id: (stated.Request, getattr(service.handlers, name))
        for name, stated in stated_in(service.handlers).items()
    }
    missing = [operation for operation in contract.operations if operation.id not in found]
    if missing:
        names = ", ".join(f"{operation.id!r}" for operation in missing[:10])
        more = f" and {len(missing) - 10} more" if len(missing) > 10 else ""  # noqa: PLR2004 - ten are shown
        raise UsageError(
            f"no handler for {names}{more}",
            hint="the generated code is older than the contract: run `accord generate`, then add them to "
            "Handlers(...) in handlers/__init__.py",
            position=missing[0].document.locate(missing[0].pointer),
        )
    return found


def _bench(contract: Contract, service: Service[Any], options: Options) -> Bench:
    return Bench(
        contract=contract,
        judge=Judge(contract),
        service=service,
        failures=Failures(service.errors),
        secrets=partial(secrets_in, contract),
        body_limit=options.body_limit,
        validate_responses=options.validate_responses,
    )


def secrets_in(contract: Contract, scope: Any) -> Iterable[str]:
    """Every credential in a request, by the contract's security schemes."""
    return secrets(scope, contract.security_schemes.values())


def _failure(bench: Bench) -> Callable[[Exception], Answer]:
    """What is answered where an error comes from outside of every operation."""
    return lambda error: problem_answer(*bench.failures.problem(error))


def _pages(contract: Contract, service: Service[Any]) -> Mapping[str, Page]:
    """The server's own pages, but for those at a path that the contract itself has."""
    taken = {full_path(operation) for operation in contract.operations}
    base_path = contract.operations[0].servers[0].base_path if contract.operations else ""
    pages = own_pages(contract, base_path, service.ready)
    return {path: page for path, page in pages.items() if path not in taken}


@asynccontextmanager
async def _lifespan(service: Service[Any], _app: Any) -> AsyncIterator[None]:
    async with service.lifespan():
        yield
