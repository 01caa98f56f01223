"""The database: from a URL to connections that are set up to lose nothing."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import URL, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from store.errors import DatabaseUnavailable
from store.urls import is_sqlite, parsed_url

_DEFAULT_FILE = Path(__file__).resolve().parent.parent / ".state" / "assistant.sqlite3"
_SECONDS_TO_WAIT = 30
_SQLITE_SETTINGS = (
    f"PRAGMA busy_timeout = {_SECONDS_TO_WAIT * 1000}",
    # Readers never wait for a writer, and the other way round.
    "PRAGMA journal_mode = WAL",
    # Every commit is on the disk before it is acknowledged: it survives kill -9 and a power cut alike.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)
# SQLSTATE classes of PostgreSQL: connection, resources, intervention (such as a shutdown), system.
_OUTAGES = ("08", "53", "57", "58")


def database_url(environment: Mapping[str, str]) -> str:
    """`DATABASE_URL`, or the project's own SQLite file, .state/assistant.sqlite3."""
    return environment.get("DATABASE_URL") or f"sqlite:///{_DEFAULT_FILE}"


@dataclass(frozen=True, slots=True)
class Database:
    """Where to get connections. Each statement is a transaction of its own (autocommit)."""

    readers: AsyncEngine
    writers: AsyncEngine

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection to read with. Raises DatabaseUnavailable."""
        async with _connected(self.readers) as connection:
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A connection to write with. Raises DatabaseUnavailable."""
        async with _connected(self.writers) as connection:
            yield connection

    async def answers(self) -> bool:
        """Whether the database can be asked something at this moment."""
        try:
            async with self.reading() as connection:
                await connection.execute(text("SELECT 1"))
        except DatabaseUnavailable:
            return False
        return True

    async def close(self) -> None:
        """Every connection closed. What is used after that opens new ones."""
        await self.readers.dispose()
        await self.writers.dispose()


def open_database(url: str) -> Database:
    """The database at `url`. Connects when it is first asked something; raises UnusableUrl at once."""
    parsed = parsed_url(url)
    if not is_sqlite(parsed):
        engine = _engine(parsed, pool_pre_ping=True)
        return Database(readers=engine, writers=engine)
    # SQLite has one writer at a time: in one process they queue up here, in order, and not in its busy loop.
    return Database(
        readers=_sqlite_engine(parsed, connections=4), writers=_sqlite_engine(parsed, connections=1)
    )


def _sqlite_engine(url: URL, *, connections: int) -> AsyncEngine:
    engine = _engine(url, pool_size=connections, max_overflow=0)
    prepare_sqlite(engine)
    return engine


def _engine(url: URL, **pool: Any) -> AsyncEngine:
    """An engine without transactions. There is then nothing to roll back, and no round trip to do so."""
    return create_async_engine(
        url,
        isolation_level="AUTOCOMMIT",
        skip_autocommit_rollback=True,
        pool_reset_on_return=None,
        pool_timeout=_SECONDS_TO_WAIT,
        **pool,
    )


def prepare_sqlite(engine: AsyncEngine) -> None:
    """Every connection that `engine` opens gets the settings that keep data safe."""

    @event.listens_for(engine.sync_engine, "connect")
    def set_up(connection: DBAPIConnection, _record: Any) -> None:
        cursor = connection.cursor()
        for setting in _SQLITE_SETTINGS:
            cursor.execute(setting)
        cursor.close()


@asynccontextmanager
async def _connected(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    try:
        connection = await engine.connect()
    except (SQLAlchemyError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise DatabaseUnavailable(_reason(error)) from error
    try:
        yield connection
    except DBAPIError as error:
        if _is_outage(error):
            raise DatabaseUnavailable(_reason(error)) from error
        raise
    finally:
        await connection.close()


def _is_outage(error: DBAPIError) -> bool:
    """Whether the database failed, and not what was asked of it."""
    if isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated:
        return True
    return str(getattr(error.orig, "sqlstate", None) or "").startswith(_OUTAGES)


def _reason(error: BaseException) -> str:
    """What the driver said, without the statement and its parameters."""
    original = getattr(error, "orig", None) or error
    return str(original).splitlines()[0] if str(original) else type(original).__name__
