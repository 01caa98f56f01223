"""A store, opened by its URL."""

import asyncio

from accord.errors import UsageError
from accord.mocking.sharing import Unreached
from accord.mocking.sharing.places import Place
from accord.mocking.sharing.stores import Store


def open_store(place: Place) -> Store:
    """The store, which connects when it is first asked. Raises UsageError where its client is missing."""
    if place.kind == "sqlite":
        from accord.mocking.sharing.in_sqlite import SqliteStore  # noqa: PLC0415 - only for who has it

        return SqliteStore(place)
    try:
        if place.kind == "redis":
            from accord.mocking.sharing.in_redis import RedisStore  # noqa: PLC0415 - an extra

            return RedisStore(place)
        from accord.mocking.sharing.in_postgresql import PostgresqlStore  # noqa: PLC0415 - an extra

        return PostgresqlStore(place)
    except ImportError as error:
        hint = f"install it: pip install 'accord[{place.kind}]'"
        raise UsageError(f"--state {place.shown} needs the package {error.name!r}", hint=hint) from None


def check_store(place: Place) -> None:
    """Prepares the store for a mock. Raises UsageError where that cannot be."""
    asyncio.run(_prepare(place))


async def _prepare(place: Place) -> None:
    store = open_store(place)
    try:
        await store.prepare()
    except Unreached as error:
        hint = "start it, or correct the URL; without --state each process keeps its own state"
        raise UsageError(f"no state can be kept at {place.shown}: {error}", hint=hint) from None
    finally:
        await store.close()
