"""Samples of a document's schemas: valid by construction, then checked, then repaired."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from accord.document import pointers
from accord.findings import Finding, Severity
from accord.schemas.derived import Direction
from accord.schemas.sampling.chance import seed_of
from accord.schemas.sampling.identities import wanted_of
from accord.schemas.sampling.places import Place
from accord.schemas.sampling.production import ABSENT, Production
from accord.schemas.sampling.reading import Reader
from accord.schemas.sampling.repair import without_faults
from accord.schemas.sampling.roots import Root
from accord.schemas.sampling.scenes import Scene
from accord.schemas.sampling.unsatisfied import Unsatisfied
from accord.schemas.sampling.ways import LENIENT, WAYS, Way
from accord.schemas.sampling.words import Words
from accord.schemas.validators import Schemas, Validator

_NONE: Mapping[str, Any] = MappingProxyType({})
_SHARE = 120
_MOST_STEPS = 8_000
_MOST_STEPS_OF_ALL = 16_000


@dataclass(frozen=True, slots=True)
class Sample:
    """A value, and what keeps it from being valid, or what was wrong with the value that it was made from."""

    value: Any
    findings: tuple[Finding, ...] = ()
    is_valid: bool = True
    """Did the validator of its schema admit it?"""


@dataclass(frozen=True, slots=True)
class _Order:
    """What sample is asked for, and what was found of the contract on the way."""

    pointer: str
    direction: Direction
    key: str
    guide: Any = ABSENT
    identities: Mapping[str, Any] = field(default_factory=dict)
    uses_examples: bool = True
    findings: list[Finding] = field(default_factory=list)

    @property
    def told(self) -> tuple[Finding, ...]:
        """What was found, each once."""
        return tuple(dict.fromkeys(self.findings))


@dataclass(eq=False)
class Sampler:
    """Makes samples of the schemas of one document. The same seed and key give the same sample.

    Raises UsageError for a locale that has no words.
    """

    schemas: Schemas
    seed: str = "accord"
    locale: str = "en_US"
    fills: bool = True
    """Are entries made for a map that need not have any?"""
    _readers: dict[Direction, Reader] = field(default_factory=dict, init=False, repr=False)
    _words: Words = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._words = Words(self.locale)

    def sample(
        self,
        pointer: str,
        *,
        direction: Direction | str = Direction.RESPONSE,
        key: str = "",
        identities: Mapping[str, Any] = _NONE,
        examples: bool = True,
    ) -> Sample:
        """A value of the schema at `pointer`; where none is found, the least wrong one and a finding.

        `identities` are what properties of the resource at the root are to be, by their names (see
        `identities_of`); each is used where its schema allows. Without `examples` those of the schemas, and
        their defaults, are passed over.
        """
        order = _Order(pointer, Direction(direction), key, identities=identities, uses_examples=examples)
        return self._made(order)

    def mend(
        self, pointer: str, value: Any, *, direction: Direction | str = Direction.RESPONSE, key: str = ""
    ) -> Sample:
        """The value with what breaks the schema replaced, and a finding for each place that did."""
        way = Direction(direction)
        violations = self.schemas.at(pointer, way).violations(value)
        if not violations:
            return Sample(value)
        made = self._made(_Order(pointer, way, key, value))
        found = (
            Finding(
                "invalid-example",
                Severity.WARNING,
                f"{each.pointer or 'the value'} {each.reason}",
                each.rule,
                hint="correct the example; until then this part of it is replaced",
            )
            for each in violations
        )
        return Sample(made.value, (*found, *made.findings), made.is_valid)

    def _made(self, order: _Order) -> Sample:
        validator = self.schemas.at(order.pointer, order.direction)
        reasons: list[Unsatisfied] = []
        wrong: list[Any] = []
        for value in self._attempts(order, reasons):
            if validator.is_valid(value):
                return Sample(value, order.told)
            repaired = without_faults(validator, value)
            if validator.is_valid(repaired):
                return Sample(repaired, order.told)
            wrong.append(repaired)
        says = "can satisfy" if self._is_empty(order) else "was found for"
        return self._least_wrong(validator, wrong, reasons, says, order.told)

    def _attempts(self, order: _Order, reasons: list[Unsatisfied]) -> Iterator[Any]:
        """Values by each way in turn; near to the guide as long as that leads to something."""
        left = _MOST_STEPS_OF_ALL
        root = self._root(order.pointer, order.direction)
        for near in (order.guide, ABSENT) if order.guide is not ABSENT else (ABSENT,):
            for way in WAYS:
                if left <= 0 or (way.is_careful and self._is_empty(order)):
                    break
                production = self._production(order, way, min(left, _MOST_STEPS))
                if order.identities:
                    production.wanted = wanted_of(order.identities, root.view, root.place)
                try:
                    yield production.value(root.view, root.place, _SHARE, near)
                except Unsatisfied as unsatisfied:
                    reasons.append(unsatisfied)
                self._reader(order.direction).roots.weigh(root, production.steps)
                left -= production.steps
        if reasons:
            with suppress(Unsatisfied):
                production = self._production(order, LENIENT, _MOST_STEPS)
                yield production.value(root.view, root.place, _SHARE)

    def _is_empty(self, order: _Order) -> bool:
        """Is it proved that no value satisfies the schema?"""
        return self._reader(order.direction).is_empty(self._root(order.pointer, order.direction).view)

    def _production(self, order: _Order, way: Way, most_steps: int) -> Production:
        seed = seed_of(f"{self.seed}\0{order.key}")
        return Production(
            self.schemas,
            self._reader(order.direction),
            Scene(self._words, seed),
            order.direction,
            seed ^ way.seed,
            way if order.uses_examples else way.without_examples,
            most_steps,
            self.fills,
            findings=order.findings,
        )

    def _root(self, pointer: str, direction: Direction) -> Root:
        reader = self._reader(direction)
        known = reader.roots.get(pointer)
        if known is not None:
            return known
        view = reader.view((pointers.walk(reader.content, pointer), pointer))
        place = Place("", _name_of(pointer) or view.component, 0, 0)
        return reader.roots.keep(Root(pointer, view, place))

    def _reader(self, direction: Direction) -> Reader:
        """The reader of a direction; a new one where a fault has changed what validators see."""
        content = self.schemas.content(direction)
        known = self._readers.get(direction)
        if known is None or known.content is not content:
            known = self._readers[direction] = Reader(content, direction.hidden)
        return known

    def _least_wrong(
        self,
        validator: Validator,
        wrong: list[Any],
        reasons: list[Unsatisfied],
        says: str,
        told: tuple[Finding, ...],
    ) -> Sample:
        counted = [(validator.violations(value), value) for value in wrong]
        violations, value = min(counted, key=lambda each: len(each[0]), default=((), None))
        if reasons or not violations:
            why, pointer = str(reasons[0] if reasons else "nothing was tried"), validator.pointer
        else:
            why = f"{violations[0].pointer or 'the value'} {violations[0].reason}"
            pointer = violations[0].rule
        finding = self._finding(pointer, f"no value {says} this schema: {why}")
        return Sample(value, (*told, finding), is_valid=False)

    def _finding(self, pointer: str, message: str) -> Finding:
        return Finding(
            "unsatisfied-schema",
            Severity.WARNING,
            message,
            pointer,
            hint="see whether its keywords exclude each other, or give an example",
        )


def _name_of(pointer: str) -> str:
    """What the value at the root is called: the name of its component, or nothing."""
    tokens = pointers.split(pointer)
    return tokens[-1] if tokens[:-1] == ["components", "schemas"] else ""
