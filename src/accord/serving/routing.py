"""Connexion's routing, with a table of paths in place of its list of regular expressions.

Connexion reads the operations from the projection and calls `add_operation` for each, as it does for
Starlette's router; what is ours is how a path is looked up. Starlette's list matches decoded paths in
the document's order, one regular expression after the other, redirects at a trailing slash, and names one
method in `Allow`.
"""

from collections.abc import Awaitable
from typing import Any
from urllib.parse import quote

from accord.exchange import Problem
from accord.handling.answers import Answer, problem_answer, send_answer
from accord.serving.edge import ROUTING_CONTEXT, AbstractRoutingAPI, SpecMiddleware
from accord.serving.front import Application
from accord.serving.routes import Match, RouteTable


class RoutingAPI(AbstractRoutingAPI):  # type: ignore[misc]  # Connexion is untyped
    """Fills a route table with the operations of a specification."""

    def __init__(self, specification: Any, *, table: RouteTable, **kwargs: Any) -> None:
        self._table = table
        super().__init__(specification, **kwargs)

    def make_operation(self, operation: Any) -> str:
        """The operation's id: all that a route leads to."""
        return str(operation.operation_id)

    @staticmethod
    def _framework_path_and_name(operation: Any, path: str) -> tuple[str, str]:  # noqa: ARG004 - as Connexion calls it
        return path, path

    def _add_operation_internal(
        self,
        method: str,
        path: str,
        operation: str,
        name: str | None = None,  # noqa: ARG002 - as Connexion calls it
    ) -> None:
        self._table.add(method, self.base_path + path, operation)


class Routing(SpecMiddleware):  # type: ignore[misc]  # Connexion is untyped
    """Finds the operation of a request and leaves it in the scope where Connexion's middlewares look."""

    def __init__(self, app: Application) -> None:
        self._app = app
        self._table = RouteTable()

    def add_api(self, specification: Any, **kwargs: Any) -> None:
        """Adds the operations of a specification."""
        RoutingAPI(specification, table=self._table, **kwargs)

    def __call__(self, scope: Any, receive: Any, send: Any) -> Awaitable[None]:
        """Hands a request on to its operation, or answers 404, 405 or, for OPTIONS, 204."""
        if scope["type"] != "http":
            return self._app(scope, receive, send)
        path = raw_path(scope)
        match = self._table.match(path)
        found = match.operations.get(scope["method"]) if match is not None else None
        if match is None or found is None:
            return send_answer(self._answer(match, path, scope["method"]), send)
        operation_id, names = found
        scope["path_params"] = dict(zip(names, match.values)) if names else {}  # noqa: B905 - as many, by the table
        extensions = scope.setdefault("extensions", {})
        extensions[ROUTING_CONTEXT] = {"api_base_path": "", "operation_id": operation_id, "path": path}
        return self._app(scope, receive, send)

    def _answer(self, match: Match | None, path: str, method: str) -> Answer:
        if match is None:
            return _not_found(self._table.nearest(path))
        allow = ", ".join(sorted(match.operations))
        if method == "OPTIONS":
            return Answer(204, [(b"allow", allow.encode())], b"")
        detail = f"This path takes {allow}."
        return problem_answer(Problem.of(405, detail), {"Allow": allow})


def _not_found(nearest: list[str]) -> Answer:
    near = f" The nearest: {', '.join(nearest)}." if nearest else ""
    return problem_answer(Problem.of(404, f"The contract has no such path.{near}"))


def raw_path(scope: Any) -> str:
    """The request's path as it was sent, percent-encoded, below the server's mount point."""
    raw: bytes | None = scope.get("raw_path")
    path = raw.decode("latin-1") if raw else quote(scope["path"])
    root = scope.get("root_path")
    return path.removeprefix(root) if root else path
