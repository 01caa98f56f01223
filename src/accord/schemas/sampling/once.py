"""What is found once of a thing that does not change, and not anew for each sample."""

from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any, TypeVar

_Found = TypeVar("_Found")


class Once:
    """Keeps what was found of it, for as long as it is there itself."""

    def once(self, what: Hashable, find: Callable[[], _Found]) -> _Found:
        """What is found of this alone; found when it is first asked for."""
        try:
            return self._found[what]  # type: ignore[no-any-return]
        except KeyError:
            found = self._found[what] = find()
            return found

    @cached_property
    def _found(self) -> dict[Hashable, Any]:
        return {}
