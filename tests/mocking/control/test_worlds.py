"""Worlds by header and by path: made, copied, reset, dropped, saved and restored."""

from accord.mocking.control.desk import Interface
from tests.mocking.conftest import contract_of
from tests.mocking.control.conftest import SECURED, Stage, staged


def test_a_path_prefix_leads_into_a_world(stage: Stage) -> None:
    stage.client.post("/_accord/in/mine/pets", json={"name": "Bo"})
    assert [pet["name"] for pet in stage.client.get("/_accord/in/mine/pets").json()] == ["Ada", "Bo"]
    assert (stage.names("mine"), stage.names()) == (["Ada", "Bo"], ["Ada"])


def test_an_address_stays_in_the_world_of_its_path(stage: Stage) -> None:
    made = stage.client.post("/_accord/in/my%20own/pets", json={"name": "Bo"})
    assert made.headers["location"] == "/_accord/in/my%20own/pets/2"
    assert stage.client.get(made.headers["location"]).json()["name"] == "Bo"


def test_the_world_default_is_that_of_who_names_none(stage: Stage) -> None:
    stage.client.post("/_accord/in/default/pets", json={"name": "Bo"})
    assert stage.client.get("/pets").json() == stage.client.get("/_accord/in/default/pets").json()
    assert stage.names() == ["Ada", "Bo"]


def test_worlds_are_listed_with_what_is_in_them(stage: Stage) -> None:
    stage.add("Bo", "mine")
    worlds = stage.own.get("/worlds").json()["worlds"]
    assert [(world["name"], world["items"]) for world in worlds] == [("default", {}), ("mine", {"pet": 2})]
    assert worlds[1]["path"] == "/_accord/in/mine"


def test_a_world_is_made_as_a_copy(stage: Stage) -> None:
    stage.add("Bo")
    made = stage.own.post("/worlds", json={"name": "mine", "copyOf": "default"})
    stage.add("Cy", "mine")
    assert (made.status_code, made.headers["location"]) == (201, "/_accord/worlds/mine")
    assert (stage.names("mine"), stage.names()) == (["Ada", "Bo", "Cy"], ["Ada", "Bo"])


def test_a_world_without_a_name_gets_one_of_its_own(stage: Stage) -> None:
    names = {stage.own.post("/worlds").json()["name"] for _ in range(3)}
    assert len(names) == 3


def test_a_name_that_is_taken_is_a_conflict(stage: Stage) -> None:
    assert stage.own.post("/worlds", json={"name": "mine"}).status_code == 201
    assert stage.own.post("/worlds", json={"name": "mine"}).status_code == 409
    assert stage.own.post("/worlds", json={"name": "default"}).status_code == 409


def test_a_copy_of_a_world_that_is_not_there_is_404(stage: Stage) -> None:
    assert stage.own.post("/worlds", json={"copyOf": "none"}).status_code == 404


def test_a_world_that_is_reset_is_as_it_was_at_first(stage: Stage) -> None:
    stage.add("Bo")
    stage.own.post("/worlds/default/overrides", json={"operation": "listPets", "status": 200, "body": []})
    assert stage.own.post("/worlds/default/reset").json()["items"] == {}
    assert stage.names() == ["Ada"]


def test_a_world_that_is_dropped_is_made_anew_when_it_is_asked_for(stage: Stage) -> None:
    stage.add("Bo", "mine")
    assert stage.own.delete("/worlds/mine").status_code == 204
    assert stage.names("mine") == ["Ada"]
    assert stage.own.delete("/worlds/none").status_code == 404
    assert stage.own.delete("/worlds/default").status_code == 409


def test_a_snapshot_is_restored(stage: Stage) -> None:
    stage.add("Bo")
    assert stage.own.put("/worlds/default/snapshots/one").json()["items"] == {"pet": 2}
    stage.add("Cy")
    stage.own.post("/worlds/default/snapshots/one/restore")
    assert stage.names() == ["Ada", "Bo"]


def test_a_snapshot_outlives_what_is_done_to_its_world(stage: Stage) -> None:
    stage.own.put("/worlds/default/snapshots/one")
    stage.own.post("/worlds/default/snapshots/one/restore")
    stage.add("Bo")
    stage.own.post("/worlds/default/reset")
    listed = stage.own.get("/worlds/default/snapshots").json()["snapshots"]
    assert [(each["name"], each["items"]) for each in listed] == [("one", {})]
    assert stage.own.delete("/worlds/default/snapshots/one").status_code == 204
    assert stage.own.post("/worlds/default/snapshots/one/restore").status_code == 404


def test_a_mock_that_keeps_no_state_says_so(interface: Interface) -> None:
    with staged(interface, contract_of({}, **SECURED), worlds=None, records=None) as stage:
        assert "--no-state" in stage.own.get("/worlds").json()["detail"]
        assert stage.own.get("/journal").status_code == 409
