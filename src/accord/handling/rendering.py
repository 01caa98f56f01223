"""From a handler's typed answer to bytes: its media type, its headers, its body."""

import dataclasses
import json
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias
from urllib.parse import quote, urlencode

import pydantic_core
from pydantic import BaseModel

from accord.contract import Operation
from accord.exchange import negotiate, parse_media_type
from accord.handling.answers import Answer, header_value

Pairs: TypeAlias = list[tuple[bytes, bytes]]


Writing: TypeAlias = tuple[bytes, Callable[[Any], bytes]]
_EACH_TIME: Writing = (b"", bytes)
"""That the media type of a class of answers is found anew for each."""


class UnanswerableType(TypeError):
    """A handler answered with a value that cannot be written in the media type it documented."""


class Renderer:
    """Writes the answers of one operation. What a class of answers needs is found once, and kept."""

    def __init__(self, operation: Operation) -> None:
        self._operation = operation
        self._plans: dict[type[Any], Writing] = {}
        self._headers: dict[type[Any], tuple[tuple[str, bytes], ...]] = {}
        self._types: dict[int, tuple[str, ...]] = {}
        self._written: dict[str, tuple[bytes, Callable[[Any], bytes]]] = {}

    def __call__(self, reply: Any, accept: str | None) -> Answer:
        """The answer. `accept` is None where the request takes anything."""
        kind = type(reply)
        plan = self._plans.get(kind)
        if plan is None:
            plan = self._plans[kind] = self._plan(reply)
        if plan is not _EACH_TIME and not isinstance(reply.body, bytes):
            media_type, write = plan
            return Answer(reply.status, [(b"content-type", media_type)], write(reply.body))
        return self._written_out(reply, accept)

    def _plan(self, reply: Any) -> Writing:
        """The media type and its writer where a class of answers has one and no header; else each time."""
        fixed = dataclasses.is_dataclass(reply) and "status" not in {
            each.name for each in dataclasses.fields(reply)
        }
        offered = self._offered(reply.status)
        if fixed and hasattr(reply, "body") and len(offered) == 1 and not any(_header_fields(reply)):
            return _writing(offered[0])
        return _EACH_TIME

    def _written_out(self, reply: Any, accept: str | None) -> Answer:
        headers = self._header_pairs(reply)
        status = reply.status
        body = getattr(reply, "body", None)
        offered = self._offered(status)
        if body is None and not offered:
            return Answer(status, headers, b"")
        chosen = getattr(reply, "media_type", None) or _chosen(offered, accept)
        media_type, write = self._writer(chosen, body)
        headers.append((b"content-type", media_type))
        return Answer(status, headers, write(body))

    def _header_pairs(self, reply: Any) -> Pairs:
        named = self._headers.get(type(reply))
        if named is None:
            named = self._headers[type(reply)] = tuple(_header_fields(reply))
        pairs = []
        for attribute, name in named:
            value = getattr(reply, attribute)
            if value is not None:
                pairs.append((name, _header(name, value)))
        return pairs

    def _offered(self, status: int) -> tuple[str, ...]:
        offered = self._types.get(status)
        if offered is None:
            response = self._operation.response(status)
            offered = self._types[status] = tuple(response.content) if response else ()
        return offered

    def _writer(self, media_type: str, body: Any) -> tuple[bytes, Callable[[Any], bytes]]:
        known = self._written.get(media_type)
        if known is None:
            known = self._written[media_type] = _writing(media_type)
        return (known[0], _raw) if isinstance(body, bytes) else known


def success_types(operation: Operation) -> tuple[str, ...]:
    """The media types that an operation answers with when all is well, in the document's order."""
    found = [
        media_type
        for status, response in operation.responses.items()
        if status.startswith("2") or (status == "default" and not _has_success(operation))
        for media_type in response.content
    ]
    return tuple(dict.fromkeys(found))


def _has_success(operation: Operation) -> bool:
    return any(status.startswith("2") for status in operation.responses)


def _chosen(offered: tuple[str, ...], accept: str | None) -> str:
    if len(offered) > 1 and accept is not None:
        return negotiate(accept, offered) or offered[0]
    return offered[0] if offered else "application/json"


def _writing(media_type: str) -> tuple[bytes, Callable[[Any], bytes]]:
    parsed = parse_media_type(media_type)
    essence = parsed.essence if parsed else "application/octet-stream"
    if "*" in essence:
        concrete = {"text/*": "text/plain", "*/*": "application/json"}.get(
            essence, "application/octet-stream"
        )
        return _writing(concrete)
    if parsed is not None and parsed.is_json:
        return media_type.encode(), write_json
    if essence == "application/x-www-form-urlencoded":
        return essence.encode(), _form
    if parsed is not None and parsed.is_text and parsed.charset is None:
        return f"{media_type}; charset=utf-8".encode(), _text
    return media_type.encode(), _text


def write_json(value: Any) -> bytes:
    """The value as JSON. A field that was never set and has no default is left out."""
    if isinstance(value, BaseModel):
        return value.__pydantic_serializer__.to_json(value, by_alias=True, warnings=False)
    return pydantic_core.to_json(value, by_alias=True, inf_nan_mode="constants")


def _text(value: Any) -> bytes:
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    if isinstance(value, BaseModel) and isinstance(root := getattr(value, "root", None), str | bytes):
        return root if isinstance(root, bytes) else root.encode()
    raise UnanswerableType(f"{type(value).__name__} is answered where text or bytes are documented")


def _raw(value: bytes) -> bytes:
    return value


def _form(value: Any) -> bytes:
    fields = json.loads(write_json(value)) if not isinstance(value, str) else value
    return (fields if isinstance(fields, str) else urlencode(fields, doseq=True)).encode()


def _header_fields(reply: Any) -> Iterator[tuple[str, bytes]]:
    for field in dataclasses.fields(reply):
        if field.metadata.get("in") == "header" and field.name not in _SET_BY_SERVER:
            yield field.name, str(field.metadata["name"]).lower().encode("latin-1")


_SET_BY_SERVER = frozenset({"x_request_id", "content_length", "date"})

_REFERENCES = frozenset({b"location", b"content-location"})


def _header(name: bytes, value: Any) -> bytes:
    """The value in style `simple` (OAS 3.1 section 4.8.21); references percent-encoded."""
    if name in _REFERENCES:
        return quote(str(value), safe="/:?#[]@!$&'()*+,;=%~-._").encode()
    return header_value(_simple(value))


def _simple(value: Any) -> str:
    plain = pydantic_core.to_jsonable_python(value, by_alias=True)
    if isinstance(plain, list):
        return ",".join(_simple(entry) for entry in plain)
    if isinstance(plain, dict):
        return ",".join(f"{key},{_simple(entry)}" for key, entry in plain.items())
    return plain if isinstance(plain, str) else json.dumps(plain)
