"""Patterns for which a text exists that takes a backtracking engine exponentially long."""

from collections.abc import Iterator

from accord.schemas.sampling.expressions import (
    Characters,
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

_MANY = 20
"""Repetitions from which on the time is felt."""


def runs_away(pattern: str) -> bool:
    """Can a part of a text be read by a repetition in several ways, so that all of them are tried in the end?

    That is so where what is repeated is itself of any length and can follow itself at once, `(a+)+`, or has
    alternatives that begin alike, `(a|ab)+`. A pattern that is not understood is taken to be harmless.
    """
    try:
        return any(_is_ambiguous(node.node) for node in _repetitions(parse(pattern)))
    except (UnknownExpression, RecursionError):
        return False


def _repetitions(node: Node) -> Iterator[Repeated]:
    match node:
        case Repeated(inner, _, most):
            if most >= _MANY:
                yield node
            yield from _repetitions(inner)
        case Sequenced(nodes) | Either(nodes):
            for each in nodes:
                yield from _repetitions(each)
        case Group(inner, _) | Look(inner, _, _):
            yield from _repetitions(inner)
        case _:
            return


def _is_ambiguous(body: Node) -> bool:
    """Can a text of what is repeated be cut into several of it in more than one way?"""
    parts = _parts(body)
    if len(parts) == 1 and isinstance(parts[0], Either):
        return _overlap(parts[0].nodes)
    endless = [each for each in parts if isinstance(each, Repeated) and each.most >= _MANY]
    needed = [each for each in parts if not may_be_empty(each)]
    if not endless:
        return False
    first = endless[0]
    others = [each for each in needed if each is not first]
    return all(_share(first, each) for each in others)


def _parts(node: Node) -> tuple[Node, ...]:
    while isinstance(node, Group):
        node = node.node
    return node.nodes if isinstance(node, Sequenced) else (node,)


def _overlap(nodes: tuple[Node, ...]) -> bool:
    """Do two alternatives begin alike, or can one be read in several ways itself?"""
    if any(_is_ambiguous(each) for each in nodes if isinstance(_parts(each)[0], Repeated)):
        return True
    beginnings = [_beginning(each) for each in nodes]
    return any(one & other for at, one in enumerate(beginnings) for other in beginnings[at + 1 :])


def _beginning(node: Node) -> frozenset[str]:
    """The characters that a text of it may begin with."""
    found: frozenset[str] = frozenset()
    for part in _parts(node):
        match part:
            case Characters(characters):
                return found | frozenset(characters)
            case Either(nodes):
                found |= frozenset().union(*map(_beginning, nodes))
            case Repeated(inner, _, _) | Group(inner, _):
                found |= _beginning(inner)
            case _:
                pass
        if not may_be_empty(part):
            return found
    return found


def _share(one: Node, other: Node) -> bool:
    """Have both a character in common?"""
    return bool({*"".join(characters_of(one))} & {*"".join(characters_of(other))})
