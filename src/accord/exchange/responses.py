"""One operation's responses, planned once and judged many times."""

from collections.abc import Iterator, Sequence

from accord.contract import Operation, Parameter, Response
from accord.document import pointers
from accord.exchange.bodies import content_type
from accord.exchange.contents import Contents
from accord.exchange.model import Kind, Outgoing, Policy, Violation
from accord.exchange.parameters import ParameterPlan, plan_parameter
from accord.schemas import Direction, Schemas

_BODILESS = frozenset({204, 205, 304})
"""Statuses whose responses have no body (RFC 9110 sections 15.3.5, 15.3.6 and 15.4.5)."""


class ResponsePlan:
    """How the responses of one operation are judged."""

    def __init__(self, operation: Operation, schemas: Schemas, policy: Policy) -> None:
        self._operation = operation
        self._schemas = schemas
        self._policy = policy
        self._plans: dict[int, _StatusPlan | None] = {}

    def judge(self, outgoing: Outgoing) -> tuple[Violation, ...]:
        """Everything that is wrong with a response."""
        status = outgoing.status
        if status not in self._plans:
            response = self._operation.response(status)
            self._plans[status] = None if response is None else self._plan(response)
        plan = self._plans[status]
        if plan is None:
            return (self._undocumented(status),)
        return plan.judge(outgoing)

    def prepare(self) -> None:
        """Compile what each documented response needs now."""
        for response in self._operation.responses.values():
            self._plan(response).prepare()

    def _plan(self, response: Response) -> "_StatusPlan":
        return _StatusPlan(response, self._schemas, self._policy, is_head=self._operation.method == "head")

    def _undocumented(self, status: int) -> Violation:
        documented = ", ".join(self._operation.responses)
        rule = pointers.join(self._operation.pointer, "responses")
        reason = f"{status} is not documented; documented are: {documented or 'none'}"
        return Violation(Kind.UNKNOWN, "status", reason, rule, None, "", documented, str(status))


class _StatusPlan:
    """How the responses of one documented status are judged."""

    def __init__(self, response: Response, schemas: Schemas, policy: Policy, *, is_head: bool) -> None:
        self._response = response
        self._policy = policy
        self._is_head = is_head
        self._contents = Contents(response.content, schemas, Direction.RESPONSE, policy)
        self._headers = tuple(
            (name.lower().encode("latin-1", "replace"), _plan_header(response, name, schemas, policy))
            for name in response.headers
        )

    def prepare(self) -> None:
        """Compile what each media type's bodies need now."""
        self._contents.prepare()

    def judge(self, outgoing: Outgoing) -> tuple[Violation, ...]:
        """Everything that is wrong with a response of this status."""
        violations = self._judge_body(outgoing)
        if self._headers:
            violations = (*self._judge_headers(outgoing.headers), *violations)
        return tuple(violations[: self._policy.most])

    def _judge_headers(self, headers: Sequence[tuple[bytes, bytes]]) -> Iterator[Violation]:
        for wanted, plan in self._headers:
            sent = [value.decode("latin-1") for name, value in headers if name == wanted]
            if not sent:
                yield from plan.absent()
            elif wanted == b"set-cookie":
                # The one header whose lines are no list (RFC 9110 section 5.3).
                for line in sent:
                    yield from plan.judge(line)[1]
            else:
                yield from plan.judge(", ".join(sent))[1]

    def _judge_body(self, outgoing: Outgoing) -> Sequence[Violation]:
        if self._is_head or outgoing.status in _BODILESS:
            return (
                self._unexpected(f"is there, and a response {self._why()} has none") if outgoing.body else ()
            )
        if not self._contents.keys:
            refused = outgoing.body and self._policy.unknown_body == "refuse"
            return self._unexpected("is there, and the contract documents none") if refused else ()
        found = self._contents.find(content_type(outgoing.headers) or b"")
        if found is None:
            return (self._undocumented(content_type(outgoing.headers)),)
        return found[1].judge(outgoing.body)[1]

    def _why(self) -> str:
        return "to HEAD" if self._is_head else f"with status {self._response.status}"

    def _unexpected(self, reason: str) -> tuple[Violation, ...]:
        return (Violation(Kind.UNKNOWN, "body", reason, self._response.pointer),)

    def _undocumented(self, header: bytes | None) -> Violation:
        documented = ", ".join(self._contents.keys)
        sent = "" if header is None else header.decode("latin-1")[:80]
        reason = f"{'is missing' if header is None else 'is not documented'}; documented are: {documented}"
        rule = pointers.join(self._response.pointer, "content")
        return Violation(Kind.MEDIA_TYPE, "header", reason, rule, "Content-Type", "", documented, sent)


def _plan_header(response: Response, name: str, schemas: Schemas, policy: Policy) -> ParameterPlan:
    """The plan of a header, which follows the structure of a parameter (OAS 3.1 section 4.8.21)."""
    header = response.headers[name]
    as_parameter = Parameter(header.document, header.pointer, name, "header")
    return plan_parameter(as_parameter, schemas, Direction.RESPONSE, most=policy.most)
