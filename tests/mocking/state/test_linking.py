"""Answers say where items are, and what they say leads there."""

from typing import Any

import orjson
import pytest

from accord.mocking.model import Response
from accord.mocking.resources import explain, infer_resources
from tests.mocking.conftest import answer, contract_of, header
from tests.mocking.state.flow import Flow, content, crud, flow_of, ref

NOTE = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
BOOK = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": {"type": "integer", "readOnly": True}, "title": {"type": "string"}},
}
LOCATED = {"description": "created", "headers": {"Location": {"schema": {"type": "string"}}}}


def paths(schema: str, created: Any = LOCATED) -> Any:
    """The paths of notes, each found by a key; the answer to a creation is of one's own."""
    found = crud("notes", schema, "noteKey")
    found["/notes"]["post"]["responses"] = {"201": created}
    return found


def located(response: Response) -> str:
    assert (response.status, response.body) == (201, b"")
    return str(header(response, "location"))


@pytest.fixture
def notes() -> Flow:
    return flow_of(paths("Note"), Note=NOTE)


def test_an_item_without_an_identifier_in_it_is_found_where_location_says(notes: Flow) -> None:
    place = located(notes.send("POST", "/notes", {"text": "Buy seeds"}))
    assert notes.json("GET", place) == {"text": "Buy seeds"}
    assert notes.json("PUT", place, {"text": "Sow"}) == notes.json("GET", place) == {"text": "Sow"}
    assert [notes.send(method, place).status for method in ("DELETE", "GET", "DELETE")] == [204, 404, 404]


def test_each_item_without_an_identifier_in_it_has_a_key_of_its_own(notes: Flow) -> None:
    shown = len(notes.json("GET", "/notes"))
    places = [located(notes.send("POST", "/notes", {"text": text})) for text in ("a", "b")]
    assert [notes.json("GET", place)["text"] for place in places] == ["a", "b"]
    assert [note["text"] for note in notes.json("GET", "/notes")][shown:] == ["a", "b"]


def test_location_leads_to_the_very_item_where_the_body_does_not_show_it() -> None:
    flow = flow_of(paths("Book"), Book=BOOK)
    place = located(flow.send("POST", "/notes", {"title": "T"}))
    assert flow.json("GET", place)["title"] == "T"


def test_location_leads_to_the_item_in_place_of_the_contracts_example() -> None:
    shown = {"schema": {"type": "string"}, "example": "/notes/77"}
    flow = flow_of(paths("Note", {"description": "", "headers": {"Location": shown}}), Note=NOTE)
    assert flow.json("GET", located(flow.send("POST", "/notes", {"text": "a"}))) == {"text": "a"}


def test_what_nobody_could_find_again_is_not_kept_and_it_is_said_why() -> None:
    created = answer(ref("Note"))
    contract = contract_of(paths("Note", created), components={"schemas": {"Note": NOTE}})
    flow = Flow(contract)
    assert flow.send("POST", "/notes", {"text": "a"}).status == 201
    assert "note" not in flow.world.collections
    lines = [line.strip() for line in explain(contract, infer_resources(contract))]
    assert "is not kept: neither the item nor the answer tells its key" in lines


def test_what_is_in_something_else_is_located_there() -> None:
    nested = {f"/books/{{bookId}}{path}": item for path, item in paths("Note").items()}
    for item in nested.values():
        own = {"name": "bookId", "in": "path", "required": True, "schema": {"type": "integer"}}
        item["parameters"] = [own, *item.get("parameters", ())]
    flow = flow_of({**crud("books", "Book", "bookId"), **nested}, Note=NOTE, Book=BOOK)
    place = located(flow.send("POST", "/books/7/notes", {"text": "a"}))
    assert place.startswith("/books/7/notes/")
    assert flow.json("GET", place) == {"text": "a"}


def test_pages_may_be_counted_from_nothing() -> None:
    listing = (
        {"name": "page", "in": "query", "schema": {"type": "integer", "default": 0}},
        {"name": "size", "in": "query", "schema": {"type": "integer", "default": 2}},
    )
    flow = flow_of(crud("books", "Book", "id", listing=listing), Book=BOOK)
    for title in "abc":
        flow.send("POST", "/books", {"title": title})
    everything = flow.json("GET", "/books?size=50")
    assert flow.json("GET", "/books?page=0") == flow.json("GET", "/books") == everything[:2]
    assert flow.json("GET", "/books?page=1") == everything[2:4]


def test_a_create_without_a_body_to_send_is_located_too() -> None:
    bare = paths("Note")
    bare["/notes"]["post"]["requestBody"] = {**content(ref("Note")), "required": False}
    flow = flow_of(bare, Note={**NOTE, "required": []})
    assert flow.json("GET", located(flow.send("POST", "/notes"))) == {}


def test_an_envelope_around_one_item_leads_to_it() -> None:
    links = {"type": "object", "required": ["self"], "properties": {"self": {"type": "string"}}}
    document = {"type": "object", "required": ["data"], "properties": {"data": ref("Book"), "links": links}}
    found = crud("books", "Book", "id")
    found["/books"]["post"]["responses"]["201"] = answer(document)
    found["/books/{id}"]["get"]["responses"]["200"] = answer(document)
    flow = flow_of(found, Book=BOOK)
    made = flow.json("POST", "/books", {"title": "T"})
    target = str(made["links"]["self"]).removeprefix("http://127.0.0.1")
    assert target == f"/books/{made['data']['id']}"
    assert flow.json("GET", target) == made


def test_the_success_that_tells_of_the_item_answers_a_creation() -> None:
    several = crud("books", "Book", "id")
    told = {"description": "", "content": {"application/json": {"schema": ref("Book")}}}
    queued = {"type": "object", "required": ["queued"], "properties": {"queued": {"type": "boolean"}}}
    several["/books"]["post"] |= {
        "operationId": "createBook",
        "responses": {"200": answer(queued), "201": told},
    }
    made = flow_of(several, Book=BOOK).send("POST", "/books", {"title": "T"})
    assert (made.status, orjson.loads(made.body)["title"]) == (201, "T")
