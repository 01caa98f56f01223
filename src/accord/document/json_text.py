"""Places in JSON text: where a key or a fault stands. Nothing is parsed before it is asked for."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from json import JSONDecoder
from json.decoder import scanstring  # type: ignore[attr-defined] # there at run time, not in the stubs
from typing import TypeAlias

from accord.errors import MalformedDocument
from accord.findings import Position

Place: TypeAlias = tuple[int, int]
"""Where a member's key starts (an array's entry has none: then its value), and where its value starts."""

_SPACE = re.compile(r"[ \t\r\n]*")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s"{}\[\]:,]+')
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_HALF = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
"""An escape: a character written as two halves, half of one, or any other."""


def whole(text: str) -> str:
    """The text with U+FFFD, in as many letters, where an escape is half a character (RFC 8259 section 8.2).

    Half a character can be read but never be written: it would break whatever it is part of.
    """
    if _SURROGATE.search(text) is None:
        return text
    return _HALF.sub(lambda match: r"\ufffd" if match["half"] else match[0], text)


def position(text: str, offset: int, file: str) -> Position:
    """The line and column of an offset."""
    return Position(file, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


class JsonPlaces:
    """Where everything stands in one JSON text. An object's members are found when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._skip = JSONDecoder().raw_decode
        self._members: dict[int, dict[str, Place]] = {}
        self._lines = [match.end() for match in re.finditer("\n", text)]

    def find(self, tokens: list[str]) -> tuple[int, int]:
        """Line and column of what stands below these keys, or of the nearest ancestor that is there."""
        start = _SPACE.match(self._text).end()  # type: ignore[union-attr] # it matches nothing, too
        shown = start
        for token in tokens:
            place = self._children(start).get(token)
            if place is None:
                break
            shown, start = place
        line = bisect_right(self._lines, shown)
        return line + 1, shown - (self._lines[line - 1] if line else 0) + 1

    def _children(self, start: int) -> dict[str, Place]:
        if start not in self._members:
            opening = self._text[start : start + 1]
            scan = {"{": self._object, "[": self._array}.get(opening)
            self._members[start] = dict(scan(start + 1)) if scan else {}
        return self._members[start]

    def _object(self, at: int) -> Iterator[tuple[str, Place]]:
        at = self._space(at)
        while self._text[at] != "}":
            key_at = at
            key, at = scanstring(self._text, at + 1, False)  # noqa: FBT003 - C function, positional only
            value_at = self._space(self._space(at) + 1)
            yield key, (key_at, value_at)
            at = self._after(value_at)

    def _array(self, at: int) -> Iterator[tuple[str, Place]]:
        at, index = self._space(at), 0
        while self._text[at] != "]":
            yield str(index), (at, at)
            at, index = self._after(at), index + 1

    def _after(self, at: int) -> int:
        """The offset of what follows the value at `at`, past a comma."""
        _, end = self._skip(self._text, at)
        end = self._space(end)
        return self._space(end + 1) if self._text[end] == "," else end

    def _space(self, at: int) -> int:
        return _SPACE.match(self._text, at).end()  # type: ignore[union-attr] # it matches nothing, too


def fault(text: str, file: str, reason: str) -> MalformedDocument:
    """The error for text that a JSON parser takes and we do not: a key twice, a number that is none."""
    for offset, word in _faults(text):
        what = f"the key {word} stands twice in one object" if word.startswith('"') else reason
        return MalformedDocument(what, hint="keep one of them", position=position(text, offset, file))
    return MalformedDocument(reason, position=Position(file, 1, 1))


def _faults(text: str) -> Iterator[tuple[int, str]]:
    """Each key that stands twice in its object and each number that is none, with its offset."""
    keys: list[set[str] | None] = []
    previous = ""
    for match in _TOKEN.finditer(text):
        word = match[0]
        if word in "{[":
            keys.append(set() if word == "{" else None)
        elif word in "}]":
            keys.pop()
        elif word[0] == '"' and previous in "{," and keys and (known := keys[-1]) is not None:
            if word in known:
                yield match.start(), word
            known.add(word)
        elif word.lstrip("-") in {"NaN", "Infinity"} or _overflows(word):
            yield match.start(), word
        previous = word


def _overflows(word: str) -> bool:
    try:
        return word[0] in "-0123456789" and abs(float(word)) == float("inf")
    except ValueError:
        return False
