"""Samples of a document's schemas: valid by construction, then checked, then repaired."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from accord.document import pointers
from accord.findings import Finding, Severity
from accord.schemas.derived import Direction
from accord.schemas.sampling.places import Place
from accord.schemas.sampling.production import ABSENT, Production, Unsatisfied
from accord.schemas.sampling.repair import without_faults
from accord.schemas.sampling.times import times_of
from accord.schemas.sampling.views import Reader
from accord.schemas.sampling.words import Words
from accord.schemas.validators import Schemas, Validator

_SHARE = 120
_LEVELS = 5


@dataclass(frozen=True, slots=True)
class Sample:
    """A value, and what keeps it from being valid, or what was wrong with the value that it was made from."""

    value: Any
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to make a sample: how deep, how much, how much is checked."""

    levels: int
    is_careful: bool = False
    is_lean: bool = False
    uses_examples: bool = True
    turn: int = 0


# Tried in this order until a sample is valid: the richest first, the smallest and most checked last.
_WAYS = (
    _Way(_LEVELS),
    _Way(_LEVELS, is_careful=True),
    _Way(3, is_careful=True, uses_examples=False, turn=1),
    _Way(0, is_careful=True, is_lean=True),
    *(_Way(0, is_careful=True, is_lean=True, uses_examples=False, turn=turn) for turn in range(1, 4)),
    _Way(2, is_careful=True, turn=5),
)


@dataclass(eq=False)
class Sampler:
    """Makes samples of the schemas of one document. The same seed and key give the same sample."""

    schemas: Schemas
    seed: str = "accord"
    locale: str = "en_US"
    _readers: dict[Direction, Reader] = field(default_factory=dict, init=False, repr=False)
    _words: Words = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._words = Words(self.locale)

    def sample(
        self, pointer: str, *, direction: Direction | str = Direction.RESPONSE, key: str = ""
    ) -> Sample:
        """A value of the schema at `pointer`; where none is found, the least wrong one and a finding."""
        return self._made(pointer, Direction(direction), key, ABSENT)

    def mend(
        self, pointer: str, value: Any, *, direction: Direction | str = Direction.RESPONSE, key: str = ""
    ) -> Sample:
        """The value with what breaks the schema replaced, and a finding for each place that did."""
        way = Direction(direction)
        violations = self.schemas.at(pointer, way).violations(value)
        if not violations:
            return Sample(value)
        made = self._made(pointer, way, key, value)
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
        return Sample(made.value, (*found, *made.findings))

    def _made(self, pointer: str, direction: Direction, key: str, guide: Any) -> Sample:
        validator = self.schemas.at(pointer, direction)
        reasons: list[Unsatisfied] = []
        wrong: list[Any] = []
        for value in self._attempts(pointer, direction, key, guide, reasons):
            if validator.is_valid(value):
                return Sample(value)
            repaired = without_faults(validator, value)
            if validator.is_valid(repaired):
                return Sample(repaired)
            wrong.append(repaired)
        return self._least_wrong(validator, wrong, reasons)

    def _attempts(
        self, pointer: str, direction: Direction, key: str, guide: Any, reasons: list[Unsatisfied]
    ) -> Iterator[Any]:
        """Values by each way in turn; near to the guide as long as that leads to something."""
        for near in (guide, ABSENT) if guide is not ABSENT else (ABSENT,):
            for way in _WAYS:
                try:
                    yield self._attempt(pointer, direction, key, near, way)
                except Unsatisfied as unsatisfied:
                    reasons.append(unsatisfied)

    def _attempt(self, pointer: str, direction: Direction, key: str, guide: Any, way: _Way) -> Any:
        reader = self._reader(direction)
        seed = f"{self.seed}\0{key}"
        production = Production(
            self.schemas,
            reader,
            self._words,
            times_of(seed),
            direction,
            seed,
            way.levels,
            way.is_careful,
            way.is_lean,
            way.uses_examples,
            way.turn,
        )
        name = _name_of(pointer)
        view = reader.view((pointers.walk(reader.content, pointer), pointer))
        return production.value(view, Place("", name, 0, 0), _SHARE, guide)

    def _reader(self, direction: Direction) -> Reader:
        """The reader of a direction; a new one where a fault has changed what validators see."""
        content = self.schemas.content(direction)
        known = self._readers.get(direction)
        if known is None or known.content is not content:
            known = self._readers[direction] = Reader(content, direction.hidden)
        return known

    def _least_wrong(self, validator: Validator, wrong: list[Any], reasons: list[Unsatisfied]) -> Sample:
        if not wrong:
            message = f"no value satisfies this schema: {reasons[0]}"
            return Sample(None, (self._finding(validator.pointer, message),))
        counted = [(validator.violations(value), value) for value in wrong]
        violations, value = min(counted, key=lambda each: len(each[0]))
        first = violations[0]
        message = f"no value was found for this schema: {first.pointer or 'the value'} {first.reason}"
        return Sample(value, (self._finding(first.rule, message),))

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
