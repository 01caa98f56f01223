"""Places in YAML text, found by indentation.

Composing a whole text takes PyYAML's C parser a second for each 700 kB, so a finding in a large contract
would come late. In block style the members of a mapping are exactly the lines at its own indentation:
whatever continues a member stands deeper (YAML 1.2.2 section 8.2.2). So the way to one place costs a look
at the lines of each mapping on it. Flow style, and a member that only an alias or a merge key brings in,
is composed by PyYAML from the few lines around it.
"""

import re
from typing import Any

import yaml

_KEY = re.compile(
    r"""(?P<key>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#\-?:,\[\]{}&*!|>'"%@`][^\n]*?|[-?:][^\s][^\n]*?)"""
    r"""\s*:(?=\s|$)(?P<rest>.*)"""
)
_ENTRY = re.compile(r"-(?=\s|$)")


class YamlPlaces:
    """Where everything stands in one YAML text."""

    def __init__(self, text: str) -> None:
        self._lines = text.removeprefix("\ufeff").split("\n")
        self._members: dict[tuple[int, int, int], dict[str, _Block]] = {}

    def find(self, tokens: list[str]) -> tuple[int, int]:
        """Line and column of what stands below these keys, or of the nearest ancestor that is there."""
        block = self._root()
        for index, token in enumerate(tokens):
            if block.flow:
                return self._composed(block, tokens[index:])
            member = self._children(block).get(token)
            if member is None:
                break
            block = member
        return block.line + 1, block.column + 1

    def _root(self) -> "_Block":
        for number, line in enumerate(self._lines):
            text = line.strip()
            if text and not text.startswith(("#", "%", "---")):
                column = len(line) - len(line.lstrip(" "))
                flow = text.startswith(("{", "["))
                return _Block(number, column, number, column, len(self._lines), flow=flow)
        return _Block(0, 0, 0, 0, 0)

    def _children(self, block: "_Block") -> "dict[str, _Block]":
        key = (block.start, block.indent, block.end)
        if key not in self._members:
            self._members[key] = self._read(block)
        return self._members[key]

    def _read(self, block: "_Block") -> "dict[str, _Block]":
        """The members of a block mapping or sequence, by key or index."""
        heads = self._heads(block)
        # A list may stand at the indentation of the key that has it: its entries are no keys.
        entries = [bool(_ENTRY.match(self._lines[number], block.indent)) for number in heads]
        heads = [number for number, entry in zip(heads, entries, strict=True) if entry == entries[0]]
        members: dict[str, _Block] = {}
        for number, following in zip(heads, [*heads[1:], block.end], strict=False):
            if entries[0]:
                members[str(len(members))] = self._entry(number, block.indent, following)
            elif match := _KEY.match(self._lines[number], block.indent):
                members[_unquoted(match["key"])] = self._member(match, number, block.indent, following)
        return members

    def _heads(self, block: "_Block") -> list[int]:
        """The lines on which a member begins: those at the block's own indentation."""
        indent, heads = block.indent, [block.start] if block.start < block.end else []
        for number in range(block.start + 1, block.end):
            line = self._lines[number]
            if len(line) > indent and line[indent] not in " \t\r#" and not line[:indent].strip(" "):
                if indent == 0 and line.startswith(("---", "...")):
                    break
                heads.append(number)
        return heads

    def _entry(self, number: int, column: int, end: int) -> "_Block":
        line = self._lines[number]
        rest = line[column + 1 :]
        if not rest.strip() or rest.lstrip().startswith("#"):
            return self._below(number, column, number + 1, end)
        start = column + 1 + len(rest) - len(rest.lstrip(" "))
        inner = _skip_properties(line, start)
        if not line[inner:].strip():
            return self._below(number, column, number + 1, end)
        flow = line[inner] in "{["
        return _Block(number, start, number, inner, end, flow=flow, value_at=inner)

    def _member(self, match: "re.Match[str]", number: int, column: int, end: int) -> "_Block":
        line = self._lines[number]
        at = _skip_properties(line, match.start("rest"))
        value = line[at:].strip()
        if value.startswith(("{", "[")):
            return _Block(number, column, number, at, end, flow=True, value_at=at)
        if value and not value.startswith("#"):
            return _Block(number, column, end, at, end)
        return self._below(number, column, number + 1, end)

    def _below(self, number: int, column: int, start: int, end: int) -> "_Block":
        """The block that begins on a later line than the key that has it."""
        while start < end and (not (text := self._lines[start].strip()) or text.startswith("#")):
            start += 1
        if start >= end:
            return _Block(number, column, end, column, end)
        line = self._lines[start]
        indent = len(line) - len(line.lstrip(" "))
        return _Block(number, column, start, indent, end, flow=line[indent] in "{[", value_at=indent)

    def _composed(self, block: "_Block", tokens: list[str]) -> tuple[int, int]:
        """The place below a value in flow style, by PyYAML."""
        lines = self._lines[block.start : block.end]
        lines[0] = " " * block.value_at + lines[0][block.value_at :]
        node = _compose("\n".join(lines))
        line, column = block.line, block.column
        for token in tokens:
            found = _step(node, token)
            if found is None:
                break
            mark, node = found
            line, column = block.start + mark.line, mark.column
        return line + 1, column + 1


class _Block:
    """A value of block style: where its key stands, and the lines and indentation of its members."""

    __slots__ = ("column", "end", "flow", "indent", "line", "start", "value_at")

    def __init__(
        self,
        line: int,
        column: int,
        start: int,
        indent: int,
        end: int,
        *,
        flow: bool = False,
        value_at: int = 0,
    ) -> None:
        self.line = line
        self.column = column
        self.start = start
        self.indent = indent
        self.end = end
        self.flow = flow
        self.value_at = value_at


def _skip_properties(line: str, at: int) -> int:
    """The column of a value, past its anchor and tag."""
    at += len(line[at:]) - len(line[at:].lstrip(" \t"))
    while line[at : at + 1] in {"&", "!"}:
        at += len(line[at:].partition(" ")[0])
        at += len(line[at:]) - len(line[at:].lstrip(" \t"))
    return at


def _unquoted(key: str) -> str:
    if key[0] not in "\"'":
        return key.rstrip()
    try:
        value = yaml.load(key, Loader=yaml.CBaseLoader)  # noqa: S506 - it makes strings, nothing else
    except yaml.YAMLError:
        return key[1:-1]
    return str(value)


def _compose(text: str) -> Any:
    """The node that a piece of flow style begins with; what follows it is left alone."""
    try:
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return None


def _step(node: Any, token: str) -> tuple[Any, Any] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == token:
                return key.start_mark, value
    elif isinstance(node, yaml.SequenceNode) and token.isdecimal() and int(token) < len(node.value):
        entry = node.value[int(token)]
        return entry.start_mark, entry
    return None
