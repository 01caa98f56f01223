import asyncio
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import yaml_rs

from tests.app.conftest import Client, Clients

CONTRACT: Any = yaml_rs.loads((Path(__file__).parents[2] / "openapi.yaml").read_text())
EXAMPLES = CONTRACT["components"]["examples"]


def example_of(client: Client) -> dict[str, Any]:
    """The page's example, as this client's organisation would send it."""
    sent: dict[str, Any] = EXAMPLES["AssistantToCreate"]["value"] | {"org_id": str(client.organisation)}
    return sent


async def names(client: Client, page: int, size: int) -> list[str]:
    answer = await client.ask("GET", params={"page": page, "size": size})
    return [item["name"] for item in answer.json()["data"]["items"]]


async def test_the_contracts_example_is_created_as_the_contract_says(clients: Clients) -> None:
    sent = example_of(clients.full)
    answer = await clients.full.ask("POST", json=sent)
    data = answer.json()["data"]
    assert answer.json() == {"message": "Data created successfully", "meta": {}, "data": data}
    assert data == sent | {"id": str(UUID(data["id"]))}


async def test_what_is_left_out_gets_the_contracts_default(clients: Clients) -> None:
    created = await clients.full.create()
    defaults = {
        name: schema["default"]
        for name, schema in CONTRACT["components"]["schemas"]["IAssistantRead"]["properties"].items()
        if "default" in schema
    }
    assert len(defaults) == 14
    assert {name: created[name] for name in defaults} == defaults


async def test_an_explicit_null_is_not_replaced_by_a_default(clients: Clients) -> None:
    created = await clients.full.create(system_prompt=None, voice=None, org_id=None, name=None)
    assert [created[name] for name in ("system_prompt", "voice", "org_id", "name")] == [None] * 4


async def test_each_operation_answers_with_its_own_message(clients: Clients) -> None:
    one = f"/{(await clients.full.create())['id']}"
    asked = [("GET", one), ("GET", ""), ("PUT", one), ("DELETE", one)]
    answers = [
        await clients.full.ask(method, path, json={} if method == "PUT" else None) for method, path in asked
    ]
    verbs = [
        answer.json()["message"].removeprefix("Data ").removesuffix(" successfully") for answer in answers
    ]
    assert verbs == ["fetched", "fetched", "updated", "deleted"]
    assert all(answer.json()["meta"] == {} for answer in answers)


async def test_what_was_created_is_read_changed_removed_and_gone(clients: Clients) -> None:
    created = await clients.full.create(name="Desk")
    path = f"/{created['id']}"
    assert (await clients.full.ask("GET", path)).json()["data"] == created
    changed = (await clients.full.ask("PUT", path, json={"name": "Office"})).json()["data"]
    assert changed == created | {"name": "Office"}
    assert (await clients.full.ask("DELETE", path)).json()["data"] == changed
    assert [(await clients.full.ask(method, path)).status_code for method in ("GET", "DELETE")] == [404, 404]


async def test_an_explicit_null_is_stored_and_an_absent_field_keeps_its_value(clients: Clients) -> None:
    created = await clients.full.create(
        name="Desk", description="Travel", voice=True, system_prompt="Be kind"
    )
    change = {"name": None, "voice": None, "llm_model": None}
    changed = (await clients.full.ask("PUT", f"/{created['id']}", json=change)).json()["data"]
    assert changed == created | change
    assert (changed["description"], changed["system_prompt"]) == ("Travel", "Be kind")


async def test_attributes_are_replaced_as_a_whole(clients: Clients) -> None:
    created = await clients.full.create(attributes={"a": 1, "b": {"c": 2}})
    changed = await clients.full.ask("PUT", f"/{created['id']}", json={"attributes": {"d": 3}})
    assert changed.json()["data"]["attributes"] == {"d": 3}


@pytest.mark.parametrize(
    "value",
    [
        "a\x00b",
        2**70,
        -(2**63) - 1,
        1.0,
        0.1,
        5e-324,
        1.5e308,
        "\\u0000",
        "🜁",
        None,
        [],
        {"": {"a\x00": [1, 1.0]}},
    ],
)
async def test_free_form_values_come_back_as_they_were_sent(clients: Clients, value: Any) -> None:
    sent = {"attributes": {"value": value}, "voice_languages": [value], "name": "a\x00\\b"}
    path = f"/{(await clients.full.create(**sent))['id']}"
    read = (await clients.full.ask("GET", path)).json()["data"]
    assert repr({name: read[name] for name in sent}) == repr(sent)


async def test_as_deep_as_a_body_may_be_nested_it_is_stored(clients: Clients) -> None:
    deep: Any = 1
    for _ in range(120):
        deep = [deep]
    created = await clients.full.create(attributes={"deep": deep})
    assert (await clients.full.ask("GET", f"/{created['id']}")).json()["data"]["attributes"] == {"deep": deep}


async def test_pages_of_the_default_size_hold_25(clients: Clients) -> None:
    for number in range(26):
        await clients.full.create(name=str(number))
    page = (await clients.full.ask("GET")).json()["data"]
    assert [item["name"] for item in page["items"]] == [str(number) for number in range(25)]
    assert {name: page[name] for name in ("total", "page", "size", "pages")} == {
        "total": 26,
        "page": 1,
        "size": 25,
        "pages": 2,
    }
    assert await names(clients.full, 2, 25) == ["25"]


async def test_pages_stay_in_order_while_rows_come_and_go(clients: Clients) -> None:
    ids = [(await clients.full.create(name=name))["id"] for name in "abcdef"]
    assert await names(clients.full, 1, 3) == ["a", "b", "c"]
    await clients.full.ask("DELETE", f"/{ids[4]}")
    await clients.full.create(name="g")
    await clients.full.ask("PUT", f"/{ids[0]}", json={"name": "z"})
    assert await names(clients.full, 2, 3) == ["d", "f", "g"]
    assert await names(clients.full, 1, 3) == ["z", "b", "c"]


@pytest.mark.parametrize("query", ["page=0", "page=2147483648", "size=0", "size=101", "page=one", "size=1.5"])
async def test_a_page_out_of_bounds_is_refused_by_name(clients: Clients, query: str) -> None:
    name, value = query.split("=")
    answer = await clients.full.ask("GET", params={name: value})
    assert answer.status_code == 400
    assert [(error["location"], error["name"]) for error in answer.json()["errors"]] == [("query", name)]


async def test_concurrent_changes_of_different_fields_all_take_effect(clients: Clients) -> None:
    path = f"/{(await clients.full.create())['id']}"
    changes = [{"name": "n"}, {"description": "d"}, {"voice": True}, {"attributes": {"a": 1}}] * 5
    answers = await asyncio.gather(*(clients.full.ask("PUT", path, json=change) for change in changes))
    assert {answer.status_code for answer in answers} == {200}
    last = (await clients.full.ask("GET", path)).json()["data"]
    assert (last["name"], last["description"], last["voice"], last["attributes"]) == (
        "n",
        "d",
        True,
        {"a": 1},
    )


async def test_a_body_that_breaks_the_schema_is_refused_place_by_place(clients: Clients) -> None:
    body = {"llm_model": "gpt-9", "voice": "yes", "org_id": "x", "colour": "red"}
    answer = await clients.full.ask("POST", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    pointers = {error["pointer"] for error in answer.json()["errors"]}
    assert {"/llm_model", "/voice", "/org_id"} <= pointers
    assert len(answer.json()["errors"]) == 5


async def test_an_unknown_id_is_not_found_and_the_problem_names_it(clients: Clients) -> None:
    unknown = uuid4()
    for method, body in (("GET", None), ("PUT", {}), ("DELETE", None)):
        answer = await clients.full.ask(method, f"/{unknown}", json=body)
        assert answer.status_code == 404
        assert str(unknown) in answer.json()["detail"]
