"""Patterns, formats and what a text must not be, as sets of texts, from which one is taken."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from accord.schemas.sampling.alphabets import ANY, PLAIN
from accord.schemas.sampling.expressions import (
    UNBOUNDED,
    Again,
    Characters,
    Edge,
    Either,
    Group,
    Look,
    Node,
    Repeated,
    Sequenced,
    UnknownExpression,
    characters_of,
    may_be_empty,
    parse,
)
from accord.schemas.sampling.grammars import GRAMMARS
from accord.schemas.sampling.languages import Language, Languages, Texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD = PLAIN + "_"
_LINE_ENDS = "\n\r"


@dataclass(eq=False)
class Spellings:
    """The sets of texts that have every pattern and format of a view; each is made when it is asked for."""

    patterns: tuple[str, ...]
    excluded: tuple[str, ...]
    formats: tuple[str, ...]
    _made: dict[int, Texts] = field(default_factory=dict, init=False, repr=False)

    def __iter__(self) -> Iterator[Texts]:
        """The sets, the most natural first."""
        wholes = [GRAMMARS[name] for name in self.formats if name in GRAMMARS]
        if not wholes and not self.patterns and not self.excluded:
            return
        for turn in range(max(map(len, wholes), default=1)):
            if turn not in self._made:
                grammars = [each[min(turn, len(each) - 1)] for each in wholes]
                self._made[turn] = texts_of([*_parsed(*self.patterns, *grammars)], [*_parsed(*self.excluded)])
            yield self._made[turn]


def texts_of(wanted: Sequence[Node], unwanted: Sequence[Node]) -> Texts:
    """The texts that have a match of each of the wanted and of none of the unwanted patterns."""
    mentioned = "".join(characters_of(Sequenced((*wanted, *unwanted))))
    speller = _Speller(Languages("".join(dict.fromkeys(ANY + mentioned))))
    each = [speller.search(node) for node in wanted]
    each += [speller.languages.excluded(speller.search(node)) for node in unwanted]
    return Texts(speller.languages, speller.languages.both(each))


def _parsed(*patterns: str) -> Iterator[Node]:
    """The trees of those patterns that are understood."""
    for pattern in patterns:
        with suppress(UnknownExpression):
            yield parse(pattern)


class _Speller:
    """Writes the trees of patterns as sets of texts."""

    def __init__(self, languages: Languages) -> None:
        self.languages = languages
        self._any = Characters(ANY)
        self._line = languages.one(languages.alphabet.difference(_LINE_ENDS))

    def search(self, node: Node) -> Language:
        """The texts that have a match of a pattern somewhere."""
        if isinstance(node, Either):
            return self.languages.either(map(self.search, node.nodes))
        nodes = node.nodes if isinstance(node, Sequenced) else (node,)
        before = self.languages.repeated(self.languages.any, 1, None)
        at_start = self._sequence(nodes, self.languages.all, self.languages.end, is_start=True)
        return self.languages.either(
            (at_start, self._sequence(nodes, self.languages.all, before, is_start=False))
        )

    def _sequence(
        self, nodes: Sequence[Node], then: Language, before: Language, *, is_start: bool
    ) -> Language:
        """The texts of several nodes in turn, between what comes before and what then."""
        for at, node in enumerate(nodes):
            looks_back = isinstance(node, Look) and node.is_behind
            if looks_back or (isinstance(node, Edge) and node.sign in "bB"):
                left = self._sequence(nodes[:at], self.languages.end, before, is_start=is_start)
                right = self._sequence(nodes[at + 1 :], then, self.languages.end, is_start=False)
                return self._between(node, left, right)
        result = then
        for at in range(len(nodes) - 1, -1, -1):
            is_first = is_start and all(may_be_empty(node) for node in nodes[:at])
            result = self._node(nodes[at], result, is_start=is_first)
        return self.languages.chain(before, result)

    def _between(self, node: Node, left: Language, right: Language) -> Language:
        """The texts of the left and then the right, where the node holds between them."""
        chain, both, excluded = self.languages.chain, self.languages.both, self.languages.excluded
        if isinstance(node, Look):
            behind = chain(self.languages.all, self._node(node.node, self.languages.end, is_start=True))
            return chain(both((left, behind if node.is_wanted else excluded(behind))), right)
        word = self.languages.one(_WORD)
        ends, begins = chain(self.languages.all, word), chain(word, self.languages.all)
        sides = [(ends, excluded(begins)), (excluded(ends), begins)]
        if isinstance(node, Edge) and node.sign == "B":
            sides = [(ends, begins), (excluded(ends), excluded(begins))]
        return self.languages.either(chain(both((left, one)), both((right, other))) for one, other in sides)

    def _node(self, node: Node, then: Language, *, is_start: bool) -> Language:
        """The texts of a node and what comes then."""
        found = self.languages.nothing
        match node:
            case Characters(characters):
                one = self._line if characters == ANY else self.languages.one(characters)
                found = self.languages.chain(one, then)
            case Sequenced(nodes):
                found = self._sequence(nodes, then, self.languages.end, is_start=is_start)
            case Either(nodes):
                found = self.languages.either(self._node(each, then, is_start=is_start) for each in nodes)
            case Group(inner, _):
                found = self._node(inner, then, is_start=is_start)
            case Repeated():
                found = self._repeated(node, then, is_start=is_start)
            case Look(inner, is_wanted):
                ahead = self._node(inner, self.languages.all, is_start=is_start)
                found = self.languages.both((then, ahead if is_wanted else self.languages.excluded(ahead)))
            case Edge(sign):
                found = self._edge(sign, then, is_start=is_start)
            case Again():
                pass
        return found

    def _edge(self, sign: str, then: Language, *, is_start: bool) -> Language:
        if sign == "^":
            return then if is_start else self.languages.nothing
        return self.languages.both((then, self.languages.end))

    def _repeated(self, node: Repeated, then: Language, *, is_start: bool) -> Language:
        most = None if node.most >= UNBOUNDED else node.most
        if (node.least, most) == (0, 1):
            return self.languages.either((then, self._node(node.node, then, is_start=is_start)))
        guard = _guard(node.node)
        if guard is not None:
            look, rest = guard
            body = self._node(rest, self.languages.end, is_start=False)
            ahead = self._node(look.node, self.languages.all, is_start=False)
            unwanted = self.languages.chain(self.languages.all, ahead)
            found = self.languages.repeated(body, node.least, most)
            found = self.languages.both((found, self.languages.excluded(unwanted)))
            return self.languages.chain(found, then)
        body = self._node(node.node, self.languages.end, is_start=is_start)
        return self.languages.chain(self.languages.repeated(body, node.least, most), then)


def _guard(node: Node) -> tuple[Look, Node] | None:
    """Of `(?!x).`, which is repeated to say that no x stands anywhere, the two parts."""
    while isinstance(node, Group):
        node = node.node
    if not isinstance(node, Sequenced) or not node.nodes:
        return None
    first = node.nodes[0]
    if not isinstance(first, Look) or first.is_wanted or first.is_behind:
        return None
    return first, Sequenced(node.nodes[1:])
