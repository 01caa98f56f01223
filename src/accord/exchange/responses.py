"""One operation's responses, planned once and judged many times."""

from collections.abc import Sequence

from accord.contract import Operation, Response
from accord.document import pointers
from accord.exchange.contents import Content, MalformedContent, plan_content
from accord.exchange.media_types import most_specific, parse_media_type
from accord.exchange.model import Kind, Outgoing, Policy, Violation
from accord.schemas import Direction, Schemas

_BODILESS = frozenset({204, 205, 304})


class ResponsePlan:
    """How the responses of one operation are judged."""

    def __init__(self, operation: Operation, schemas: Schemas, policy: Policy) -> None:
        self._operation = operation
        self._schemas = schemas
        self._policy = policy
        self._contents: dict[str, Content] = {}

    def judge(self, outgoing: Outgoing) -> tuple[Violation, ...]:
        """Everything that is wrong with a response."""
        response = self._operation.response(outgoing.status)
        if response is None:
            return (self._undocumented(outgoing.status),)
        return (*self._judge_body(response, outgoing),)

    def _undocumented(self, status: int) -> Violation:
        documented = ", ".join(self._operation.responses)
        rule = pointers.join(self._operation.pointer, "responses")
        reason = f"{status} is not documented; documented are: {documented or 'none'}"
        return Violation(Kind.UNKNOWN, "status", reason, rule, None, "", documented, str(status))

    def _judge_body(self, response: Response, outgoing: Outgoing) -> Sequence[Violation]:
        if self._operation.method == "head" or outgoing.status in _BODILESS:
            return ()
        if not response.content:
            return ()
        header = next((value for name, value in outgoing.headers if name == b"content-type"), b"")
        sent = parse_media_type(header.decode("latin-1"))
        key = most_specific(sent, response.content) if sent else None
        if sent is None or key is None:
            taken = ", ".join(response.content)
            return (
                Violation(
                    Kind.MEDIA_TYPE, "header", f"is not documented; documented are: {taken}",
                    pointers.join(response.pointer, "content"), "Content-Type", "", taken,
                    header.decode("latin-1")[:80],
                ),
            )  # fmt: skip
        pointer = pointers.join(response.pointer, "content", key)
        if pointer not in self._contents:
            self._contents[pointer] = plan_content(
                response.content[key], self._schemas, Direction.RESPONSE, self._policy
            )
        content = self._contents[pointer]
        try:
            value = content.read(outgoing.body, sent)
        except MalformedContent as error:
            return (Violation(Kind.MALFORMED, "body", str(error), pointer),)
        return () if content.accepts(value) else content.violations(value)
