"""What was seen of an operation, as files that people read, change and give to the mock."""

import base64
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from accord.contract import Operation
from accord.exchange import parse_media_type
from accord.exchange.bodies import content_type
from accord.exchange.json_text import MalformedJson, read_json
from accord.mocking.mock import Mock
from accord.mocking.model import Request
from accord.mocking.preferences import without_preferences
from accord.mocking.proxying.decoding import decoded
from accord.mocking.proxying.model import Reply
from accord.mocking.proxying.secrets import headers_without, query_without, text_without, without_secrets
from accord.mocking.redacting import Redactor

_FORM = "application/x-www-form-urlencoded"
_ASKED = frozenset(
    {"accept", "accept-language", "content-type", "if-match", "if-none-match", "prefer", "range"}
)
"""The headers of a request that its answer may depend on, beside those of the contract."""
_UNTOLD = frozenset(
    {
        "accord-violations",
        "age",
        "alt-svc",
        "content-encoding",
        "content-length",
        "date",
        "server",
        "sl-violations",
        "vary",
        "via",
    }
)
"""The headers of a response that say nothing of what it holds."""


class Recorder:
    """Writes exchanges into a folder: of each operation and status the first one, or `every` one.

    A file that is there already is never written again, so that nothing is lost that somebody changed.
    """

    def __init__(self, folder: Path, *, every: bool = False) -> None:
        self._folder = folder
        self._every = every

    def record(self, mock: Mock, operation: Operation, request: Request, reply: Reply) -> Path | None:
        """The file that was written; None where there is one already. Raises OSError and Undecodable."""
        name = re.sub(r"[^A-Za-z0-9._-]+", "-", operation.id)[:100].strip("-.") or "operation"
        file, number = self._folder / f"{name}-{reply.status}.yaml", 1
        while file.exists():
            number += 1
            if not self._every:
                return None
            file = self._folder / f"{name}-{reply.status}-{number}.yaml"
        self._folder.mkdir(parents=True, exist_ok=True)
        text = yaml.safe_dump(
            seen(mock, operation, request, reply), sort_keys=False, allow_unicode=True, width=110
        )
        with file.open("x", encoding="utf-8") as sink:
            sink.write(text)
        return file


def seen(mock: Mock, operation: Operation, request: Request, reply: Reply) -> Mapping[str, Any]:
    """An exchange as it is written: without credentials, and with what matters of its headers."""
    redactor = Redactor(mock.secrets, request.headers, request.query)
    known = _ASKED | {each.name.lower() for each in operation.parameters if each.location == "header"}
    asked = {
        "method": request.method,
        "path": redactor.text(request.path),
        "query": _grouped(query_without(redactor.query(without_preferences(request.query)), redactor)),
        "headers": _grouped(pair for pair in headers_without(request.headers, redactor) if pair[0] in known),
        **_body(request.headers, request.body, redactor),
    }
    answered = {
        "status": reply.status,
        "headers": _grouped(
            pair
            for pair in headers_without(reply.headers, redactor)
            if pair[0] not in _UNTOLD and not pair[0].startswith("access-control-")
        ),
        **_body(reply.headers, decoded(reply.headers, reply.body), redactor),
    }
    return {
        "operation": operation.id,
        "request": {name: value for name, value in asked.items() if value != {}},
        "response": {name: value for name, value in answered.items() if value != {}},
    }


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, Any]:
    """The values by their names, several of one name as a list."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def _body(headers: Iterable[tuple[bytes, bytes]], body: bytes, redactor: Redactor) -> Mapping[str, Any]:
    """A body as people read it: JSON as YAML, a form as its fields, text as text, all else as base64."""
    if not body:
        return {}
    sent = parse_media_type((content_type(tuple(headers)) or b"").decode("latin-1"))
    try:
        if sent is not None and sent.is_json:
            return {"body": without_secrets(read_json(body), redactor)}
        text = body.decode()
    except (MalformedJson, UnicodeDecodeError):
        return {"base64": base64.b64encode(body).decode()}
    if sent is not None and sent.essence == _FORM:
        return {"form": _grouped(query_without(text, redactor))}
    return {"body": text_without(text, redactor)}
