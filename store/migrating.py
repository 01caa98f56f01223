"""Bringing a database to the tables that this version of the code needs."""

import logging
from pathlib import Path

from sqlalchemy import Connection, NullPool, event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from store.database import prepare_sqlite
from store.errors import DatabaseUnavailable, StoreError
from store.urls import is_sqlite, parsed_url

# Alembic logs a line for each of its plug-ins when it is imported; nobody who starts a server needs those.
logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)

from alembic import command  # noqa: E402 - see above
from alembic.config import Config  # noqa: E402
from alembic.util import CommandError  # noqa: E402

_MIGRATIONS = Path(__file__).parent / "migrations"
# Any number will do, as long as nothing else in the database locks the same one.
_ADVISORY_LOCK = 7_310_552_046


class MigrationFailed(StoreError):
    """The database cannot be brought to this version's tables."""


async def migrate(url: str) -> None:
    """The database at `url` has this version's tables. Many may call this at once; one of them does the work.

    All migrations are one transaction: a server that is killed here leaves the tables as they were.
    Raises UnusableUrl, DatabaseUnavailable or MigrationFailed.
    """
    engine = transactional_engine(url)
    try:
        async with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                await connection.execute(text(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})"))
            await connection.run_sync(_upgrade)
    except (SQLAlchemyError, OSError) as error:
        raise DatabaseUnavailable(str(getattr(error, "orig", None) or error)) from error
    except CommandError as error:
        raise MigrationFailed(f"the database is not one that this version knows: {error}") from error
    finally:
        await engine.dispose()


def _upgrade(connection: Connection) -> None:
    command.upgrade(configuration(connection), "head")


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's settings; env.py runs the migrations on `connection`."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def transactional_engine(url: str) -> AsyncEngine:
    """An engine whose transactions hold as a whole, DDL included, on both databases. Raises UnusableUrl."""
    parsed = parsed_url(url)
    engine = create_async_engine(parsed, poolclass=NullPool)
    if is_sqlite(parsed):
        prepare_sqlite(engine)
        _begin_by_locking(engine)
    return engine


def _begin_by_locking(engine: AsyncEngine) -> None:
    """SQLite's driver begins no transaction for DDL, and begins others without the lock for writing."""

    @event.listens_for(engine.sync_engine, "connect")
    def leave_transactions_to_us(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]

    @event.listens_for(engine.sync_engine, "begin")
    def lock(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
