"""The journal in a Redis: its entries in a list, and what processes have said in a hash."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from accord.mocking.sharing.logs import MOST, MOST_AT_ONCE, MOST_BYTES, Said, Slice

if TYPE_CHECKING:
    from redis.asyncio import Redis

_SECONDS = 7 * 24 * 3600
"""How long it is kept when nobody writes to it."""


class RedisLog:
    """A log in a Redis. A script does each step: nobody comes in between."""

    def __init__(
        self, redis: "Redis", base: str, asking: Callable[[], AbstractAsyncContextManager[None]]
    ) -> None:
        self._redis = redis
        self._asking = asking
        self._entries, self._numbers = f"{base}:journal", f"{base}:journal:numbers"
        self._processes = f"{base}:journal:processes"
        self._say, self._read, self._clear = (
            redis.register_script(script(name)) for name in ("say", "read", "clear")
        )

    async def say(self, process: str, said: Said, entries: Sequence[bytes] = ()) -> None:
        """Writes entries, and what the process says. To say the same twice does it once."""
        keys = [self._entries, self._numbers, self._processes]
        bounds = [MOST, MOST_BYTES, _SECONDS]
        async with self._asking():
            await self._say(keys=keys, args=[process, *said, *bounds, *entries])

    async def leave(self, process: str) -> None:
        """Forgets a process."""
        async with self._asking():
            await self._redis.hdel(self._processes, process)

    async def said(self) -> Mapping[str, Said]:
        """What each process has said last."""
        async with self._asking():
            found: Any = await self._redis.hgetall(self._processes)
        return {name.decode(): Said(*map(int, text.split())) for name, text in found.items()}

    async def ask(self) -> int:
        """Asks the next question."""
        async with self._asking():
            return int(await self._redis.hincrby(self._numbers, "asked", 1))

    async def asked(self) -> int:
        """The last question that was asked."""
        async with self._asking():
            return int(await self._redis.hget(self._numbers, "asked") or 0)

    async def read(self, after: int) -> Slice:
        """The entries after the one of that id, as many as are read at once."""
        async with self._asking():
            found = await self._read(keys=[self._entries, self._numbers], args=[after, MOST_AT_ONCE])
        return Slice(*found)

    async def clear(self, through: int) -> None:
        """Takes the entries out up to the one of that id."""
        async with self._asking():
            await self._clear(keys=[self._entries, self._numbers], args=[through])


def script(name: str) -> str:
    """The text of a script."""
    return (files("accord.mocking.sharing") / f"{name}.lua").read_text(encoding="utf-8")
