"""Pages lead on to each other until the end."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.mocking.conftest import header
from tests.mocking.state.flow import Flow, crud, flow_of, query, ref

NOTE = {
    "type": "object",
    "required": ["id", "text"],
    "properties": {"id": {"type": "integer", "readOnly": True}, "text": {"type": "string"}},
}
TEXT = {"type": "string"}
NUMBER = {"type": "integer"}


def notes(listed: Any, *listing: Any) -> Flow:
    """Seven notes: those that the contract shows, and more."""
    flow = flow_of(crud("notes", "Note", "noteId", listed=listed, listing=listing), Note=NOTE)
    while len(flow.world.collections.get("note", ())) < 7:
        flow.send("POST", "/notes", {"text": "x"})
    return flow


def envelope(required: tuple[str, ...] = (), **members: Any) -> Any:
    items = {"type": "array", "items": ref("Note")}
    return {"type": "object", "required": ["items", *required], "properties": {"items": items, **members}}


def sizes_of(pages: Iterator[Any]) -> list[int]:
    ids = [[note["id"] for note in page] for page in pages]
    named = [name for page in ids for name in page]
    assert len(named) == len(set(named))
    return [len(page) for page in ids]


@pytest.mark.parametrize("limit", ["0", "-5", "-2147483648"])
def test_a_page_of_less_than_nothing_is_empty(limit: str) -> None:
    flow = notes(envelope(next_cursor=TEXT), query("limit", NUMBER), query("cursor", TEXT))
    assert flow.json("GET", f"/notes?limit={limit}")["items"] == []


@pytest.mark.parametrize("required", [(), ("next_cursor",)])
def test_cursors_lead_on_until_there_is_none(required: tuple[str, ...]) -> None:
    listed = envelope(required, next_cursor=TEXT, has_more={"type": "boolean"})
    flow = notes(listed, query("cursor", TEXT), query("limit", {"type": "integer", "default": 3}))

    def pages() -> Iterator[Any]:
        cursor, has_more = "", True
        while has_more:
            page = flow.json("GET", f"/notes?cursor={cursor}" if cursor else "/notes")
            yield page["items"]
            cursor, has_more = page.get("next_cursor", ""), page["has_more"]
            assert bool(cursor) == has_more

    assert sizes_of(pages()) == [3, 3, 1]


def test_links_of_an_envelope_lead_on_until_there_is_none() -> None:
    url = {"type": ["string", "null"], "format": "uri"}
    listed = envelope(
        total=NUMBER, links={"type": "object", "properties": {"next": url, "prev": url, "last": url}}
    )
    flow = notes(listed, query("page", NUMBER), query("per_page", {"type": "integer", "default": 3}))
    first = flow.json("GET", "/notes")
    assert first["links"]["prev"] is None
    assert first["links"]["last"] == "http://127.0.0.1/notes?page=3"

    def pages() -> Iterator[Any]:
        target: str | None = "/notes"
        while target is not None:
            page = flow.json("GET", target.removeprefix("http://127.0.0.1"))
            yield page["items"]
            target = page["links"]["next"]
            assert page["total"] == 7

    assert sizes_of(pages()) == [3, 3, 1]


def test_a_page_after_the_last_is_empty() -> None:
    flow = notes(envelope(total=NUMBER, pages=NUMBER), query("page", NUMBER), query("size", NUMBER))
    assert flow.json("GET", "/notes?page=9&size=3") == {"items": [], "total": 7, "pages": 3}


def test_an_offset_and_a_limit_cut_a_part_out() -> None:
    flow = notes(None, query("offset", NUMBER), query("limit", NUMBER))
    whole = flow.json("GET", "/notes?limit=7")
    assert flow.json("GET", "/notes?offset=2&limit=3") == whole[2:5]


def test_a_link_header_leads_to_the_neighbours() -> None:
    paths = crud("notes", "Note", "noteId", listing=(query("page", NUMBER), query("per_page", NUMBER)))
    paths["/notes"]["get"]["responses"]["200"]["headers"] = {"Link": {"schema": TEXT}}
    flow = flow_of(paths, Note=NOTE)
    while len(flow.world.collections.get("note", ())) < 7:
        flow.send("POST", "/notes", {"text": "x"})
    line = header(flow.send("GET", "/notes?page=2&per_page=3"), "link") or ""
    pages = {"first": 1, "prev": 1, "next": 3, "last": 3}
    assert line.split(", ") == [
        f'<http://127.0.0.1/notes?per_page=3&page={page}>; rel="{name}"' for name, page in pages.items()
    ]
