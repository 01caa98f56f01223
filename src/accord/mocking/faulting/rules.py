"""Which answers suffer what: rules, as somebody ordered them, for an operation or for all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accord.mocking.faulting.model import Fault

ALL = "*"
"""What stands for every operation, and for what is no operation at all."""


@dataclass(slots=True)
class Rule:
    """A fault of an operation: its id, or a pattern of ids. It can be switched off without being forgotten.

    `times` is how often it happens, None for always; `used` how often it did.
    """

    id: int
    fault: "Fault"
    operation: str = ALL
    times: int | None = None
    is_on: bool = True
    used: int = 0

    def holds(self, operation: str) -> bool:
        """May an answer of the operation suffer it?"""
        is_left = self.is_on and (self.times is None or self.used < self.times)
        return is_left and (self.operation in (ALL, operation) or fnmatchcase(operation, self.operation))


def give_back(used: list[Rule]) -> None:
    """Takes back that these rules were used, by an answer that is made anew."""
    for rule in used:
        rule.used -= 1
    used.clear()


class Rules:
    """Rules, `held` by their numbers. What is said of an operation comes before what is said of many.

    `count` is how many there ever were.
    """

    def __init__(self) -> None:
        self.held: dict[int, Rule] = {}
        self.count = 0

    def __len__(self) -> int:
        return len(self.held)

    def __iter__(self) -> Iterator[Rule]:
        return iter(tuple(self.held.values()))

    def order(
        self, fault: "Fault", operation: str = ALL, *, times: int | None = None, is_on: bool = True
    ) -> Rule:
        """The rule, which holds from now on."""
        self.count += 1
        rule = self.held[self.count] = Rule(self.count, fault, operation, times, is_on)
        return rule

    def of(self, operation: str) -> list[Rule]:
        """The rules that hold for an operation, what says most of it first and of equals the newest."""
        held = [rule for rule in reversed(self.held.values()) if rule.holds(operation)]
        return sorted(held, key=lambda rule: (rule.operation != operation, rule.operation == ALL))

    def get(self, id: int) -> Rule | None:  # noqa: A002 - the contract's word
        """The rule of that number, if it is there."""
        return self.held.get(id)

    def remove(self, id: int) -> bool:  # noqa: A002 - the contract's word
        """Takes one out. Was it there?"""
        return self.held.pop(id, None) is not None

    def replace(self, count: int, rules: Iterable[Rule]) -> None:
        """Puts these in the place of all."""
        self.count = count
        self.held.clear()
        self.held.update((rule.id, rule) for rule in rules)

    def clear(self) -> None:
        """Takes all out."""
        self.held.clear()
