"""What changed between two schemas, for values that go in one direction, and in all below them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

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


class SchemaComparison:
    """Compares schemas of two documents for values of one direction, each pair once."""

    def __init__(self, sameness: Sameness, direction: Direction) -> None:
        self._sets = Sets(sameness.old, sameness.new, sameness, direction)
        self._direction = direction
        self._pairs: dict[Child, _Pair] = {}
        self._breaks = Effect.NARROWED if direction is Direction.REQUEST else Effect.WIDENED

    def of(self, old: str, new: str) -> Iterator[tuple[str, Found]]:
        """Each change, with the part of the value that it is of, as `/items/*/name`."""
        seen: set[Child] = set()
        waiting = [Child("", (old,), (new,))]
        while waiting:
            child = waiting.pop()
            key = child.unlabelled
            if key in seen:
                continue
            seen.add(key)
            pair = self._pair(key)
            yield from ((child.label, found) for found in pair.found)
            waiting += [
                replace(each, label=child.label + each.label)
                for each in reversed(pair.children)
                if each.unlabelled not in seen
            ]

    def _pair(self, key: Child) -> _Pair:
        if key not in self._pairs:
            pair = _Pair() if self._is_same(key.old, key.new) else self._compared(key)
            pair.children = [each for each in pair.children if not self._is_same(each.old, each.new)]
            self._pairs[key] = pair
        return self._pairs[key]

    def _is_same(self, old: Node, new: Node) -> bool:
        return len(old) == len(new) == 1 and self._sets.sameness.of(old[0], new[0])

    def _compared(self, key: Child) -> _Pair:
        sets, before, after = self._sets, key.old, key.new
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
        turns = [*own, *alternatives, *_nullability(old, new)]
        whole = key.whole or (before, after)
        pair.children += [
            self._one_of(replace(arm, whole=whole, is_kept=key.is_kept))
            for arm in arms
            if (arm.old, arm.new) != (before, after)
        ]
        if _as_one(old, new):
            pair.children += (replace(each, is_kept=key.is_kept) for each in children_of_objects(old, new))
        if old.unions or new.unions:
            turns += self._together(effect, turns, pair.children)
        found = [
            self._found(turn, old, new, self._breaks.reversed if key.is_kept else effect)
            for turn in turns
            if effect is not None or not turn.is_asserted
        ]
        pair.found += self._proved(found, key)
        pair.found += _annotations(old, new, is_property=key.is_property)
        return pair

    def _together(self, effect: Effect | None, turns: list[Turn], children: list[Child]) -> list[Turn]:
        """What is proved and no alternative tells of by itself: more than one `oneOf` takes a value, or what
        stands beside the alternatives refuses it.
        """
        proved = (Effect.NARROWED, Effect.WIDENED) if effect is Effect.CHANGED else (effect,)
        message = "the alternatives and what stands beside them take other values together"
        return [
            Turn("alternatives", sense, message)
            for sense in proved
            if sense in (Effect.NARROWED, Effect.WIDENED)
            and all(turn.effect is sense.reversed for turn in turns if turn.is_asserted)
            and all(self._is_kept(child, sense) for child in children)
        ]

    def _one_of(self, arm: Child) -> Child:
        """The alternative, with whether it is proved that others take what it takes no more."""
        return arm if arm.is_kept else replace(arm, is_kept=self._is_kept(arm, self._breaks))

    def _is_kept(self, child: Child, sense: Effect) -> bool:
        """Do other alternatives take what this one lost, or gained?"""
        if self._is_same(child.old, child.new) or (child.is_kept and sense is self._breaks):
            return True
        return child.whole is not None and self._sets.is_within(*self._lost(child, sense))

    def _lost(self, key: Child, sense: Effect) -> tuple[Any, Any]:
        """A schema of the values that could be lost, or gained, and one of those that are not.

        Of one alternative, that is what all of them accept by it; what another one accepts, too, is not lost.
        """
        before, after = key.whole or (key.old, key.new)
        sides = (self._sets.old, key.old, before), (self._sets.new, key.new, after)
        losing, keeping = sides if sense is Effect.NARROWED else sides[::-1]
        document, *nodes = losing
        return self._sets.closed(document, *dict.fromkeys(nodes)), self._sets.closed(keeping[0], keeping[2])

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

    def _proved(self, found: list[Found], key: Child) -> Iterator[Found]:
        """The changes, those that break clients with a value that shows it, if one was found."""
        if all(each.severity is Severity.INFO for each in found):
            yield from found
            return
        value = self._sets.witness(*self._lost(key, self._breaks))
        is_request = self._direction is Direction.REQUEST
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
