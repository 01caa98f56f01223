"""Worlds in a Redis: of each its parts in a hash, and a list of what its last changes were."""

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from time import time
from typing import Any
from urllib.parse import quote, unquote

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from accord.mocking.sharing import Unreached
from accord.mocking.sharing.log_in_redis import RedisLog, script
from accord.mocking.sharing.places import Place
from accord.mocking.sharing.stores import IDLE, MOST_WORLDS, Loaded, Parts, idle_of

_SECONDS_TO_CONNECT = 2
_SECONDS_TO_ANSWER = 5
_MOST_CONNECTIONS = 16


class RedisStore:
    """A store in a Redis of 6.2 or later, or a Valkey. A script does each step: nobody comes in between."""

    def __init__(self, place: Place) -> None:
        self._place = place
        pool = BlockingConnectionPool.from_url(
            place.url,
            max_connections=_MOST_CONNECTIONS,
            timeout=_SECONDS_TO_ANSWER,
            socket_connect_timeout=_SECONDS_TO_CONNECT,
            socket_timeout=_SECONDS_TO_ANSWER,
            retry=Retry(NoBackoff(), 1),  # a connection may be closed by now; nothing is done twice
        )
        self._redis: Redis = Redis.from_pool(pool)
        self._base = f"accord:{{{place.name}}}"  # one slot of a cluster for all of them
        self._load = self._redis.register_script(script("load"))
        self._commit = self._redis.register_script(script("commit"))

    async def load(self, world: str, version: str, also: Collection[str] = ()) -> Loaded:
        """What changed of a world since a version, and these parts also; or all of it."""
        arguments: list[str | float] = [version, quote(world, safe=""), time(), idle_of(world), *also]
        async with self._asking():
            found = await self._load(keys=self._keys(world), args=arguments)
        if not found:
            return Loaded("", {}, is_whole=True)
        current, is_whole, names, values = found
        parts = {name.decode(): value for name, value in zip(names, values, strict=True)}
        return Loaded(current.decode(), parts, is_whole=bool(is_whole))

    async def commit(self, world: str, version: str, new: str, parts: Parts) -> bool:
        """Changes a world from one version to the next; False where it has another version by now."""
        put = [text for name, value in parts.items() if value is not None for text in (name, value)]
        gone = [name for name, value in parts.items() if value is None]
        head: list[str | float] = [
            version,
            new,
            quote(world, safe=""),
            time(),
            idle_of(world),
            time() - IDLE,
            MOST_WORLDS,
        ]
        async with self._asking():
            return bool(
                await self._commit(
                    keys=self._keys(world), args=[*head, "\n".join(parts), len(put), *put, *gone]
                )
            )

    async def remove(self, world: str) -> None:
        """Drops a world."""
        held, log, worlds = self._keys(world)
        async with self._asking(), self._redis.pipeline(transaction=True) as pipeline:
            pipeline.delete(held, log)
            pipeline.zrem(worlds, quote(world, safe=""))
            await pipeline.execute()

    async def names(self) -> Sequence[str]:
        """The names of all worlds."""
        async with self._asking():
            found: Any = await self._redis.zrangebyscore(f"{self._base}:worlds", time() - IDLE, "+inf")
        return [unquote(name.decode()) for name in found]

    @property
    def log(self) -> RedisLog:
        """The journal beside the worlds."""
        return RedisLog(self._redis, self._base, self._asking)

    async def prepare(self) -> None:
        """Asks whether it answers, and takes these commands."""
        await self.names()
        await self.load("", "")

    async def close(self) -> None:
        """Closes all connections."""
        await self._redis.aclose()

    def _keys(self, world: str) -> list[str]:
        name = quote(world, safe="")
        return [f"{self._base}:world:{name}", f"{self._base}:log:{name}", f"{self._base}:worlds"]

    @asynccontextmanager
    async def _asking(self) -> AsyncIterator[None]:
        try:
            yield
        except (RedisError, OSError) as error:
            lines = self._place.hiding(str(error)).splitlines()
            raise Unreached(lines[0] if lines else type(error).__name__) from None
