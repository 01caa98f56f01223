from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from store import Database, DatabaseUnavailable, migrate, open_database
from store.tables import organisations

UNREACHABLE = "postgresql://user:hunter2@127.0.0.1:1/assistants"


INSERT = insert(organisations).values(id=UUID(int=0), name="x")


@pytest.fixture
async def sqlite(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    await migrate(url)
    return url


@pytest.mark.parametrize(
    ("setting", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 30000)],
)
async def test_every_sqlite_connection_is_set_up_to_lose_nothing(
    sqlite: str, setting: str, value: str | int
) -> None:
    database = open_database(sqlite)
    for connecting in (database.reading, database.writing):
        async with connecting() as connection:
            assert await connection.scalar(text(f"PRAGMA {setting}")) == value
    await database.close()


async def test_every_statement_is_committed_by_itself(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(INSERT)
        async with database.reading() as other:
            assert await other.scalar(text("SELECT count(*) FROM organisations")) == 1


async def test_a_database_can_be_used_again_after_it_was_closed(database: Database) -> None:
    await database.close()
    async with database.reading() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM organisations")) == 0


async def test_a_database_that_can_be_reached_answers(database: Database) -> None:
    assert await database.answers()
    assert not await open_database(UNREACHABLE).answers()


async def test_a_database_that_cannot_be_reached_is_unavailable() -> None:
    database = open_database(UNREACHABLE)
    with pytest.raises(DatabaseUnavailable, match="does not answer") as refused:
        async with database.reading():
            pass
    assert "hunter2" not in str(refused.value)


async def test_migrating_what_cannot_be_reached_says_so() -> None:
    with pytest.raises(DatabaseUnavailable, match="does not answer"):
        await migrate(UNREACHABLE)


async def test_a_connection_that_is_cut_off_is_an_outage_and_the_next_one_works(postgresql: str) -> None:
    database = open_database(postgresql)
    with pytest.raises(DatabaseUnavailable):
        await cut_off(database)
    assert await database.answers()
    await database.close()


async def cut_off(database: Database) -> None:
    async with database.writing() as connection, database.writing() as other:
        mine = await connection.scalar(text("SELECT pg_backend_pid()"))
        await other.execute(text("SELECT pg_terminate_backend(:mine)"), {"mine": mine})
        await connection.execute(text("SELECT 1"))


async def test_a_mistake_in_a_statement_is_no_outage(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(INSERT)
    with pytest.raises(IntegrityError):
        await insert_again(database)


async def insert_again(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(INSERT)
