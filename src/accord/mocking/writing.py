"""Values as the bytes of a media type: JSON and sequences of it, forms, text, CSV, XML, binary."""

import csv
import io
from base64 import b64encode
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from accord.contract import MediaType
from accord.exchange import ParsedType, parse_media_type
from accord.mocking.binaries import binary_of
from accord.mocking.sequences import SEQUENCES, write_sequence
from accord.mocking.texts import plain, to_json

BOUNDARY = "accord-mock-7d1f0c"
_BYTES = 256
JSON = "application/json"


def write(value: Any, media_type: MediaType, content_type: str) -> tuple[bytes, tuple[bytes, ...]]:
    """The value as the body of a message of this type, and the parts in which it is sent, one by one.

    There are none where it is sent as a whole. A text may be the whole body already.
    """
    if content_type == JSON:
        return to_json(value), ()
    parsed = parse_media_type(content_type) or ParsedType(media_type.essence)
    parts = _parts(value, media_type, parsed)
    return b"".join(parts) or _body(value, media_type, parsed), parts


def write_body(value: Any, media_type: MediaType, content_type: str) -> bytes:
    """The value as the body of a message of this type, as a whole."""
    return _body(value, media_type, parse_media_type(content_type) or ParsedType(media_type.essence))


def _body(value: Any, media_type: MediaType, parsed: ParsedType) -> bytes:
    if (known := binary_of(parsed.essence)) is not None:
        return b64encode(known) if _is_base64(media_type) else known
    if parsed.is_json:
        return to_json(value)
    if parsed.essence == "application/x-www-form-urlencoded":
        return _form(value, media_type).encode()
    if parsed.essence in SEQUENCES:
        return b"".join(write_sequence(value, parsed.essence))
    if parsed.essence.startswith("multipart/"):
        return b"".join(_multipart(value, media_type, parsed))
    return _in_charset(_text(value, media_type, parsed), parsed)


def _parts(value: Any, media_type: MediaType, parsed: ParsedType) -> tuple[bytes, ...]:
    if parsed.essence in SEQUENCES:
        return write_sequence(value, parsed.essence)
    if parsed.essence.startswith("multipart/") and parsed.essence != "multipart/form-data":
        return _multipart(value, media_type, parsed)
    return ()


def content_type_of(content_type: str) -> str:
    """The Content-Type to send: of a body of several parts with the boundary that it is written with."""
    if not content_type.lstrip().lower().startswith("multipart/"):
        return content_type
    parsed = parse_media_type(content_type)
    if parsed is None or "boundary" in parsed.parameters:
        return content_type
    return f"{content_type.strip()}; boundary={BOUNDARY}"


def _is_base64(media_type: MediaType) -> bool:
    """Does the schema say that the bytes are written as text? (JSON Schema 2020-12, `contentEncoding`)"""
    if media_type.schema is None:
        return False
    _, schema = media_type.document.resolve(media_type.schema)
    return isinstance(schema, dict) and schema.get("contentEncoding") == "base64"


def _text(value: Any, media_type: MediaType, parsed: ParsedType) -> str:
    """The value as text: itself where it is one, else as its type writes structures."""
    if parsed.is_xml and not (isinstance(value, str) and value.lstrip().startswith("<")):
        from accord.mocking.markup import to_xml  # noqa: PLC0415 - its library imports a client of HTTP

        return to_xml(value, media_type)
    if isinstance(value, str):
        return value
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
    if style == "deepObject" and _holds_structure(held):
        return list(_deep(name, held))
    if isinstance(held, list) and "contentType" not in stated:
        if stated.get("explode", style == "form"):
            return [(name, plain(item)) for item in held]
        delimiter = {"spaceDelimited": " ", "pipeDelimited": "|"}.get(style, ",")
        return [(name, delimiter.join(plain(item) for item in held))]
    return [(name, plain(held))]


def _holds_structure(held: Any) -> bool:
    """Is it an object, or an array of what is more than a text?"""
    return isinstance(held, dict) or (
        isinstance(held, list) and any(isinstance(e, dict | list) for e in held)
    )


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


def _multipart(value: Any, media_type: MediaType, parsed: ParsedType) -> tuple[bytes, ...]:
    """The parts of a form (RFC 7578) or of another multipart body, where an array is its parts."""
    is_form = parsed.essence == "multipart/form-data"
    fields = value.items() if isinstance(value, dict) else [("" if not is_form else "value", value)]
    boundary = parsed.parameters.get("boundary", BOUNDARY).encode("latin-1", "replace")
    parts = [
        b"--%s\r\n%s\r\n" % (boundary, _part(name if is_form else "", item, media_type.encoding.get(name)))
        for name, held in fields
        for item in (held if isinstance(held, list) else [held])
    ]
    return (*parts, b"--%s--\r\n" % boundary)


def _part(name: str, held: Any, encoding: Any) -> bytes:
    """One part with its head. In a form bytes and what is encoded as no text go as files."""
    stated = encoding.get("contentType") if isinstance(encoding, dict) else None
    kind = str(stated).partition(",")[0].strip() if isinstance(stated, str) and "*" not in str(stated) else ""
    parsed = parse_media_type(kind) if kind else None
    if not kind and isinstance(held, dict | list):
        kind, parsed = "application/json", ParsedType("application/json")
    content = binary_of(parsed.essence) if parsed else None
    if content is None:
        content = to_json(held) if parsed and parsed.is_json else plain(held).encode()
    lines = [_disposition(name, is_file=parsed is not None and not (parsed.is_text or parsed.is_json))]
    lines += [f"Content-Type: {kind}"] if kind else []
    return "".join(f"{line}\r\n" for line in lines if line).encode() + b"\r\n" + content


def _disposition(name: str, *, is_file: bool) -> str:
    """What says which field of a form a part is; nothing where it is part of no form."""
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'Content-Disposition: form-data; name="{quoted}"' + '; filename="file"' * is_file if name else ""
