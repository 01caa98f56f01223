"""The command that brings all data from one database to another: python -m store.moving OLD NEW."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import click
from sqlalchemy import Row, Table, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from store.errors import StoreError
from store.migrating import migrate, transactional_engine
from store.tables import metadata

_BATCH = 1000


class NotEmpty(StoreError):
    """The database that is to be filled has data already."""

    def __init__(self, table: str) -> None:
        super().__init__(f"the new database has rows in {table!r} already; name an empty one")


async def move(old: str, new: str) -> Mapping[str, int]:
    """How many rows of each table were copied. The new database has all of them, or, after an error, none.

    Both are brought to this version's tables first. Raises UnusableUrl, DatabaseUnavailable,
    MigrationFailed or NotEmpty.
    """
    await migrate(old)
    await migrate(new)
    source, target = transactional_engine(old), transactional_engine(new)
    try:
        async with source.begin() as reading, target.begin() as writing:
            return {table.name: await _copied(table, reading, writing) for table in metadata.sorted_tables}
    finally:
        await source.dispose()
        await target.dispose()


async def _copied(table: Table, reading: AsyncConnection, writing: AsyncConnection) -> int:
    if await writing.scalar(select(func.count()).select_from(table)):
        raise NotEmpty(table.name)
    # What counts rows counts them anew, in the same order.
    columns = [column for column in table.columns if column.identity is None]
    count, ordered = 0, select(*columns).order_by(*table.primary_key)
    async with reading.stream(ordered) as result:
        async for rows in result.partitions(_BATCH):
            await writing.execute(insert(table), [_values(row) for row in rows])
            count += len(rows)
    return count


def _values(row: Row[Any]) -> dict[str, Any]:
    """The values by column. SQLite gives moments without their time zone, which is UTC."""
    return {
        name: value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value
        for name, value in row._mapping.items()  # noqa: SLF001 - public in spite of its name
    }


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
def moving(old: str, new: str) -> None:
    """Copy all data from the database at URL OLD into the empty one at NEW. Stop the server first."""
    try:
        copied = asyncio.run(move(old, new))
    except StoreError as error:
        raise click.ClickException(str(error)) from error
    for table, count in copied.items():
        click.echo(f"{table}: {count} rows")


if __name__ == "__main__":
    moving(prog_name="python -m store.moving")
