"""Compiled schemas, kept as long as there is room for them."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from jsonschema_rs import Draft202012Validator

ALWAYS = 64
"""A schema that needs fewer units than this is kept whatever comes: it is small, and there are few such."""


@dataclass(eq=False)
class Keeping:
    """Compiled schemas by a key of the caller's; of the heavy ones, those that were used last.

    What compiles a schema compiles all that it refers to with it, each time: in a contract whose schemas
    refer to each other, each one weighs as much as all. A weight is the number of units that it needs.
    """

    room: int
    _light: dict[Hashable, Draft202012Validator] = field(default_factory=dict, init=False, repr=False)
    _heavy: dict[Hashable, tuple[Draft202012Validator, int]] = field(
        default_factory=dict, init=False, repr=False
    )

    def kept(
        self, key: Hashable, weight: int, compile_: Callable[[], Draft202012Validator]
    ) -> Draft202012Validator:
        """The compiled schema of that key, compiled anew where it was given up for others."""
        if weight < ALWAYS:
            known = self._light.get(key)
            if known is None:
                known = self._light[key] = compile_()
            return known
        compiled, _ = found = self._heavy.pop(key, None) or (compile_(), weight)
        self._heavy[key] = found  # behind all others: it is the one used last
        self._give_up()
        return compiled

    def _give_up(self) -> None:
        weight = sum(each for _, each in self._heavy.values())
        while weight > self.room and len(self._heavy) > 1:
            _, each = self._heavy.pop(next(iter(self._heavy)))
            weight -= each
