"""Where in requests and responses the items are."""

from typing import Any

import pytest

from tests.mocking.resources.conftest import (
    LISTED,
    NEW_PET,
    REF,
    Infer,
    Schema,
    body,
    listing,
    operation,
    pets,
)

JSON = "application/json"


def obj(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def place(infer: Infer, schema: Schema) -> str | None:
    paths = pets()
    paths["/pets/{petId}"]["get"] = operation("getPet", schema)
    found = infer(paths).operations["getPet"].responses.get("200", {})
    return found[JSON].pointer if found else None


@pytest.mark.parametrize(
    ("schema", "pointer"),
    [
        (REF, ""),
        (obj(data=REF), "/data"),
        (obj(pet=REF), "/pet"),
        (obj(message={"type": "string"}, meta={"type": "object"}, data=REF), "/data"),
        (obj(status={"type": "string"}, result=obj(pet=REF)), "/result/pet"),
        ({"anyOf": [REF, {"type": "null"}]}, ""),
        ({"allOf": [REF, {"description": "the pet"}]}, ""),
        (
            obj(
                jsonapi={"type": "object"}, data=obj(id={"type": "string"}, type={}, attributes=obj(name={}))
            ),
            "/data",
        ),
    ],
)
def test_an_item_stands_in_the_body_or_in_its_envelope(infer: Infer, schema: Schema, pointer: str) -> None:
    assert place(infer, schema) == pointer


def test_an_object_beside_the_identifier_is_part_of_the_item_and_no_envelope(infer: Infer) -> None:
    assert place(infer, obj(id={"type": "string"}, data=obj(name={"type": "string"}))) == ""


@pytest.mark.parametrize(
    ("schema", "pointer"),
    [
        (LISTED, ""),
        (obj(data=LISTED), "/data"),
        (obj(pets=LISTED, links={"type": "object"}), "/pets"),
        (obj(items=LISTED, nextPageToken={"type": "string"}), "/items"),
        (obj(object={"type": "string"}, data=LISTED, has_more={"type": "boolean"}), "/data"),
        (
            obj(message={}, meta={}, data=obj(items=LISTED, total={}, page={}, size={}, pages={})),
            "/data/items",
        ),
        (obj(_embedded=obj(pets=LISTED), _links=obj(), page=obj()), "/_embedded/pets"),
        (obj(entries=LISTED, petsCount={"type": "integer"}), "/entries"),
    ],
)
def test_the_items_of_a_list_stand_in_an_array_wherever_it_is(
    infer: Infer, schema: Schema, pointer: str
) -> None:
    found = listing(infer, schema=schema)
    assert (found.role, found.responses["200"][JSON].pointer, found.responses["200"][JSON].many) == (
        "list", pointer, True,
    )  # fmt: skip


def test_an_object_that_only_happens_to_have_an_array_is_no_list(infer: Infer) -> None:
    report = obj(street={"type": "string"}, opened={"type": "string"}, openings=LISTED)
    assert infer({"/shop": {"get": operation("getShop", report)}}).operations["getShop"].role == "action"


@pytest.mark.parametrize(
    ("schema", "pointer"),
    [(NEW_PET, ""), (obj(pet=NEW_PET), "/pet"), (obj(pet=REF, dry_run={"type": "boolean"}), "/pet")],
)
def test_a_request_has_the_item_itself_or_in_an_envelope(infer: Infer, schema: Schema, pointer: str) -> None:
    paths = pets()
    paths["/pets"]["post"] = operation("createPet", REF, status="201", requestBody=body(schema))
    assert infer(paths).operations["createPet"].request[JSON].pointer == pointer


def test_a_request_may_be_a_form(infer: Infer) -> None:
    paths = pets()
    form = body(NEW_PET, "multipart/form-data")
    paths["/pets"]["post"] = operation("createPet", REF, status="201", requestBody=form)
    assert list(infer(paths).operations["createPet"].request) == ["multipart/form-data"]


def test_a_request_may_have_several_items(infer: Infer) -> None:
    paths = pets()
    paths["/pets"]["post"] = operation("createPets", LISTED, status="201", requestBody=body(LISTED))
    found = infer(paths).operations["createPets"]
    assert (found.request[JSON].many, found.responses["201"][JSON].many) == (True, True)


def test_members_that_differ_in_style_alone_are_the_items_properties(infer: Infer) -> None:
    paths = pets()
    given = obj(Name={"type": "string"}, Status={"type": "string"})
    paths["/pets"]["post"] = operation("createPet", REF, status="201", requestBody=body(given))
    found = infer(paths).operations["createPet"].request[JSON]
    assert found.renamed == {"Name": "name", "Status": "status"}


def test_an_answer_without_the_item_may_still_tell_its_identifier(infer: Infer) -> None:
    paths = pets()
    told = obj(id={"type": "string"}, warning={}, took={"type": "integer"})
    paths["/pets"]["post"] = operation("createPet", told, status="201", requestBody=body(NEW_PET))
    found = infer(paths).operations["createPet"]
    assert (dict(found.responses), found.identifiers) == ({}, {"201": {JSON: "/id"}})
