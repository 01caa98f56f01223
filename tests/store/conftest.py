"""Both databases: what the store promises, it promises on SQLite and on a real PostgreSQL."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from store import Database, OrganisationAssistants, migrate, open_database
from store.organisations import Organisations
from tests.databases import running_postgresql


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL that runs for this session."""
    with running_postgresql(tmp_path_factory.mktemp("postgresql")) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database with nothing in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'assistant.sqlite3'}"
    server: str = request.getfixturevalue("postgresql")
    name = f"test_{uuid4().hex}"
    admin = open_database(server)
    async with admin.writing() as connection:
        await connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))
    await admin.close()
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    await migrate(url)
    opened = open_database(url)
    yield opened
    await opened.close()


@pytest.fixture
async def organisation(database: Database) -> UUID:
    return (await Organisations(database).enrol("ours")).id


@pytest.fixture
def ours(database: Database, organisation: UUID) -> OrganisationAssistants:
    return OrganisationAssistants(database, organisation)


@pytest.fixture
async def theirs(database: Database) -> OrganisationAssistants:
    return OrganisationAssistants(database, (await Organisations(database).enrol("theirs")).id)
