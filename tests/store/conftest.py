"""What the store promises, it promises on SQLite and on a real PostgreSQL."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from store import Database, OrganisationAssistants, migrate, open_database
from store.organisations import Organisations
from tests.databases import url

__all__ = ["url"]


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
