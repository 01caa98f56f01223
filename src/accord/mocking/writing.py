"""Values as the bytes of a media type: JSON and sequences of it, forms, text, CSV, XML, binary."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

import orjson

from accord.contract import MediaType
from accord.exchange import ParsedType, parse_media_type
from accord.mocking.binaries import binary_of
from accord.mocking.markup import to_xml

BOUNDARY = "accord-mock-7d1f0c"
SEQUENCES: Mapping[str, tuple[bytes, bytes]] = {
    "application/jsonl": (b"", b"\n"),
    "application/x-ndjson": (b"", b"\n"),
    "application/ndjson": (b"", b"\n"),
    "application/x-jsonlines": (b"", b"\n"),
    "application/json-seq": (b"\x1e", b"\n"),
    "application/geo+json-seq": (b"\x1e", b"\n"),
    "text/event-stream": (b"data: ", b"\n\n"),
}
"""Media types that are sequences, with what stands before and after each text of theirs."""


def write_body(value: Any, media_type: MediaType, content_type: str) -> bytes:
    """The value as the body of a message of this type. A text may be the whole body already."""
    parsed = parse_media_type(content_type) or ParsedType(media_type.essence)
    if (known := binary_of(parsed.essence)) is not None:
        return known
    if parsed.essence in SEQUENCES:
        return _sequence(value, *SEQUENCES[parsed.essence])
    if parsed.is_json:
        return to_json(value)
    if parsed.essence == "application/x-www-form-urlencoded":
        return _form(value, media_type).encode()
    if parsed.essence == "multipart/form-data":
        return _multipart(value, media_type)
    return _in_charset(_text(value, media_type, parsed), parsed)


def content_type_of(content_type: str) -> str:
    """The Content-Type to send: of a form of several parts with the boundary that it is written with."""
    is_multipart = content_type.strip().lower() == "multipart/form-data"
    return f"multipart/form-data; boundary={BOUNDARY}" if is_multipart else content_type


def to_json(value: Any) -> bytes:
    """The value as JSON, integers of any size included."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, ensure_ascii=True).encode()


def _sequence(value: Any, before: bytes, after: bytes) -> bytes:
    if isinstance(value, str) and before == b"data: ":
        return _event(value)
    items = value if isinstance(value, list) else [value]
    return b"".join(before + to_json(item) + after for item in items)


def _event(text: str) -> bytes:
    """A text as one server-sent event, unless the author wrote events already."""
    if text.startswith(("data:", "event:", "id:", "retry:", ":")):
        return text.encode()
    return "".join(f"data: {line}\n" for line in text.splitlines() or [""]).encode() + b"\n"


def _text(value: Any, media_type: MediaType, parsed: ParsedType) -> str:
    """The value as text: itself where it is one, else as its type writes structures."""
    if isinstance(value, str):
        return value
    if parsed.essence in ("application/xml", "text/xml") or parsed.essence.endswith("+xml"):
        return to_xml(value, media_type)
    if parsed.essence == "text/csv":
        return _csv(value)
    return to_json(value).decode()


def _in_charset(text: str, parsed: ParsedType) -> bytes:
    """The text in the charset of its type, UTF-8 where that is none; bytes where it is no text at all."""
    if not parsed.is_text and all(ord(letter) < _BYTES for letter in text):
        return text.encode("latin-1")
    try:
        return text.encode(parsed.charset or "utf-8")
    except (LookupError, UnicodeError):
        return text.encode("utf-8", "replace")


_BYTES = 256


def _csv(value: Any) -> str:
    """Rows of objects with their names first, rows of arrays, or one column (RFC 4180)."""
    rows = value if isinstance(value, list) else [value]
    out = io.StringIO()
    writer = csv.writer(out)
    names = list(dict.fromkeys(name for row in rows if isinstance(row, dict) for name in row))
    if names:
        writer.writerow(names)
    for row in rows:
        if isinstance(row, dict):
            writer.writerow([plain(row.get(name, "")) for name in names])
        else:
            writer.writerow([plain(cell) for cell in (row if isinstance(row, list) else [row])])
    return out.getvalue()


def plain(value: Any) -> str:
    """A scalar as it stands in text; anything else as JSON."""
    if isinstance(value, str):
        return value
    return "" if value is None else to_json(value).decode()


def _form(value: Any, media_type: MediaType) -> str:
    """A form, each property in its style (OAS 3.1 section 4.8.15); objects as JSON where none is given."""
    if not isinstance(value, dict):
        return plain(value)
    pairs: list[tuple[str, str]] = []
    for name, held in value.items():
        pairs += _fields(name, held, media_type.encoding.get(name))
    return urlencode(pairs, quote_via=quote)


def _fields(name: str, held: Any, encoding: Any) -> list[tuple[str, str]]:
    stated = encoding if isinstance(encoding, dict) else {}
    style = str(stated.get("style") or "form")
    if isinstance(held, dict) and style == "deepObject":
        return list(_deep(name, held))
    if isinstance(held, list) and "contentType" not in stated:
        if stated.get("explode", style == "form"):
            return [(name, plain(item)) for item in held]
        delimiter = {"spaceDelimited": " ", "pipeDelimited": "|"}.get(style, ",")
        return [(name, delimiter.join(plain(item) for item in held))]
    return [(name, plain(held))]


def _deep(name: str, held: Any) -> Iterator[tuple[str, str]]:
    """`name[key][inner]=value`; of an array `name[key][]=value` or `name[key][0][inner]=value`."""
    if isinstance(held, dict):
        for key, child in held.items():
            yield from _deep(f"{name}[{key}]", child)
    elif isinstance(held, list):
        for at, item in enumerate(held):
            yield from _deep(f"{name}[{at if isinstance(item, dict | list) else ''}]", item)
    else:
        yield name, plain(held)


def _multipart(value: Any, media_type: MediaType) -> bytes:
    """A form of several parts (RFC 7578). Bytes and what is encoded as no text go as files."""
    fields = value if isinstance(value, dict) else {"value": value}
    parts = b""
    for name, held in fields.items():
        for item in held if isinstance(held, list) else [held]:
            parts += b"--%s\r\n%s\r\n" % (BOUNDARY.encode(), _part(name, item, media_type.encoding.get(name)))
    return parts + b"--%s--\r\n" % BOUNDARY.encode()


def _part(name: str, held: Any, encoding: Any) -> bytes:
    stated = encoding.get("contentType") if isinstance(encoding, dict) else None
    kind = str(stated).partition(",")[0].strip() if isinstance(stated, str) and "*" not in str(stated) else ""
    parsed = parse_media_type(kind) if kind else None
    if not kind and isinstance(held, dict | list):
        kind, parsed = "application/json", ParsedType("application/json")
    is_file = parsed is not None and not parsed.is_text and not parsed.is_json
    content = binary_of(parsed.essence) if parsed else None
    if content is None:
        content = to_json(held) if parsed and parsed.is_json else plain(held).encode()
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    head = f'Content-Disposition: form-data; name="{quoted}"' + ('; filename="file"' if is_file else "")
    return f"{head}\r\n{f'Content-Type: {kind}' + chr(13) + chr(10) if kind else ''}\r\n".encode() + content
