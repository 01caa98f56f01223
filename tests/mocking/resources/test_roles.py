"""What operations do, by their paths, methods and bodies. What is not sure is an action."""

from typing import Any

import pytest

from tests.mocking.resources.conftest import (
    LISTED,
    NEW_PET,
    PET,
    REF,
    Infer,
    body,
    only,
    operation,
    path,
    pets,
    roles,
)


def test_the_methods_of_a_collection_and_its_items_have_their_usual_roles(infer: Infer) -> None:
    assert roles(infer(pets())) == {
        "listPets": "list", "createPet": "create", "getPet": "read", "replacePet": "replace",
        "updatePet": "update", "deletePet": "delete",
    }  # fmt: skip


def test_a_resource_knows_its_paths_its_schema_and_its_operations(infer: Infer) -> None:
    pet = only(infer(pets()))
    assert (pet.name, pet.collections, pet.items) == ("pet", ("/pets",), ("/pets/{petId}",))
    assert pet.schema == "/components/schemas/Pet"
    assert set(pet.operations) == set(roles(infer(pets())))


def test_a_post_below_an_item_is_an_action_on_it(infer: Infer) -> None:
    archive = {"parameters": [path("petId")], "post": operation("archivePet", REF)}
    found = infer(pets(**{"/pets/{petId}/archive": archive})).operations["archivePet"]
    assert (found.role, found.resource, found.key) == ("action", "pet", "petId")


def test_an_operation_that_nothing_explains_is_an_action_of_no_resource(infer: Infer) -> None:
    found = infer({"/login": {"post": operation("login", {"type": "object"}, requestBody=body(NEW_PET))}})
    assert (found.operations["login"].role, found.operations["login"].resource) == ("action", "")


def test_a_post_to_an_item_updates_it_where_nothing_else_does(infer: Infer) -> None:
    paths = pets()
    paths["/pets/{petId}"] = {
        "parameters": [path("petId")],
        "get": operation("getPet", REF),
        "post": operation("changePet", REF, requestBody=body(NEW_PET, "application/x-www-form-urlencoded")),
    }
    found = infer(paths).operations["changePet"]
    assert (found.role, dict(found.updates)) == (
        "update",
        {"application/x-www-form-urlencoded": "deep-merge"},
    )


def test_a_post_to_an_item_beside_a_patch_is_an_action(infer: Infer) -> None:
    paths = pets()
    paths["/pets/{petId}"]["post"] = operation("shakePet", REF, requestBody=body(NEW_PET))
    assert infer(paths).operations["shakePet"].role == "action"


@pytest.mark.parametrize(
    ("media_type", "update"),
    [
        ("application/json", "merge"),
        ("application/merge-patch+json", "merge"),
        ("application/json-patch+json", "json-patch"),
    ],
)
def test_a_patch_changes_as_its_media_type_says(infer: Infer, media_type: str, update: str) -> None:
    paths = pets()
    paths["/pets/{petId}"]["patch"] = operation("updatePet", REF, requestBody=body(NEW_PET, media_type))
    assert dict(infer(paths).operations["updatePet"].updates) == {media_type: update}


def test_an_array_of_op_and_path_is_a_json_patch_whatever_its_media_type(infer: Infer) -> None:
    entry = {"type": "object", "properties": {"op": {}, "path": {}, "value": {}}}
    paths = pets()
    patch = operation("updatePet", REF, requestBody=body({"type": "array", "items": entry}))
    paths["/pets/{petId}"]["patch"] = patch
    found = infer(paths).operations["updatePet"]
    assert (dict(found.updates), dict(found.request)) == ({"application/json": "json-patch"}, {})


def test_a_put_replaces_unless_x_accord_says_that_it_merges(infer: Infer) -> None:
    paths = pets()
    assert infer(paths).operations["replacePet"].role == "replace"
    paths["/pets/{petId}"]["put"]["x-accord"] = {"update": "merge"}
    found = infer(paths).operations["replacePet"]
    assert (found.role, dict(found.updates)) == ("update", {"application/json": "merge"})


def test_a_put_to_a_collection_finds_the_identifier_in_its_body(infer: Infer) -> None:
    paths = pets()
    paths["/pets"]["put"] = operation("putPet", REF, requestBody=body(REF))
    found = infer(paths).operations["putPet"]
    assert (found.role, found.key, found.key_pointer) == ("replace", None, "/id")


@pytest.mark.parametrize(("status", "creates"), [("201", True), ("200", False)])
def test_a_put_creates_an_item_where_201_is_documented(infer: Infer, status: str, creates: bool) -> None:  # noqa: FBT001
    paths = pets()
    paths["/pets/{petId}"]["put"] = operation("putPet", REF, status=status, requestBody=body(NEW_PET))
    assert infer(paths).operations["putPet"].creates is creates


def test_a_put_whose_body_has_nothing_of_the_item_is_an_action(infer: Infer) -> None:
    paths = pets()
    other = {"type": "object", "properties": {"until": {"type": "string"}}}
    paths["/pets/{petId}"]["put"] = operation("lockPet", status="204", requestBody=body(other))
    assert infer(paths).operations["lockPet"].role == "action"


def test_a_word_below_a_collection_that_finds_items_is_a_search(infer: Infer) -> None:
    by_status = operation("findPets", LISTED, parameters=[{"name": "status", "in": "query", "schema": {}}])
    found = infer(pets(**{"/pets/findByStatus": {"get": by_status}})).operations["findPets"]
    assert (found.role, found.resource) == ("search", "pet")


@pytest.mark.parametrize("name", ["searchPets", "validatePet", "importPets"])
def test_a_post_to_a_collection_that_says_it_does_something_else_creates_nothing(
    infer: Infer, name: str
) -> None:
    paths = pets()
    paths["/pets"]["post"] = operation(name, REF, requestBody=body(NEW_PET))
    assert infer(paths).operations[name].role == "action"


def test_words_that_say_what_is_done_count_as_the_collection_or_item_above_them(infer: Infer) -> None:
    paths = {
        "/pets/list": {"get": operation("listPets", LISTED)},
        "/pets/create": {"post": operation("createPet", REF, status="201", requestBody=body(NEW_PET))},
        "/pets/{petId}": {"parameters": [path("petId")], "delete": operation("deletePet")},
        "/pets/{petId}/json": {"parameters": [path("petId")], "get": operation("getPet", REF)},
    }
    found = roles(infer(paths))
    assert found == {"listPets": "list", "createPet": "create", "deletePet": "delete", "getPet": "read"}


SETTINGS: dict[str, Any] = {"type": "object", "properties": {"theme": {"type": "string"}, "beta": {}}}


def test_an_object_that_is_read_and_changed_at_one_path_is_a_singleton(infer: Infer) -> None:
    profile = {
        "get": operation("getSettings", SETTINGS),
        "patch": operation("setSettings", requestBody=body(SETTINGS)),
    }
    found = infer({"/user/settings": profile})
    assert (only(found).name, only(found).is_singleton, only(found).identifier) == ("setting", True, None)
    assert roles(found) == {"getSettings": "read", "setSettings": "update"}


def test_an_object_that_is_only_read_is_no_resource(infer: Infer) -> None:
    assert infer({"/status": {"get": operation("getStatus", SETTINGS)}}).resources == ()


def test_another_view_of_an_item_is_no_singleton(infer: Infer) -> None:
    status = {
        "parameters": [path("petId")],
        "get": operation("getPetStatus", REF),
        "put": operation("setPetStatus", REF, requestBody=body(REF)),
    }
    found = infer(pets(**{"/pets/{petId}/status": status}))
    assert [found.operations[name].role for name in ("getPetStatus", "setPetStatus")] == ["action", "action"]


def nested(**more: Any) -> dict[str, Any]:
    """Visits of pets."""
    visit = {"$ref": "#/components/schemas/Visit"}
    return pets(
        **{
            "/pets/{petId}/visits": {
                "get": operation("listVisits", {"type": "array", "items": visit}),
                "post": operation("createVisit", visit, status="201", requestBody=body(visit)),
            },
            "/pets/{pet}/visits/{visitId}": {"get": operation("getVisit", visit)},
            **more,
        }
    )


VISIT = {"type": "object", "properties": {"id": {"type": "integer"}, "day": {"type": "string"}}}


def test_a_nested_resource_is_in_its_parent_whatever_the_parameter_is_called(infer: Infer) -> None:
    found = infer(nested(), Visit=VISIT)
    assert (found.by_name["visit"].parents, found.by_name["visit"].scope) == (("pet",), ("pet",))
    assert found.operations["listVisits"].scope == {"pet": "petId"}
    assert (found.operations["getVisit"].scope, found.operations["getVisit"].key) == (
        {"pet": "pet"},
        "visitId",
    )


def test_a_list_across_all_parents_is_one_of_the_same_resource(infer: Infer) -> None:
    every = operation("listAllVisits", {"type": "array", "items": {"$ref": "#/components/schemas/Visit"}})
    found = infer(nested(**{"/visits": {"get": every}}), Visit=VISIT).operations["listAllVisits"]
    assert (found.role, found.resource, found.scope) == ("list", "visit", {})


def test_a_list_in_a_scope_that_nothing_is_created_in_is_a_resource_of_its_own(infer: Infer) -> None:
    own = {"parameters": [path("ownerId")], "get": operation("listOwnersPets", LISTED)}
    found = infer(pets(**{"/owners/{ownerId}/pets": own}))
    assert found.operations["listOwnersPets"].resource == "owner_pet"


def test_a_path_that_only_lists_and_removes_attaches_items_and_does_not_remove_them(infer: Infer) -> None:
    attached = {
        "/clubs/{clubId}/pets": {"get": operation("listClubPets", LISTED)},
        "/clubs/{clubId}/pets/{petId}": {"delete": operation("leaveClub", status="204")},
    }
    found = infer(pets(**attached))
    assert found.operations["leaveClub"].resource != "pet"
    assert found.operations["deletePet"].resource == "pet"


def test_a_collection_may_itself_end_in_a_parameter(infer: Infer) -> None:
    paths = {
        "/sensors/{namespace}": {"get": operation("listPets", LISTED)},
        "/sensors/{namespace}/{id}": {"get": operation("getPet", REF)},
    }
    found = infer(paths)
    assert (only(found).name, found.operations["getPet"].scope) == ("sensor", {"namespace": "namespace"})
    assert roles(found) == {"listPets": "list", "getPet": "read"}


def test_equal_names_are_told_apart_by_the_path_before_them(infer: Infer) -> None:
    paths = {
        f"/{where}/pets{rest}": entry for where in ("shop", "zoo") for rest, entry in _entries(where).items()
    }
    assert [resource.name for resource in infer(paths).resources] == ["shop_pet", "zoo_pet"]


def _entries(where: str) -> dict[str, Any]:
    inline = {**PET, "title": where}
    return {
        "": {"post": operation(f"create_{where}", inline, requestBody=body(inline))},
        "/{id}": {"get": operation(f"get_{where}", inline)},
    }


def test_item_paths_of_one_schema_without_a_collection_of_their_own_are_one_resource(infer: Infer) -> None:
    legacy = {"parameters": [path("id")], "get": operation("getPetOld", REF)}
    found = infer(pets(**{"/v0/pets/{id}": legacy}))
    assert found.operations["getPetOld"].resource == "pet"


def test_x_in_braces_with_more_in_one_segment_is_no_item(infer: Infer) -> None:
    found = infer({"/pets/{petId}:archive": {"get": operation("archived", REF)}})
    assert (roles(found), found.resources) == ({"archived": "action"}, ())


def test_a_get_that_takes_a_body_asks_a_question_and_so_does_the_post_beside_it(infer: Infer) -> None:
    asked = body({"type": "object", "properties": {"name": {"type": "string"}}})
    paths = {
        "/pets/counts": {
            "get": operation("count", PET, requestBody=asked),
            "post": operation("count2", PET, requestBody=asked),
        }
    }
    assert roles(infer(paths)) == {"count": "action", "count2": "action"}


def test_a_put_that_says_it_creates_does_so_whatever_it_takes(infer: Infer) -> None:
    secret = {"type": "object", "properties": {"encrypted": {"type": "string"}}}
    paths = pets()
    paths["/pets"].pop("post")
    paths["/pets/{petId}"]["put"] = operation("createOrUpdatePet", requestBody=body(secret))
    found = infer(paths).operations["createOrUpdatePet"]
    assert (found.role, found.creates, dict(found.request)) == ("replace", True, {})


def test_an_item_whose_identifier_is_only_listed_has_it_all_the_same(infer: Infer) -> None:
    paths = pets()
    paths["/pets"]["get"] = operation("listPets", LISTED)
    item = {"type": "object", "properties": {"name": {"type": "string"}}}
    for method in ("get", "put", "patch"):
        paths["/pets/{petId}"][method] = operation(f"{method}Pet", item, requestBody=body(NEW_PET))
    paths["/pets/{petId}"]["get"].pop("requestBody")
    found = infer(paths)
    assert found.operations["getPet"].key_pointer == "/id"
    assert found.operations["listPets"].resource == "pet"


def test_equal_items_that_are_created_in_different_places_are_different_resources(infer: Infer) -> None:
    paths = {}
    for where in ("shop", "zoo"):
        for rest, entry in pets().items():
            named = {
                key: {**each, "operationId": f"{where}_{each['operationId']}"}
                for key, each in _methods(entry)
            }
            paths[f"/{where}{rest}"] = {**entry, **named}
    found = infer(paths)
    assert [resource.name for resource in found.resources] == ["shop_pet", "zoo_pet"]


def _methods(entry: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(key, each) for key, each in entry.items() if key != "parameters"]


def test_a_body_that_has_little_of_the_item_changes_something_else(infer: Infer) -> None:
    paths = pets()
    other = {"type": "object", "properties": {key: {} for key in ("name", "until", "reason", "by", "silent")}}
    paths["/pets/{petId}"]["put"] = operation("lockPet", status="204", requestBody=body(other))
    assert infer(paths).operations["lockPet"].role == "action"


def test_of_equal_paths_to_different_items_only_the_first_is_a_resource(infer: Infer) -> None:
    other = {"type": "object", "properties": {"tag": {"type": "string"}, "weight": {"type": "number"}}}
    tagged = {"parameters": [path("tag")], "get": operation("getTagged", other)}
    found = infer(pets(**{"/pets/{tag}": tagged}))
    assert (only(found).name, found.operations["getTagged"].role) == ("pet", "action")
    assert "listPets" in only(found).operations


def test_an_item_that_holds_others_is_read_and_not_their_list(infer: Infer) -> None:
    held = {"type": "object", "properties": {"id": {"type": "string"}, "pets": LISTED}}
    paths = {
        "/flocks": {"get": operation("listFlocks", {"type": "array", "items": held})},
        "/flocks/{id}": {"parameters": [path("id")], "get": operation("getFlock", held)},
        "/flocks/{flock}/{id}": {
            "parameters": [path("flock"), path("id")],
            "get": operation("getMember", REF),
        },
    }
    found = infer(paths)
    assert found.operations["getFlock"].role == "read"
    holding = [resource for resource in found.resources if "getFlock" in resource.operations]
    assert [resource.name for resource in holding] == [found.operations["getFlock"].resource]
