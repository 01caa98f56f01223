"""The answer to a request, by the contract alone. No clock, no random source, no files."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from accord.contract import MediaType, Operation
from accord.contract import Response as Documented
from accord.exchange import MethodUnknown, Outgoing, PathUnknown, Problem, Violation
from accord.mocking.choosing import media_type_of, success_of
from accord.mocking.crossing import allowed_origin, is_preflight, preflight
from accord.mocking.diagnosing import told
from accord.mocking.headers import BODILESS, head_of, headers_of
from accord.mocking.judging import judge_request
from accord.mocking.mock import Mock
from accord.mocking.model import Choices, Request, Response
from accord.mocking.preferences import (
    Preference,
    UnusablePreference,
    read_preference,
    server_of,
    without_preferences,
)
from accord.mocking.refusing import (
    as_problem,
    broken,
    no_example,
    not_acceptable,
    other_method,
    refuse,
    unknown_path,
    unknown_server,
)
from accord.mocking.servers import is_served_by
from accord.mocking.values import Made, UnknownExample
from accord.mocking.writing import content_type_of, write_body, write_parts

_NO_STATUS = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """Which answer is to be made: everything that decides its bytes."""

    operation: Operation
    status: int
    documented: Documented
    media_type: MediaType | None = None
    content_type: str = ""
    example: str | None = None
    digest: str = ""
    choices: Choices

    @property
    def key(self) -> tuple[str | None, ...] | None:
        """The name under which it is kept; None where it is not the same for every request."""
        if self.digest or (self.media_type is not None and "*" in self.media_type.name):
            return None
        how = f"{self.choices.examples} {self.choices.cors}"
        return self.operation.id, str(self.status), self.content_type, self.example, how


def respond(mock: Mock, request: Request, choices: Choices) -> Response:
    """The answer to a request. The same request, contract, seed and choices give the same bytes."""
    if choices.cors and is_preflight(request):
        return preflight(request)
    route = mock.route(request.method, request.path)
    if isinstance(route, PathUnknown):
        return _open(unknown_path(request, route), request, choices)
    if isinstance(route, MethodUnknown):
        return _open(other_method(request, route.allow), request, choices)
    operation, violations = judge_request(mock, route, request)
    if violations or b"__" in request.query or mock.terms(operation).deprecated_in(request):
        return _open(_answer(mock, operation, request, choices, violations), request, choices)
    return _settled(mock, operation, request, choices)


def _settled(mock: Mock, operation: Operation, request: Request, choices: Choices) -> Response:
    """The answer to a right request, found at once where it is static."""
    key = operation, choices, tuple(pair for pair in request.headers if pair[0] in _DECIDING)
    known = mock.settled(key)
    if known is not None:
        return known
    return mock.settle(key, _open(_answer(mock, operation, request, choices, ()), request, choices))


_DECIDING = frozenset({b"accept", b"prefer", b"origin"})
"""The headers that a right request's static answer depends on."""


def _open(response: Response, request: Request, choices: Choices) -> Response:
    """The response, with what lets a page of another origin read it."""
    if not choices.cors:
        return response
    return replace(response, headers=response.headers + allowed_origin(request, response.headers))


def _answer(
    mock: Mock, operation: Operation, request: Request, choices: Choices, violations: Sequence[Violation]
) -> Response:
    """The answer to a request for an operation: a refusal, or a response with what is wrong all the same."""
    server = server_of(request)
    if server is not None and not is_served_by(operation, server):
        return unknown_server(request, server, operation)
    if violations and choices.strict:
        return refuse(mock, operation, request, choices, violations)
    response = _by_preference(mock, operation, request, choices)
    if response.violations and choices.errors:
        return broken(operation, response.violations)
    deprecated = mock.terms(operation).deprecated_in(request)
    if violations or deprecated or response.violations:
        said = told(violations, response.violations, deprecated)
        response = replace(response, headers=(*response.headers, *said))
    return response


def _by_preference(mock: Mock, operation: Operation, request: Request, choices: Choices) -> Response:
    """The documented response that the caller prefers, or that OpenAPI's order gives."""
    try:
        preference = read_preference(request)
    except UnusablePreference as error:
        return as_problem(Problem.of(422, f"{error}."), operation)
    response = _preferred(mock, operation, request, choices, preference)
    return replace(response, wait=preference.wait) if preference.wait else response


def _preferred(
    mock: Mock, operation: Operation, request: Request, choices: Choices, preference: Preference
) -> Response:
    status, documented = _chosen(operation, preference)
    if documented is not None:
        return _documented(mock, operation, request, choices, (status, documented, preference))
    if preference.code is None:
        return Response(status, head_of(status, (), b""), operation=operation.id)
    names = ", ".join(operation.responses) or "none"
    detail = f"{operation.id} documents no response {status}; documented are: {names}."
    return as_problem(Problem.of(404, detail), operation)


def _chosen(operation: Operation, preference: Preference) -> tuple[int, Documented | None]:
    if preference.code is None:
        return success_of(operation)
    is_status = preference.code < _NO_STATUS
    return preference.code, operation.response(preference.code) if is_status else None


def _documented(
    mock: Mock,
    operation: Operation,
    request: Request,
    choices: Choices,
    chosen: tuple[int, Documented, Preference],
) -> Response:
    """The answer of a documented response, in the media type that the caller accepts."""
    status, documented, preference = chosen
    is_dynamic = choices.dynamic if preference.dynamic is None else preference.dynamic
    digest = _digest(request, preference.seed) if is_dynamic and preference.example is None else ""
    order = _Order(operation=operation, status=status, documented=documented, digest=digest, choices=choices)
    if status not in BODILESS and documented.content and operation.method != "head":
        negotiated = media_type_of(documented, request)
        if negotiated is None:
            return not_acceptable(mock, operation, request, choices, documented)
        media_type, content_type = documented.content[negotiated[0]], content_type_of(negotiated[1])
        order = replace(order, media_type=media_type, content_type=content_type, example=preference.example)
    response = _fulfilled(mock, order)
    if documented.headers and any(name.lower() in ("location", "link") for name in documented.headers):
        from accord.mocking.addresses import addressed  # noqa: PLC0415 - few responses have them

        return addressed(mock, operation, documented, request, response)
    return response


def _fulfilled(mock: Mock, order: _Order) -> Response:
    """The answer: the bytes that were kept, where it is static."""
    key = order.key
    known = None if key is None else mock.kept(key)
    if known is not None:
        return known
    try:
        response = _made(mock, order)
    except UnknownExample as error:
        return no_example(order.operation, order.example, error)
    return response if key is None else mock.keep(key, response)


def _made(mock: Mock, order: _Order) -> Response:
    """An answer, with everything that the contract keeps from being right about it."""
    seed = f"{order.operation.id} {order.status} {order.digest}".rstrip()
    body = b""
    findings: tuple[str, ...] = ()
    parts: tuple[bytes, ...] = ()
    if order.media_type is not None:
        made = _value(mock, order, order.media_type, seed)
        parts = write_parts(made.value, order.media_type, order.content_type)
        body = b"".join(parts) or write_body(made.value, order.media_type, order.content_type)
        findings = made.findings
    pairs = tuple(headers_of(order.documented, mock.values, seed, cors=order.choices.cors))
    if order.operation.raw.get("deprecated") is True and all(name != b"deprecation" for name, _ in pairs):
        pairs = (*pairs, (b"deprecation", b"true"))
    headers = head_of(order.status, pairs, body, order.content_type, is_stream=bool(parts))
    response = Response(order.status, headers, body, order.operation.id, findings=findings, parts=parts)
    return _checked(mock, order, response)


def _value(mock: Mock, order: _Order, media_type: MediaType, seed: str) -> Made:
    has_schema = media_type.schema is not None or media_type.item_schema is not None
    if order.digest and has_schema:
        return mock.values.sample(media_type, seed, examples=False)
    return mock.values.of_content(media_type, seed, examples=order.choices.examples, name=order.example)


def _checked(mock: Mock, order: _Order, response: Response) -> Response:
    """The response with what the judge of responses finds in it."""
    operation = order.operation
    found = mock.judge.response(operation, Outgoing(response.status, response.headers, response.body))
    if not found:
        return response
    first = found[0]
    more = f" (and {len(found) - 1} more)" if found[1:] else ""
    said = (
        f"{operation.method.upper()} {operation.path}: the {response.status} response cannot be made right: "
        f"{first.location} {first.name or ''}{first.pointer} {first.reason}{more} [{first.rule}]"
    )
    is_new = not order.digest and order.choices.examples != "verbatim"
    findings = (*response.findings, said) if is_new else response.findings
    return replace(response, findings=findings, violations=found)


def _digest(request: Request, seed: str | None) -> str:
    """What tells this request from others, so that equal requests get equal data; or the caller's seed."""
    if seed is not None:
        return f"seed {seed}"
    line = f"{request.method} {request.path}?".encode("utf-8", "surrogatepass")
    target = line + without_preferences(request.query)
    return sha256(target + b"\n" + request.body).hexdigest()[:16]
