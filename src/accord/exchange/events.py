"""Server-sent events: reading a body of them, each as what its schema is of (OAS 3.2 section 4.14.4)."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from accord.exchange.json_text import MalformedJson, read_json
from accord.exchange.media_types import ParsedType
from accord.exchange.texts import text_of

EVENT_STREAM = "text/event-stream"
_LINE_END = re.compile(r"\r\n|\r|\n")


def event_reader(sent: ParsedType, is_valid: Callable[[Any], bool]) -> Callable[[bytes], list[Any]]:
    """What reads a body to its events.

    A schema may be of the event with its fields, as OpenAPI has it, of the event with what its data say as
    JSON, or of these data alone, as many contracts have it: each event is read as the first of these that
    is valid, else as the data alone where it has nothing else.
    """
    return lambda body: [_meant(event, is_valid) for event in _events(text_of(body, sent))]


def _events(text: str) -> Iterator[dict[str, Any]]:
    """The events of a text, in their fields. Comments, unknown fields and an event without end are none."""
    fields: dict[str, Any] = {}
    for line in _LINE_END.split(text.removeprefix("\ufeff"))[:-1]:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if not line:
            if fields:
                yield fields
            fields = {}
        elif name == "data":
            fields["data"] = f"{fields['data']}\n{value}" if "data" in fields else value
        elif name == "retry" and value.isascii() and value.isdecimal():
            fields["retry"] = int(value)
        elif name == "event" or (name == "id" and "\0" not in value):
            fields[name] = value


def _meant(event: dict[str, Any], is_valid: Callable[[Any], bool]) -> Any:
    """What an event is meant as."""
    if "data" not in event:
        return event
    text = event["data"]
    try:
        data = read_json(text.encode())
    except (MalformedJson, UnicodeEncodeError):
        data = text
    forms = (event, event | {"data": data}, data, text)
    return next((form for form in forms if is_valid(form)), data if len(event) == 1 else event)
