"""Worlds in a PostgreSQL: a row for each with its version, and a row for each of its parts."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import quote, unquote

import asyncpg  # type: ignore[import-untyped]

from accord.mocking.sharing import Unreached
from accord.mocking.sharing.log_in_postgresql import LOG_TABLES, PostgresqlLog
from accord.mocking.sharing.places import Place
from accord.mocking.sharing.stores import (
    IDLE_DEFAULT,
    MOST_WORLDS,
    OFTEN,
    Loaded,
    Parts,
    Uses,
    idle_of,
    parse_version,
)

_SECONDS_TO_CONNECT = 2
_SECONDS_TO_ANSWER = 5
_FAILURES = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)
_BREAKS = (asyncpg.InterfaceError, asyncpg.PostgresConnectionError, OSError)

_TABLES = """
SELECT pg_advisory_xact_lock(4010);
CREATE TABLE IF NOT EXISTS accord_world (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  mock text NOT NULL,
  name text NOT NULL,
  version text NOT NULL,
  floor bigint NOT NULL DEFAULT 0,
  used timestamptz NOT NULL DEFAULT now(),
  UNIQUE (mock, name)
);
CREATE TABLE IF NOT EXISTS accord_part (
  world bigint NOT NULL REFERENCES accord_world ON DELETE CASCADE,
  part text NOT NULL,
  value bytea,
  number bigint NOT NULL,
  PRIMARY KEY (world, part)
);
CREATE INDEX IF NOT EXISTS accord_part_number ON accord_part (world, number);
"""
_LOAD = """
SELECT world.version, world.floor, part.part, part.value
FROM accord_world AS world LEFT JOIN accord_part AS part ON part.world = world.id AND (
  part.part = ANY($5) OR part.number >
  CASE WHEN split_part(world.version, '.', 1) = $3 AND $4 >= world.floor THEN $4 ELSE -1 END)
WHERE world.mock = $1 AND world.name = $2
"""
_COMMIT = """
WITH made AS (
  INSERT INTO accord_world (mock, name, version)
  SELECT $1, $2, $4 WHERE $3 = '' ON CONFLICT (mock, name) DO NOTHING RETURNING id
), changed AS (
  UPDATE accord_world SET version = $4, used = now()
  WHERE $3 <> '' AND mock = $1 AND name = $2 AND version = $3 RETURNING id
), world AS (
  SELECT id FROM made UNION ALL SELECT id FROM changed
), put AS (
  INSERT INTO accord_part (world, part, value, number)
  SELECT world.id, each.part, each.value, $5 FROM world, unnest($6::text[], $7::bytea[]) AS each (part, value)
  ON CONFLICT (world, part) DO UPDATE SET value = excluded.value, number = excluded.number
) SELECT id FROM world
"""
_FORGET_GONE = """
WITH world AS (UPDATE accord_world SET floor = $2 WHERE id = $1 RETURNING id)
DELETE FROM accord_part USING world WHERE world = world.id AND value IS NULL AND number <= $2
"""
_DROP_IDLE = (
    "DELETE FROM accord_world WHERE used < now() - CASE name WHEN '' THEN $1::interval ELSE $2::interval END"
)
_DROP_OLDEST = """
DELETE FROM accord_world WHERE id IN (
  SELECT id FROM accord_world WHERE mock = $1 AND name <> '' ORDER BY used DESC OFFSET $2)
"""


class PostgresqlStore:
    """A store in a PostgreSQL. A statement does each step: nobody comes in between."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._pool: Any = None
        self._opening = asyncio.Lock()
        self._uses = Uses()

    async def load(self, world: str, version: str, also: Collection[str] = ()) -> Loaded:
        """What changed of a world since a version, and these parts also; or all of it."""
        born, number = parse_version(version)
        name = quote(world, safe="")
        rows = await self._asked("fetch", _LOAD, self._place.name, name, born, number, list(also))
        if not rows:
            return Loaded("", {}, is_whole=True)
        await self._use(name)
        current, floor = rows[0]["version"], rows[0]["floor"]
        parts = {row["part"]: row["value"] for row in rows if row["part"] is not None}
        if parse_version(current)[0] == born and number >= floor:
            return Loaded(current, {**dict.fromkeys(also), **parts}, is_whole=False)
        held = {part: value for part, value in parts.items() if value is not None}
        return Loaded(current, held, is_whole=True)

    async def commit(self, world: str, version: str, new: str, parts: Parts) -> bool:
        """Changes a world from one version to the next; False where it has another version by now."""
        name, number = quote(world, safe=""), parse_version(new)[1]
        arguments = (self._place.name, name, version, new, number, [*parts], [*parts.values()])
        changed = await self._asked("fetchval", _COMMIT, *arguments)
        if changed is None:
            return await self._has(name, new)
        if not version:
            await self._drop_others()
        elif number % OFTEN == 0:
            await self._asked("execute", _FORGET_GONE, changed, number - OFTEN)
        return True

    async def remove(self, world: str) -> None:
        """Drops a world."""
        statement = "DELETE FROM accord_world WHERE mock = $1 AND name = $2"
        await self._asked("execute", statement, self._place.name, quote(world, safe=""))

    async def names(self) -> Sequence[str]:
        """The names of all worlds."""
        await self._drop_others()
        rows = await self._asked("fetch", "SELECT name FROM accord_world WHERE mock = $1", self._place.name)
        return [unquote(row["name"]) for row in rows]

    @property
    def log(self) -> PostgresqlLog:
        """The journal beside the worlds."""
        return PostgresqlLog(self._place.name, self._asked)

    async def prepare(self) -> None:
        """Makes the tables where there are none."""
        await self._asked("execute", _TABLES + LOG_TABLES)
        await self.names()

    async def close(self) -> None:
        """Closes all connections."""
        if self._pool is not None:
            self._pool.terminate()

    async def _has(self, name: str, version: str) -> bool:
        """Has the world this version already? So it has where the answer to a change was lost."""
        statement = "SELECT version FROM accord_world WHERE mock = $1 AND name = $2"
        return bool(await self._asked("fetchval", statement, self._place.name, name) == version)

    async def _use(self, name: str) -> None:
        """Says now and then that the world is used."""
        if self._uses.is_due(name):
            statement = "UPDATE accord_world SET used = now() WHERE mock = $1 AND name = $2"
            await self._asked("execute", statement, self._place.name, name)

    async def _drop_others(self) -> None:
        """Drops the worlds that nobody asked for long, and those that are too many."""
        idle = timedelta(seconds=IDLE_DEFAULT), timedelta(seconds=idle_of("any"))
        await self._asked("execute", _DROP_IDLE, *idle)
        await self._asked("execute", _DROP_OLDEST, self._place.name, MOST_WORLDS)

    async def _asked(self, method: str, statement: str, *arguments: Any) -> Any:
        """What a statement gives. It is sent once more where the connection broke: each may be done twice."""
        try:
            return await self._asked_once(method, statement, *arguments)
        except _BREAKS:
            pass
        except _FAILURES as error:
            raise self._unreached(error) from None
        try:
            return await self._asked_once(method, statement, *arguments)
        except _FAILURES as error:
            raise self._unreached(error) from None

    async def _asked_once(self, method: str, statement: str, *arguments: Any) -> Any:
        async with self._connected() as connection:
            return await getattr(connection, method)(statement, *arguments, timeout=_SECONDS_TO_ANSWER)

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[Any]:
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    self._place.url, min_size=0, max_size=8, timeout=_SECONDS_TO_CONNECT, reset=_nothing
                )
        async with self._pool.acquire(timeout=_SECONDS_TO_ANSWER) as connection:
            yield connection

    def _unreached(self, error: BaseException) -> Unreached:
        lines = self._place.hiding(str(error)).splitlines()
        return Unreached(lines[0] if lines else type(error).__name__)


async def _nothing(_connection: Any) -> None:
    """What is done with a connection that is given back: its statements leave nothing behind."""
