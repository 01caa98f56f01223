"""HAL: collections in `_embedded`, and links that lead to what there is."""

from pathlib import Path
from typing import Any

import pytest

from accord.contract import load_contract
from tests.mocking.state.flow import Flow

CONTRACT = Path(__file__).parent / "shapes" / "hal.yaml"
HOST = "http://127.0.0.1"


@pytest.fixture
def orders() -> Flow:
    return Flow(load_contract(str(CONTRACT)))


def created(flow: Flow, *customers: str) -> list[Any]:
    return [flow.json("POST", "/v1/orders", {"customer": each}) for each in customers]


def followed(flow: Flow, value: Any, relation: str) -> Any:
    """What a link of a value leads to."""
    return flow.json("GET", value["_links"][relation]["href"].removeprefix(HOST))


def test_an_item_leads_to_itself(orders: Flow) -> None:
    (order,) = created(orders, "Ada")
    assert order["_links"]["self"] == {"href": f"{HOST}/v1/orders/{order['id']}", "templated": False}
    assert followed(orders, order, "self") == order


def test_an_item_leads_to_what_is_in_it_and_that_leads_back(orders: Flow) -> None:
    (order,) = created(orders, "Ada")
    line = orders.json("POST", f"/v1/orders/{order['id']}/lines", {"sku": "x"})
    assert line in followed(orders, order, "lines")["_embedded"]["lines"]
    assert followed(orders, line, "order") == order
    assert followed(orders, line, "self") == line


def test_pages_lead_on_to_the_end(orders: Flow) -> None:
    created(orders, "A", "B", "C", "D")
    page = orders.json("GET", "/v1/orders?sort=customer")
    total, seen = page["page"]["totalElements"], []
    while page is not None:
        seen += page["_embedded"]["orders"]
        page = followed(orders, page, "next") if "next" in page["_links"] else None
    names = [each["customer"] for each in seen]
    assert (len(names), names) == (total, sorted(names, key=str.casefold))


def test_the_first_page_has_no_link_to_one_before_it(orders: Flow) -> None:
    created(orders, "A", "B")
    first = orders.json("GET", "/v1/orders")
    second = followed(orders, first, "next")
    assert ("prev" in first["_links"], first["page"]["number"], second["page"]["number"]) == (False, 0, 1)
    assert followed(orders, second, "prev")["_embedded"] == first["_embedded"]


def test_links_lead_to_what_there_is_before_anybody_has_written(orders: Flow) -> None:
    listed = orders.json("GET", "/v1/orders")["_embedded"]["orders"]
    assert listed
    assert [followed(orders, each, "self") for each in listed] == listed
    assert orders.world.collections == {}


def test_an_address_keeps_the_form_that_the_contracts_example_has() -> None:
    contract = load_contract(str(CONTRACT))
    shown = {"id": 7, "_links": {"self": {"href": "/orders/7"}}}
    answer = contract.document.content["paths"]["/orders/{orderId}"]["get"]["responses"]["200"]
    answer["content"]["application/hal+json"]["example"] = shown
    assert Flow(contract).json("GET", "/v1/orders/9")["_links"]["self"]["href"] == "/v1/orders/9"


def test_a_direction_may_follow_what_is_sorted_by(orders: Flow) -> None:
    created(orders, "A", "B", "C")
    shown = orders.json("GET", "/v1/orders?sort=customer,desc&size=50")["_embedded"]["orders"]
    names = [each["customer"].casefold() for each in shown]
    assert names == sorted(names, reverse=True)
