"""The body of a request: is one wanted, of which media type, and does it satisfy that type's schema."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from accord.contract import MediaType, Operation
from accord.document import pointers
from accord.exchange.contents import Content, MalformedContent, plan_content
from accord.exchange.media_types import ParsedType, most_specific, parse_media_type
from accord.exchange.model import ABSENT, Incoming, Kind, Policy, Violation
from accord.schemas import Direction, Schemas

_MOST_REMEMBERED = 64

Verdict = tuple[Any, str | None, Sequence[Violation]]
"""The body's value, the key of its media type in the contract, and what is wrong with it."""


class BodyPlan(Protocol):
    """How an operation's bodies are judged."""

    def judge(self, incoming: Incoming) -> Verdict:
        """The body's value, the contract's key for its media type, and what is wrong with it."""
        ...


def plan_body(operation: Operation, schemas: Schemas, policy: Policy) -> BodyPlan:
    """The plan of an operation's bodies."""
    if operation.request_body is None:
        return _NoBody(operation, policy)
    return _Body(operation, schemas, policy)


class _NoBody:
    """An operation that takes no body."""

    def __init__(self, operation: Operation, policy: Policy) -> None:
        self._refused = Violation(
            Kind.UNKNOWN, "body", "is not taken by this operation; send none", operation.pointer
        )
        self._refuses = policy.unknown_body == "refuse"

    def judge(self, incoming: Incoming) -> Verdict:
        return ABSENT, None, (self._refused,) if incoming.body and self._refuses else ()


class _Body:
    """An operation that takes a body."""

    def __init__(self, operation: Operation, schemas: Schemas, policy: Policy) -> None:
        body = operation.request_body
        assert body is not None  # noqa: S101 - plan_body has seen to it
        self._body = body
        self._keys: Mapping[str, MediaType] = body.content
        self._schemas = schemas
        self._policy = policy
        self._contents: dict[str, Content] = {}
        self._remembered: dict[bytes, tuple[str, ParsedType, Content]] = {}

    def judge(self, incoming: Incoming) -> Verdict:
        header = _content_type(incoming.headers)
        body = incoming.body
        if not body and not self._takes_nothing(header):
            return self._absent()
        known = self._remembered.get(header) if header is not None else None
        if known is None:
            found = self._find(header)
            if isinstance(found, Violation):
                return ABSENT, None, (found,)
            known = found
        key, media_type, content = known
        try:
            value = content.read(body, media_type)
        except MalformedContent as error:
            rule = pointers.join(self._body.pointer, "content", key)
            return ABSENT, key, (Violation(Kind.MALFORMED, "body", str(error), rule),)
        if content.accepts(value):
            return value, key, ()
        return ABSENT, key, content.violations(value)

    def _takes_nothing(self, header: bytes | None) -> bool:
        """May nothing at all be a body of this type, such as an empty text or form?"""
        if header is None:
            return False
        parsed = parse_media_type(header.decode("latin-1"))
        return parsed is not None and not parsed.is_json and most_specific(parsed, self._keys) is not None

    def _absent(self) -> Verdict:
        if not self._body.required:
            return ABSENT, None, ()
        rule = pointers.join(self._body.pointer, "required")
        return ABSENT, None, (Violation(Kind.MISSING, "body", "is required", rule),)

    def _find(self, header: bytes | None) -> tuple[str, ParsedType, Content] | Violation:
        text = self._assumed() if header is None else header.decode("latin-1")
        parsed = parse_media_type(text) if text else None
        key = most_specific(parsed, self._keys) if parsed else None
        if parsed is None or key is None:
            return self._unsupported(header)
        if key not in self._contents:
            self._contents[key] = plan_content(
                self._keys[key], self._schemas, Direction.REQUEST, self._policy
            )
        found = key, parsed, self._contents[key]
        if header is not None and len(self._remembered) < _MOST_REMEMBERED:
            self._remembered[header] = found
        return found

    def _assumed(self) -> str:
        """The media type of a body that does not say: the operation's only one (RFC 9110 section 8.3)."""
        only = next(iter(self._keys)) if len(self._keys) == 1 else ""
        return "" if "*" in only else only

    def _unsupported(self, header: bytes | None) -> Violation:
        taken = ", ".join(self._keys) or "none"
        sent = "" if header is None else header.decode("latin-1")[:80]
        reason = f"has no media type that is taken here; send one of: {taken}"
        rule = pointers.join(self._body.pointer, "content")
        return Violation(Kind.MEDIA_TYPE, "header", reason, rule, "Content-Type", "", taken, sent)


def _content_type(headers: Sequence[tuple[bytes, bytes]]) -> bytes | None:
    for name, value in headers:
        if name == b"content-type":
            return value
    return None
