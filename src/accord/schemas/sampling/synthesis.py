"""Text that matches a regular expression: candidates, of which the validator has the last word."""

from collections.abc import Iterator, Sequence

from accord.schemas.sampling.alphabets import ANY
from accord.schemas.sampling.chance import Dice
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
    parse,
)

_TRIES = 60
_PLEASANT = 12
_LONGEST = 20_000


def matching(pattern: str, low: int, high: int, dice: Dice) -> Iterator[str]:
    """Candidates for text of `low` to `high` characters that matches the pattern; a bounded number."""
    try:
        node = parse(pattern)
    except UnknownExpression:
        return
    wanted = tuple(_wanted(node))
    refers_back = _refers_back(node)
    shortest = _shortest(node)
    for attempt in range(_TRIES):
        length = max(low, min(high, shortest + dice.between(0, _PLEASANT))) if attempt % 2 else low
        spare = min(_LONGEST, max(0, length - shortest))
        text = _Writer(dice, dice.between(0, spare) if refers_back else spare).written(node)
        if wanted and attempt:
            text = _overlaid(text, wanted, dice)
        yield from _lengthened(text, node, low, high, dice)


def _lengthened(text: str, node: Node, low: int, high: int, dice: Dice) -> Iterator[str]:
    """The text; where it is too short, with more on the side that the pattern leaves open."""
    if len(text) >= low:
        yield text[:high] if not _ends(node) else text
        return
    more = "".join(dice.pick(ANY[:26]) for _ in range(min(low, _LONGEST) - len(text)))
    if not _ends(node):
        yield text + more
    elif not _begins(node):
        yield more + text
    else:
        yield text


def _begins(node: Node) -> bool:
    first = _outer(node, 0)
    return isinstance(first, Edge) and first.sign == "^"


def _ends(node: Node) -> bool:
    last = _outer(node, -1)
    return isinstance(last, Edge) and last.sign == "$"


def _outer(node: Node, at: int) -> Node:
    while True:
        if isinstance(node, Sequenced | Either) and node.nodes:
            node = node.nodes[at]
        elif isinstance(node, Group):
            node = node.node
        else:
            return node


def _shortest(node: Node) -> int:
    """The fewest characters that a node stands for."""
    match node:
        case Characters():
            return 1
        case Sequenced(nodes):
            return sum(map(_shortest, nodes))
        case Either(nodes):
            return min(map(_shortest, nodes))
        case Repeated(inner, least, _):
            return least * _shortest(inner)
        case Group(inner, _):
            return _shortest(inner)
        case _:
            return 0


def _refers_back(node: Node) -> bool:
    """Is a part of the text the same as another, so that its length is not known beforehand?"""
    match node:
        case Again():
            return True
        case Sequenced(nodes) | Either(nodes):
            return any(map(_refers_back, nodes))
        case Group(inner, _) | Repeated(inner, _, _):
            return _refers_back(inner)
        case _:
            return False


def _wanted(node: Node) -> Iterator[str]:
    """The characters that lookaheads ask for somewhere in the text."""
    match node:
        case Look(inner, True, _):
            yield from (each.of for each in _leaves(inner) if len(each.of) < len(ANY))
        case Sequenced(nodes) | Either(nodes):
            for inner in nodes:
                yield from _wanted(inner)
        case Group(inner, _) | Repeated(inner, _, _):
            yield from _wanted(inner)
        case _:
            return


def _leaves(node: Node) -> Iterator[Characters]:
    match node:
        case Characters():
            yield node
        case Sequenced(nodes) | Either(nodes):
            for inner in nodes:
                yield from _leaves(inner)
        case Group(inner, _) | Repeated(inner, _, _):
            yield from _leaves(inner)
        case _:
            return


def _overlaid(text: str, wanted: Sequence[str], dice: Dice) -> str:
    """The text with a character of each wanted kind in a place of its own, as far as it is long enough."""
    signs = list(text)
    places = list(range(len(signs)))
    for characters in wanted:
        if not places:
            break
        signs[places.pop(dice.between(0, len(places) - 1))] = dice.pick(characters)
    return "".join(signs)


class _Writer:
    """Writes one text for a tree, with `spare` characters more than the fewest to spend on repetitions."""

    def __init__(self, dice: Dice, spare: int) -> None:
        self._dice = dice
        self._spare = spare
        self._groups: dict[str, str] = {}

    def written(self, node: Node) -> str:
        """The text for a node."""
        match node:
            case Characters(characters):
                text = self._character(characters)
            case Sequenced(nodes):
                text = self._sequence(nodes)
            case Either(nodes):
                text = self._one(nodes)
            case Repeated(inner, least, most):
                text = "".join(self.written(inner) for _ in range(self._count(inner, least, most)))
            case Group(inner, names):
                text = self.written(inner)
                self._groups.update(dict.fromkeys(names, text))
            case Again(name):
                text = self._groups.get(name, "")
            case _:
                text = ""
        return text

    def _character(self, characters: str) -> str:
        """One of them; of many a letter or a digit, as people would write."""
        usual = characters[:36] if characters.startswith("abcdef") else characters
        return self._dice.pick(usual)

    def _sequence(self, nodes: Sequence[Node]) -> str:
        """Each in its turn. The last that can be repeated without end takes what is left over."""
        last = max((at for at, node in enumerate(nodes) if _is_open(node)), default=-1)
        parts: list[str] = []
        for at, node in enumerate(nodes):
            if at == last and isinstance(node, Repeated):
                size = max(1, _shortest(node.node))
                count = min(node.most, node.least + self._spare // size)
                self._spare -= (count - node.least) * size
                parts.append("".join(self.written(node.node) for _ in range(count)))
            else:
                parts.append(self.written(node))
        return "".join(parts)

    def _one(self, nodes: Sequence[Node]) -> str:
        """One alternative that is not longer than there is room for."""
        least = min(map(_shortest, nodes))
        fitting = [node for node in nodes if _shortest(node) - least <= max(self._spare, _PLEASANT)]
        chosen = self._dice.pick(fitting or nodes)
        self._spare = max(0, self._spare - (_shortest(chosen) - least))
        return self.written(chosen)

    def _count(self, node: Node, least: int, most: int) -> int:
        size = max(1, _shortest(node))
        more = self._dice.between(0, max(0, min(most - least, self._spare // size, _PLEASANT)))
        self._spare -= more * size
        return least + more


def _is_open(node: Node) -> bool:
    """Can it be repeated as often as one likes, or nearly so?"""
    return isinstance(node, Repeated) and (node.most >= UNBOUNDED or node.most - node.least >= _PLEASANT)
