"""JSON:API: resource objects in `data`, changed by their attributes, listed by `page`, `filter`, `sort`."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from accord.contract import load_contract
from tests.mocking.state.flow import Flow

CONTRACT = Path(__file__).parent / "shapes" / "json-api.yaml"
KIND = "application/vnd.api+json"
HOST = "http://127.0.0.1"


@pytest.fixture
def flow() -> Flow:
    return Flow(load_contract(str(CONTRACT)))


def article(flow: Flow, title: str, author: str | None = None, **attributes: Any) -> Any:
    """A new article as it is answered."""
    data: Any = {"type": "articles", "attributes": {"title": title, **attributes}}
    if author is not None:
        data["relationships"] = {"author": {"data": {"type": "people", "id": author}}}
    return flow.json("POST", "/v1/articles", {"data": data}, kind=KIND)["data"]


def person(flow: Flow, name: str, age: int) -> str:
    data = {"type": "people", "attributes": {"name": name, "age": age}}
    return str(flow.json("POST", "/v1/people", {"data": data}, kind=KIND)["data"]["id"])


def names(flow: Flow, query: str) -> list[str]:
    found = flow.json("GET", f"/v1/people?{quote(query, safe='=&,-')}")
    return [each["attributes"]["name"] for each in found["data"]]


def test_what_is_created_is_read_back_with_defaults_and_times_among_its_attributes(flow: Flow) -> None:
    made = article(flow, "T", body="b")
    assert (made["attributes"]["status"], made["attributes"]["body"]) == ("draft", "b")
    assert made["attributes"]["createdAt"] == made["attributes"]["updatedAt"]
    assert flow.json("GET", f"/v1/articles/{made['id']}")["data"] == made


def test_a_patch_keeps_the_attributes_and_relationships_that_it_does_not_name(flow: Flow) -> None:
    made = article(flow, "T", person(flow, "Ada", 30), body="b")
    sent = {"data": {"type": "articles", "id": made["id"], "attributes": {"title": "U"}}}
    flow.now += 60
    changed = flow.json("PATCH", f"/v1/articles/{made['id']}", sent, kind=KIND)["data"]
    before, after = made["attributes"], changed["attributes"]
    assert (after["title"], after["body"], after["createdAt"]) == ("U", "b", before["createdAt"])
    assert after["updatedAt"] > before["updatedAt"]
    assert changed["relationships"] == made["relationships"]


def test_links_lead_to_the_resource_object(flow: Flow) -> None:
    made = article(flow, "T")
    target = made["links"]["self"].removeprefix(HOST)
    shown = flow.json("GET", target)
    assert (target, shown["data"], shown["links"]["self"]) == (
        f"/v1/articles/{made['id']}",
        made,
        HOST + target,
    )


def test_nothing_is_included_that_nobody_made(flow: Flow) -> None:
    made = article(flow, "T")
    assert flow.json("GET", f"/v1/articles/{made['id']}").get("included", []) == []


def test_what_a_relationship_names_is_included_where_that_is_asked_for(flow: Flow) -> None:
    ada = person(flow, "Ada", 30)
    made = [article(flow, title, ada) for title in "TU"]
    target = f"/v1/articles/{made[0]['id']}"
    assert flow.json("GET", target).get("included", []) == []
    for path in (target, "/v1/articles"):
        found = flow.json("GET", f"{path}?include=author")["included"]
        assert [(each["id"], each["attributes"]["name"]) for each in found] == [(ada, "Ada")]


def test_a_relationship_to_nobody_is_refused_and_one_to_somebody_filters(flow: Flow) -> None:
    ada = person(flow, "Ada", 30)
    made = article(flow, "T", ada)
    data = {**made, "relationships": {"author": {"data": {"type": "people", "id": "nobody"}}}}
    assert flow.send("POST", "/v1/articles", {"data": data}, kind=KIND).status == 422
    found = flow.json("GET", f"/v1/articles?filter%5Bauthor%5D={ada}")
    assert ([each["id"] for each in found["data"]], found["meta"]["total"]) == ([made["id"]], 1)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("filter[name]=Bo", ["Bo"]),
        ("filter[age][gte]=1000&filter[age][lt]=1002&sort=-age", ["Bo", "Ada"]),
        ("sort=-age&page[limit]=2", ["Cy", "Bo"]),
        ("sort=-age,name&page[limit]=1&page[offset]=2", ["Ada"]),
    ],
)
def test_members_of_page_and_filter_are_understood(flow: Flow, query: str, expected: list[str]) -> None:
    for name, age in (("Ada", 1000), ("Bo", 1001), ("Cy", 1002)):
        person(flow, name, age)
    assert names(flow, query) == expected


def test_pages_lead_on_by_the_members_of_page(flow: Flow) -> None:
    for name in ("Ada", "Bo", "Cy"):
        person(flow, name, 30)
    page, seen = flow.json("GET", "/v1/people"), 0
    total = page["meta"]["page"]["total"]
    while page["links"]["next"] is not None:
        seen += len(page["data"])
        page = flow.json("GET", page["links"]["next"]["href"].removeprefix(HOST))
    assert seen + len(page["data"]) == total


def test_parameters_that_are_named_with_brackets_are_pages_too(flow: Flow) -> None:
    made = [article(flow, f"T{number}") for number in range(3)]
    found = flow.json(
        "GET", f"/v1/articles?{quote('page[size]=2&page[number]=1&filter[title]=T1', safe='=&')}"
    )
    assert (found["data"], found["links"]["next"]) == ([made[1]], None)
