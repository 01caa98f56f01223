"""Failures by their cause, and who is likely to be wrong."""

from typing import Any

import pytest

from accord.contract import Contract
from accord.exchange import Incoming, Outgoing
from accord.verifying import Exchange, Failure, Side
from accord.verifying.causes import Cause, Causes

JSON = ((b"content-type", b"application/json"),)


def failure(check: str, operation: str, path: str = "/v1/items/7", **said: Any) -> Failure:
    incoming = Incoming("GET", path, query=said.get("query", b""), headers=((b"x-key", b"k"),))
    outgoing = Outgoing(said.get("status", 200), JSON, said.get("body", b"{}"))
    steps = said.get("steps", ("curl",))
    return Failure(check, "kind", "said", operation, "fuzzing", steps, Exchange(incoming, outgoing))


def causes(contract: Contract, *failures: Failure) -> tuple[Cause, ...]:
    found = Causes(contract)
    found.add(failures)
    return found.found


def test_what_breaks_one_line_in_many_places_is_one_cause_and_shows_the_simplest(shop: Contract) -> None:
    schema = "response_schema_conformance"
    found = causes(
        shop,
        failure(schema, "getItem", body=b'{"id": 1}', steps=("curl a long one",)),
        failure(schema, "getItem", body=b'{"id": 2}'),
        failure(schema, "getItem", body=b'{"id": "x", "name": ""}'),
    )
    assert [(each.position.line, each.count) for each in found] == [(33, 2), (35, 1)]
    assert found[0].failure.steps == ("curl",)


@pytest.mark.parametrize(
    ("check", "said", "side"),
    [
        ("status_code_conformance", {"status": 404}, Side.CONTRACT),
        ("status_code_conformance", {"status": 201}, Side.IMPLEMENTATION),
        ("negative_data_rejection", {"path": "/v1/items/0"}, Side.IMPLEMENTATION),
        ("negative_data_rejection", {"path": "/v1/items/1"}, Side.NEITHER),
        ("positive_data_acceptance", {"status": 400}, Side.CONTRACT),
        ("positive_data_acceptance", {"status": 400, "path": "/v1/items/0"}, Side.NEITHER),
        ("not_a_server_error", {"status": 500}, Side.IMPLEMENTATION),
        ("use_after_free", {}, Side.IMPLEMENTATION),
    ],
)
def test_the_side_that_is_likely_to_be_wrong(
    shop: Contract, check: str, said: dict[str, Any], side: Side
) -> None:
    (cause,) = causes(shop, failure(check, "getItem", **said))
    assert cause.blame.side is side
    assert cause.counts is (side is not Side.NEITHER)


def test_a_cause_is_a_finding_at_the_line_that_people_edit(shop: Contract) -> None:
    (cause,) = causes(shop, failure("not_a_server_error", "getItem", status=500))
    assert str(cause.finding).endswith(
        "shop.yaml:17:5: error: getItem: answers 500 [not-a-server-error] (likely implementation: "
        "no request may make a server fail, not even one that breaks the contract)"
    )


def test_a_cause_is_called_the_same_whatever_item_showed_it(shop: Contract) -> None:
    schema, listed = "response_schema_conformance", "listItems"
    first = causes(shop, failure(schema, listed, path="/v1/items", body=b'[{"id": 1}]'))
    second = causes(
        shop, failure(schema, listed, path="/v1/items", body=b'[{"id": 1, "name": "a"}, {"id": 2}]')
    )
    assert first[0].blame.what != second[0].blame.what
    assert first[0].fingerprint == second[0].fingerprint
    other = causes(shop, failure(schema, "getItem", body=b'{"id": "x", "name": ""}'))
    assert other[0].fingerprint != first[0].fingerprint
