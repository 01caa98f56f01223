"""Answers to order: what an operation is answered with until it is used up or cleared."""

from typing import Any

import pytest

from accord.mocking import Choices
from accord.mocking.control.desk import Interface
from tests.mocking.conftest import contract_of
from tests.mocking.control.conftest import PATHS, SECURED, Stage, staged

ORDERS = "/worlds/default/overrides"


def order(stage: Stage, **terms: Any) -> Any:
    made = stage.own.post(ORDERS, json=terms)
    assert made.status_code == 201, made.text
    return made.json()


def test_an_operation_is_answered_with_what_the_contract_has_for_the_status(stage: Stage) -> None:
    order(stage, operation="createPet", status=422)
    answered = stage.add("Bo")
    assert (answered.status_code, answered.json()) == (422, {"why": "so"})
    assert stage.names() == ["Ada"]


def test_an_order_holds_in_its_world_alone(stage: Stage) -> None:
    order(stage, operation="createPet", status=422)
    assert stage.add("Bo", "mine").status_code == 201


def test_an_order_for_a_number_of_times_is_used_up(stage: Stage) -> None:
    order(stage, operation="createPet", status=422, times=2)
    assert [stage.add("Bo").status_code for _ in range(3)] == [422, 422, 201]
    (used,) = stage.own.get(ORDERS).json()["overrides"]
    assert (used["times"], used["used"]) == (2, 2)


def test_orders_for_a_number_of_times_go_first_and_in_order(stage: Stage) -> None:
    order(stage, operation="listPets", status=200, body=[])
    order(stage, operation="listPets", status=200, body=[{"id": 5, "name": "Ed"}], times=1)
    order(stage, operation="listPets", status=200, body=[{"id": 6, "name": "Flo"}], times=1)
    assert [stage.names() for _ in range(4)] == [["Ed"], ["Flo"], [], []]


def test_a_lasting_order_takes_the_place_of_another(stage: Stage) -> None:
    order(stage, operation="createPet", status=422)
    order(stage, operation="createPet", status=500, force=True)
    assert stage.add("Bo").status_code == 500
    assert len(stage.own.get(ORDERS).json()["overrides"]) == 1


def test_headers_of_ones_own_are_sent(stage: Stage) -> None:
    order(stage, operation="listPets", status=200, headers={"Retry-After": "3"})
    assert stage.client.get("/pets").headers["retry-after"] == "3"
    assert stage.names() == ["Ada"]


def test_a_wrong_request_is_refused_and_uses_no_order_up(stage: Stage) -> None:
    order(stage, operation="createPet", status=201, body={"id": 9, "name": "Ida"}, times=1)
    assert stage.client.post("/pets", json={"name": 5}).status_code == 422
    assert stage.add("Bo").json() == {"id": 9, "name": "Ida"}


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"status": 418}, "418 is not documented"),
        ({"status": 201, "body": {"id": 9}}, "`force: true`"),
        ({"status": 422, "headers": {"X": "a\nb"}}, "cannot be sent"),
    ],
)
def test_what_the_contract_does_not_have_is_refused_unless_it_is_forced(
    stage: Stage, terms: Any, said: str
) -> None:
    refused = stage.own.post(ORDERS, json={"operation": "createPet", **terms})
    assert (refused.status_code, said in refused.json()["detail"]) == (422, True)


def test_what_is_forced_is_sent_as_it_is(stage: Stage) -> None:
    order(stage, operation="createPet", status=418, body="tea", mediaType="text/plain", force=True)
    answered = stage.add("Bo")
    assert (answered.status_code, answered.text, answered.headers["content-type"]) == (
        418,
        "tea",
        "text/plain",
    )


def test_an_operation_that_is_not_there_is_404_with_the_nearest(stage: Stage) -> None:
    refused = stage.own.post(ORDERS, json={"operation": "createPets", "status": 201})
    assert (refused.status_code, "createPet" in refused.json()["detail"]) == (404, True)


def test_orders_are_removed_one_by_one_or_all(stage: Stage) -> None:
    made = order(stage, operation="createPet", status=422)
    assert stage.own.delete(f"{ORDERS}/{made['id']}").status_code == 204
    assert stage.own.delete(f"{ORDERS}/{made['id']}").status_code == 404
    order(stage, operation="createPet", status=422)
    assert stage.own.delete(ORDERS).status_code == 204
    assert stage.add("Bo").status_code == 201


def test_the_journal_says_which_order_an_answer_was_given_by(stage: Stage) -> None:
    made = order(stage, operation="createPet", status=422, times=1)
    stage.add("Bo")
    stage.add("Bo")
    assert [stage.own.get(f"/journal/{number}").json().get("override") for number in (1, 2)] == [
        made["id"],
        None,
    ]


def test_a_mock_that_refuses_nothing_answers_a_wrong_request_as_ordered(interface: Interface) -> None:
    with staged(interface, contract_of(PATHS, **SECURED), choices=Choices(strict=False)) as stage:
        order(stage, operation="createPet", status=422)
        assert stage.client.post("/pets", json={"name": 5}).json() == {"why": "so"}
