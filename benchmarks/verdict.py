"""Answers judged by a document as it is written: status, headers, media type, body.

Nothing of what the mock makes or judges answers with is used: the document is read by pointers, values are
judged by benchmarks/second_opinion.py, and each media type is read by a parser of the standard library.
"""

import gzip
import io
import json
import zipfile
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree as ET

import yaml

from accord.document import pointers
from benchmarks.second_opinion import Opinion

_BODILESS = (204, 205, 304)
_MOST_LINKS = 50
_LINES = ("jsonl", "ndjson", "x-ndjson", "x-jsonlines", "json-seq", "geo+json-seq")
_BASE64 = frozenset({"base64", "byte"})
"""What `format` or `contentEncoding` says of bytes that are written as text."""
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


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered."""

    status: int
    headers: Sequence[tuple[bytes, bytes]]
    body: bytes

    def header(self, name: str) -> str | None:
        """The lines of a header as one list; None where there is none."""
        lines = [value.decode("latin-1") for key, value in self.headers if key.decode("latin-1") == name]
        return ", ".join(lines) if lines else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Judges answers by one document. `opinion` judges the values in them."""

    content: Mapping[str, Any]
    opinion: Opinion

    def operation(self, path: str, method: str) -> str:
        """The pointer of an operation. Raises LookupError."""
        item = self._followed(pointers.join("/paths", path))
        for pointer in (pointers.join(item, method), pointers.join(item, "additionalOperations", method)):
            try:
                return self._followed(pointer)
            except LookupError:
                continue
        raise KeyError(f"{method} {path}")

    def response(self, operation: str, status: int) -> str | None:
        """The pointer of the response that is documented for a status: exact, its range, the default."""
        responses = self._held(operation, "responses")
        for key in (str(status), f"{status // 100}XX", f"{status // 100}xx", "default"):
            if key in responses:
                return self._followed(pointers.join(operation, "responses", key))
        return None

    def statuses(self, operation: str) -> tuple[str, ...]:
        """The statuses that an operation documents, as they are written."""
        return tuple(key for key in self._held(operation, "responses") if not key.startswith("x-"))

    def fault(self, operation: str, answer: Answer, *, is_head: bool) -> str:
        """What is wrong with an answer; nothing where it conforms. Raises Undecided."""
        response = self.response(operation, answer.status)
        if response is None:
            return f"{answer.status} is not documented: {', '.join(self.statuses(operation)) or 'nothing is'}"
        try:
            self._judge_headers(response, answer)
            if is_head or answer.status in _BODILESS:
                _judge_empty(answer, "is to have no body")
            elif not self._held(response, "content"):
                _judge_empty(answer, "has a body, and none is documented")
            else:
                self._judge_body(response, answer)
        except Broken as broken:
            return f"{answer.status} {broken}"
        return ""

    def _followed(self, pointer: str) -> str:
        """Where the references lead that stand at a pointer. Raises LookupError."""
        for _ in range(_MOST_LINKS):
            value = pointers.walk(self.content, pointer)
            reference = value.get("$ref") if isinstance(value, dict) else None
            if not isinstance(reference, str):
                return pointer
            if not reference.startswith("#"):
                raise LookupError(reference)
            pointer = pointers.from_fragment(reference)
        raise LookupError(pointer)

    def _held(self, pointer: str, key: str) -> Mapping[str, Any]:
        value = pointers.walk(self.content, pointer)
        held = value.get(key) if isinstance(value, dict) else None
        return {str(name): child for name, child in held.items()} if isinstance(held, dict) else {}

    def _judge_headers(self, response: str, answer: Answer) -> None:
        for name in self._held(response, "headers"):
            if name.lower() == "content-type":
                continue
            pointer = self._followed(pointers.join(response, "headers", name))
            header = pointers.walk(self.content, pointer)
            text = answer.header(name.lower())
            if text is None:
                if header.get("required") is True:
                    raise Broken(f"the header {name} is missing")
            elif fault := self._fault_of_header(pointer, header, text):
                raise Broken(f"the header {name}: {fault}")

    def _fault_of_header(self, pointer: str, header: Mapping[str, Any], text: str) -> str:
        for media_type in self._held(pointer, "content"):
            at = pointers.join(pointer, "content", media_type)
            return self._fault_of(at, "schema", _json(text.encode()))
        if "schema" not in header:
            return ""
        faults = [
            self.opinion.fault(pointers.join(pointer, "schema"), value)
            for value in _meant(text, explode=header.get("explode") is True)
        ]
        return "" if "" in faults else faults[0]

    def _judge_body(self, response: str, answer: Answer) -> None:
        written = answer.header("content-type")
        if written is None:
            raise Broken("has no Content-Type")
        key = _matching(written, self._held(response, "content"))
        if key is None:
            documented = ", ".join(self._held(response, "content"))
            raise Broken(f"comes as {written}; documented are {documented}")
        kind = Message()
        kind["content-type"] = written
        media_type = self._followed(pointers.join(response, "content", key))
        self._judge_content(media_type, kind, answer.body)

    def _judge_content(self, media_type: str, kind: Message, body: bytes) -> None:
        essence = kind.get_content_type()
        subtype = essence.partition("/")[2]
        if subtype in _LINES:
            self._judge_sequence(media_type, list(_lines(body)))
        elif essence == "text/event-stream":
            self._judge_events(media_type, _events(body))
        elif subtype == "json" or subtype.endswith("+json"):
            self._judge_value(media_type, _json(body))
        elif subtype == "xml" or subtype.endswith("+xml"):
            self._judge_xml(media_type, body)
        elif essence == "application/x-www-form-urlencoded":
            self._judge_names(media_type, _form_names(body))
        elif essence.startswith("multipart/"):
            self._judge_names(media_type, _part_names(body, kind))
        elif subtype in ("yaml", "x-yaml", "vnd.yaml"):
            self._judge_value(media_type, _yaml(body))
        elif essence.startswith("text/"):
            self._judge_text(media_type, body, str(kind.get_param("charset") or "utf-8"))
        else:
            _judge_magic(essence, self._decoded(media_type, body))

    def _decoded(self, media_type: str, body: bytes) -> bytes:
        """The bytes that a body is, where its schema says that they are written as text."""
        if "schema" not in pointers.walk(self.content, media_type):
            return body
        schema = pointers.walk(self.content, self._followed(pointers.join(media_type, "schema")))
        if not isinstance(schema, dict) or not _BASE64.intersection(
            (schema.get("contentEncoding"), schema.get("format"))
        ):
            return body
        try:
            return b64decode(body, validate=True)
        except ValueError as error:
            raise Broken(f"is no base64: {error}") from None

    def _judge_value(self, media_type: str, value: Any) -> None:
        if fault := self._fault_of(media_type, "schema", value):
            raise Broken(fault)

    def _fault_of(self, holder: str, key: str, value: Any) -> str:
        if key not in pointers.walk(self.content, holder):
            return ""
        return self.opinion.fault(pointers.join(holder, key), value)

    def _judge_sequence(self, media_type: str, items: list[Any]) -> None:
        """Each item by the schema of items, where there is one; else each or all together by the schema."""
        if "itemSchema" in pointers.walk(self.content, media_type):
            faults = [self._fault_of(media_type, "itemSchema", item) for item in items]
        else:
            faults = [self._fault_of(media_type, "schema", item) for item in items]
            if any(faults) and not self._fault_of(media_type, "schema", items):
                return
        if fault := next(filter(None, faults), ""):
            raise Broken(fault)

    def _judge_events(self, media_type: str, events: list[dict[str, str]]) -> None:
        """Each event as an object, as its text or as the JSON in it: documents mean any of the three."""
        key = "itemSchema" if "itemSchema" in pointers.walk(self.content, media_type) else "schema"
        for event in events:
            data = event.get("data", "")
            faults = [self._fault_of(media_type, key, each) for each in (event, data, *_as_json(data))]
            if "" not in faults and self._fault_of(media_type, key, [event]):
                raise Broken(f"an event: {faults[-1]}")

    def _judge_text(self, media_type: str, body: bytes, charset: str) -> None:
        try:
            text = body.decode(charset)
        except (LookupError, UnicodeDecodeError) as error:
            raise Broken(f"is no text: {error}") from None
        faults = [self._fault_of(media_type, "schema", value) for value in (text, *_as_json(text))]
        # A schema of objects or arrays says nothing of how CSV or plain text writes these.
        if "" not in faults and self._is_of_text(media_type):
            raise Broken(faults[0])

    def _is_of_text(self, media_type: str) -> bool:
        schema = pointers.walk(self.content, self._followed(pointers.join(media_type, "schema")))
        return isinstance(schema, dict) and schema.get("type") in ("string", "integer", "number", "boolean")

    def _judge_xml(self, media_type: str, body: bytes) -> None:
        try:
            root = ET.fromstring(body)  # noqa: S314 - made by the mock, in this process
        except ET.ParseError as error:
            raise Broken(f"is no XML: {error}") from None
        expected = self._root(media_type)
        name = root.tag.rpartition("}")[2]
        if expected and name != expected:
            raise Broken(f"its XML root is {name}, not {expected}")

    def _root(self, media_type: str) -> str:
        """The name that the document gives the root; nothing where it does not say."""
        if "schema" not in pointers.walk(self.content, media_type):
            return ""
        at = self._followed(pointers.join(media_type, "schema"))
        schema = pointers.walk(self.content, at)
        xml = schema.get("xml") if isinstance(schema, dict) else None
        if isinstance(xml, dict) and isinstance(xml.get("name"), str):
            return str(xml["name"])
        holder, _, last = at.rpartition("/")
        return pointers.split(f"/{last}")[0] if holder == "/components/schemas" else ""

    def _judge_names(self, media_type: str, names: set[str]) -> None:
        """A form's required fields are there."""
        if "schema" not in pointers.walk(self.content, media_type):
            return
        schema = pointers.walk(self.content, self._followed(pointers.join(media_type, "schema")))
        for name in schema.get("required") or ():
            if not any(each == name or each.startswith(f"{name}[") for each in names):
                raise Broken(f"the form has no {name!r}: {sorted(names)}")


def _judge_empty(answer: Answer, why: str) -> None:
    if answer.body:
        raise Broken(why)
    if answer.status in (204, 304) and answer.header("transfer-encoding"):
        raise Broken("has a Transfer-Encoding")
    if answer.status == 204 and answer.header("content-length") is not None:
        raise Broken("has a Content-Length (RFC 9110 section 8.6)")


def _judge_magic(essence: str, body: bytes) -> None:
    if essence in _MAGIC and not body.startswith(_MAGIC[essence]):
        raise Broken(f"starts with {body[:8]!r}, which is no {essence}")
    try:
        if essence in ("application/zip", "application/x-zip-compressed"):
            zipfile.ZipFile(io.BytesIO(body)).testzip()
        elif essence in ("application/gzip", "application/x-gzip"):
            gzip.decompress(body)
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise Broken(f"is no {essence}: {error}") from None


def _matching(written: str, content: Mapping[str, Any]) -> str | None:
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


def _json(body: bytes) -> Any:
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


def _as_json(text: str) -> list[Any]:
    """The value that a text is the JSON of, in a list; none where it is none."""
    try:
        return [json.loads(text)]
    except ValueError:
        return []


def _yaml(body: bytes) -> Any:
    try:
        return yaml.safe_load(body)
    except yaml.YAMLError as error:
        raise Broken(f"is no YAML: {error}") from None


def _lines(body: bytes) -> Iterator[Any]:
    return (_json(line) for line in body.replace(b"\x1e", b"").splitlines() if line.strip())


def _events(body: bytes) -> list[dict[str, str]]:
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


def _form_names(body: bytes) -> set[str]:
    if not body:
        return set()
    try:
        return {
            name for name, _ in parse_qsl(body.decode("ascii"), keep_blank_values=True, strict_parsing=True)
        }
    except ValueError as error:
        raise Broken(f"is no form: {error}") from None


def _part_names(body: bytes, kind: Message) -> set[str]:
    if kind.get_boundary() is None:
        raise Broken("its Content-Type has no boundary")
    head = f"Content-Type: {kind['content-type']}\r\n\r\n".encode()
    message = BytesParser().parsebytes(head + body)
    if not message.is_multipart() or message.defects:
        raise Broken(f"has no parts: {message.defects}")
    parts = [part for part in message.get_payload() if isinstance(part, Message)]
    return {str(part.get_param("name", header="content-disposition")) for part in parts}


def _meant(text: str, *, explode: bool) -> Iterator[Any]:
    """The values that a header's text may stand for: itself, JSON's scalar, a list, an object (RFC 6570)."""
    readers: tuple[Callable[[str], list[Any]], ...] = (lambda each: [each], _as_json)
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
    yield {key: next(iter(_as_json(value)), value) for key, value in pairs}
