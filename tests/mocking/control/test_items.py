"""The state of a world, seen and changed from outside."""

from accord.mocking.control.desk import Interface
from accord.mocking.state.world import Collection, Item, World, Worlds
from tests.mocking.conftest import contract_of
from tests.mocking.control.conftest import PATHS, SECURED, Stage, staged

STATE = "/worlds/default/state"


def test_resources_are_listed_with_how_many_items_there_are(stage: Stage) -> None:
    (pet,) = stage.own.get(STATE).json()["resources"]
    assert (pet["name"], pet["isWritten"], pet["count"]) == ("pet", False, 1)
    stage.add("Bo")
    (pet,) = stage.own.get(STATE).json()["resources"]
    assert (pet["isWritten"], pet["count"], pet["identifier"]) == (True, 2, "/id")


def test_items_are_listed_before_anybody_has_written(stage: Stage) -> None:
    items = stage.own.get(f"{STATE}/pet").json()["items"]
    assert items == [{"id": "1", "scope": {}, "value": {"id": 1, "name": "Ada"}}]


def test_an_item_that_is_put_is_read_by_callers(stage: Stage) -> None:
    stage.own.put(f"{STATE}/pet/7", json={"value": {"id": 7, "name": "Cy"}})
    assert stage.client.get("/pets/7").json() == {"id": 7, "name": "Cy"}
    assert stage.own.get(f"{STATE}/pet/7").json()["value"]["name"] == "Cy"


def test_an_item_that_breaks_its_schema_is_refused_with_the_place(stage: Stage) -> None:
    refused = stage.own.put(f"{STATE}/pet/7", json={"value": {"id": 7, "name": "a name too long"}})
    assert refused.status_code == 422
    (error,) = refused.json()["errors"]
    assert (error["pointer"], error["rule"]) == (
        "/value/name",
        "/components/schemas/Pet/properties/name/maxLength",
    )
    assert stage.names() == ["Ada"]


def test_an_item_has_the_identifier_that_it_is_put_by(stage: Stage) -> None:
    refused = stage.own.put(f"{STATE}/pet/7", json={"value": {"id": 8, "name": "Cy"}})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/value/id")


def test_an_item_without_an_identifier_gets_the_one_that_it_is_put_by(stage: Stage) -> None:
    put = stage.own.put(f"{STATE}/pet/7", json={"value": {"name": "Cy"}})
    assert put.json()["value"] == {"id": 7, "name": "Cy"}


def test_all_items_are_replaced_at_once_or_none(stage: Stage) -> None:
    entries = [{"value": {"id": 3, "name": "Cy"}}, {"value": {"id": 4, "name": "Di"}}]
    assert stage.own.put(f"{STATE}/pet", json={"items": entries}).json()["items"][1]["id"] == "4"
    wrong = stage.own.put(f"{STATE}/pet", json={"items": [entries[0], {"value": {"id": 5}}, entries[0]]})
    assert [each["pointer"] for each in wrong.json()["errors"]] == ["/items/1/value/name", "/items/2/value"]
    assert stage.names() == ["Cy", "Di"]


def test_an_item_is_removed(stage: Stage) -> None:
    assert stage.own.delete(f"{STATE}/pet/1").status_code == 204
    assert stage.names() == []
    assert stage.own.delete(f"{STATE}/pet/1").status_code == 404


def test_what_was_written_is_forgotten(stage: Stage) -> None:
    stage.add("Bo")
    assert stage.own.delete(f"{STATE}/pet").status_code == 204
    assert stage.names() == ["Ada"]


def test_a_resource_that_is_not_there_is_404_with_those_that_are(stage: Stage) -> None:
    assert stage.own.get(f"{STATE}/cat").json()["detail"] == "There is no resource 'cat'; there are: pet."


def test_a_body_that_breaks_the_interface_is_refused(stage: Stage) -> None:
    refused = stage.own.put(f"{STATE}/pet/7", json={"worth": 1})
    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")


def test_what_a_world_began_with_comes_back(interface: Interface) -> None:
    def begin(name: str) -> World:
        return World(name, {"pet": Collection([Item("5", {"id": 5, "name": "Ed"})])})

    with staged(interface, contract_of(PATHS, **SECURED), worlds=Worlds(begin)) as stage:
        for forget in (("DELETE", f"{STATE}/pet"), ("POST", "/worlds/default/reset")):
            stage.add("Bo")
            assert stage.names() == ["Ed", "Bo"]
            stage.own.request(*forget)
            assert stage.names() == ["Ed"]


def test_of_items_with_one_identifier_the_scope_says_which_is_meant(interface: Interface) -> None:
    toys = [Item("1", {"id": 1, "name": name}, {"pet": pet}) for name, pet in (("ball", "7"), ("bone", "8"))]

    def begin(name: str) -> World:
        return World(name, {"pet": Collection(toys)})

    with staged(interface, contract_of(PATHS, **SECURED), worlds=Worlds(begin)) as stage:
        one = f"{STATE}/pet/1"
        names = [
            stage.own.get(one, params=each).json()["value"]["name"] for each in ({}, {"scope[pet]": "8"})
        ]
        stage.own.delete(one, params={"scope[pet]": "8"})
        left = [item["value"]["name"] for item in stage.own.get(f"{STATE}/pet").json()["items"]]
        assert (names, left) == (["ball", "bone"], ["ball"])
        assert stage.own.get(one, params={"scope[pet]": "8"}).status_code == 404
