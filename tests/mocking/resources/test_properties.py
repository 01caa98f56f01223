"""What the server keeps of an item, and which properties name items of other resources."""

from typing import Any

import pytest

from accord.mocking.resources import Resource
from tests.mocking.resources.conftest import NEW_PET, REF, Infer, body, only, operation, pets

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}


def test_what_no_request_has_is_read_only(infer: Infer) -> None:
    assert list(only(infer(pets())).read_only) == ["/id", "/price", "/created_at"]


def test_what_says_that_it_is_read_only_is(infer: Infer) -> None:
    paths = pets()
    for method in ("put", "patch"):
        paths["/pets/{petId}"].pop(method)
    paths["/pets"]["post"] = operation("createPet", REF, status="201", requestBody=body(REF))
    pet = {"type": "object", "properties": {"id": TEXT, "name": TEXT, "rank": {**TEXT, "readOnly": True}}}
    assert only(infer(paths, Pet=pet)).read_only == {"/rank": "readOnly"}


@pytest.mark.parametrize(
    ("name", "schema", "event", "form"),
    [
        ("created_at", {"type": "string", "format": "date-time"}, "created", "date-time"),
        ("createTime", {"type": "string", "format": "date-time"}, "created", "date-time"),
        ("created", NUMBER, "created", "epoch"),
        ("creationTimestamp", {"type": "integer", "example": 1700000000000}, "created", "epoch-ms"),
        ("lastModified", {"type": "string", "format": "date"}, "updated", "date"),
        ("date_updated", TEXT, "updated", "text"),
    ],
)
def test_times_of_creation_and_change_are_kept_by_the_server(
    infer: Infer, name: str, schema: dict[str, Any], event: str, form: str
) -> None:
    pet = {"type": "object", "properties": {"id": TEXT, "name": TEXT, name: schema}}
    found = only(infer(pets(), Pet=pet)).timestamps
    assert [(each.pointer, each.event, each.form) for each in found] == [(f"/{name}", event, form)]


def test_a_time_that_the_client_alone_gives_is_not_kept(infer: Infer) -> None:
    paths = pets()
    when = {"type": "string", "format": "date-time"}
    given = {"type": "object", "properties": {**NEW_PET["properties"], "created_at": when}}
    paths["/pets"]["post"] = operation("createPet", REF, status="201", requestBody=body(given))
    assert only(infer(paths)).timestamps == ()


OWNER = {"type": "object", "properties": {"id": TEXT, "email": TEXT}}


def pet_of_owner(infer: Infer, **properties: Any) -> Resource:
    """The pet with these properties, where there are owners too."""
    owner = {"$ref": "#/components/schemas/Owner"}
    paths = pets(**{"/owners/{ownerId}": {"get": operation("getOwner", owner)}})
    pet = {"type": "object", "properties": {"id": TEXT, "name": TEXT, **properties}}
    return infer(paths, Pet=pet, Owner=OWNER).by_name["pet"]


@pytest.mark.parametrize("name", ["owner_id", "ownerId", "primary_owner_id"])
def test_a_property_named_after_a_resource_is_its_identifier(infer: Infer, name: str) -> None:
    found = pet_of_owner(infer, **{name: TEXT}).references
    assert [(each.pointer, each.resource, each.many) for each in found] == [(f"/{name}", "owner", False)]


def test_an_array_of_ids_refers_to_many(infer: Infer) -> None:
    found = pet_of_owner(infer, owner_ids={"type": "array", "items": TEXT}).references
    assert [(each.resource, each.many) for each in found] == [("owner", True)]


def test_what_is_either_an_identifier_or_the_whole_item_refers_to_it(infer: Infer) -> None:
    expandable = {"anyOf": [TEXT, {"$ref": "#/components/schemas/Owner"}]}
    found = pet_of_owner(infer, keeper=expandable).references
    assert [(each.pointer, each.resource) for each in found] == [("/keeper", "owner")]


@pytest.mark.parametrize("name", ["breed_id", "former_owners_id_card", "pet_id"])
def test_a_property_that_names_no_other_resource_is_no_reference(infer: Infer, name: str) -> None:
    assert pet_of_owner(infer, **{name: TEXT}).references == ()


def test_what_json_api_keeps_in_attributes_refers_too(infer: Infer) -> None:
    found = pet_of_owner(infer, attributes={"type": "object", "properties": {"owner_id": TEXT}}).references
    assert [(each.pointer, each.resource) for each in found] == [("/attributes/owner_id", "owner")]
