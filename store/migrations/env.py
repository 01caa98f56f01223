"""Runs the migrations: on the connection that it is handed, or on DATABASE_URL for the `alembic` command."""

import asyncio
import os

from alembic import context
from sqlalchemy import Connection

from store.database import database_url, open_database
from store.tables import metadata


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


async def run_on_the_configured_database() -> None:
    database = open_database(database_url(os.environ))
    async with database.writing() as connection:
        await connection.run_sync(run)
    await database.close()


handed: Connection | None = context.config.attributes.get("connection")
if handed is not None:
    run(handed)
else:
    asyncio.run(run_on_the_configured_database())
