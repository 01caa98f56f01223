"""What comes of an operation on the state."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from accord.exchange import Violation
from accord.mocking.model import Pairs
from accord.mocking.state.world import Item

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Done(NamedTuple):
    """It was done. The item or items that the answer holds, and what a list's envelope says of them.

    `status` where it is not the lowest success. `members` is by what they are (`total`, `next_cursor`),
    `neighbours` the query of each other page by its relation (`next`). `findings` are to be said of it.
    """

    item: Item | None = None
    items: tuple[Item, ...] | None = None
    members: Mapping[str, Any] = _NOTHING
    neighbours: Mapping[str, Mapping[str, Any]] = _NOTHING
    status: int | None = None
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """It cannot be done: there is no such item, or what it refers to is not there.

    `headers` are to be sent with the refusal.
    """

    violation: Violation
    headers: Pairs = ()


Outcome: TypeAlias = Done | Refused | None
"""None: the operation is answered by the contract alone, as if there were no state."""
