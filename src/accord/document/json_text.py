"""Places in JSON text: where a key or a fault stands. Nothing is parsed before it is asked for."""

import re
from collections.abc import Iterator
from itertools import accumulate
from json import JSONDecoder
from json.decoder import scanstring  # type: ignore[attr-defined] # there at run time, not in the stubs
from typing import TypeAlias

from accord.errors import MalformedDocument
from accord.findings import Position

Place: TypeAlias = tuple[int, int]
"""Where a member's key starts (an array's entry has none: then its value), and where its value starts."""

_BLOCK = 2**16
"""Characters of which the lines are counted once, and not for each place."""
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


def _in_utf8(text: str) -> str:
    """What a text says that was read as Latin-1."""
    return text.encode("latin-1").decode()


def position(text: str, offset: int, file: str) -> Position:
    """The line and column of an offset."""
    return Position(file, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


class JsonPlaces:
    """Where everything stands in one JSON text in UTF-8. Members are found when first asked for.

    It is read as Latin-1, a character for each byte: what structures it is ASCII, and so are the places.
    """

    def __init__(self, text: bytes) -> None:
        self._text = text.decode("latin-1")
        self._skip = JSONDecoder().raw_decode
        self._members: dict[int, tuple[dict[str, Place], Iterator[tuple[str, Place]]]] = {}
        counts = (self._text.count("\n", at, at + _BLOCK) for at in range(0, len(text), _BLOCK))
        self._lines_before = list(accumulate(counts, initial=0))

    def find(self, tokens: list[str]) -> tuple[int, int]:
        """Line and column of what stands below these keys, or of the nearest ancestor that is there."""
        start = _SPACE.match(self._text).end()  # type: ignore[union-attr] # it matches nothing, too
        shown = start
        for token in tokens:
            place = self._child(start, token)
            if place is None:
                break
            shown, start = place
        block = shown // _BLOCK
        line = self._lines_before[block] + self._text.count("\n", block * _BLOCK, shown)
        before = self._text[self._text.rfind("\n", 0, shown) + 1 : shown]
        return line + 1, len(_in_utf8(before)) + 1

    def _child(self, start: int, token: str) -> Place | None:
        """The place of a member; those behind it are not looked for."""
        if start not in self._members:
            scan = {"{": self._object, "[": self._array}.get(self._text[start : start + 1])
            self._members[start] = {}, scan(start + 1) if scan else iter(())
        known, others = self._members[start]
        if token not in known:
            for name, place in others:
                known[name] = place
                if name == token:
                    break
        return known.get(token)

    def _object(self, at: int) -> Iterator[tuple[str, Place]]:
        at = self._space(at)
        while self._text[at] != "}":
            key_at = at
            key, at = self._key(at)
            value_at = self._space(self._space(at) + 1)
            yield key, (key_at, value_at)
            at = self._after(value_at)

    def _key(self, at: int) -> tuple[str, int]:
        """The key whose quote is at `at`, and the offset behind it."""
        key, end = scanstring(self._text, at + 1, False)  # noqa: FBT003 - C function, positional only
        if not key.isascii():
            key, _ = scanstring(_in_utf8(self._text[at:end]), 1, False)  # noqa: FBT003
        return key, end

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
