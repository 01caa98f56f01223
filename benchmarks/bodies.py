"""Bodies and headers as values, read by the standard library: what is none of its type is Broken."""

import gzip
import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from email.message import Message
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qsl

import yaml

_MAGIC: Mapping[str, tuple[bytes, ...]] = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/jpg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/webp": (b"RIFF",),
    "image/tiff": (b"II*\0", b"MM\0*"),
    "image/bmp": (b"BM",),
    "application/pdf": (b"%PDF-",),
    "application/zip": (b"PK\3\4", b"PK\5\6"),
    "application/x-zip-compressed": (b"PK\3\4", b"PK\5\6"),
    "application/gzip": (b"\x1f\x8b",),
    "application/x-gzip": (b"\x1f\x8b",),
    "audio/mpeg": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    "audio/wav": (b"RIFF",),
    "video/mp4": (b"\0\0\0",),
}


class Broken(Exception):
    """An answer breaks the document; says how."""


def judge_magic(essence: str, body: bytes) -> None:
    """Raises Broken where a binary body does not start as its type does, or cannot be unpacked."""
    if essence in _MAGIC and not body.startswith(_MAGIC[essence]):
        raise Broken(f"starts with {body[:8]!r}, which is no {essence}")
    try:
        if essence in ("application/zip", "application/x-zip-compressed"):
            zipfile.ZipFile(io.BytesIO(body)).testzip()
        elif essence in ("application/gzip", "application/x-gzip"):
            gzip.decompress(body)
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise Broken(f"is no {essence}: {error}") from None


def matching_key(written: str, content: Mapping[str, Any]) -> str | None:
    """The most specific key of a `content` map that a Content-Type is of."""
    sent = Message()
    sent["content-type"] = written
    best: tuple[int, str] | None = None
    for key in content:
        asked = Message()
        asked["content-type"] = key
        essence = key.partition(";")[0].strip().lower()
        kind, _, subtype = essence.partition("/")
        if subtype != "*" and essence != sent.get_content_type():
            continue
        if kind not in ("*", sent.get_content_maintype()):
            continue
        stated = [(name, value) for name, value in asked.get_params([])[1:] if name != "charset"]
        if any(sent.get_param(name) != value for name, value in stated):
            continue
        rank = 2 * (kind != "*") + 2 * (subtype != "*") + bool(stated)
        if best is None or rank > best[0]:
            best = (rank, key)
    return best[1] if best else None


def read_json(body: bytes) -> Any:
    """The value of a JSON text, as RFC 8259 has it."""
    try:
        return json.loads(body.decode(), parse_constant=_no_json, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        raise Broken(f"is no JSON: {error}") from None


def _no_json(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    twice = [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]
    if twice:
        raise ValueError(f"{twice[0]!r} stands twice in an object")
    return dict(pairs)


def as_json(text: str) -> list[Any]:
    """The value that a text is the JSON of, in a list; none where it is none."""
    try:
        return [json.loads(text)]
    except ValueError:
        return []


def read_yaml(body: bytes) -> Any:
    """The value of a YAML text."""
    try:
        return yaml.safe_load(body)
    except yaml.YAMLError as error:
        raise Broken(f"is no YAML: {error}") from None


def read_lines(body: bytes) -> Iterator[Any]:
    """The value of each JSON text of a sequence."""
    return (read_json(line) for line in body.replace(b"\x1e", b"").splitlines() if line.strip())


def read_events(body: bytes) -> list[dict[str, str]]:
    """The fields of each event of a stream, as the HTML standard reads it."""
    if not body.endswith((b"\n\n", b"\r\n\r\n")):
        raise Broken("its last event does not end")
    found = []
    for block in body.decode().replace("\r\n", "\n").strip("\n").split("\n\n"):
        event: dict[str, str] = {}
        for line in block.split("\n"):
            name, colon, value = line.partition(":")
            if colon and not name:
                continue
            if name not in ("data", "event", "id", "retry"):
                raise Broken(f"{line[:80]!r} is no line of an event stream")
            value = value.removeprefix(" ")
            event[name] = f"{event[name]}\n{value}" if name in event else value
        found.append(event)
    return found


def form_names(body: bytes) -> set[str]:
    """The names of the fields of a form."""
    if not body:
        return set()
    try:
        return {
            name for name, _ in parse_qsl(body.decode("ascii"), keep_blank_values=True, strict_parsing=True)
        }
    except ValueError as error:
        raise Broken(f"is no form: {error}") from None


def part_names(body: bytes, kind: Message) -> set[str]:
    """The names of the parts of a body in several."""
    if kind.get_boundary() is None:
        raise Broken("its Content-Type has no boundary")
    head = f"Content-Type: {kind['content-type']}\r\n\r\n".encode()
    message = BytesParser().parsebytes(head + body)
    if not message.is_multipart() or message.defects:
        raise Broken(f"has no parts: {message.defects}")
    parts = [part for part in message.get_payload() if isinstance(part, Message)]
    return {str(part.get_param("name", header="content-disposition")) for part in parts}


def meant_by(text: str, *, explode: bool) -> Iterator[Any]:
    """The values that a header's text may stand for: itself, JSON's scalar, a list, an object (RFC 6570)."""
    readers: tuple[Callable[[str], list[Any]], ...] = (lambda each: [each], as_json)
    for read in readers:
        yield from read(text)
    parts = [part.strip() for part in text.split(",")]
    for read in readers:
        items = [item for part in parts for item in read(part)]
        if len(items) == len(parts):
            yield items
    pairs = (
        [part.partition("=")[::2] for part in parts]
        if explode
        else list(zip(parts[::2], parts[1::2], strict=False))
    )
    yield dict(pairs)
    yield {key: next(iter(as_json(value)), value) for key, value in pairs}
