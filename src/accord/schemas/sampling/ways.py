"""The ways in which a sample is tried, one after another, until it is valid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from accord.schemas.sampling.chance import seed_of

_LEVELS = 5


@dataclass(frozen=True, eq=False)
class Way:
    """One way to make a sample: how deep, how much, how much is checked."""

    levels: int
    is_careful: bool = False
    is_lean: bool = False
    uses_examples: bool = True
    turn: int = 0
    is_lenient: bool = False

    @cached_property
    def without_examples(self) -> Way:
        """The same, but those of the contract are passed over."""
        return replace(self, uses_examples=False)

    @cached_property
    def is_usual(self) -> bool:
        """Is it how most samples are made: at first try, and judged at their end?"""
        return not (self.is_careful or self.is_lean or self.is_lenient or self.turn)

    @cached_property
    def terms(self) -> tuple[int, bool, bool, bool]:
        """What it decides about a value, beside chance and what is checked."""
        return self.levels, self.is_lean, self.is_usual, self.uses_examples

    @cached_property
    def seed(self) -> int:
        """What tells its chance from that of others."""
        return seed_of(f"turn {self.turn}") if self.turn else 0


LENIENT = Way(2, is_lean=True, uses_examples=False, is_lenient=True)
"""What is tried last: what cannot be satisfied is left out, or neutral."""
# Tried in this order until a sample is valid: the richest first, the smallest and most checked last.
WAYS = (
    Way(_LEVELS),
    Way(_LEVELS, is_careful=True),
    Way(3, is_careful=True, uses_examples=False, turn=1),
    Way(0, is_careful=True, is_lean=True),
    *(Way(0, is_careful=True, is_lean=True, uses_examples=False, turn=turn) for turn in range(1, 4)),
    Way(2, is_careful=True, turn=5),
)
