"""The body of a request: is one wanted, of which media type, and does it satisfy that type's schema."""

from collections.abc import Sequence
from typing import Any, Protocol

from accord.contract import Operation, RequestBody
from accord.document import pointers
from accord.exchange.contents import Contents
from accord.exchange.media_types import parse_media_type
from accord.exchange.model import ABSENT, Incoming, Kind, Policy, Violation
from accord.schemas import Direction, Schemas

Verdict = tuple[Any, str | None, Sequence[Violation]]
"""The body's value, the key of its media type in the contract, and what is wrong with it."""


class BodyPlan(Protocol):
    """How an operation's bodies are judged."""

    def judge(self, incoming: Incoming) -> Verdict:
        """The body's value, the contract's key for its media type, and what is wrong with it."""
        ...

    def prepare(self) -> None:
        """Compile what bodies need now."""
        ...


def plan_body(operation: Operation, schemas: Schemas, policy: Policy) -> BodyPlan:
    """The plan of an operation's bodies."""
    body = operation.request_body
    return _NoBody(operation, policy) if body is None else _Body(body, schemas, policy)


class _NoBody:
    """An operation that takes no body."""

    def __init__(self, operation: Operation, policy: Policy) -> None:
        reason = "is not taken by this operation; send none"
        self._refused = Violation(Kind.UNKNOWN, "body", reason, operation.pointer)
        self._refuses = policy.unknown_body == "refuse"

    def judge(self, incoming: Incoming) -> Verdict:
        """Nothing; a violation where there is a body after all."""
        return ABSENT, None, (self._refused,) if incoming.body and self._refuses else ()

    def prepare(self) -> None:
        """There is nothing to compile."""


class _Body:
    """An operation that takes a body."""

    def __init__(self, body: RequestBody, schemas: Schemas, policy: Policy) -> None:
        self._required = body.required
        self._pointer = body.pointer
        self._contents = Contents(body.content, schemas, Direction.REQUEST, policy)
        self._assumed = _assumed(self._contents.keys)

    def judge(self, incoming: Incoming) -> Verdict:
        """The body's value, the contract's key for its media type, and what is wrong with it."""
        header = content_type(incoming.headers)
        if not incoming.body and not self._may_be_empty(header):
            return self._absent()
        found = self._contents.find(header or self._assumed)
        if found is None:
            return ABSENT, None, (self._unsupported(header),)
        key, content = found
        value, violations = content.judge(incoming.body)
        return value, key, violations

    def prepare(self) -> None:
        """Compile what each media type's bodies need now."""
        self._contents.prepare()

    def _may_be_empty(self, header: bytes | None) -> bool:
        """May nothing at all be a body of this type, such as an empty text or form?"""
        if header is None:
            return False
        sent = parse_media_type(header.decode("latin-1"))
        return sent is not None and not sent.is_json and self._contents.find(header) is not None

    def _absent(self) -> Verdict:
        if not self._required:
            return ABSENT, None, ()
        rule = pointers.join(self._pointer, "required")
        return ABSENT, None, (Violation(Kind.MISSING, "body", "is required", rule),)

    def _unsupported(self, header: bytes | None) -> Violation:
        taken = ", ".join(self._contents.keys) or "none"
        sent = "" if header is None else header.decode("latin-1")[:80]
        reason = f"{'is missing' if header is None else 'is not taken here'}; send one of: {taken}"
        rule = pointers.join(self._pointer, "content")
        return Violation(Kind.MEDIA_TYPE, "header", reason, rule, "Content-Type", "", taken, sent)


def _assumed(keys: Sequence[str]) -> bytes:
    """The media type of a body that names none: the operation's only one (RFC 9110 section 8.3)."""
    return keys[0].encode("latin-1", "replace") if len(keys) == 1 and "*" not in keys[0] else b""


def content_type(headers: Sequence[tuple[bytes, bytes]]) -> bytes | None:
    """The value of the Content-Type header, where there is one."""
    for name, value in headers:
        if name == b"content-type":
            return value
    return None
