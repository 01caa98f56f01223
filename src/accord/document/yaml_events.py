"""YAML 1.2 on PyYAML's C parser, for what the fast reader refuses or cannot tell.

PyYAML's own constructors read YAML 1.1 (`no` is false, `2020-01-01` is a date, a key twice goes
unnoticed). This builds from the parser's events instead: the core schema of YAML 1.2.2 section 10.3.2,
merge keys, keys as they are written, aliases counted before they are expanded.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from accord.document.limits import CHARACTERS_A_NODE, Limits
from accord.errors import LimitExceeded, MalformedDocument
from accord.findings import Position

_MERGE = "<<"
_NUMBERS: tuple[tuple[re.Pattern[str], Callable[[str], Any]], ...] = (
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"0o[0-7]+"), lambda text: int(text, 0)),
    (re.compile(r"0x[0-9a-fA-F]+"), lambda text: int(text, 0)),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
)
_WORDS: Mapping[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def build(text: str, file: str, limits: Limits) -> Any:
    """The value of a YAML text, a tree. Raises MalformedDocument and LimitExceeded, with a position."""
    builder = _Builder(file, limits)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise MalformedDocument(
            f"not YAML: {error.problem or error.context}",
            hint="check the indentation and the quotes here",
            position=_position(error.problem_mark or error.context_mark, file),
        ) from None
    except yaml.YAMLError as error:
        raise MalformedDocument(f"not YAML: {error}", position=Position(file, 1, 1)) from None
    # What aliases share becomes a tree: readers above may change one copy and not the other.
    return json.loads(json.dumps(builder.root)) if builder.expanded else builder.root


@dataclass(slots=True)
class _Open:
    """A collection that has begun: what it holds so far and how many nodes that is, aliases expanded."""

    value: dict[str, Any] | list[Any]
    anchor: str | None
    size: int = 1
    key: str | None = None
    merged: list[Any] = field(default_factory=list)


class _Builder:
    """Takes events one by one and leaves the value in `root`."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.root: Any = None
        self.expanded = 0
        self._file = file
        self._limits = limits
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.MappingStartEvent():
                self._begin({}, event)
            case yaml.SequenceStartEvent():
                self._begin([], event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._end(event)
            case yaml.DocumentStartEvent():
                self._document(event)

    def _document(self, event: yaml.Event) -> None:
        self._documents += 1
        if self._documents > 1:
            raise self._malformed(event, "a second YAML document begins", "keep one document in each file")

    def _begin(self, value: dict[str, Any] | list[Any], event: yaml.NodeEvent) -> None:
        if self._open and isinstance(self._open[-1].value, dict) and self._open[-1].key is None:
            raise self._malformed(event, "a mapping or a list cannot be a key", "quote it if text is meant")
        if len(self._open) >= self._limits.depth:
            raise LimitExceeded(
                f"the document is nested deeper than {self._limits.depth} levels",
                hint="move inner schemas to components and refer to them",
                position=_position(event.start_mark, self._file),
            )
        self._open.append(_Open(value, event.anchor))

    def _end(self, event: yaml.Event) -> None:
        closed = self._open.pop()
        if isinstance(closed.value, dict):
            closed.value = {**_merged(closed.merged), **closed.value}
        self._add(closed.value, closed.size, closed.anchor, event)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        holder = self._open[-1] if self._open else None
        if holder and isinstance(holder.value, dict) and holder.key is None:
            self._key(holder, holder.value, event)
        else:
            self._add(self._resolved(event), _size(event.value), event.anchor, event)

    def _key(self, holder: _Open, value: dict[str, Any], event: yaml.ScalarEvent) -> None:
        key = event.value
        if key in value:
            raise self._malformed(event, f"the key {key!r} stands twice in one mapping", "keep one of them")
        if key != _MERGE or not event.implicit[0]:
            value[key] = None
        holder.key = key
        holder.size += _size(key) - 1
        if event.anchor:
            self._anchors[event.anchor] = (key, _size(key))

    def _alias(self, event: yaml.AliasEvent) -> None:
        if event.anchor not in self._anchors:
            within = any(event.anchor == holder.anchor for holder in self._open)
            reason = "stands within what it repeats" if within else "repeats an anchor that is not there"
            raise self._malformed(event, f"the alias *{event.anchor} {reason}", "write the value out")
        value, size = self._anchors[event.anchor]
        self.expanded += size
        if self.expanded > self._limits.alias_nodes:
            raise LimitExceeded(
                f"YAML aliases stand for more than {self._limits.alias_nodes} nodes, or as much text",
                hint="refer to a component with $ref in place of repeating it by aliases",
                position=_position(event.start_mark, self._file),
            )
        self._add(value, size, None, event)

    def _add(self, value: Any, size: int, anchor: str | None, event: yaml.Event) -> None:
        if anchor:
            self._anchors[anchor] = (value, size)
        if not self._open:
            self.root = value
            return
        holder = self._open[-1]
        holder.size += size
        if isinstance(holder.value, list):
            holder.value.append(value)
        elif holder.key == _MERGE and _MERGE not in holder.value:
            holder.merged.extend(self._mappings(value, event))
            holder.key = None
        elif holder.key is None:
            raise self._malformed(event, "an alias cannot be a key here", "write the key out")
        else:
            holder.value[holder.key] = value
            holder.key = None

    def _mappings(self, value: Any, event: yaml.Event) -> list[dict[str, Any]]:
        listed = value if isinstance(value, list) else [value]
        if not all(isinstance(entry, dict) for entry in listed):
            raise self._malformed(event, "only mappings can be merged with <<", "refer to a mapping here")
        return listed

    def _resolved(self, event: yaml.ScalarEvent) -> Any:
        text: str = event.value
        if event.tag in {"tag:yaml.org,2002:str", "!"} or (event.tag is None and not event.implicit[0]):
            return text
        if text in _WORDS:
            return _WORDS[text]
        for pattern, read in _NUMBERS:
            if pattern.fullmatch(text):
                return self._number(read, text, event)
        return text

    def _number(self, read: Callable[[str], Any], text: str, event: yaml.Event) -> Any:
        try:
            number = read(text)
        except ValueError:
            number = math.inf
        if isinstance(number, float) and not math.isfinite(number):
            raise self._malformed(event, "this number is too large", "quote it if text is meant")
        return number

    def _malformed(self, event: yaml.Event, reason: str, hint: str) -> MalformedDocument:
        return MalformedDocument(reason, hint=hint, position=_position(event.start_mark, self._file))


def _size(text: str) -> int:
    """How many nodes a scalar counts as: long text that is repeated fills the memory as many nodes do."""
    return 1 + len(text) // CHARACTERS_A_NODE


def _merged(mappings: list[Any]) -> dict[str, Any]:
    """All keys of the mappings; of an equal key the first one holds (YAML's merge key type)."""
    return {key: value for mapping in reversed(mappings) for key, value in mapping.items()}


def _position(mark: Any, file: str) -> Position:
    return Position(file, mark.line + 1, mark.column + 1) if mark else Position(file, 1, 1)
