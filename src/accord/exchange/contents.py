"""The content of a message, by its media type: reading it, and judging what was read."""

import codecs
from collections.abc import Callable
from typing import Any

from accord.contract import MediaType
from accord.exchange.json_text import MalformedJson, read_json
from accord.exchange.media_types import ParsedType, parse_media_type
from accord.exchange.model import Kind, Policy, Violation
from accord.schemas import Direction, Schemas, Validator


class MalformedContent(ValueError):
    """Content that is not of its media type. Its message says why."""


class Content:
    """How one entry of a `content` map is read and judged."""

    __slots__ = ("_policy", "_validator", "accepts", "read")

    def __init__(
        self, read: Callable[[bytes, ParsedType], Any], validator: Validator | None, policy: Policy
    ) -> None:
        self.read = read
        self.accepts: Callable[[Any], bool] = _anything if validator is None else validator.is_valid
        self._validator = validator
        self._policy = policy

    def violations(self, value: Any) -> tuple[Violation, ...]:
        """Everything that is wrong with a value that is not accepted."""
        if self._validator is None:
            return ()
        return tuple(
            Violation(
                Kind.INVALID, "body", one.reason, one.rule, None, one.pointer, one.expected, one.received
            )
            for one in self._validator.violations(value, most=self._policy.most)
        )


def _anything(_: Any) -> bool:
    return True


def plan_content(media_type: MediaType, schemas: Schemas, direction: Direction, policy: Policy) -> Content:
    """The plan of one entry of a `content` map."""
    schema = media_type.schema
    validator = None if schema is None else schemas.at(schema, direction)
    key = parse_media_type(media_type.name)
    if key is None or "*" in key.essence:
        return Content(lambda body, sent: _read(body, sent, policy), validator, policy)
    return Content(lambda body, sent: _read(body, sent, policy), validator, policy)


def _read(body: bytes, sent: ParsedType, policy: Policy) -> Any:
    if sent.is_json:
        if sent.parameters:
            body = _in_utf8(body, sent)
        try:
            return read_json(body, deepest=policy.deepest)
        except MalformedJson as error:
            raise MalformedContent(f"is not JSON that can be read: {error}") from None
    return text_of(body, sent)


def _in_utf8(body: bytes, sent: ParsedType) -> bytes:
    charset = sent.charset
    if charset is None or charset.lower() in ("utf-8", "utf8", "us-ascii"):
        return body
    return text_of(body, sent).encode("utf-8", "surrogatepass")


def text_of(body: bytes, sent: ParsedType) -> str:
    """The text of a body in the charset that it names, UTF-8 where it names none. Raises MalformedContent."""
    charset = sent.charset or "utf-8"
    try:
        codec = codecs.lookup(charset)
    except (LookupError, ValueError):
        raise MalformedContent(f"has the charset {charset[:40]!r}, which is not known; send UTF-8") from None
    try:
        return codec.decode(body)[0]
    except (UnicodeError, ValueError):
        raise MalformedContent(f"is not {codec.name.upper()}") from None
