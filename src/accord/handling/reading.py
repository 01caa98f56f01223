"""From an answer's bytes to the typed answer that the stub has for it: the way back of rendering."""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from accord.contract import Operation, Response
from accord.exchange import parse_media_type
from accord.exchange.json_text import MalformedJson, read_json
from accord.handling.answers import Answer
from accord.handling.leniency import Leniency
from accord.handling.stub import answers_of


class Unstated(ValueError):
    """An answer that the stub has no class for. Holds it."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"the stub has no class for an answer {answer.status} of this kind")
        self.answer = answer


class AnswerReader:
    """Types the answers of one operation.

    As with requests, what a model cannot hold stays as JSON has it.
    """

    def __init__(self, operation: Operation, stated: type[Any]) -> None:
        self._operation = operation
        self._classes = dict(zip(operation.responses, answers_of(stated), strict=False))
        self._adapters: dict[type[Any], Callable[[Any], Any]] = {}
        self._leniency = Leniency()

    def __call__(self, answer: Answer) -> Any:
        """The answer, typed. Raises Unstated."""
        documented = self._operation.response(answer.status)
        named = (name for name, response in self._operation.responses.items() if response is documented)
        kind = self._classes.get(next(named, ""))
        if documented is None or kind is None:
            raise Unstated(answer)
        values = dict(self._values(answer, documented, kind))
        try:
            return self._adapter(kind)(values)
        except ValidationError:
            return self._leniency.dataclass(kind, values)

    def _adapter(self, kind: type[Any]) -> Callable[[Any], Any]:
        known = self._adapters.get(kind)
        if known is None:
            known = self._adapters[kind] = TypeAdapter(kind).validator.validate_python
        return known

    def _values(self, answer: Answer, documented: Response, kind: type[Any]) -> Iterator[tuple[str, Any]]:
        sent: Mapping[bytes, bytes] = dict(answer.headers)
        content_type = sent.get(b"content-type", b"").decode("latin-1")
        yield "body", _body(answer, content_type)
        for field in dataclasses.fields(kind):
            name = str(field.metadata.get("name", "")).lower().encode("latin-1", "replace")
            if field.name == "status":
                yield "status", answer.status
            elif field.name == "media_type":
                yield "media_type", _key_of(documented, content_type)
            elif field.metadata.get("in") == "header" and name in sent:
                yield field.name, sent[name].decode("latin-1")


def _key_of(documented: Response, content_type: str) -> str | None:
    """The documented media type that the answer is of."""
    sent = parse_media_type(content_type)
    essence = sent.essence if sent else content_type
    found = (
        key for key, each in documented.content.items() if content_type == key or essence == each.essence
    )
    return next(found, content_type or None)


def _body(answer: Answer, content_type: str) -> Any:
    """The body as the stub has it: JSON read, text as str, everything else as bytes; None without one.

    Raises Unstated.
    """
    if not content_type:
        return None
    parsed = parse_media_type(content_type)
    try:
        if parsed is not None and parsed.is_json:
            return read_json(answer.body)
        is_text = parsed is not None and parsed.essence.startswith("text/")
        return answer.body.decode() if is_text else answer.body
    except (MalformedJson, UnicodeDecodeError):
        raise Unstated(answer) from None
