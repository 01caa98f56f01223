"""One operation as it is served: who calls, what is asked, the handler, what it answers."""

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from accord.contract import Contract, Operation
from accord.exchange import Incoming, Judge, Kind, Outgoing, Problem, Violation, negotiate, problem_of
from accord.handling.answers import PROBLEM, Answer, encoded, problem_answer
from accord.handling.binding import Binder
from accord.handling.refusals import TooManyRequests, Unauthenticated
from accord.handling.rendering import Renderer, success_types
from accord.serving.bodies import read_body
from accord.serving.edge import ROUTING_CONTEXT, OAuthProblem
from accord.serving.failures import Failures
from accord.serving.front import Disconnected, Record
from accord.serving.journal import CURRENT, redact
from accord.serving.security import Identify, challenges, missing_credential
from accord.serving.service import Service

_log = logging.getLogger("accord.serving")

Handler: TypeAlias = Callable[..., Awaitable[Any]]

_BROKEN_ANSWER = "The server's answer breaks its contract. The log says where, under this X-Request-Id."


@dataclass(frozen=True, slots=True)
class Bench:
    """What all operations of an application share."""

    contract: Contract
    judge: Judge
    service: Service[Any]
    failures: Failures
    secrets: Callable[[Any], Iterable[str]]
    body_limit: int
    validate_responses: bool


class Endpoint:
    """An ASGI application for one operation."""

    def __init__(
        self, bench: Bench, operation: Operation, shape: type[Any], handler: Handler, identify: Identify
    ) -> None:
        self._bench = bench
        self._operation = operation
        self._handler = handler
        self._identify = identify if operation.security else None
        self._method = operation.method.upper()
        self._bind = Binder(shape)
        self._render = Renderer(operation)
        self._offered = success_types(operation)

    async def __call__(self, scope: Any, receive: Any, _send: Any) -> None:
        """Answers one request of this operation, through the record that the front made of it."""
        record: Record = CURRENT.get()
        record.operation = self._operation.id
        try:
            answer = await self._answer(scope, receive, record)
        except Disconnected:
            raise
        except Exception as error:  # noqa: BLE001 - Failures has a problem for every error
            answer = self._refuse(scope, error)
        await record.answer(answer, head=self._method == "HEAD")

    async def _answer(self, scope: Any, receive: Any, record: Record) -> Answer:
        bench = self._bench
        caller = await self._admit(record)
        body = await read_body(scope, record.head, receive, bench.body_limit)
        headers = scope["headers"]
        path = scope["extensions"][ROUTING_CONTEXT]["path"]
        incoming = Incoming(self._method, path, scope["path_params"], scope["query_string"], headers, body)
        judged = bench.judge.request(self._operation, incoming)
        accept = _accept(record.head, headers)
        if judged.violations or (accept is not None and not self._acceptable(accept)):
            return self._judged(scope, judged.violations, accept)
        request = self._bind(judged)
        reply = await (self._handler(request) if self._identify is None else self._handler(request, caller))
        answer = self._render(reply, accept)
        return self._validated(answer, record) if bench.validate_responses else answer

    async def _admit(self, record: Record) -> Any:
        """The caller, once it is known and within its limit; None where the operation is open to all."""
        service, caller = self._bench.service, None
        if self._identify is not None:
            caller = await self._identify(record)
            if service.caller_name is not None and caller is not None:
                record.caller = service.caller_name(caller)
        if service.limit is not None:
            wait = await service.limit(caller, self._operation.id)
            if wait is not None:
                raise TooManyRequests(wait, "Too many requests: try again later.")
        return caller

    def _acceptable(self, accept: str) -> bool:
        return not self._offered or negotiate(accept, self._offered) is not None

    def _judged(self, scope: Any, violations: tuple[Violation, ...], accept: str | None) -> Answer:
        if accept is not None and not self._acceptable(accept):
            violations = (*violations, self._not_acceptable(accept))
        self._report(logging.DEBUG, "refused a request", violations)
        return self._problem(scope, problem_of(violations), {})

    def _not_acceptable(self, accept: str) -> Violation:
        offered = ", ".join(self._offered)
        reason = f"accepts nothing that this operation answers with: {offered}"
        rule = f"{self._operation.pointer}/responses"
        return Violation(Kind.NOT_ACCEPTABLE, "header", reason, rule, "Accept", "", offered, accept[:80])

    def _refuse(self, scope: Any, error: Exception) -> Answer:
        contract, operation = self._bench.contract, self._operation
        if isinstance(error, OAuthProblem):  # Connexion's word for: no credential at all
            error = Unauthenticated(f"No credential came: {missing_credential(contract, operation)}.")
        problem, headers = self._bench.failures.problem(error)
        if problem.status == _UNAUTHENTICATED:
            headers = {**headers, "WWW-Authenticate": ", ".join(challenges(contract, operation))}
        return self._problem(scope, problem, headers)

    def _problem(self, scope: Any, problem: Problem, headers: Mapping[str, str]) -> Answer:
        """The problem, without any credential in it, in the media type that the operation documents.

        Where the operation documents errors of another JSON type, and its schema takes a problem, that
        type is used. A schema of another shape cannot be filled: then it is problem+json all the same.
        """
        problem = _without_secrets(problem, self._bench.secrets(scope))
        answer = problem_answer(problem, headers)
        response = self._operation.response(problem.status)
        for media_type in response.content if response is not None else ():
            if media_type.encode() == PROBLEM:
                return answer
            typed = [(b"content-type", media_type.encode()), *encoded(headers)]
            outgoing = Outgoing(problem.status, typed, answer.body)
            if media_type.endswith("json") and not self._bench.judge.response(self._operation, outgoing):
                return Answer(problem.status, typed, answer.body)
        return answer

    def _validated(self, answer: Answer, record: Record) -> Answer:
        outgoing = Outgoing(answer.status, [*answer.headers, record.header], answer.body)
        violations = self._bench.judge.response(self._operation, outgoing)
        if not violations:
            return answer
        self._report(logging.ERROR, f"answered {answer.status}, which breaks its contract", violations)
        return self._problem(record.scope, Problem.of(500, _BROKEN_ANSWER), {})

    def _report(self, level: int, what: str, violations: Iterable[Violation]) -> None:
        """Logs each violation with its place in the contract, for the people who have the contract."""
        if not _log.isEnabledFor(level):
            return
        locate = self._bench.contract.document.locate
        for one in violations:
            place = f"{one.location} {one.name or one.pointer}".strip()
            _log.log(
                level, "operation %s %s: %s %s (%s: %s)",
                self._operation.id, what, place, one.reason, locate(one.rule), one.rule,
            )  # fmt: skip


_UNAUTHENTICATED = 401


def _without_secrets(problem: Problem, secrets: Iterable[str]) -> Problem:
    secrets = tuple(secrets)
    if not secrets:
        return problem
    errors = tuple(
        replace(
            one,
            reason=redact(one.reason, secrets),
            expected=redact(one.expected, secrets),
            received=redact(one.received, secrets),
        )
        for one in problem.errors
    )
    return replace(problem, detail=redact(problem.detail, secrets), errors=errors)


def _accept(head: Mapping[bytes, bytes], headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    """The Accept header as one list; None where it is absent or takes anything."""
    if head.get(b"accept", _ANYTHING) == _ANYTHING:
        return None
    found = [value for name, value in headers if name == b"accept"]
    return b", ".join(found).decode("latin-1")


_ANYTHING = b"*/*"
