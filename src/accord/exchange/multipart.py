"""`multipart/form-data` bodies (RFC 7578), each part by its schema and encoding (OAS 3.1 section 4.8.15)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from accord.document import pointers
from accord.exchange.forms import part_value
from accord.exchange.malformed import MalformedContent
from accord.exchange.media_types import ParsedType, most_specific, parse_media_type
from accord.exchange.shapes import Shape
from accord.exchange.styles import MalformedValue
from accord.exchange.texts import text_of

_MOST_PARTS = 1_000
_PLAIN = ParsedType("text/plain")


class FilePart(bytes):
    """A part that is a file: its bytes, with `filename` and `content_type` as they were sent."""

    filename: str
    content_type: str

    def __new__(cls, content: bytes, filename: str = "", content_type: str = "") -> Self:
        part = super().__new__(cls, content)
        part.filename = filename
        part.content_type = content_type
        return part


@dataclass(slots=True)
class _Part:
    """One part as it came."""

    headers: dict[str, str] = field(default_factory=dict)
    content: bytearray = field(default_factory=bytearray)

    def disposition(self) -> tuple[str, str | None]:
        """The name of the form's field, and the file's name where it has one."""
        from python_multipart.multipart import parse_options_header  # noqa: PLC0415 - few start with a form

        kind, options = parse_options_header(self.headers.get("content-disposition", ""))
        if kind != b"form-data" or b"name" not in options:
            raise MalformedContent("has a part without 'Content-Disposition: form-data; name=\"…\"'")
        filename = options.get(b"filename")
        return _text(options[b"name"]), None if filename is None else _text(filename)


def _text(name: bytes) -> str:
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name.decode("latin-1")


def multipart_reader(encoding: Mapping[str, Any], sent: ParsedType, shape: Shape) -> Callable[[bytes], Any]:
    """What reads a multipart body to an object: files as FilePart, the other parts by their schemas."""
    boundary = sent.parameters.get("boundary", "")

    def read(body: bytes) -> dict[str, Any]:
        named: dict[str, list[tuple[_Part, str | None]]] = {}
        for part in _parts(body, boundary):
            name, filename = part.disposition()
            named.setdefault(name, []).append((part, filename))
        return {name: _property(name, parts, encoding, shape.property(name)) for name, parts in named.items()}

    return read


def _parts(body: bytes, boundary: str) -> list[_Part]:
    """The parts of a body. Raises MalformedContent."""
    from python_multipart import MultipartParser  # noqa: PLC0415 - few start with a form
    from python_multipart.exceptions import FormParserError  # noqa: PLC0415

    if not boundary:
        raise MalformedContent("has no boundary in its Content-Type")
    reader = _Reader()
    try:
        parser = MultipartParser(boundary.encode("latin-1", "replace"), reader.callbacks())
        parser.write(body)
        parser.finalize()
    except (FormParserError, ValueError) as error:
        raise MalformedContent(f"is not multipart as its boundary says: {str(error)[:120]}") from None
    if not reader.ended:
        raise MalformedContent("ends before the last boundary")
    return reader.parts


class _Reader:
    """Gathers what python-multipart calls back with."""

    def __init__(self) -> None:
        self.parts: list[_Part] = []
        self.ended = False
        self._name = b""
        self._value = b""

    def callbacks(self) -> Any:
        return {
            "on_part_begin": self._begin,
            "on_part_data": lambda data, start, end: self.parts[-1].content.extend(data[start:end]),
            "on_header_begin": self._begin_header,
            "on_header_field": self._field,
            "on_header_value": self._gather,
            "on_header_end": self._end_header,
            "on_end": self._end,
        }

    def _begin(self) -> None:
        if len(self.parts) >= _MOST_PARTS:
            raise MalformedContent(f"has more than {_MOST_PARTS} parts")
        self.parts.append(_Part())

    def _begin_header(self) -> None:
        self._name = self._value = b""

    def _field(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _gather(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _end_header(self) -> None:
        self.parts[-1].headers[self._name.decode("latin-1").lower()] = self._value.decode("latin-1")

    def _end(self) -> None:
        self.ended = True


def _property(
    name: str, parts: Sequence[tuple[_Part, str | None]], encoding: Mapping[str, Any], shape: Shape
) -> Any:
    stated = encoding.get(name)
    allowed = stated.get("contentType") if isinstance(stated, dict) else None
    scalar = shape.types - {"array", "null"}
    listed = "array" in shape.types and (not scalar or len(parts) > 1)
    at = pointers.join("", name)
    try:
        if listed:
            return [_value(part, filename, allowed, shape.items) for part, filename in parts]
        _refuse_several(parts, shape)
        values = [_value(part, filename, allowed, shape) for part, filename in parts]
    except (MalformedValue, MalformedContent) as error:
        raise MalformedContent(str(error), at) from None
    return values[0] if len(values) == 1 else values


def _refuse_several(parts: Sequence[tuple[_Part, str | None]], shape: Shape) -> None:
    if len(parts) > 1 and shape.types:
        raise MalformedValue("is given more than once")


def _value(part: _Part, filename: str | None, allowed: object, shape: Shape) -> Any:
    header = part.headers.get("content-type")
    sent = parse_media_type(header) if header else None
    if header and sent is None:
        raise MalformedValue(f"has the Content-Type {header[:60]!r}, which is no media type")
    if sent and isinstance(allowed, str) and most_specific(sent, allowed.split(",")) is None:
        raise MalformedValue(f"is {sent.essence}; the contract takes {allowed}")
    content = bytes(part.content)
    is_json = sent is not None and sent.is_json
    if (filename is not None and not is_json) or _is_binary(sent, shape):
        return FilePart(content, filename or "", header or "")
    return part_value(text_of(content, sent or _PLAIN), shape, is_json=is_json)


def _is_binary(sent: ParsedType | None, shape: Shape) -> bool:
    """Is it bytes? Where its type says so, and where the schema says that it is no text."""
    if sent is not None:
        return not (sent.is_text or sent.is_json)
    return shape.is_binary
