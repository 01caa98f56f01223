"""All data of one database stand in the other, in their order; or nothing does."""

from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner

from store import Database, Keyring, OrganisationAssistants, Role, open_database
from store.moving import NotEmpty, move, moving
from tests.databases import empty_database

ODD = {"name": "\x00 \ud800 \\", "attributes": {"big": 12345678901234567890123}, "assistant_type": "chat"}


@pytest.fixture
async def other(request: pytest.FixtureRequest, url: str, tmp_path: Path) -> str:
    """The URL of an empty database of the other kind."""
    if url.startswith("postgresql"):
        return f"sqlite:///{tmp_path / 'other.sqlite3'}"
    return await empty_database(request.getfixturevalue("postgresql"))


@pytest.fixture
async def filled(database: Database, organisation: UUID, ours: OrganisationAssistants) -> str:
    """The key of an organisation with three assistants."""
    for name in ("one", "two"):
        await ours.create({"assistant_type": "simple", "llm_model": None, "name": name})
    await ours.create({"llm_model": None} | ODD)
    return (await Keyring(database).issue(organisation, Role.READ)).secret


async def test_what_was_moved_is_as_it_was_and_in_its_order(
    url: str, other: str, filled: str, organisation: UUID, ours: OrganisationAssistants
) -> None:
    assert await move(url, other) == {"organisations": 1, "api_keys": 1, "assistants": 3}
    database = open_database(other)
    moved = OrganisationAssistants(database, organisation)
    assert await moved.list_page(1, 10) == await ours.list_page(1, 10)
    key = await Keyring(database).find(filled)
    assert key is not None
    assert (key.organisation, key.role) == (organisation, Role.READ)
    await moved.create({"assistant_type": "simple", "llm_model": None, "name": "three"})
    assert [each.name for each in (await moved.list_page(1, 10)).items][-1] == "three"
    await database.close()


@pytest.mark.usefixtures("filled")
async def test_nothing_is_added_to_what_is_there(url: str, other: str) -> None:
    await move(url, other)
    with pytest.raises(NotEmpty, match="has rows in 'organisations' already"):
        await move(url, other)


def test_the_command_says_how_much_it_copied(tmp_path: Path) -> None:
    done = CliRunner().invoke(moving, [f"sqlite:///{tmp_path}/old", f"sqlite:///{tmp_path}/new"])
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "assistants: 0 rows")
    done = CliRunner().invoke(moving, [f"sqlite:///{tmp_path}/old", "mysql://db/new"])
    assert (done.exit_code, "mysql is neither sqlite nor postgresql" in done.output) == (1, True)
