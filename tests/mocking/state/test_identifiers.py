"""What tells items apart, whoever says it."""

from typing import Any

from tests.mocking.conftest import answer
from tests.mocking.state.flow import Flow, content, crud, flow_of, in_path, query, ref

CUSTOMER = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "id": {"type": "string", "readOnly": True, "examples": ["cus_4QWKsZuuTHcs7X"]},
        "name": {"type": "string"},
    },
}


def customers(identifier: Any = None, **terms: Any) -> Flow:
    properties = {**CUSTOMER["properties"], **({"id": identifier} if identifier else {})}  # type: ignore[dict-item]
    return flow_of(
        crud("customers", "Customer", "id", **terms), Customer={**CUSTOMER, "properties": properties}
    )


def test_identifiers_look_like_the_contracts_example_and_differ() -> None:
    flow = customers()
    made = [flow.json("POST", "/customers", {"name": "Bo"})["id"] for _ in range(20)]
    assert len({*made, "cus_4QWKsZuuTHcs7X"}) == 21
    assert all(name.startswith("cus_") and len(name) == 18 for name in made)


def test_numbers_are_never_given_twice() -> None:
    flow = customers({"type": "integer", "readOnly": True})
    first = flow.json("POST", "/customers", {"name": "Bo"})["id"]
    flow.send("DELETE", f"/customers/{first}")
    assert flow.json("POST", "/customers", {"name": "Cy"})["id"] == first + 1


def test_a_number_without_a_fraction_is_the_integer_that_it_is() -> None:
    number, written = {"type": "integer"}, {"type": "number"}
    paths = crud("customers", "Customer", "id", listing=(query("id", written),))
    paths["/customers/{id}"]["parameters"] = [in_path("id", written)]
    flow = flow_of(paths, Customer={**CUSTOMER, "properties": {**CUSTOMER["properties"], "id": number}})  # type: ignore[dict-item]
    assert flow.send("POST", "/customers", b'{"id": 71.0, "name": "Bo"}').body.startswith(b'{"id":71,')
    for path in ("/customers/71", "/customers/71.0"):
        assert flow.json("GET", path)["name"] == "Bo"
    assert [each["id"] for each in flow.json("GET", "/customers?id=71.0")] == [71]


def test_an_identifier_that_the_client_gives_is_kept() -> None:
    flow = customers({"type": "string"})
    assert flow.json("POST", "/customers", {"name": "Bo", "id": "bo"})["id"] == "bo"
    assert flow.json("GET", "/customers/bo")["name"] == "Bo"


def test_what_exists_is_a_conflict_where_the_contract_has_one() -> None:
    flow = customers({"type": "string"}, refusals=("404", "409"))
    sent = {"name": "Bo", "id": "bo"}
    assert [flow.send("POST", "/customers", sent).status for _ in range(2)] == [201, 409]


def test_what_exists_gives_place_where_the_contract_has_no_conflict() -> None:
    flow = customers({"type": "string"})
    for name in ("Bo", "Cy"):
        assert flow.send("POST", "/customers", {"name": name, "id": "bo"}).status == 201
    named = [each["name"] for each in flow.json("GET", "/customers") if each["id"] == "bo"]
    assert named == ["Cy"]


def test_a_world_that_is_copied_counts_on() -> None:
    flow = customers({"type": "integer", "readOnly": True})
    first = flow.json("POST", "/customers", {"name": "Bo"})["id"]
    copy = flow.world.copied("other")
    assert copy.collections["customer"].count == flow.world.collections["customer"].count
    assert flow.json("POST", "/customers", {"name": "Cy"}, world=copy)["id"] == first + 1


def test_a_file_that_is_sent_is_known_by_its_name_and_size() -> None:
    shown = {"type": "object", "properties": {"id": {"type": "string"}, "filename": {}, "bytes": {}}}
    sent = {"type": "object", "properties": {"file": {"type": "string", "contentMediaType": "*/*"}}}
    one = {"200": {"description": "", "content": {"application/json": {"schema": ref("File")}}}}
    paths = {
        "/files": {"post": {"requestBody": content(sent, "multipart/form-data"), "responses": one}},
        "/files/{file_id}": {"get": {"parameters": [in_path("file_id")], "responses": one}},
    }
    part = b'--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhello\r\n--b--\r\n'
    made = flow_of(paths, File=shown).json("POST", "/files", part, kind="multipart/form-data; boundary=b")
    assert (made["filename"], made["bytes"]) == ("a.txt", 5)


def test_a_path_that_names_an_item_by_another_property_finds_it() -> None:
    team = {
        "type": "object",
        "required": ["name"],
        "properties": {
            "id": {"type": "integer", "readOnly": True},
            "slug": {"type": "string", "readOnly": True},
            "name": {"type": "string"},
        },
    }
    one = {"200": answer(ref("Team")), "404": {"description": "no"}}
    by_id = {"parameters": [in_path("team_id", {"type": "integer"})], "get": {"responses": one}}
    paths = {**crud("teams", "Team", "slug"), "/team/{team_id}": by_id}
    paths["/team/{team_id}"]["patch"] = {"requestBody": content(ref("Team")), "responses": one}
    flow = flow_of(paths, Team=team)
    made = flow.json("POST", "/teams", {"name": "Red Pandas"})
    assert flow.json("GET", f"/team/{made['id']}") == made
    flow.send("DELETE", f"/teams/{made['slug']}")
    assert flow.send("GET", f"/team/{made['id']}").status == 404


def test_a_put_keeps_what_the_item_must_have_and_the_body_has_no_place_for() -> None:
    sink = {
        "type": "object",
        "required": ["kind", "name"],
        "properties": {"id": {"type": "string", "readOnly": True}, "kind": {}, "name": {"type": "string"}},
    }
    paths = crud("sinks", "Sink", "id")
    changed = {"type": "object", "properties": {"name": {"type": "string"}}}
    paths["/sinks/{id}"]["put"]["requestBody"] = content(changed)
    flow = flow_of(paths, Sink=sink)
    made = flow.json("POST", "/sinks", {"kind": "log", "name": "a"})
    assert flow.json("PUT", f"/sinks/{made['id']}", {"name": "b"}) == {**made, "name": "b"}
