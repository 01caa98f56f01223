"""Lists that are asked for by a range, and headers that say which part an answer is."""

from collections.abc import Mapping
from typing import Any

import pytest

from accord.exchange import Outgoing, Routed
from tests.mocking.conftest import answer, header
from tests.mocking.state.flow import Flow, crud, flow_of, query, ref

NOTE = {
    "type": "object",
    "required": ["id", "text"],
    "properties": {"id": {"type": "integer", "readOnly": True}, "text": {"type": "string"}},
}
TEXT = {"type": "string"}
LISTED = {"type": "array", "items": ref("Note")}
RANGE = {"name": "Range", "in": "header", "example": "items=0-24", "schema": TEXT}
TOLD = {"Content-Range": {"schema": TEXT}, "Accept-Ranges": {"schema": TEXT}}


def notes(*parameters: Any, responses: Mapping[str, Any], count: int = 7) -> Flow:
    paths = crud("notes", "Note", "noteId", listing=parameters)
    paths["/notes"]["get"]["responses"] = dict(responses)
    flow = flow_of(paths, Note=NOTE)
    while len(flow.world.collections.get("note", ())) < count:
        flow.send("POST", "/notes", {"text": f"text {len(flow.world.collections.get('note', ()))}"})
    return flow


def both(**terms: Any) -> dict[str, Any]:
    """The whole as 200, a part of it as 206."""
    return {status: {**answer(LISTED), "headers": TOLD, **terms} for status in ("200", "206")}


def asked(flow: Flow, value: str | None, target: str = "/notes") -> tuple[int, list[int], str | None]:
    """The status, identifiers and range of what a range is answered with, which keeps the contract."""
    response = flow.send("GET", target, headers={"range": value} if value else {})
    route = flow.mock.route("GET", "/notes")
    assert isinstance(route, Routed)
    outgoing = Outgoing(response.status, response.headers, response.body)
    assert flow.mock.judge.response(route.operation, outgoing) == ()
    body = flow.json("GET", target, headers={"range": value} if value else {})
    ids = [note["id"] for note in body] if isinstance(body, list) else []
    return response.status, ids, header(response, "content-range")


def ids(flow: Flow) -> list[int]:
    return [note["id"] for note in flow.json("GET", "/notes")]


def test_a_range_is_answered_as_a_part_and_says_which_it_is() -> None:
    flow = notes(RANGE, responses=both())
    every = ids(flow)
    assert asked(flow, "items=2-4") == (206, every[2:5], "items 2-4/7")
    assert asked(flow, "items=5-") == (206, every[5:], "items 5-6/7")
    assert asked(flow, "items=-3") == (206, every[4:], "items 4-6/7")
    assert asked(flow, "items=4-99") == (206, every[4:], "items 4-6/7")


def test_the_whole_is_no_part() -> None:
    flow = notes(RANGE, responses=both())
    assert asked(flow, None) == asked(flow, "items=0-24") == (200, ids(flow), "items 0-6/7")
    assert header(flow.send("GET", "/notes"), "accept-ranges") == "items"


@pytest.mark.parametrize("value", ["bytes=0-3", "pages=0-1", "items=4-2", "items=0-1,3-4", "items=a-b", "x"])
def test_what_is_no_range_of_that_unit_is_answered_with_the_whole(value: str) -> None:
    flow = notes(RANGE, responses=both())
    assert asked(flow, value) == (200, ids(flow), "items 0-6/7")


def test_a_range_behind_the_last_item_is_refused_where_the_contract_has_a_status_for_it() -> None:
    flow = notes(RANGE, responses={**both(), "416": {"description": "no", "headers": TOLD}})
    assert asked_status(flow, "items=7-9") == (416, "items */7")
    other = notes(RANGE, responses=both())
    assert asked(other, "items=7-9") == (200, [], "items */7")


def asked_status(flow: Flow, value: str) -> tuple[int, str | None]:
    response = flow.send("GET", "/notes", headers={"range": value})
    return response.status, header(response, "content-range")


@pytest.mark.parametrize(
    ("parameter", "value", "told"),
    [
        ({"example": "resources=0-9"}, "resources=1-2", "resources 1-2/7"),
        ({"schema": {"type": "string", "pattern": "^rows=[0-9]+-[0-9]*$"}}, "rows=1-2", "rows 1-2/7"),
        ({"description": "Which part, as `Range: notes=<from>-<to>`"}, "notes=1-2", "notes 1-2/7"),
        ({"example": "0-24"}, "1-2", "1-2/7"),
        ({}, "anything=1-2", "anything 1-2/7"),
    ],
)
def test_the_unit_is_that_of_the_contract(parameter: Any, value: str, told: str) -> None:
    flow = notes({"name": "Range", "in": "header", "schema": TEXT, **parameter}, responses=both())
    assert asked(flow, value) == (206, ids(flow)[1:3], told)


def test_a_header_that_is_written_otherwise_decides_how_the_range_is_told() -> None:
    told = {"Content-Range": {"schema": {"type": "string", "pattern": r"^\d+-\d+/\d+$"}}}
    flow = notes(RANGE, responses=both(headers=told))
    assert asked(flow, "items=1-2") == (206, ids(flow)[1:3], "1-2/7")


def test_a_part_of_which_the_contract_describes_no_body_is_answered_as_the_whole_is() -> None:
    responses = {"200": answer(LISTED), "206": {"description": "part"}}
    flow = notes({**RANGE, "example": "0-9"}, responses=responses)
    assert asked(flow, "0-1") == (200, ids(flow)[:2], "0-1/7")


def test_a_range_that_only_the_answers_document_can_be_asked_for() -> None:
    flow = notes(responses=both())
    assert asked(flow, "items=1-2") == (206, ids(flow)[1:3], "items 1-2/7")


def test_a_contract_without_206_answers_a_range_with_200() -> None:
    flow = notes(RANGE, responses={"200": {**answer(LISTED), "headers": TOLD}})
    assert asked(flow, "items=1-2") == (200, ids(flow)[1:3], "items 1-2/7")


def test_a_contract_that_says_nothing_of_ranges_knows_none() -> None:
    flow = notes(responses={"200": answer(LISTED), "206": answer(LISTED)})
    assert asked(flow, "items=1-2") == (200, ids(flow), None)


def test_the_query_goes_before_the_header() -> None:
    limits = query("limit", {"type": "integer", "default": 3}), query("offset", {"type": "integer"})
    flow = notes(RANGE, *limits, responses=both())
    every = [note["id"] for note in flow.json("GET", "/notes?limit=9")]
    assert asked(flow, "items=1-2", "/notes?offset=4") == (206, every[4:7], "items 4-6/7")
    assert asked(flow, "items=1-2") == (206, every[1:3], "items 1-2/7")
    assert asked(flow, None) == (206, every[:3], "items 0-2/7")


def test_a_range_stands_in_the_query_where_the_contract_has_it_there() -> None:
    flow = notes(query("range", {"type": "string", "example": "0-24"}), responses=both())
    assert asked(flow, None, "/notes?range=1-2") == (206, ids(flow)[1:3], "1-2/7")


def test_a_range_of_values_is_answered_in_their_order_and_leads_on() -> None:
    parameter = {"name": "Range", "in": "header", "schema": TEXT, "example": "id ..; max=10"}
    told = {**TOLD, "Next-Range": {"schema": TEXT}}
    flow = notes(parameter, responses=both(headers=told))
    every = sorted(ids(flow))
    assert asked(flow, "id ..; max=3") == (206, every[:3], f"id {every[0]}..{every[2]}")
    more = header(flow.send("GET", "/notes", headers={"range": "id ..; max=3"}), "next-range")
    assert more == f"id ]{every[2]}..; max=3"
    assert asked(flow, more) == (206, every[3:6], f"id {every[3]}..{every[5]}")
    assert asked(flow, "id ..; order=desc, max=2")[1] == every[:-3:-1]
    assert asked(flow, f"id {every[1]}..{every[3]}[")[1] == every[1:3]
    last = flow.send("GET", "/notes", headers={"range": f"id ]{every[4]}.."})
    assert header(last, "next-range") is None


def test_what_nobody_has_written_to_says_which_part_it_is_too() -> None:
    flow = notes(RANGE, responses=both(), count=0)
    status, every, told = asked(flow, None)
    assert (status, told) == (200, f"items 0-{len(every) - 1}/{len(every)}")
    assert asked(flow, "items=0-0") == (206 if every[1:] else 200, every[:1], f"items 0-0/{len(every)}")
    assert not flow.world.collections


@pytest.mark.parametrize("kind", ["integer", "string"])
def test_headers_tell_how_many_items_and_pages_there_are(kind: str) -> None:
    words = ("Total-Count", "Result-Count", "Page", "Per-Page", "Total-Pages", "Next-Page", "Prev-Page")
    names = [f"X-{word}" for word in words]
    told = {name: {"schema": {"type": kind}} for name in names}
    pages = query("page", {"type": "integer", "default": 1}), query("per_page", {"type": "integer"})
    flow = notes(*pages, responses={"200": {**answer(LISTED), "headers": told}})
    response = flow.send("GET", "/notes?page=2&per_page=3")
    assert [header(response, name.lower()) for name in names] == ["7", "3", "2", "3", "3", "3", "1"]
    last = flow.send("GET", "/notes?page=3&per_page=3")
    assert (header(last, "x-next-page"), header(last, "x-result-count")) == (None, "1")


def test_headers_lead_on_to_the_next_page() -> None:
    told = {
        "X-Next-Token": {"schema": TEXT},
        "next_page": {"schema": TEXT, "description": "the URL of the next page"},
    }
    flow = notes(query("nextToken"), query("limit"), responses={"200": {**answer(LISTED), "headers": told}})
    response = flow.send("GET", "/notes?limit=3")
    token = header(response, "x-next-token")
    assert header(response, "next_page") == f"http://127.0.0.1/notes?limit=3&nextToken={token}"
    assert [note["id"] for note in flow.json("GET", f"/notes?limit=9&nextToken={token}")] == ids(flow)[3:]


def test_the_authors_example_of_a_header_stands_until_something_is_written() -> None:
    told = {"X-Total-Count": {"schema": {"type": "integer"}, "example": 120}}
    flow = notes(responses={"200": {**answer(LISTED), "headers": told}}, count=0)
    assert header(flow.send("GET", "/notes"), "x-total-count") == "120"
    flow.send("POST", "/notes", {"text": "x"})
    assert header(flow.send("GET", "/notes"), "x-total-count") == str(len(ids(flow)))


def test_a_limit_of_the_rate_says_nothing_of_the_list() -> None:
    told = {"X-RateLimit-Limit": {"schema": {"type": "integer", "enum": [5000]}}}
    flow = notes(responses={"200": {**answer(LISTED), "headers": told}})
    assert header(flow.send("GET", "/notes"), "x-ratelimit-limit") == "5000"
