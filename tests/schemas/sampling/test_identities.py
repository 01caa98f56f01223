from typing import Any

import pytest

from accord.schemas.sampling import identities_of
from tests.schemas.sampling.sampled import object_with, value_of

INTEGER = {"type": "integer"}


@pytest.mark.parametrize(
    ("template", "parameters", "found"),
    [
        ("/pets/{petId}", {"petId": 7}, {"id": 7, "petId": 7}),
        ("/pets/{petId}/owner", {"petId": 7}, {"petId": 7}),
        ("/owners/{owner}/pets/{pet_id}", {"owner": "a", "pet_id": 3}, {"id": 3, "owner": "a", "pet_id": 3}),
        ("/pets", {}, {}),
    ],
)
def test_a_path_that_ends_with_a_parameter_is_that_of_one_resource(
    template: str, parameters: Any, found: Any
) -> None:
    assert identities_of(template, parameters) == found


def asked(schema: Any, template: str = "/pets/{petId}", value: Any = 7, **choices: Any) -> Any:
    """What answers a request for one resource."""
    return value_of(schema, identities=identities_of(template, {"petId": value}), **choices)


@pytest.mark.parametrize("name", ["id", "petId", "pet_id"])
def test_the_resource_is_the_one_that_was_asked_for(name: str) -> None:
    assert asked(object_with(**{name: INTEGER}))[name] == 7


def test_the_id_within_an_envelope_is_the_one_that_was_asked_for() -> None:
    assert asked(object_with(data=object_with(id=INTEGER)))["data"]["id"] == 7
    assert asked(object_with(pet=object_with(id=INTEGER)))["pet"]["id"] == 7


def test_what_belongs_to_the_resource_refers_to_it() -> None:
    photo = object_with(id=INTEGER, pet_id=INTEGER)
    pet = asked(object_with(id=INTEGER, photos={"type": "array", "items": photo}), name="Pet")
    assert all(photo["pet_id"] == 7 != photo["id"] for photo in pet["photos"])


def test_what_only_belongs_to_the_resource_has_an_id_of_its_own() -> None:
    owner = asked(object_with(id=INTEGER, pet_id=INTEGER), "/pets/{petId}/owner", name="Owner")
    assert (owner["id"] == 7, owner["pet_id"]) == (False, 7)


@pytest.mark.parametrize(("kind", "value", "found"), [("string", 7, "7"), ("integer", "7", 7)])
def test_an_id_is_written_as_its_schema_has_it(kind: str, value: Any, found: Any) -> None:
    assert asked(object_with(id={"type": kind}), value=value)["id"] == found


def test_an_id_that_the_schema_does_not_allow_is_not_used() -> None:
    assert asked(object_with(id={"type": "integer", "minimum": 100}))["id"] >= 100


def test_an_id_comes_before_an_example_of_another() -> None:
    assert asked(object_with(id={"type": "integer", "examples": [10]}))["id"] == 7
