"""Answers that somebody ordered in place of the mock's own, for a test of what a client makes of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accord.mocking.ordering import Ordered


@dataclass(slots=True)
class Override:
    """What an operation is answered with.

    `times` is how often it is given, None for always; `used` how often it was.
    """

    id: int
    operation: str
    answer: "Ordered"
    times: int | None = None
    used: int = 0

    @property
    def is_left(self) -> bool:
        """Is it to be given once more?"""
        return self.times is None or self.used < self.times


class Overrides:
    """The overrides of a world. `count` is how many were ever ordered.

    Of an operation's those for a number of times come first, in the order in which they were ordered; then
    the one that lasts, in the place of which another may be ordered.
    """

    def __init__(self) -> None:
        self._held: defaultdict[str, list[Override]] = defaultdict(list)
        self.count = 0

    def __bool__(self) -> bool:
        return bool(self._held)

    def __iter__(self) -> Iterator[Override]:
        for held in self._held.values():
            yield from held

    def order(self, operation: str, answer: "Ordered", *, times: int | None = None) -> Override:
        """The override, which holds from now on."""
        self.count += 1
        override = Override(self.count, operation, answer, times)
        left = [each for each in self._held[operation] if each.is_left]
        held = [each for each in left if times is not None or each.times is not None]
        self._held[operation] = sorted([*held, override], key=lambda each: each.times is None)
        return override

    def take(self, operation: str) -> Override | None:
        """The override that an operation is to be answered by now, which is used by that; None for none."""
        for override in self._held.get(operation, ()):
            if override.is_left:
                override.used += 1
                return override
        return None

    def remove(self, id: int) -> bool:  # noqa: A002 - the contract's word
        """Takes one out. Was it there?"""
        for operation, held in self._held.items():
            left = [each for each in held if each.id != id]
            if len(left) < len(held):
                self._held[operation] = left
                if not left:
                    del self._held[operation]
                return True
        return False

    def replace(self, count: int, overrides: Iterable[Override]) -> None:
        """Puts these in the place of all, in their order."""
        self.clear()
        self.count = count
        for override in overrides:
            self._held[override.operation].append(override)

    def clear(self) -> None:
        """Takes all out."""
        self._held.clear()
