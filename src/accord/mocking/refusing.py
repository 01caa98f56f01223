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
from accord.mocking.choosing import concrete, media_type_of, refusal_of, statuses_of
from accord.mocking.diagnosing import told, with_validation
from accord.mocking.errors import error_value
from accord.mocking.headers import head_of, headers_of
from accord.mocking.mock import Mock
from accord.mocking.model import Choices, Examples, Pairs, Request, Response
from accord.mocking.preferences import UnusablePreference, read_preference
from accord.mocking.values import UnknownExample
from accord.mocking.writing import content_type_of, write_body

_UNAUTHENTICATED = 401


def refuse(
    mock: Mock, operation: Operation, request: Request, choices: Choices, violations: Sequence[Violation]
) -> Response:
    """What a wrong request is answered with.

    The response that the contract documents for that error, in its status, media type and schema; else a
    problem. Headers name the violations where the contract's own body may not be able to.
    """
    problem = problem_of(violations)
    extra, statuses = told(violations), statuses_of(operation, problem.status, violations)
    response = refuse_with(mock, operation, request, choices, problem, statuses=statuses, extra=extra)
    return response._replace(faults=tuple(violations))


def refuse_with(
    mock: Mock,
    operation: Operation,
    request: Request,
    choices: Choices,
    problem: Problem,
    *,
    statuses: Sequence[int],
    extra: Pairs = (),
) -> Response:
    """The problem as the contract documents it for the first of these statuses; else as it is."""
    status, documented = refusal_of(operation, statuses)
    title = problem.title if status == problem.status else title_of(status)
    problem = replace(problem, status=status, title=title)
    problem = with_validation(problem) if problem.errors else problem
    extra = (*_challenges(mock, operation, request, problem), *extra)
    if documented is None:
        return as_problem(problem, operation, extra)
    name = _preferred_example(request, statuses)
    taken = {key for key, _ in extra}
    made = headers_of(documented, mock.values, f"{operation.id} {status}", cors=choices.cors)
    own = tuple(pair for pair in made if pair[0] not in taken)
    try:
        body, content_type = _body(mock, operation, documented, request, (problem, choices.examples, name))
    except UnknownExample as error:
        return no_example(operation, name, error)
    headers = head_of(status, (*own, *extra), body, content_type)
    return Response(status, headers, body, operation.id, problem.detail)


def _preferred_example(request: Request, statuses: Sequence[int]) -> str | None:
    """The example that the caller prefers of an error, which is that of one of these statuses."""
    try:
        preference = read_preference(request)
    except UnusablePreference:
        return None
    return preference.example if preference.code in statuses else None


def _body(
    mock: Mock,
    operation: Operation,
    documented: Documented,
    request: Request,
    error: tuple[Problem, Examples, str | None],
) -> tuple[bytes, str]:
    """The body of a documented error and its Content-Type; nothing where the contract has none for it."""
    if not documented.content or operation.method == "head":
        return b"", ""
    # Whoever accepts none of them gets the first all the same: to know what is wrong is worth more.
    first = next(iter(documented.content))
    key, content_type = media_type_of(documented, request) or (first, concrete(first))
    media_type, content_type = documented.content[key], content_type_of(content_type)
    problem, examples, name = error
    seed = f"{operation.id} {problem.status}"
    value = error_value(media_type, problem, mock.values, seed, examples=examples, name=name)
    return write_body(value, media_type, content_type), content_type


def no_example(operation: Operation, name: str | None, error: UnknownExample) -> Response:
    """The refusal of an example that is not there."""
    detail = f"There is no example {str(name)[:80]!r}; examples are: {str(error) or 'none'}."
    return as_problem(Problem.of(404, detail), operation)


def broken(operation: Operation, violations: Sequence[Violation]) -> Response:
    """What is sent in place of a response that breaks the contract."""
    detail = f"The response of {operation.id} breaks the contract in {len(violations)} ways: see `errors`."
    problem = replace(Problem.of(500, detail), errors=tuple(violations))
    return as_problem(with_validation(problem, "response"), operation, told((), violations))


def not_acceptable(
    mock: Mock, operation: Operation, request: Request, choices: Choices, documented: Documented
) -> Response:
    """The refusal of a request that accepts none of the media types of its response."""
    offered = ", ".join(key for key in documented.content if parse_media_type(key))
    reason = f"takes none of: {offered}"
    rule = f"{documented.pointer}/content"
    sent = (request.header(b"accept") or "")[:80]
    violation = Violation(Kind.NOT_ACCEPTABLE, "header", reason, rule, "Accept", "", offered, sent)
    return refuse(mock, operation, request, choices, [violation])


def other_method(request: Request, allow: Sequence[str]) -> Response:
    """The methods of a path: what OPTIONS asks for, and what any other method is refused with."""
    line = (b"allow", ", ".join(sorted(allow)).encode("latin-1", "replace"))
    if request.method == "OPTIONS":
        return Response(204, (line,))
    path = request.path[:200]
    detail = f"{request.method[:20]} is not a method of {path}; its methods are: {', '.join(allow)}."
    return as_problem(Problem.of(405, detail), None, (line,))


def unknown_path(request: Request, route: PathUnknown) -> Response:
    """The refusal of a path that the contract has not."""
    # `*` asks of the server as a whole (RFC 9110 section 9.3.7).
    if request.method == "OPTIONS" and request.path == "*":
        return Response(204, ())
    near = f" The nearest are: {', '.join(route.nearest)}." if route.nearest else ""
    return as_problem(Problem.of(404, f"The contract has no path {request.path[:200]}.{near}"))


def unknown_server(request: Request, url: str, operation: Operation) -> Response:
    """The refusal of a server that the operation has not."""
    known = ", ".join(server.url for server in operation.servers)
    detail = f"{request.path[:200]} is not served at {url[:200]}; its servers are: {known}."
    return as_problem(Problem.of(404, detail), operation)


def as_problem(problem: Problem, operation: Operation | None = None, extra: Pairs = ()) -> Response:
    """A problem as a response, for what the contract documents no response."""
    is_head = operation is not None and operation.method == "head"
    body = b"" if is_head else problem.to_bytes()
    name = operation.id if operation else ""
    headers = head_of(problem.status, extra, body, MEDIA_TYPE)
    return Response(problem.status, headers, body, name, problem.detail)


def _challenges(mock: Mock, operation: Operation, request: Request, problem: Problem) -> Pairs:
    if problem.status != _UNAUTHENTICATED:
        return ()
    line = mock.terms(operation).gate.challenges(request)
    return ((b"www-authenticate", line.encode("latin-1", "replace")),)
