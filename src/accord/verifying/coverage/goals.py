"""What of a contract an exchange can show. Values; which there are is said by `planning` and `branches`."""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from accord.document import pointers


class Kind(StrEnum):
    """What sort of thing a goal is about."""

    STATUS = "status"
    """A documented status was answered."""
    MEDIA_TYPE = "media-type"
    """A body came or went in a documented media type."""
    HEADER = "header"
    """A documented header was in the answer."""
    PARAMETER = "parameter"
    """A parameter, or the body, was sent, or was left out where it is optional."""
    BRANCH = "branch"
    """A value took one of the ways that its schema leaves open, or stood at the edge of what it allows."""
    FAULT = "fault"
    """A request broke this rule of the contract, and no other."""


class Goal(NamedTuple):
    """One thing that can be seen of a contract.

    `place` is where in the operation: `request`, `query page`, `request application/json`, `response 200`,
    `response 200 application/json`. `pointer` leads into the contract; `what` is said for people, and tells
    apart the goals of one pointer.
    """

    operation: str
    place: str
    kind: Kind
    pointer: str
    what: str

    def __str__(self) -> str:
        """The goal for people: where it is, of which property or component, and what."""
        tokens = pointers.split(self.pointer)
        near = [at for at, token in enumerate(tokens[:-1]) if token in ("properties", "schemas")]
        name = f"{tokens[near[-1] + 1]} " if near and self.kind in (Kind.BRANCH, Kind.FAULT) else ""
        return f"{self.operation}, {self.place}: {name}{self.what}"


class Aim:
    """A goal while exchanges are looked at. `reason` says why nobody may be able to provoke it, if so."""

    __slots__ = ("goal", "is_seen", "reason")

    def __init__(self, goal: Goal, reason: str = "") -> None:
        self.goal = goal
        self.reason = reason
        self.is_seen = False


Aiming: TypeAlias = Callable[[Kind, str, str, str], Aim]
"""From kind, pointer, what and reason to the one aim that there is for these in its place."""
