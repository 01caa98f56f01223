"""What a mock is sent, it keeps: flows over contracts as teams write them."""

from typing import Any

import orjson
import pytest

from accord.contract import load_contract
from accord.mocking.state.world import World
from tests.live import ROOT
from tests.mocking.conftest import answer, contract_of
from tests.mocking.state.flow import Flow, content, crud, flow_of, query, ref

PET = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {
        "id": {"type": "integer", "readOnly": True},
        "name": {"type": "string"},
        "status": {"enum": ["free", "sold"], "default": "free"},
        "owner_id": {"type": ["integer", "null"]},
        "createdAt": {"type": "string", "format": "date-time", "readOnly": True},
        "updatedAt": {"type": "string", "format": "date-time", "readOnly": True},
    },
}
OWNER = {
    "type": "object",
    "properties": {"id": {"type": "integer", "readOnly": True}, "name": {"type": "string"}},
}
NOT_FOUND = {"404": {"description": "none"}}


def resource(plural: str, schema: str, **listing: Any) -> Any:
    key = {"name": f"{schema.lower()}Id", "in": "path", "required": True, "schema": {"type": "integer"}}
    shown = {"200": answer(ref(schema))}
    return {
        f"/{plural}": {
            "get": {
                "responses": {
                    "200": answer({"type": "array", "items": ref(schema)}, **listing.pop("shown", {}))
                },
                **listing,
            },
            "post": {
                "requestBody": content(ref(schema)),
                "responses": {"201": answer(ref(schema)), "422": {"description": "wrong"}},
            },
        },
        f"/{plural}/{{{schema.lower()}Id}}": {
            "parameters": [key],
            "get": {"responses": {**shown, **NOT_FOUND}},
            "put": {"requestBody": content(ref(schema)), "responses": {**shown, **NOT_FOUND}},
            "patch": {
                "requestBody": {"content": {"application/merge-patch+json": {"schema": {"type": "object"}}}},
                "responses": {**shown, **NOT_FOUND},
            },
            "delete": {"responses": {"204": {"description": "gone"}, **NOT_FOUND}},
        },
    }


@pytest.fixture
def pets() -> Flow:
    listing = {
        "parameters": [
            query("page", {"type": "integer", "minimum": 1, "default": 1}),
            query("size", {"type": "integer", "maximum": 50, "default": 2}),
            query("status", {"type": "string"}),
            query("sort", {"type": "string", "enum": ["name", "-name"]}),
        ],
        "shown": {"example": [{"id": 1, "name": "Ada"}]},
    }
    paths = {**resource("pets", "Pet", **listing), **resource("owners", "Owner", shown={"example": []})}
    return Flow(contract_of(paths, components={"schemas": {"Pet": PET, "Owner": OWNER}}))


def test_what_is_created_is_answered_and_read_back(pets: Flow) -> None:
    made = pets.json("POST", "/pets", {"name": "Bo"})
    assert made == {
        "id": 2,
        "name": "Bo",
        "status": "free",
        "createdAt": "2026-11-22T21:15:56.500Z",
        "updatedAt": "2026-11-22T21:15:56.500Z",
    }
    assert pets.json("GET", "/pets/2") == made


def test_what_is_created_without_a_body_where_none_need_be_sent_is_kept_too() -> None:
    paths = resource("pets", "Pet")
    paths["/pets"]["post"]["requestBody"]["required"] = False
    flow = Flow(contract_of(paths, components={"schemas": {"Pet": PET}}))
    made = flow.json("POST", "/pets")
    assert flow.json("GET", f"/pets/{made['id']}") == made
    assert flow.send("DELETE", f"/pets/{made['id']}").status == 204


def test_a_list_has_what_the_example_shows_and_what_was_created(pets: Flow) -> None:
    pets.send("POST", "/pets", {"name": "Bo"})
    assert [pet["name"] for pet in pets.json("GET", "/pets")] == ["Ada", "Bo"]


def test_a_list_is_paged_filtered_and_sorted(pets: Flow) -> None:
    for name, status in (("Bo", "sold"), ("Cy", "free"), ("Di", "sold")):
        pets.send("POST", "/pets", {"name": name, "status": status})
    assert [pet["name"] for pet in pets.json("GET", "/pets?page=2")] == ["Cy", "Di"]
    assert [pet["name"] for pet in pets.json("GET", "/pets?status=sold&sort=-name")] == ["Di", "Bo"]


def test_put_replaces_and_keeps_what_only_the_server_sets(pets: Flow) -> None:
    made = pets.json("POST", "/pets", {"name": "Bo", "status": "sold"})
    changed = pets.json("PUT", "/pets/2", {"id": 9, "name": "Cy"})
    assert (changed["id"], changed["name"], changed["createdAt"]) == (2, "Cy", made["createdAt"])
    assert pets.json("GET", "/pets/2") == changed


def test_a_merge_patch_keeps_what_it_does_not_name_and_null_takes_away(pets: Flow) -> None:
    pets.send("POST", "/pets", {"name": "Bo", "status": "sold", "owner_id": None})
    changed = pets.json(
        "PATCH", "/pets/2", {"status": None, "name": "Cy"}, kind="application/merge-patch+json"
    )
    assert (changed["name"], "status" in changed, changed["owner_id"]) == ("Cy", False, None)


def test_what_was_removed_is_not_found_again(pets: Flow) -> None:
    pets.send("POST", "/pets", {"name": "Bo"})
    assert [pets.send("DELETE", "/pets/2").status for _ in range(2)] == [204, 404]
    assert pets.send("GET", "/pets/2").status == 404


def test_as_long_as_nobody_has_written_any_identifier_means_something(pets: Flow) -> None:
    assert pets.send("GET", "/pets/77").status == 200
    pets.send("POST", "/pets", {"name": "Bo"})
    assert pets.send("GET", "/pets/77").status == 404


def test_the_first_write_may_be_to_an_identifier_that_nobody_made(pets: Flow) -> None:
    assert pets.json("PUT", "/pets/77", {"name": "Cy"})["id"] == 77
    assert pets.json("GET", "/pets/77")["name"] == "Cy"


def test_a_reference_to_nothing_is_refused(pets: Flow) -> None:
    owner = pets.json("POST", "/owners", {"name": "Flo"})["id"]
    assert pets.send("POST", "/pets", {"name": "Bo", "owner_id": owner}).status == 201
    assert pets.send("POST", "/pets", {"name": "Bo", "owner_id": owner + 1}).status == 422


def test_worlds_never_meet(pets: Flow) -> None:
    other = World("other")
    pets.send("POST", "/pets", {"name": "Bo"}, world=other)
    assert len(pets.json("GET", "/pets")) == 1
    assert len(pets.json("GET", "/pets", world=other)) == 2


def test_a_response_that_is_preferred_changes_nothing(pets: Flow) -> None:
    pets.send("POST", "/pets?__code=422", {"name": "Bo"})
    assert pets.world.collections == {}


def test_a_wrong_request_changes_nothing(pets: Flow) -> None:
    assert pets.send("POST", "/pets", {"status": "free"}).status == 422
    assert pets.world.collections == {}


def test_answers_keep_the_contract() -> None:
    flow = Flow(load_contract(str(ROOT / "openapi.yaml")))
    path = "/api/v1/assistant"
    sent = {"assistant_type": "simple", "llm_model": "gpt-4o-mini", "name": "Desk"}
    made = flow.json("POST", f"{path}?api_key=a", sent)["data"]
    changed = flow.json("PUT", f"{path}/{made['id']}?api_key=a", {"name": None, "voice": True})["data"]
    assert changed == {**made, "name": None, "voice": True}
    page = flow.json("GET", f"{path}?api_key=a&page=2&size=1")["data"]
    assert page == {"items": [changed], "total": 2, "page": 2, "size": 1, "pages": 2}
    assert flow.json("DELETE", f"{path}/{made['id']}?api_key=a")["data"] == changed
    assert flow.send("GET", f"{path}/{made['id']}?api_key=a").status == 404


def test_what_is_sent_as_xml_is_kept_and_read_as_json() -> None:
    paths = resource("pets", "Pet", shown={"example": []})
    paths["/pets"]["post"]["requestBody"] = content(ref("Pet"), "application/json", "application/xml")
    pets = Flow(contract_of(paths, components={"schemas": {"Pet": PET}}))
    sent = b"<Pet><name>Bo</name><owner_id>7</owner_id></Pet>"
    made = pets.json("POST", "/pets", sent, kind="application/xml")
    assert (made["name"], made["owner_id"]) == ("Bo", 7)
    assert pets.json("GET", f"/pets/{made['id']}") == made


@pytest.mark.parametrize(
    "patch",
    [[{"op": "zz"}, 1], {"op": "add"}, [{"op": "test", "path": "/name", "value": "Cy"}], [{"op": "add"}], 7],
)
def test_a_patch_that_does_not_fit_is_refused_and_changes_nothing(patch: Any) -> None:
    schema = {"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}}}
    flow = flow_of(crud("cats", "Cat", "catId"), Cat=schema)
    made = orjson.loads(flow.send("POST", "/cats", {"name": "Bo"}).body)
    refused = flow.send("PATCH", f"/cats/{made['id']}", patch, kind="application/json-patch+json")
    assert (refused.status, "does not fit the item" in refused.reason) == (422, True)
    assert orjson.loads(flow.send("GET", f"/cats/{made['id']}").body) == made


def test_an_object_that_the_contract_takes_as_a_json_patch_is_merged() -> None:
    cat = {"type": "object", "properties": {"id": {"type": "string"}, "age": {"type": "integer"}}}
    flow = flow_of(crud("cats", "Cat", "catId"), Cat=cat)
    made = flow.json("POST", "/cats", {"name": "Bo", "age": 3})
    flow.send("PATCH", f"/cats/{made['id']}", {"age": 4}, kind="application/json-patch+json")
    assert flow.json("GET", f"/cats/{made['id']}")["age"] == 4


def test_head_answers_as_get_does_without_a_body() -> None:
    paths = crud("pets", "Pet", "id")
    for path in paths.values():
        path["head"] = {"responses": path["get"]["responses"]}
    item = {"type": "object", "properties": {"id": {"type": "string", "readOnly": True}, "name": {}}}
    flow = flow_of(paths, Pet=item)
    target = f"/pets/{flow.json('POST', '/pets', {'name': 'Rex'})['id']}"
    assert [(each.status, each.body) for each in (flow.send("HEAD", target),)] == [(200, b"")]
    assert flow.send("HEAD", "/pets").status == 200
    flow.send("DELETE", target)
    assert [flow.send(method, target).status for method in ("GET", "HEAD")] == [404, 404]
