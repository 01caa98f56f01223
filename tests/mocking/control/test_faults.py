"""Faults to order: of one world or of all, for an operation or for all, switched and removed."""

from typing import Any

import httpx
import pytest

from accord.mocking.control.desk import Interface
from tests.mocking.conftest import contract_of
from tests.mocking.control.conftest import PATHS, SECURED, Stage, staged

MINE = "/worlds/mine/faults"
IN_MINE = {"x-accord-world": "mine"}


def order(stage: Stage, place: str = MINE, **terms: Any) -> Any:
    made = stage.own.post(place, json=terms)
    assert made.status_code == 201, made.text
    assert made.headers["location"] == f"/_accord{place}/{made.json()['id']}"
    return made.json()


def statuses(stage: Stage, count: int, world: str = "mine") -> list[int]:
    return [stage.client.get("/pets", headers={"x-accord-world": world}).status_code for _ in range(count)]


def test_a_fault_of_a_world_holds_in_it_alone(stage: Stage) -> None:
    order(stage, fault="status=503", force=True)
    assert (statuses(stage, 1), statuses(stage, 1, "other")) == ([503], [200])
    assert stage.own.get("/worlds/mine").json()["faults"] == 1


def test_a_fault_of_all_worlds_holds_in_every_one(stage: Stage) -> None:
    order(stage, "/faults", fault="status=503", force=True)
    assert (statuses(stage, 1), statuses(stage, 1, "default")) == ([503], [503])


def test_a_fault_holds_for_its_operation_or_pattern(stage: Stage) -> None:
    order(stage, fault="status=422", operation="create*")
    order(stage, fault="status=404", operation="getPet")
    assert stage.add("Bo", "mine").status_code == 422
    assert stage.client.get("/pets/1", headers=IN_MINE).status_code == 404
    assert stage.names("mine") == ["Ada"]


def test_what_fails_by_a_status_changes_nothing(stage: Stage) -> None:
    order(stage, fault="status=4XX", operation="createPet", times=1)
    assert [stage.add("Bo", "mine").status_code for _ in range(2)] == [422, 201]
    assert stage.names("mine") == ["Ada", "Bo"]


def test_a_fault_happens_so_many_times(stage: Stage) -> None:
    order(stage, fault="status=503", times=2, force=True)
    assert statuses(stage, 3) == [503, 503, 200]
    (rule,) = stage.own.get(MINE).json()["faults"]
    assert (rule["times"], rule["used"], rule["fault"]) == (2, 2, "status=503")


@pytest.mark.parametrize("place", [MINE, "/faults"])
def test_a_fault_is_switched_off_and_on_and_removed(stage: Stage, place: str) -> None:
    made = order(stage, place, fault={"status": 503}, force=True)
    one = f"{place}/{made['id']}"
    seen = []
    for switch in (False, True):
        assert stage.own.patch(one, json={"on": switch}).json()["on"] is switch
        seen += statuses(stage, 1)
    assert stage.own.delete(one).status_code == 204
    assert [*seen, *statuses(stage, 1)] == [200, 503, 200]
    assert stage.own.patch(one, json={"on": True}).status_code == 404
    assert stage.own.delete(one).status_code == 404


def test_all_faults_are_removed_and_a_reset_removes_those_of_a_world(stage: Stage) -> None:
    for place in (MINE, "/faults"):
        order(stage, place, fault="status=503", force=True)
    assert stage.own.delete("/faults").status_code == 204
    assert statuses(stage, 1) == [503]
    stage.own.post("/worlds/mine/reset")
    assert statuses(stage, 1) == [200]


@pytest.mark.parametrize(
    ("terms", "status", "said"),
    [
        ({"fault": "rest"}, 422, "did you mean 'reset'?"),
        ({"fault": "none"}, 422, "remove the others"),
        ({"fault": {"reset": [1]}}, 422, "/fault/reset"),
        ({"fault": "reset", "operation": "createPets"}, 404, "createPet"),
        ({"fault": "reset", "operation": "*Dog"}, 404, "no operation like '*Dog'"),
        ({"fault": "status=503"}, 422, "documents no response 503"),
        ({"fault": "status=5XX", "operation": "listPets"}, 422, "documents no response 5XX"),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(stage: Stage, terms: Any, status: int, said: str) -> None:
    refused = stage.own.post(MINE, json=terms)
    assert (refused.status_code, said in refused.text) == (status, True)


def test_the_interface_itself_suffers_nothing(stage: Stage) -> None:
    order(stage, "/faults", fault="reset")
    with pytest.raises(httpx.ReadError):
        stage.client.get("/none-of-the-contract")
    assert len(stage.own.get("/faults").json()["faults"]) == 1


def test_one_of_several_processes_takes_no_fault_of_all(interface: Interface) -> None:
    with staged(interface, contract_of(PATHS, **SECURED), is_alone=False) as stage:
        refused = stage.own.post("/faults", json={"fault": "reset"})
    assert (refused.status_code, "with one worker" in refused.json()["detail"]) == (409, True)
