"""What is found once of a thing that does not change, and not anew for each sample."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

_Found = TypeVar("_Found")


@dataclass(frozen=True, eq=False)
class Once:
    """Keeps what was found of it, for as long as it is there itself."""

    _found: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)

    def once(self, what: Hashable, find: Callable[[], _Found]) -> _Found:
        """What is found of this alone; found when it is first asked for."""
        try:
            return self._found[what]  # type: ignore[no-any-return]
        except KeyError:
            found = self._found[what] = find()
            return found
