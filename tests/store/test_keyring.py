import re
from uuid import UUID

import pytest
from sqlalchemy import select

from store import AmbiguousPrefix, Database, KeyNotFound, Keyring, Role
from store.tables import api_keys


@pytest.fixture
def keyring(database: Database) -> Keyring:
    return Keyring(database)


async def test_a_key_is_in_and_43_url_safe_characters(keyring: Keyring, organisation: UUID) -> None:
    issued = await keyring.issue(organisation, Role.FULL)
    assert re.fullmatch(r"in-[A-Za-z0-9_-]{43}", issued.secret)
    assert issued.secret.startswith(issued.key.prefix)


async def test_no_two_keys_are_alike(keyring: Keyring, organisation: UUID) -> None:
    secrets = {(await keyring.issue(organisation, Role.READ)).secret for _ in range(20)}
    assert len(secrets) == 20


@pytest.mark.parametrize("role", Role)
async def test_a_key_is_found_with_its_organisation_and_role(
    keyring: Keyring, organisation: UUID, role: Role
) -> None:
    issued = await keyring.issue(organisation, role)
    found = await keyring.find(issued.secret)
    assert found == issued.key
    assert (issued.key.organisation, issued.key.role) == (organisation, role)


async def test_a_secret_is_stored_nowhere(database: Database, keyring: Keyring, organisation: UUID) -> None:
    issued = await keyring.issue(organisation, Role.FULL)
    async with database.reading() as connection:
        row = (await connection.execute(select(api_keys))).one()
    assert issued.secret not in repr(row)
    assert issued.secret[len(issued.key.prefix) :] not in repr(row)


@pytest.mark.parametrize(
    "tampered", ["", "in-", "x", "in-" + "a" * 43, "in-" + "ä" * 43, "in-" + "a" * 43 + "\n"]
)
async def test_what_is_no_key_is_not_found(keyring: Keyring, organisation: UUID, tampered: str) -> None:
    await keyring.issue(organisation, Role.FULL)
    assert await keyring.find(tampered) is None


async def test_a_key_with_one_character_changed_is_not_found(keyring: Keyring, organisation: UUID) -> None:
    secret = (await keyring.issue(organisation, Role.FULL)).secret
    other = "A" if secret[-1] != "A" else "B"
    assert await keyring.find(secret[:-1] + other) is None


async def test_a_revoked_key_is_not_found(keyring: Keyring, organisation: UUID) -> None:
    issued, kept = [await keyring.issue(organisation, Role.FULL) for _ in range(2)]
    revoked = await keyring.revoke(issued.key.prefix)
    assert revoked.revoked_at is not None
    assert await keyring.find(issued.secret) is None
    assert await keyring.find(kept.secret) == kept.key


async def test_a_key_can_be_revoked_by_all_of_it(keyring: Keyring, organisation: UUID) -> None:
    issued = await keyring.issue(organisation, Role.FULL)
    await keyring.revoke(issued.secret)
    assert await keyring.find(issued.secret) is None


async def test_a_key_is_revoked_once(keyring: Keyring, organisation: UUID) -> None:
    issued = await keyring.issue(organisation, Role.FULL)
    await keyring.revoke(issued.secret)
    with pytest.raises(KeyNotFound, match=issued.key.prefix):
        await keyring.revoke(issued.secret)


async def test_an_ambiguous_prefix_revokes_nothing(keyring: Keyring, organisation: UUID) -> None:
    issued = [await keyring.issue(organisation, Role.FULL) for _ in range(3)]
    with pytest.raises(AmbiguousPrefix, match="3 valid keys"):
        await keyring.revoke("in-")
    assert [await keyring.find(each.secret) for each in issued] == [each.key for each in issued]


@pytest.mark.parametrize("prefix", ["in-%", "in-_", "%", "i_-"])
async def test_a_prefix_is_no_pattern(keyring: Keyring, organisation: UUID, prefix: str) -> None:
    await keyring.issue(organisation, Role.FULL)
    with pytest.raises(KeyNotFound):
        await keyring.revoke(prefix)


async def test_all_keys_are_listed_the_oldest_first(keyring: Keyring, organisation: UUID) -> None:
    assert await keyring.is_empty()
    issued = [await keyring.issue(organisation, role) for role in (Role.READ, Role.FULL)]
    await keyring.revoke(issued[0].key.prefix)
    assert [key.prefix for key in await keyring.all()] == [each.key.prefix for each in issued]
    assert not await keyring.is_empty()


def test_full_includes_read_and_read_is_not_full() -> None:
    assert Role.FULL.grants == {"read", "full"}
    assert Role.READ.grants == {"read"}
