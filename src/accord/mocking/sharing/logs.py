"""What keeps the journal that processes share, as these see it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from accord.mocking.recording import MOST, MOST_BYTES

__all__ = ["MOST", "MOST_AT_ONCE", "MOST_BYTES", "Log", "Said", "Slice"]

MOST_AT_ONCE = 500
"""Entries that are written or read at once."""


class Said(NamedTuple):
    """What a process has said last: the question up to which it has written all, and how often it spoke."""

    answered: int
    turn: int


class Slice(NamedTuple):
    """Entries of the log, whose ids follow each other up to `last`; `first` is the oldest that there is."""

    first: int
    last: int
    entries: Sequence[bytes]


class Log(Protocol):
    """Keeps entries in the order in which they were written, the newest of them.

    Whoever wants to know all asks a question: a number. A process that has entries of its own is known here,
    and says the number of the question up to which it has written them. All raise Unreached.
    """

    async def say(self, process: str, said: Said, entries: Sequence[bytes] = ()) -> None:
        """Writes entries, and what the process says. To say the same twice does it once."""
        ...

    async def leave(self, process: str) -> None:
        """Forgets a process, which has written all that it had, or is gone."""
        ...

    async def said(self) -> Mapping[str, Said]:
        """What each process has said last."""
        ...

    async def ask(self) -> int:
        """Asks the next question."""
        ...

    async def asked(self) -> int:
        """The last question that was asked."""
        ...

    async def read(self, after: int) -> Slice:
        """The entries after the one of that id, as many as are read at once."""
        ...

    async def clear(self, through: int) -> None:
        """Takes the entries out up to the one of that id. Ids go on."""
        ...
