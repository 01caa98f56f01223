"""How lists are paged, filtered, sorted and searched, and what their envelopes tell."""

from typing import Any

import pytest

from tests.mocking.resources.conftest import LISTED, Infer, Schema, listing, query

NUMBER = {"type": "integer"}
TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("names", "style", "parts"),
    [
        (("page", "size"), "page", {"page", "limit"}),
        (("page", "per_page"), "page", {"page", "limit"}),
        (("page[number]", "page[size]"), "page", {"page", "limit"}),
        (("offset", "limit"), "offset", {"offset", "limit"}),
        (("$skip", "$top"), "offset", {"offset", "limit"}),
        (("limit",), "none", {"limit"}),
        ((), "none", set()),
    ],
)
def test_numbered_pages_and_offsets_are_known_by_their_parameters(
    infer: Infer, names: tuple[str, ...], style: str, parts: set[str]
) -> None:
    found = listing(infer, *(query(name, **NUMBER) for name in names)).listing
    assert found is not None
    assert (found.paging.style, set(found.paging.parameters)) == (style, parts)


@pytest.mark.parametrize(
    "name", ["cursor", "after", "starting_after", "pageToken", "continue", "marker", "page[after]"]
)
def test_cursors_are_known_by_their_parameter(infer: Infer, name: str) -> None:
    found = listing(infer, query(name, **TEXT), query("limit", **NUMBER)).listing
    assert found is not None
    assert (found.paging.style, found.paging.parameters["after"].name) == ("cursor", name)


def test_a_time_called_before_is_no_cursor(infer: Infer) -> None:
    found = listing(infer, query("before", type="string", format="date-time")).listing
    assert found is not None
    assert found.paging.style == "none"


def test_a_range_header_and_a_link_header_are_paging_too(infer: Infer) -> None:
    ranged = {"name": "Range", "in": "header", "schema": TEXT}
    found = listing(infer, ranged).listing
    assert found is not None
    assert (found.paging.style, found.paging.parameters["range"].location) == ("range", "header")


def test_defaults_and_bounds_come_from_the_schema(infer: Infer) -> None:
    found = listing(
        infer, query("page"), query("size", type="integer", default=25, minimum=1, maximum=100)
    ).listing
    assert found is not None
    size = found.paging.parameters["limit"]
    assert (size.default, size.minimum, size.maximum) == (25, 1, 100)


@pytest.mark.parametrize(
    ("name", "pointer", "operator"),
    [
        ("status", "/status", "eq"),
        ("filter[status]", "/status", "eq"),
        ("price_gte", "/price", "gte"),
        ("price[lt]", "/price", "lt"),
        ("price__gt", "/price", "gt"),
        ("min_price", "/price", "gte"),
        ("created_after", "/created_at", "gt"),
        ("createdAt", "/created_at", "eq"),
        ("name_contains", "/name", "contains"),
    ],
)
def test_a_parameter_that_names_a_property_filters_by_it(
    infer: Infer, name: str, pointer: str, operator: str
) -> None:
    found = listing(infer, query(name)).listing
    assert found is not None
    assert [(each.pointer, each.operator) for each in found.filters] == [(pointer, operator)]


def test_a_parameter_of_several_values_keeps_items_that_have_any(infer: Infer) -> None:
    found = listing(infer, query("statuses", type="array", items=TEXT)).listing
    assert found is not None
    assert [(each.pointer, each.many) for each in found.filters] == [("/status", True)]


def test_an_object_of_operators_is_a_range(infer: Infer) -> None:
    found = listing(infer, query("price", type="object", properties={"gte": NUMBER, "lt": NUMBER})).listing
    assert found is not None
    assert [each.operator for each in found.filters] == ["range"]


@pytest.mark.parametrize("name", ["fields", "expand", "colour", "page", "sort"])
def test_a_parameter_that_names_no_property_filters_nothing(infer: Infer, name: str) -> None:
    found = listing(infer, query(name)).listing
    assert found is not None
    assert found.filters == ()


@pytest.mark.parametrize("name", ["sort", "sort_by", "sortBy", "order_by", "orderBy", "ordering"])
def test_lists_are_sorted_by_their_properties(infer: Infer, name: str) -> None:
    found = listing(infer, query(name)).listing
    assert found is not None
    assert found.sort is not None
    assert (found.sort.parameter, found.sort.by["price"]) == (name, "/price")


def test_what_may_be_sent_to_sort_by_is_read_without_its_direction(infer: Infer) -> None:
    values = ["name", "-name", "price:desc", "created_asc", "best_match"]
    found = listing(infer, query("sort", type="string", enum=values, default="-name")).listing
    assert found is not None
    assert found.sort is not None
    assert found.sort.by == {"name": "/name", "price": "/price", "created": "/created_at"}
    assert found.sort.default == "-name"


def test_a_direction_may_have_a_parameter_of_its_own(infer: Infer) -> None:
    found = listing(infer, query("sort"), query("direction", type="string", enum=["asc", "desc"])).listing
    assert found is not None
    assert found.sort is not None
    assert (found.sort.parameter, found.sort.direction) == ("sort", "direction")


def test_an_order_of_asc_and_desc_alone_is_by_the_time_of_creation(infer: Infer) -> None:
    found = listing(infer, query("order", type="string", enum=["asc", "desc"])).listing
    assert found is not None
    assert found.sort is not None
    assert (found.sort.parameter, found.sort.direction, list(found.sort.by)) == (
        None,
        "order",
        ["created_at"],
    )


@pytest.mark.parametrize("name", ["q", "query", "search"])
def test_a_search_parameter_is_known_by_its_name(infer: Infer, name: str) -> None:
    found = listing(infer, query(name)).listing
    assert found is not None
    assert found.search == name


def members(infer: Infer, schema: Schema, *parameters: Any) -> dict[str, str]:
    found = listing(infer, *parameters, schema=schema).responses["200"]["application/json"]
    return {member.pointer: member.kind for member in found.members}


def obj(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def test_an_envelope_of_pages_tells_its_totals(infer: Infer) -> None:
    page = obj(items=LISTED, total=NUMBER, page=NUMBER, size=NUMBER, pages=NUMBER)
    assert members(infer, obj(message=TEXT, meta=obj(), data=page), query("page", **NUMBER)) == {
        "/data/total": "total", "/data/page": "page", "/data/size": "size", "/data/pages": "pages",
    }  # fmt: skip


def test_an_envelope_of_cursors_tells_the_next_one(infer: Infer) -> None:
    schema = obj(data=LISTED, has_more={"type": "boolean"}, first_id=TEXT, last_id=TEXT, next_page_token=TEXT)
    assert members(infer, schema, query("after")) == {
        "/has_more": "has_more",
        "/first_id": "first_id",
        "/last_id": "last_id",
        "/next_page_token": "next_cursor",
    }


def test_links_to_pages_are_found_as_text_and_as_objects_with_href(infer: Infer) -> None:
    href = obj(href=TEXT)
    schema = obj(_embedded=obj(pets=LISTED), _links=obj(next=href, prev=href), page=obj(totalElements=NUMBER))
    assert members(infer, schema, query("page", **NUMBER)) == {
        "/_links/next/href": "next_link",
        "/_links/prev/href": "previous_link",
        "/page/totalElements": "total",
    }


def test_a_count_is_the_total_where_the_list_is_paged_and_has_no_other(infer: Infer) -> None:
    schema = obj(count=NUMBER, results=LISTED, next={"type": "string", "format": "uri"})
    assert members(infer, schema, query("page", **NUMBER)) == {"/count": "total", "/next": "next_link"}
    assert members(infer, schema) == {"/count": "count", "/next": "next_link"}


def test_a_count_named_after_the_items_is_their_total(infer: Infer) -> None:
    assert members(infer, obj(pets=LISTED, petsCount=NUMBER)) == {"/petsCount": "total"}


def test_a_page_that_is_a_text_is_a_cursor_where_it_is_described_as_one(infer: Infer) -> None:
    told = {**query("page", **TEXT), "description": "A cursor for the next page."}
    for parameter, style in ((told, "cursor"), (query("page", **TEXT), "page")):
        found = listing(infer, parameter).listing
        assert found is not None
        assert found.paging.style == style


@pytest.mark.parametrize("name", ["start", "from"])
def test_a_start_is_an_offset_where_it_is_a_number_beside_a_limit(infer: Infer, name: str) -> None:
    for parameters, style in (
        ((query(name, **NUMBER), query("limit", **NUMBER)), "offset"),
        ((query(name, **TEXT), query("limit", **NUMBER)), "none"),
        ((query(name, **NUMBER), query("end", **NUMBER)), "none"),
    ):
        found = listing(infer, *parameters).listing
        assert found is not None
        assert found.paging.style == style


def test_the_value_all_keeps_every_item(infer: Infer) -> None:
    found = listing(infer, query("status", type="string", enum=["available", "sold", "all"])).listing
    assert found is not None
    assert [each.every for each in found.filters] == [("all",)]


def test_a_start_and_an_end_bound_a_time(infer: Infer) -> None:
    times = {"start_time": NUMBER, "end_time": NUMBER}
    schema = {"type": "array", "items": {"type": "object", "properties": {"id": TEXT, "name": TEXT, **times}}}
    found = listing(infer, query("start_time", **NUMBER), query("end_time", **NUMBER), schema=schema).listing
    assert found is not None
    assert [(each.parameter, each.operator) for each in found.filters] == [
        ("start_time", "gte"),
        ("end_time", "lte"),
    ]


def test_a_property_of_another_type_is_not_compared(infer: Infer) -> None:
    others = {"favourited": {"type": "boolean"}, "labels": {"type": "array", "items": {"type": "object"}}}
    schema = {
        "type": "array",
        "items": {"type": "object", "properties": {"id": TEXT, "name": TEXT, **others}},
    }
    found = listing(infer, query("favourited", **TEXT), query("labels", **TEXT), schema=schema).listing
    assert found is not None
    assert found.filters == ()
