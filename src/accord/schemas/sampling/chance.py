"""Chance that is none: the same seed gives the same numbers, on every machine and version of Python."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

_Item = TypeVar("_Item")
_MASK = (1 << 64) - 1


def seed_of(text: str) -> int:
    """The seed that a text decides: a number of 64 bits. Those of two texts are joined by `^`."""
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest())


class Dice:
    """Numbers that a seed decides (wyrand)."""

    __slots__ = ("_state",)

    def __init__(self, seed: int) -> None:
        self._state = seed

    def roll(self) -> int:
        """The next number of 64 bits."""
        self._state = state = (self._state + 0xA0761D6478BD642F) & _MASK
        product = state * (state ^ 0xE7037ED1A0B428DB)
        return (product >> 64) ^ (product & _MASK)

    def between(self, low: int, high: int) -> int:
        """A number from `low` to `high`, both included."""
        span = high - low + 1
        number = self.roll()
        while span > (1 << 64) and number < span:
            number = (number << 64) | self.roll()
        return low + number % span

    def pick(self, items: Sequence[_Item]) -> _Item:
        """One of the items."""
        return items[self.roll() % len(items)]
