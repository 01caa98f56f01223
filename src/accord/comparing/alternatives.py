"""Alternatives (`oneOf`, `anyOf`) of two schemas, matched with each other."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from accord.comparing.changes import Effect, Node
from accord.comparing.facets import Facets, Union
from accord.comparing.keywords import Turn, brief
from accord.comparing.objects import Child
from accord.comparing.sets import Sets
from accord.document import pointers


@dataclass(frozen=True, slots=True)
class Match:
    """Alternatives of both sides that are the same one, and those of one side alone."""

    pairs: tuple[tuple[Node, Node], ...]
    removed: tuple[Node, ...]
    added: tuple[Node, ...]


def turned_alternatives(old: Facets, new: Facets, sets: Sets) -> tuple[list[Turn], list[Child]]:
    """What became of the alternatives, and those to be compared with each other."""
    if not old.unions and not new.unions:
        return [], []
    if len(old.unions) <= 1 and len(new.unions) <= 1:
        return _turned(old, new, sets)
    if len(old.unions) == len(new.unions):
        turns: list[Turn] = []
        children: list[Child] = []
        for one, other in zip(old.unions, new.unions, strict=True):
            match = _matched(one.arms, other.arms, old, new, sets)
            turns += _one_sided(match, old, new, sets)
            children += _children(match)
        return turns, children
    return [Turn("alternatives", Effect.UNDECIDED, "alternatives were put together otherwise")], []


def _turned(old: Facets, new: Facets, sets: Sets) -> tuple[list[Turn], list[Child]]:
    """Where a side has no alternatives, it is the only one itself."""
    match = _matched(_arms(old), _arms(new), old, new, sets)
    turns = [*_one_sided(match, old, new, sets), *_exclusive(old.unions, new.unions)]
    return turns, list(_children(match))


def _arms(facets: Facets) -> tuple[Node, ...]:
    return facets.unions[0].arms if facets.unions else (facets.core,)


def _children(match: Match) -> Iterator[Child]:
    return (Child("", one, other) for one, other in match.pairs)


def _exclusive(old: tuple[Union, ...], new: tuple[Union, ...]) -> Iterator[Turn]:
    """Exactly one instead of at least one: whether alternatives overlap decides."""
    if old and new and old[0].keyword != new[0].keyword:
        message = f"{old[0].keyword} became {new[0].keyword}"
        yield Turn("alternatives", Effect.UNDECIDED, message, (old[0].keyword, new[0].keyword))


def _one_sided(match: Match, old: Facets, new: Facets, sets: Sets) -> Iterator[Turn]:
    whole = sets.closed(new.document, new.node)
    for arm in match.removed:
        if not sets.is_within(sets.closed(old.document, arm), whole):
            message = f"the alternative {_called(old, arm)} was removed"
            yield Turn("alternatives", Effect.NARROWED, message, old_pointer=arm[0])
    whole = sets.closed(old.document, old.node)
    for arm in match.added:
        if not sets.is_within(sets.closed(new.document, arm), whole):
            message = f"the alternative {_called(new, arm)} was added"
            yield Turn("alternatives", Effect.WIDENED, message, new_pointer=arm[0])


def _called(facets: Facets, arm: Node) -> str:
    schema = facets.document.at(arm[0])
    name = _name(schema)
    return name or brief(schema)


def _name(schema: Any) -> str:
    reference = schema.get("$ref") if isinstance(schema, dict) else None
    if isinstance(reference, str):
        return pointers.split(pointers.from_fragment(reference))[-1]
    title = schema.get("title") if isinstance(schema, dict) else None
    return title if isinstance(title, str) else ""


def _matched(
    before: tuple[Node, ...], after: tuple[Node, ...], old: Facets, new: Facets, sets: Sets
) -> Match:
    """By name, by what is written there, by what is proved equal, by the tag or the type that only these
    two have, and the last that is left on each side.
    """
    pairs: list[tuple[Node, Node]] = []
    left, right = list(before), list(after)

    def take(alike: Callable[[Node, Node], bool]) -> None:
        for one in tuple(left):
            other = next((each for each in right if alike(one, each)), None)
            if other is not None:
                pairs.append((one, other))
                left.remove(one)
                right.remove(other)

    def same_name(one: Node, other: Node) -> bool:
        name = _name(old.document.at(one[0]))
        return bool(name) and name == _name(new.document.at(other[0]))

    def same_schema(one: Node, other: Node) -> bool:
        return sets.sameness.of(one[0], other[0])

    def equal(one: Node, other: Node) -> bool:
        return sets.effect(sets.closed(old.document, one), sets.closed(new.document, other)) is None

    take(same_schema)
    take(same_name)
    if left and right:
        take(equal)
        for trait in (_tags, _types):
            take(_alike_by(trait, old, new, left, right))
    if len(left) == len(right) == 1 and _types(Facets(old.document, left[0], old.direction)) & _types(
        Facets(new.document, right[0], new.direction)
    ):
        take(lambda one, other: True)  # noqa: ARG005 - what is left
    return Match(tuple(pairs), tuple(left), tuple(right))


def _alike_by(
    trait: Callable[[Facets], frozenset[Any]],
    old: Facets,
    new: Facets,
    left: Iterable[Node],
    right: Iterable[Node],
) -> Callable[[Node, Node], bool]:
    """Two have a trait that no other of their side has."""
    ones = {node: trait(Facets(old.document, node, old.direction)) for node in left}
    others = {node: trait(Facets(new.document, node, new.direction)) for node in right}

    def alike(one: Node, other: Node) -> bool:
        said = ones[one]
        alone = (
            sum(each == said for each in ones.values()) == sum(each == said for each in others.values()) == 1
        )
        return bool(said) and alone and said == others[other]

    return alike


def _tags(facets: Facets) -> frozenset[Any]:
    """The properties of an object that have one value alone, with it."""
    found = set()
    for name, node in facets.properties.items():
        values = Facets(facets.document, node, facets.direction).enum
        if values is not None and len(values) == 1:
            found.add((name, *values))
    return frozenset(found)


def _types(facets: Facets) -> frozenset[Any]:
    return facets.types
