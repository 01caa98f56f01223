"""What `{{name}}` stands for."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from accord.errors import LimitExceeded
from accord.findings import Position

REFERENCE = re.compile(r"\{\{([^{}]*)\}\}")
_DEEPEST = 19
"""How often what a variable stands for may name variables in its turn."""


@dataclass(slots=True)
class Budget:
    """How many characters may still be filled in, for all texts together: variables may name each other."""

    left: int
    position: Callable[[str], Position]

    def spend(self, characters: int, pointer: str) -> None:
        """Counts what was filled in at a place. Raises LimitExceeded."""
        self.left -= characters
        if self.left < 0:
            raise LimitExceeded(
                "the collection's variables stand for more text than is read",
                hint="look for variables that name each other, or themselves",
                position=self.position(pointer),
            )


@dataclass(frozen=True, slots=True)
class Variables:
    """Variables by name. One that is not known, or dynamic such as `{{$guid}}`, stays as it is written."""

    budget: Budget
    known: dict[str, str] = field(default_factory=dict)

    def fill(self, text: str, pointer: str) -> str:
        """The text with its variables filled in."""
        for _ in range(_DEEPEST):
            if "{{" not in text:
                break
            filled = REFERENCE.sub(lambda match: self._stands_for(match, pointer), text)
            if filled == text:
                break
            text = filled
        return text

    def _stands_for(self, match: re.Match[str], pointer: str) -> str:
        value = self.known.get(match[1].strip())
        if value is None:
            return match[0]
        self.budget.spend(len(value), pointer)
        return value

    def within(self, listed: Any) -> "Variables":
        """These variables with those that a folder or a collection lists for itself."""
        own = dict(_stated(listed))
        return Variables(self.budget, {**self.known, **own}) if own else self


def _stated(listed: Any) -> Iterator[tuple[str, str]]:
    for entry in listed if isinstance(listed, list) else ():
        if not isinstance(entry, dict) or entry.get("disabled"):
            continue
        name, value = entry.get("key") or entry.get("id"), entry.get("value")
        if isinstance(name, str) and isinstance(value, str | int | float):
            yield name, str(value).lower() if isinstance(value, bool) else str(value)
