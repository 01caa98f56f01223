"""The content of a message, by its media type: reading it, and judging what was read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from accord.contract import MediaType
from accord.exchange.coercion import scalar_reader
from accord.exchange.events import EVENT_STREAM, event_reader
from accord.exchange.forms import form_reader
from accord.exchange.json_text import MalformedJson, read_json
from accord.exchange.malformed import MalformedContent
from accord.exchange.media_types import ParsedType, most_specific, parse_media_type
from accord.exchange.model import ABSENT, Kind, Policy, Violation
from accord.exchange.multipart import multipart_reader
from accord.exchange.shapes import Shape, shape_of
from accord.exchange.texts import json_in_utf8, text_of
from accord.exchange.yaml_text import yaml_reader
from accord.schemas import Direction, Schemas, Validator

Read = Callable[[bytes], Any]
_MOST_REMEMBERED = 64
_SEQUENCES: Mapping[str, bytes] = {
    "application/jsonl": b"\n",
    "application/x-ndjson": b"\n",
    "application/ndjson": b"\n",
    "application/x-jsonlines": b"\n",
    "application/json-seq": b"\x1e",
    "application/geo+json-seq": b"\x1e",
}
"""Media types that are sequences of JSON texts, and what stands between these (RFC 7464 and custom)."""


class Judged(Protocol):
    """How the content of one media type is judged."""

    def judge(self, body: bytes) -> tuple[Any, Sequence[Violation]]:
        """The value of the bytes, and everything that is wrong with it; ABSENT where they cannot be read."""
        ...


@dataclass(frozen=True, slots=True)
class Content:
    """How the content of one media type is read and judged, against one entry of a `content` map.

    `seen` turns what was read into what the validator is shown, where these differ: bytes as text.
    """

    read: Read
    validator: Validator | None
    rule: str
    most: int
    seen: Callable[[Any], Any] | None = None
    item_validator: Validator | None = None

    def judge(self, body: bytes) -> tuple[Any, Sequence[Violation]]:
        """The value of the bytes, and everything that is wrong with it; ABSENT where they cannot be read."""
        try:
            value = self.read(body)
        except MalformedContent as error:
            violation = Violation(Kind.MALFORMED, "body", str(error), self.rule, pointer=error.pointer)
            return ABSENT, (violation,)
        shown = value if self.seen is None else self.seen(value)
        if (self.validator is None or self.validator.is_valid(shown)) and self.item_validator is None:
            return value, ()
        return value, tuple(self._broken(shown))[: self.most]

    def _broken(self, value: Any) -> Iterator[Violation]:
        if self.validator is not None:
            yield from _violations(self.validator, value, "", self.most)
        if self.item_validator is not None:
            for index, item in enumerate(value):
                if not self.item_validator.is_valid(item):
                    yield from _violations(self.item_validator, item, f"/{index}", self.most)


def _violations(validator: Validator, value: Any, at: str, most: int) -> Iterator[Violation]:
    for one in validator.violations(value, most=most):
        yield Violation(
            Kind.INVALID, "body", one.reason, one.rule, None, at + one.pointer, one.expected, one.received
        )


class Contents:
    """The entries of a `content` map, each planned when content of its type first comes."""

    def __init__(
        self, entries: Mapping[str, MediaType], schemas: Schemas, direction: Direction, policy: Policy
    ) -> None:
        self.keys = tuple(entries)
        self._entries = entries
        self._schemas = schemas
        self._direction = direction
        self._policy = policy
        self._remembered: dict[bytes, tuple[str, Judged]] = {}

    def find(self, header: bytes) -> tuple[str, Judged] | None:
        """The key that a Content-Type falls under, and the plan of its content; None where none does."""
        known = self._remembered.get(header)
        if known is not None:
            return known
        sent = parse_media_type(header.decode("latin-1"))
        key = most_specific(sent, self.keys) if sent else None
        if sent is None or key is None:
            return None
        found = key, plan_content(self._entries[key], sent, self._schemas, self._direction, self._policy)
        if len(self._remembered) < _MOST_REMEMBERED:
            self._remembered[header] = found
        return found

    def prepare(self) -> None:
        """Plan the content of each key now."""
        for key in self.keys:
            self.find(key.encode("latin-1", "replace"))


def plan_content(
    media_type: MediaType, sent: ParsedType, schemas: Schemas, direction: Direction, policy: Policy
) -> Judged:
    """The plan for content of the type that was sent, under one entry of a `content` map."""
    pointer = media_type.schema
    shape = shape_of(media_type.document, pointer)
    validator = None if pointer is None else schemas.at(pointer, direction)
    planned = partial(Content, rule=media_type.pointer, most=policy.most)
    is_stream = sent.essence == EVENT_STREAM and media_type.item_schema is not None
    if is_stream or sent.essence in _SEQUENCES:
        items = _item_pointer(media_type, shape)
        item_validator = None if items is None else schemas.at(items, direction)
        return planned(
            _sequence_reader(sent, policy, item_validator),
            None if is_stream or (items is not None and items == pointer) else validator,
            item_validator=item_validator,
        )
    if sent.is_json:
        return planned(partial(_read_json, sent, policy.deepest), validator)
    if sent.essence == "application/x-www-form-urlencoded":
        return planned(form_reader(media_type.encoding, sent, shape), validator)
    if sent.essence == "multipart/form-data":
        return planned(multipart_reader(media_type.encoding, sent, shape), validator, seen=_shown)
    if sent.is_text:
        return _plan_text(media_type, sent, shape, validator, policy)
    return planned(bytes, validator if _is_text(shape) else None, seen=_shown)


def _plan_text(
    media_type: MediaType, sent: ParsedType, shape: Shape, validator: Validator | None, policy: Policy
) -> Judged:
    """The plan for text, and for what text in XML or YAML stands for where the schema speaks of that."""
    planned = partial(Content, rule=media_type.pointer, most=policy.most)
    if validator is not None and shape.types and sent.is_xml:
        from accord.exchange.xml_content import xml_content  # noqa: PLC0415 - few contracts need it

        return xml_content(sent, shape, validator, media_type.pointer, policy)
    if sent.is_yaml and not shape.types <= {"string", "null"}:
        return planned(yaml_reader(sent, policy.deepest), validator)
    return planned(_text_reader(sent, shape), validator if _is_text(shape) else None)


def _item_pointer(media_type: MediaType, shape: Shape) -> str | None:
    """The schema of each text of a sequence: `itemSchema`, or a schema that allows no array."""
    if media_type.item_schema is not None:
        return media_type.item_schema
    return media_type.schema if shape.types and "array" not in shape.types else None


def _sequence_reader(sent: ParsedType, policy: Policy, item_validator: Validator | None) -> Read:
    if sent.essence == EVENT_STREAM and item_validator is not None:
        return event_reader(sent, item_validator.is_valid)
    return partial(_read_sequence, _SEQUENCES[sent.essence], sent, policy.deepest)


def _read_json(sent: ParsedType, deepest: int, body: bytes) -> Any:
    try:
        return read_json(json_in_utf8(body, sent) if sent.parameters else body, deepest=deepest)
    except MalformedJson as error:
        raise MalformedContent(f"is not JSON that can be read: {error}") from None


def _read_sequence(separator: bytes, sent: ParsedType, deepest: int, body: bytes) -> list[Any]:
    return [_read_json(sent, deepest, part) for part in body.split(separator) if part.strip()]


def _is_text(shape: Shape) -> bool:
    """Does the schema speak of text? That of an object says what text in another format stands for."""
    return not shape.types or bool(shape.types - {"array", "object", "null"})


def _text_reader(sent: ParsedType, shape: Shape) -> Read:
    convert = scalar_reader(shape.types)
    return lambda body: convert(text_of(body, sent))


def _shown(value: Any) -> Any:
    """The value with bytes as text of the same length, which is all that a schema can say of them."""
    if isinstance(value, bytes):
        return value.decode("latin-1")
    if isinstance(value, dict):
        return {name: _shown(child) for name, child in value.items()}
    return [_shown(child) for child in value] if isinstance(value, list) else value
