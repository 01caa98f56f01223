"""ECMA-262 regular expressions as trees, as far as text is made from them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from accord.schemas.sampling.alphabets import (
    ANY,
    CAPITALS,
    CONTROLS,
    DIGITS,
    LETTERS,
    PLAIN,
    SHORTHANDS,
    category,
    without,
)

UNBOUNDED = 10_000


class UnknownExpression(Exception):
    """A regular expression that is not understood."""


@dataclass(frozen=True, slots=True)
class Characters:
    """One character of these."""

    of: str


@dataclass(frozen=True, slots=True)
class Sequenced:
    """One after the other."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of several."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """The same from `least` to `most` times."""

    node: "Node"
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Group:
    """A part that can be referred back to by its number or name."""

    node: "Node"
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Again:
    """The same text as a group had."""

    name: str


@dataclass(frozen=True, slots=True)
class Edge:
    r"""A place in the text: `^`, `$`, `\b` or `\B`."""

    sign: str


@dataclass(frozen=True, slots=True)
class Look:
    """What must, or must not, stand beside this place: after it, or before."""

    node: "Node"
    is_wanted: bool
    is_behind: bool = False


Node: TypeAlias = Characters | Sequenced | Either | Repeated | Group | Again | Edge | Look


def parse(pattern: str) -> Node:
    """The tree of a pattern. Raises UnknownExpression."""
    reader = _Reader(pattern)
    node = reader.alternatives()
    if not reader.is_done:
        raise UnknownExpression(pattern)
    return node


def may_be_empty(node: Node) -> bool:
    """May there be nothing where the node stands? A group that is referred back to may have been empty."""
    match node:
        case Characters():
            return False
        case Sequenced(nodes):
            return all(map(may_be_empty, nodes))
        case Either(nodes):
            return any(map(may_be_empty, nodes))
        case Repeated(inner, least, _):
            return least == 0 or may_be_empty(inner)
        case Group(inner, _):
            return may_be_empty(inner)
        case _:
            return True


def characters_of(node: Node) -> Iterator[str]:
    """The characters that a tree has, in its order."""
    match node:
        case Characters(characters):
            yield characters
        case Sequenced(nodes) | Either(nodes):
            for inner in nodes:
                yield from characters_of(inner)
        case Group(inner, _) | Repeated(inner, _, _) | Look(inner, _, _):
            yield from characters_of(inner)
        case _:
            return


class _Reader:
    """Reads a pattern from its start to its end."""

    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._at = 0
        self._groups = 0
        self._folds = False

    @property
    def is_done(self) -> bool:
        return self._at >= len(self._text)

    def alternatives(self) -> Node:
        """What stands between two brackets, or in the whole."""
        nodes = [self._sequence()]
        while self._takes("|"):
            nodes.append(self._sequence())
        return nodes[0] if len(nodes) == 1 else Either(tuple(nodes))

    def _takes(self, sign: str) -> bool:
        if self._text.startswith(sign, self._at):
            self._at += len(sign)
            return True
        return False

    def _next(self) -> str:
        if self.is_done:
            raise UnknownExpression(self._text)
        self._at += 1
        return self._text[self._at - 1]

    def _until(self, sign: str) -> str:
        end = self._text.find(sign, self._at)
        if end < 0:
            raise UnknownExpression(self._text)
        found = self._text[self._at : end]
        self._at = end + len(sign)
        return found

    def _sequence(self) -> Node:
        nodes: list[Node] = []
        while not self.is_done and self._text[self._at] not in "|)":
            nodes.append(self._quantified(self._atom()))
        return Sequenced(tuple(nodes))

    def _quantified(self, node: Node) -> Node:
        bounds = self._bounds()
        if bounds is None:
            return node
        _ = self._takes("?") or self._takes("+")
        least, most = bounds
        if most < least:
            raise UnknownExpression(self._text)
        return Repeated(node, least, most)

    def _bounds(self) -> tuple[int, int] | None:
        for sign, bounds in (("*", (0, UNBOUNDED)), ("+", (1, UNBOUNDED)), ("?", (0, 1))):
            if self._takes(sign):
                return bounds
        end = self._text.find("}", self._at)
        if not self._text.startswith("{", self._at) or end < 0:
            return None
        least, comma, most = self._text[self._at + 1 : end].partition(",")
        if not least.isdecimal() or not (most.isdecimal() or not most):
            return None
        self._at = end + 1
        return int(least), int(most) if most else UNBOUNDED if comma else int(least)

    def _atom(self) -> Node:
        sign = self._next()
        if sign in "^$":
            return Edge(sign)
        if sign == "(":
            return self._group()
        if sign == "[":
            return Characters(self._class())
        if sign == ".":
            return Characters(ANY)
        if sign == "\\":
            return self._escape()
        return Characters(self._folded(sign))

    def _folded(self, sign: str) -> str:
        return sign.lower() + sign.upper() if self._folds and sign.lower() != sign.upper() else sign

    def _group(self) -> Node:
        if (look := self._looks()) is not None:
            return Look(self._closed(), *look)
        if self._takes("?<") or self._takes("?P<"):
            names = self._numbered(self._until(">"))
        elif self._takes("?"):
            if not self._has_body():
                return Sequenced(())
            names = ()
        else:
            names = self._numbered()
        node = self._closed()
        return Group(node, names) if names else node

    def _looks(self) -> tuple[bool, bool] | None:
        """Is a lookaround wanted, and is it behind? None where there is none."""
        for sign in ("?=", "?!", "?<=", "?<!"):
            if self._takes(sign):
                return sign.endswith("="), "<" in sign
        return None

    def _numbered(self, *names: str) -> tuple[str, ...]:
        self._groups += 1
        return (str(self._groups), *names)

    def _closed(self) -> Node:
        node = self.alternatives()
        if not self._takes(")"):
            raise UnknownExpression(self._text)
        return node

    def _has_body(self) -> bool:
        """Reads the flags of `(?i)` or `(?i:...)`: does a body follow?"""
        flags = ""
        while (sign := self._next()) not in ":)>":
            flags += sign
        self._folds = self._folds or "i" in flags.partition("-")[0]
        return sign != ")"

    def _escape(self) -> Node:
        sign = self._next()
        if sign in "bB":
            return Edge(sign)
        if sign in "AzZG":
            return Edge("^" if sign in "AG" else "$")
        if sign.isdecimal() and sign != "0":
            return Again(sign)
        if sign == "k" and self._takes("<"):
            return Again(self._until(">"))
        return Characters(self._escaped(sign))

    def _escaped(self, sign: str) -> str:
        """The characters that an escape stands for."""
        if sign in SHORTHANDS:
            return SHORTHANDS[sign]
        if sign in CONTROLS:
            return CONTROLS[sign]
        if sign in "pP":
            name = self._until("}") if self._takes("{") else self._next()
            return category(name, is_excluded=sign == "P")
        if sign == "c":
            return chr(ord(self._next()) % 32)
        if sign in "xu":
            return self._by_code(2 if sign == "x" else 4)
        return self._folded(sign)

    def _by_code(self, digits: int) -> str:
        code = self._until("}") if self._takes("{") else "".join(self._next() for _ in range(digits))
        try:
            return chr(int(code, 16))
        except (ValueError, OverflowError):
            raise UnknownExpression(self._text) from None

    def _class(self) -> str:
        is_excluded = self._takes("^")
        found: list[str] = []
        while not self._takes("]"):
            first = self._member()
            if len(first) == 1 and self._is_range():
                self._next()
                last = self._member()
                first = _span(first, last) if len(last) == 1 else first + "-" + last
            found.append(first)
        members = "".join(dict.fromkeys("".join(found)))
        if self._folds:
            members = "".join(dict.fromkeys(members.lower() + members.upper()))
        if is_excluded:
            return without(members) if members else ANY
        if not members:
            raise UnknownExpression(self._text)
        return members

    def _member(self) -> str:
        sign = self._next()
        if sign == "[" and self._takes(":"):
            return _POSIX.get(self._until(":]"), LETTERS)
        if sign != "\\":
            return sign
        sign = self._next()
        return "\b" if sign == "b" else self._escaped(sign)

    def _is_range(self) -> bool:
        return self._text.startswith("-", self._at) and not self._text.startswith("-]", self._at)


_POSIX = {"alpha": LETTERS + CAPITALS, "digit": DIGITS, "alnum": PLAIN, "upper": CAPITALS, "lower": LETTERS}
_WIDEST_SPAN = 256


def _span(first: str, last: str) -> str:
    """The characters from one to another: of a wide range those that are common, and a few more."""
    low, high = ord(first), ord(last)
    if high < low:
        raise UnknownExpression(f"{first}-{last}")
    if high - low < _WIDEST_SPAN and not (low < _FIRST_VISIBLE < high):
        return "".join(chr(code) for code in range(low, high + 1))
    common = "".join(each for each in ANY if first <= each <= last)
    return common or "".join(chr(code) for code in range(low, min(high, low + _WIDEST_SPAN) + 1))


_FIRST_VISIBLE = 0x20
