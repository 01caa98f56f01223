import asyncio
import os
import sys
from pathlib import Path
from uuid import UUID

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, insert, inspect, text

from store import Database, DatabaseUnavailable, migrate, open_database
from store.migrating import MigrationFailed, configuration
from store.tables import metadata, organisations

ROOT = Path(__file__).parents[2]
MIGRATE = "import asyncio, sys; from store import migrate; asyncio.run(migrate(sys.argv[1]))"


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


async def test_the_migrations_make_the_tables_that_the_code_has(database: Database) -> None:
    async with database.reading() as connection:
        assert await connection.run_sync(differences) == []


async def test_alembics_own_command_finds_nothing_to_migrate(url: str, database: Database) -> None:
    async with database.reading() as connection:
        assert await connection.run_sync(tables) > set(metadata.tables)
    alembic = str(Path(sys.executable).with_name("alembic"))
    process = await asyncio.create_subprocess_exec(
        *(alembic, "-c", "store/alembic.ini", "check"),
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url},
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    assert (process.returncode, said) == (0, b"No new upgrade operations detected.\n")


async def test_a_migrated_database_is_left_as_it_is(url: str, database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(insert(organisations).values(id=UUID(int=0), name="kept"))
    await migrate(url)
    async with database.reading() as connection:
        assert await connection.scalar(text("SELECT name FROM organisations")) == "kept"


async def test_every_migration_can_be_taken_back(database: Database) -> None:
    async with database.writing() as connection:
        await connection.run_sync(lambda sync: command.downgrade(configuration(sync), "base"))
        assert await connection.run_sync(tables) == {"alembic_version"}


async def test_many_processes_may_migrate_at_once(url: str) -> None:
    commands = [
        asyncio.create_subprocess_exec(sys.executable, "-c", MIGRATE, url, cwd=ROOT) for _ in range(6)
    ]
    processes = await asyncio.gather(*commands)
    assert [await process.wait() for process in processes] == [0] * 6
    database = open_database(url)
    async with database.reading() as connection:
        assert await connection.run_sync(tables) == {*metadata.tables, "alembic_version"}
    await database.close()


async def test_a_database_of_a_later_version_is_refused(url: str, database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(MigrationFailed, match="9999"):
        await migrate(url)


async def test_a_failed_migration_leaves_nothing_behind(url: str) -> None:
    database = open_database(url)
    async with database.writing() as connection:
        await connection.execute(text("CREATE TABLE assistants (in_the_way INTEGER)"))
    with pytest.raises(DatabaseUnavailable, match="assistants"):
        await migrate(url)
    async with database.reading() as connection:
        assert await connection.run_sync(tables) == {"assistants"}
    await database.close()


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite3").write_bytes(b"no database" * 1000)
    with pytest.raises(DatabaseUnavailable, match="not a database"):
        await migrate(f"sqlite:///{tmp_path / 'a.sqlite3'}")
