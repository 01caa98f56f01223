"""Media types that are sequences: JSON texts one after the other, server-sent events."""

import re
from collections.abc import Mapping
from typing import Any

from accord.document import Document, pointers
from accord.errors import ContractError
from accord.exchange.json_text import MalformedJson, read_json
from accord.mocking.texts import plain, to_json

EVENTS = "text/event-stream"
_TEXTS: Mapping[str, tuple[bytes, bytes]] = {
    "application/jsonl": (b"", b"\n"),
    "application/x-ndjson": (b"", b"\n"),
    "application/ndjson": (b"", b"\n"),
    "application/x-jsonlines": (b"", b"\n"),
    "application/json-seq": (b"\x1e", b"\n"),
    "application/geo+json-seq": (b"\x1e", b"\n"),
}
"""Sequences of JSON texts, with what stands before and after each (RFC 7464, and custom)."""
SEQUENCES = frozenset((EVENTS, *_TEXTS))

_FIELDS = ("event", "id", "retry", "data")
_WRITTEN = re.compile(r"(?:data|event|id|retry)?:|(?:data|event|id|retry)[\r\n]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_EVENT_END = re.compile(r"(?<=\r\n\r\n)|(?<=\n\n)|(?<=\r\r)")
_MOST_KINDS = 8


def write_sequence(value: Any, essence: str) -> tuple[bytes, ...]:
    """The items of a value, each as it is sent. A text may be the whole of them as written already."""
    if essence == EVENTS:
        if isinstance(value, str) and _WRITTEN.match(value):
            return _written_events(value)
        return tuple(_event(item) for item in _items(value))
    before, after = _TEXTS[essence]
    if isinstance(value, str) and (written := _written_texts(value, before.decode())):
        return tuple(before + text.encode() + after for text in written)
    return tuple(before + to_json(item) + after for item in _items(value))


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _written_events(text: str) -> tuple[bytes, ...]:
    """The events of a text, the last one ended: a page never sees one that is not."""
    events = [part for part in _EVENT_END.split(text) if part]
    end = "\n" if events[-1].endswith(("\n", "\r")) else "\n\n"
    if not _EVENT_END.search(events[-1]):
        events[-1] += end
    return tuple(event.encode("utf-8", "replace") for event in events)


def _written_texts(text: str, before: str) -> list[str]:
    """The JSON texts of a text that is made of these; none where it is a value itself."""
    parts = [part.strip() for part in text.split(before or "\n")]
    written = [part for part in parts if part]
    try:
        for part in written:
            read_json(part.encode())
    except (MalformedJson, UnicodeEncodeError):
        return []
    return written


def _event(item: Any) -> bytes:
    """An item as one event: its fields where it has an event's, else as the data of one."""
    lines: list[str] = []
    for name in _FIELDS if _is_event(item) else ():
        value = item.get(name)
        if name == "data" and value is not None:
            lines += _data(value)
        elif value is not None and (name != "retry" or plain(value).isdecimal()):
            lines.append(f"{name}: {_LINE_END.sub(' ', plain(value))}")
    lines = lines if _is_event(item) else _data(item)
    return ("\n".join(lines) + "\n\n").encode("utf-8", "replace")


def _is_event(item: Any) -> bool:
    """Is it an event by its fields (OAS 3.2 section 4.14.4), and not what an event has as data?"""
    return isinstance(item, dict) and ("data" in item or "event" in item) and item.keys() <= set(_FIELDS)


def _data(value: Any) -> list[str]:
    return [f"data: {line}" for line in _LINE_END.split(plain(value))]


def kinds_of(document: Document, pointer: str) -> list[str]:
    """The pointers of the schemas of which an item keeps one, as a stream has several kinds of events.

    Only of a schema that says nothing else; of many kinds the first ones.
    """
    try:
        pointer, raw = document.resolve(pointer)
    except (LookupError, ValueError, ContractError):
        return []
    for keyword in ("oneOf", "anyOf"):
        branches = raw.get(keyword) if isinstance(raw, dict) else None
        if isinstance(branches, list):
            return [pointers.join(pointer, keyword, at) for at in range(len(branches))][:_MOST_KINDS]
    return []
