"""What changed between two schemas, for values that go in one direction, and in all below them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from accord.comparing.alternatives import turned_alternatives
from accord.comparing.changes import Effect, Node, Witness
from accord.comparing.facets import TYPES, Facets
from accord.comparing.keywords import Turn, brief, turned
from accord.comparing.objects import Child, children_of_objects, turned_arrays, turned_objects
from accord.comparing.rules import RULES
from accord.comparing.sameness import Sameness
from accord.comparing.sets import Sets
from accord.comparing.values import turned_values
from accord.findings import Severity
from accord.schemas import Direction

_ANY = TYPES - {"null"}


@dataclass(frozen=True, slots=True)
class Found:
    """A change of a schema: its rule, the places in both documents, and a value that shows it."""

    rule: str
    severity: Severity
    message: str
    old: str
    new: str
    witness: Witness | None = None


@dataclass(slots=True)
class _Pair:
    found: list[Found] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)


_Key: TypeAlias = tuple[Node, Node, bool]


class SchemaComparison:
    """Compares schemas of two documents for values of one direction, each pair once."""

    def __init__(self, sameness: Sameness, direction: Direction) -> None:
        self._sets = Sets(sameness.old, sameness.new, sameness, direction)
        self._direction = direction
        self._pairs: dict[_Key, _Pair] = {}
        self._breaks = Effect.NARROWED if direction is Direction.REQUEST else Effect.WIDENED

    def of(self, old: str, new: str) -> Iterator[tuple[str, Found]]:
        """Each change, with the part of the value that it is of, as `/items/*/name`."""
        seen: set[_Key] = set()
        waiting = [Child("", (old,), (new,))]
        while waiting:
            child = waiting.pop()
            key = (child.old, child.new, child.is_property)
            if key in seen:
                continue
            seen.add(key)
            pair = self._pair(key)
            yield from ((child.label, found) for found in pair.found)
            waiting += [
                Child(child.label + each.label, each.old, each.new, each.is_property)
                for each in reversed(pair.children)
                if (each.old, each.new, each.is_property) not in seen
            ]

    def _pair(self, key: _Key) -> _Pair:
        if key not in self._pairs:
            old, new, is_property = key
            pair = _Pair() if self._is_same(old, new) else self._compared(old, new, is_property=is_property)
            pair.children = [each for each in pair.children if not self._is_same(each.old, each.new)]
            self._pairs[key] = pair
        return self._pairs[key]

    def _is_same(self, old: Node, new: Node) -> bool:
        return len(old) == len(new) == 1 and self._sets.sameness.of(old[0], new[0])

    def _compared(self, before: Node, after: Node, *, is_property: bool) -> _Pair:
        sets = self._sets
        old, new = (
            Facets(document, node, self._direction)
            for document, node in ((sets.old, before), (sets.new, after))
        )
        pair = _Pair()
        one, other = sets.closed(sets.old, before), sets.closed(sets.new, after)
        alternatives, arms = turned_alternatives(old, new, sets)
        is_alone = (before, after) not in ((arm.old, arm.new) for arm in arms)
        effect = Effect.UNDECIDED if one is None or other is None else sets.effect(one, other)
        own = self._own(old, new) if is_alone and _as_one(old, new) else ()
        turns = (*own, *alternatives, *_nullability(old, new))
        found = [
            self._found(turn, old, new, effect)
            for turn in turns
            if effect is not None or not turn.is_asserted
        ]
        pair.found += self._proved(found, one, other)
        pair.found += _annotations(old, new, is_property=is_property)
        pair.children += [arm for arm in arms if (arm.old, arm.new) != (before, after)]
        if _as_one(old, new):
            pair.children += children_of_objects(old, new)
        return pair

    def _own(self, old: Facets, new: Facets) -> Iterator[Turn]:
        """What became of the schemas themselves, without alternatives."""
        if old.accepts_nothing or new.accepts_nothing:
            effect = Effect.NARROWED if new.accepts_nothing else Effect.WIDENED
            yield Turn("schema", effect, f"{'no value' if new.accepts_nothing else 'values'} may come now")
            return
        yield from turned_values(old, new)
        yield from turned(old, new, self._sets)
        yield from turned_objects(old, new)
        yield from turned_arrays(old, new)

    def _found(self, turn: Turn, old: Facets, new: Facets, whole: Effect | None) -> Found:
        """The change; where it is proved of the whole that nothing is lost by it, it breaks nobody."""
        rule = RULES[f"{self._direction}-{turn.rule}"]
        severity = Severity.ERROR if turn.is_refused else rule.severity
        message = turn.message
        is_harmless = turn.is_asserted and whole is self._breaks.reversed and not _is_removal(turn)
        if is_harmless and severity is not Severity.INFO:
            severity, message = Severity.INFO, f"{message}; all the same no value is lost by it"
        before = turn.old_pointer or old.pointer_of(*turn.keywords)
        after = turn.new_pointer or new.pointer_of(*turn.keywords)
        return Found(rule.id, severity, message, before, after)

    def _proved(self, found: list[Found], old: Any, new: Any) -> Iterator[Found]:
        """The changes, those that break clients with a value that shows it, if one was found."""
        if all(each.severity is Severity.INFO for each in found):
            yield from found
            return
        is_request = self._direction is Direction.REQUEST
        value = self._sets.witness(old, new) if is_request else self._sets.witness(new, old)
        for each in found:
            if value is ... or each.severity is Severity.INFO or "optional-property" in each.rule:
                yield each
            else:
                witness = Witness(value, "old" if is_request else "new")
                yield replace(each, severity=Severity.ERROR, witness=witness)


def _is_removal(turn: Turn) -> bool:
    """Is it a property that went? Clients that read or send it want to know, whatever is proved."""
    return turn.aspect.endswith("property-removed")


def _as_one(old: Facets, new: Facets) -> bool:
    """Are both schemas to be compared keyword by keyword? Not where only one of them has alternatives."""
    return bool(old.unions) == bool(new.unions)


def _nullability(old: Facets, new: Facets) -> Iterator[Turn]:
    if old.is_nullable == new.is_nullable or _ANY in (old.types, new.types):
        return
    effect, word = (Effect.WIDENED, "now") if new.is_nullable else (Effect.NARROWED, "no more")
    yield Turn("nullability", effect, f"null may {word} come", ("type",))


def _annotations(old: Facets, new: Facets, *, is_property: bool) -> Iterator[Found]:
    """What clients have to know of though it concerns no value."""
    direction = old.direction
    before, after = (any(part.schema.get("deprecated") is True for part in each.parts) for each in (old, new))
    if is_property and before != after:
        rule = RULES[f"{direction}-property-{'deprecated' if after else 'reactivated'}"]
        message = "it is deprecated now" if after else "it is no longer deprecated"
        yield Found(rule.id, rule.severity, message, old.pointer, new.pointer)
    one, other = old.first("default"), new.first("default")
    if brief(one) != brief(other):
        rule = RULES[f"{direction}-default-changed"]
        message = f"the default changed: {brief(one)} became {brief(other)}"
        yield Found(rule.id, rule.severity, message, old.pointer_of("default"), new.pointer_of("default"))
