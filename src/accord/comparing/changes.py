"""Changes between two contracts, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, TypeAlias

from accord.findings import Severity

Node: TypeAlias = tuple[str, ...]
"""Schemas of a document, by pointer, that all hold of one value."""


class Effect(StrEnum):
    """What a change does to the values that are accepted, or given."""

    NARROWED = "narrowed"
    WIDENED = "widened"
    CHANGED = "changed"
    """Some values went, others came."""
    UNDECIDED = "undecided"
    """The documents alone do not tell."""

    @property
    def reversed(self) -> "Effect":
        """The effect of the change back."""
        return _REVERSED.get(self, self)


_REVERSED: Mapping[Effect, Effect] = {Effect.NARROWED: Effect.WIDENED, Effect.WIDENED: Effect.NARROWED}


@dataclass(frozen=True, slots=True)
class Witness:
    """A value that one side takes and the other refuses."""

    value: Any
    accepted_by: str
    """`old` or `new`."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different, and whether it breaks clients.

    `operations` are those that it concerns, as `GET /pets`; `place` says where in their requests or
    responses it is. `old` and `new` are the pointers of the change in the two documents; one of them is
    empty where there is nothing on that side.
    """

    rule: str
    severity: Severity
    message: str
    operations: tuple[str, ...] = ()
    place: str = ""
    old: str = ""
    new: str = ""
    witness: Witness | None = None

    @property
    def is_breaking(self) -> bool:
        """Does it break clients, surely or maybe?"""
        return self.severity is not Severity.INFO

    @property
    def fingerprint(self) -> str:
        """What tells this change from others, and stays the same where only lines move."""
        parts = (self.rule, self.old, self.new, self.place, self.message)
        return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]
