from typing import Any
from uuid import uuid4

import pytest

from store import Keyring, open_database
from tests.app.conftest import Client, Clients

NOWHERE = "/00000000-0000-4000-8000-000000000000"
SMALLEST: dict[str, Any] = {"assistant_type": None, "llm_model": None}
READS: list[tuple[str, str, Any]] = [("GET", "", None), ("GET", NOWHERE, None)]
WRITES: list[tuple[str, str, Any]] = [("POST", "", SMALLEST), ("PUT", NOWHERE, {}), ("DELETE", NOWHERE, None)]


@pytest.mark.parametrize(("method", "path", "body"), READS + WRITES)
@pytest.mark.parametrize("key", [None, "", "in-", "in-" + "a" * 43, "in-\x00ä", "x" * 5000])
async def test_without_a_valid_key_nothing_is_answered(
    clients: Clients, key: str | None, method: str, path: str, body: Any
) -> None:
    answer = await Client(clients.nobody.http, key, uuid4()).ask(method, path, json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert answer.headers["www-authenticate"]


async def test_a_revoked_key_is_refused_at_once(clients: Clients, url: str) -> None:
    assert clients.read.key is not None
    assert (await clients.read.ask("GET")).status_code == 200
    database = open_database(url)
    await Keyring(database).revoke(clients.read.key)
    await database.close()
    assert (await clients.read.ask("GET")).status_code == 401


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
async def test_a_read_key_cannot_change_anything(clients: Clients, method: str, path: str, body: Any) -> None:
    answer = await clients.read.ask(method, path, json=body)
    assert answer.status_code == 403
    assert "full" in answer.json()["detail"]


async def test_a_read_key_sees_what_a_full_key_made(clients: Clients) -> None:
    created = await clients.full.create(name="Desk")
    assert (await clients.read.ask("GET", f"/{created['id']}")).json()["data"] == created
    assert (await clients.read.ask("GET")).json()["data"]["items"] == [created]


async def test_another_organisations_assistant_is_answered_as_one_that_does_not_exist(
    clients: Clients,
) -> None:
    created = await clients.full.create(name="Desk")
    for method, body in (("GET", None), ("PUT", {"name": "x"}), ("DELETE", None)):
        foreign = await clients.foreign.ask(method, f"/{created['id']}", json=body)
        missing = await clients.foreign.ask(method, NOWHERE, json=body)
        assert foreign.status_code == missing.status_code == 404
        assert foreign.json()["detail"].replace(created["id"], NOWHERE[1:]) == missing.json()["detail"]
    assert (await clients.full.ask("GET", f"/{created['id']}")).json()["data"] == created


async def test_a_listing_holds_and_counts_only_the_organisations_own(clients: Clients) -> None:
    await clients.full.create(name="ours")
    await clients.foreign.create(name="theirs")
    page = (await clients.foreign.ask("GET")).json()["data"]
    assert ([item["name"] for item in page["items"]], page["total"]) == (["theirs"], 1)


async def test_org_id_may_be_the_callers_organisation_or_null(clients: Clients) -> None:
    own = str(clients.full.organisation)
    assert (await clients.full.create(org_id=own))["org_id"] == own
    assert (await clients.full.create(org_id=None))["org_id"] is None


async def test_a_foreign_org_id_is_forbidden_and_nothing_is_created(clients: Clients) -> None:
    answer = await clients.full.ask("POST", json=SMALLEST | {"org_id": str(clients.foreign.organisation)})
    assert answer.status_code == 403
    assert (await clients.full.ask("GET")).json()["data"]["total"] == 0


async def test_a_foreign_org_id_is_forbidden_in_a_change(clients: Clients) -> None:
    created = await clients.full.create(name="Desk")
    change = {"name": "x", "org_id": str(clients.foreign.organisation)}
    assert (await clients.full.ask("PUT", f"/{created['id']}", json=change)).status_code == 403
    assert (await clients.full.ask("GET", f"/{created['id']}")).json()["data"] == created
