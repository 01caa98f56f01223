"""What a request is answered with that cannot have what it asks for."""

from collections.abc import Sequence
from dataclasses import replace

from accord.contract import Operation
from accord.contract import Response as Documented
from accord.exchange import (
    MEDIA_TYPE,
    Kind,
    PathUnknown,
    Problem,
    Violation,
    parse_media_type,
    problem_of,
)
from accord.exchange.problems import title_of
from accord.mocking.choosing import concrete, media_type_of, refusal_of
from accord.mocking.credentials import challenges
from accord.mocking.errors import error_value
from accord.mocking.headers import head_of, headers_of
from accord.mocking.mock import Mock
from accord.mocking.model import Pairs, Request, Response
from accord.mocking.texts import to_json
from accord.mocking.writing import content_type_of, write_body

_MOST_TOLD = 10
_UNAUTHENTICATED = 401


def refuse(mock: Mock, operation: Operation, request: Request, violations: Sequence[Violation]) -> Response:
    """What a wrong request is answered with.

    The response that the contract documents for that error, in its status, media type and schema; else a
    problem. A header names the violations where the contract's own body may not be able to.
    """
    problem = problem_of(violations)
    extra = _challenges(mock, operation) if problem.status == _UNAUTHENTICATED else ()
    found = refusal_of(operation, problem.status, violations)
    if found is None:
        return as_problem(problem, operation, extra)
    status, documented = found
    problem = replace(problem, status=status, title=title_of(status))
    seed = f"{operation.id} {status}"
    taken = {name for name, _ in extra}
    own = tuple(pair for pair in headers_of(documented, mock.values, seed) if pair[0] not in taken)
    body, content_type = _body(mock, operation, documented, request, problem)
    headers = head_of(status, (*extra, *own, told(violations)), body, content_type)
    return Response(status, headers, body, operation.id, problem.detail)


def _body(
    mock: Mock, operation: Operation, documented: Documented, request: Request, problem: Problem
) -> tuple[bytes, str]:
    """The body of a documented error and its Content-Type; nothing where the contract has none for it."""
    if not documented.content or operation.method == "head":
        return b"", ""
    # Whoever accepts none of them gets the first all the same: to know what is wrong is worth more.
    first = next(iter(documented.content))
    key, content_type = media_type_of(documented, request) or (first, concrete(first))
    media_type, content_type = documented.content[key], content_type_of(content_type)
    value = error_value(media_type, problem, mock.values, f"{operation.id} {problem.status}")
    return write_body(value, media_type, content_type), content_type


def not_acceptable(mock: Mock, operation: Operation, request: Request, documented: Documented) -> Response:
    """The refusal of a request that accepts none of the media types of its response."""
    offered = ", ".join(key for key in documented.content if parse_media_type(key))
    reason = f"takes none of: {offered}"
    rule = f"{documented.pointer}/content"
    sent = (request.header(b"accept") or "")[:80]
    violation = Violation(Kind.NOT_ACCEPTABLE, "header", reason, rule, "Accept", "", offered, sent)
    return refuse(mock, operation, request, [violation])


def other_method(request: Request, allow: Sequence[str]) -> Response:
    """The methods of a path: what OPTIONS asks for, and what any other method is refused with."""
    line = (b"allow", ", ".join(sorted({*allow, "OPTIONS"})).encode("latin-1", "replace"))
    if request.method == "OPTIONS":
        return Response(204, (line,))
    path = request.path[:200]
    detail = f"{request.method[:20]} is not a method of {path}; its methods are: {', '.join(allow)}."
    return as_problem(Problem.of(405, detail), None, (line,))


def unknown_path(request: Request, route: PathUnknown) -> Response:
    """The refusal of a path that the contract has not."""
    near = f" The nearest are: {', '.join(route.nearest)}." if route.nearest else ""
    return as_problem(Problem.of(404, f"The contract has no path {request.path[:200]}.{near}"))


def as_problem(problem: Problem, operation: Operation | None = None, extra: Pairs = ()) -> Response:
    """A problem as a response, for what the contract documents no response."""
    is_head = operation is not None and operation.method == "head"
    body = b"" if is_head else problem.to_bytes()
    name = operation.id if operation else ""
    headers = head_of(problem.status, extra, body, MEDIA_TYPE)
    return Response(problem.status, headers, body, name, problem.detail)


def told(violations: Sequence[Violation]) -> tuple[bytes, bytes]:
    """The violations as a header."""
    entries = [
        {
            "location": each.location,
            "name": each.name or "",
            "pointer": each.pointer,
            "reason": each.reason[:200],
        }
        for each in violations[:_MOST_TOLD]
    ]
    text = to_json(entries).decode("utf-8", "replace")
    return b"accord-violations", text.encode("ascii", "backslashreplace")


def _challenges(mock: Mock, operation: Operation) -> Pairs:
    lines = challenges(mock.contract, operation)
    return tuple((b"www-authenticate", line.encode("latin-1", "replace")) for line in lines)
