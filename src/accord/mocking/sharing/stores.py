"""What keeps the worlds that processes share, as these see it."""

from collections.abc import Collection, Mapping, Sequence
from secrets import token_hex
from time import monotonic
from typing import NamedTuple, Protocol

from accord.mocking.sharing.logs import Log

IDLE = 3600
"""Seconds after which a world that nobody asked for is dropped."""
IDLE_DEFAULT = 7 * 24 * 3600
"""The same of the world without a name."""
MOST_WORLDS = 1_000
OFTEN = 256
"""Changes of a world after which a database forgets parts that were gone before these."""
_SECONDS_OF_USE = 60
"""How long a world counts as used just now, without a word to the store."""

Parts = Mapping[str, bytes | None]
"""A world's parts by name; None: there is no such part."""


class Loaded(NamedTuple):
    """A world as it is in the store: all of its parts, or those that changed since a version.

    `version` is empty where there is no such world.
    """

    version: str
    parts: Parts
    is_whole: bool


class Store(Protocol):
    """Keeps worlds as parts. A change is made as a whole or not at all, and to one version alone.

    All raise Unreached.
    """

    async def load(self, world: str, version: str, also: Collection[str] = ()) -> Loaded:
        """What changed of a world since a version, and these parts also; or all of it."""
        ...

    async def commit(self, world: str, version: str, new: str, parts: Parts) -> bool:
        """Changes a world from one version to the next; False where it has another version by now.

        Without a version it is made. To ask for the same change twice makes it once.
        """
        ...

    async def remove(self, world: str) -> None:
        """Drops a world."""
        ...

    async def names(self) -> Sequence[str]:
        """The names of all worlds."""
        ...

    @property
    def log(self) -> Log:
        """The journal beside the worlds."""
        ...

    async def prepare(self) -> None:
        """Makes what the store needs to begin with."""
        ...

    async def close(self) -> None:
        """Closes its connections."""
        ...


class Uses:
    """When worlds were last used, as far as their store was told."""

    def __init__(self) -> None:
        self._told: dict[str, float] = {}

    def is_due(self, world: str) -> bool:
        """Is the store to be told, now, that a world is used?"""
        now = monotonic()
        if now - self._told.get(world, -_SECONDS_OF_USE) < _SECONDS_OF_USE:
            return False
        if len(self._told) > MOST_WORLDS:
            self._told.clear()
        self._told[world] = now
        return True


def next_version(version: str) -> str:
    """The version after one: when the world was made, how often it was changed, and by which change.

    No two changes have a version in common, so that one which is asked for twice is recognised.
    """
    born, number = parse_version(version)
    return f"{born or token_hex(6)}.{number + 1}.{token_hex(6)}"


def parse_version(version: str) -> tuple[str, int]:
    """What a world of the version is told by from later ones of its name, and how often it was changed."""
    born, _, rest = version.partition(".")
    return born, int(rest.partition(".")[0] or 0)


def idle_of(world: str) -> int:
    """Seconds after which a world is dropped, when nobody asks for it."""
    return IDLE if world else IDLE_DEFAULT
