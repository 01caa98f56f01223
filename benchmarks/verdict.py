"""Answers judged by a document as it is written: status, headers, media type, body.

Nothing of what the mock makes or judges answers with is used: the document is read by pointers, values are
judged by benchmarks/second_opinion.py, and each media type is read by a parser of the standard library.
"""

from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from typing import Any
from xml.etree import ElementTree as ET

from accord.document import pointers
from benchmarks.bodies import (
    Broken,
    as_json,
    form_names,
    judge_magic,
    matching_key,
    meant_by,
    part_names,
    read_events,
    read_json,
    read_lines,
    read_yaml,
)
from benchmarks.second_opinion import Opinion

_BODILESS = (204, 205, 304)
_MOST_LINKS = 50
_LINES = ("jsonl", "ndjson", "x-ndjson", "x-jsonlines", "json-seq", "geo+json-seq")
_BASE64 = frozenset({"base64", "byte"})
"""What `format` or `contentEncoding` says of bytes that are written as text."""


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
            return self._fault_of(at, "schema", read_json(text.encode()))
        if "schema" not in header:
            return ""
        faults = [
            self.opinion.fault(pointers.join(pointer, "schema"), value)
            for value in meant_by(text, explode=header.get("explode") is True)
        ]
        return "" if "" in faults else faults[0]

    def _judge_body(self, response: str, answer: Answer) -> None:
        written = answer.header("content-type")
        if written is None:
            raise Broken("has no Content-Type")
        key = matching_key(written, self._held(response, "content"))
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
            self._judge_sequence(media_type, list(read_lines(body)))
        elif essence == "text/event-stream":
            self._judge_events(media_type, read_events(body))
        elif subtype == "json" or subtype.endswith("+json"):
            self._judge_value(media_type, read_json(body))
        elif subtype == "xml" or subtype.endswith("+xml"):
            self._judge_xml(media_type, body)
        elif essence == "application/x-www-form-urlencoded":
            self._judge_names(media_type, form_names(body))
        elif essence.startswith("multipart/"):
            self._judge_names(media_type, part_names(body, kind))
        elif subtype in ("yaml", "x-yaml", "vnd.yaml"):
            self._judge_value(media_type, read_yaml(body))
        elif essence.startswith("text/"):
            self._judge_text(media_type, body, str(kind.get_param("charset") or "utf-8"))
        else:
            judge_magic(essence, self._decoded(media_type, body))

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
            faults = [self._fault_of(media_type, key, each) for each in (event, data, *as_json(data))]
            if "" not in faults and self._fault_of(media_type, key, [event]):
                raise Broken(f"an event: {faults[-1]}")

    def _judge_text(self, media_type: str, body: bytes, charset: str) -> None:
        try:
            text = body.decode(charset)
        except (LookupError, UnicodeDecodeError) as error:
            raise Broken(f"is no text: {error}") from None
        faults = [self._fault_of(media_type, "schema", value) for value in (text, *as_json(text))]
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
