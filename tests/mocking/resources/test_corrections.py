"""What `x-accord` corrects, and what is wrong with it."""

from typing import Any

import pytest

from accord.mocking.resources import Links, check_corrections, infer_resources
from tests.mocking.conftest import contract_of
from tests.mocking.resources.conftest import (
    LISTED,
    NEW_PET,
    PET,
    REF,
    Infer,
    body,
    operation,
    path,
    pets,
    roles,
)


def said(role: str, resource: str) -> Any:
    """What an operation says of itself."""
    return {"x-accord": {"role": role, "resource": resource}}


def test_an_operation_is_answered_without_state_where_it_says_action(infer: Infer) -> None:
    paths = pets()
    paths["/pets"]["post"]["x-accord"] = {"role": "action"}
    found = infer(paths).operations["createPet"]
    assert (found.role, found.because) == ("action", "x-accord says so")


def test_an_operation_has_the_role_and_resource_that_it_says(infer: Infer) -> None:
    adopt = operation("adoptPet", REF, requestBody=body(NEW_PET), **said("create", "pet"))
    found = infer(pets(**{"/adoptions": {"post": adopt}})).operations["adoptPet"]
    assert (found.role, found.resource, found.request["application/json"].pointer) == ("create", "pet", "")


def test_a_path_item_names_the_resource_of_its_operations(infer: Infer) -> None:
    paths = pets()
    paths["/pets/{petId}"]["x-accord"] = {"resource": "animal"}
    found = infer(paths)
    assert [resource.name for resource in found.resources] == ["animal"]
    assert set(roles(found)) == set(found.by_name["animal"].operations)


def test_paths_that_name_one_resource_are_of_one_resource(infer: Infer) -> None:
    paths = {f"/{where}{rest}": entry for where in ("shop", "zoo") for rest, entry in renamed(where).items()}
    assert [resource.name for resource in infer(paths).resources] == ["shop_pet", "zoo_pet"]
    for where in ("shop", "zoo"):
        paths[f"/{where}/pets"]["x-accord"] = {"resource": "pet"}
    assert [resource.name for resource in infer(paths).resources] == ["pet"]


def renamed(where: str) -> dict[str, Any]:
    """The paths of pets, with operation ids of their own."""
    paths = pets()
    for entry in paths.values():
        for method in entry.keys() - {"parameters"}:
            entry[method]["operationId"] = f"{where}_{entry[method]['operationId']}"
    return paths


def test_an_operation_that_names_another_resource_leaves_the_others_as_they_are(infer: Infer) -> None:
    paths = pets()
    paths["/pets"]["post"]["x-accord"] = {"resource": "order"}
    found = infer(paths)
    assert found.operations["createPet"].resource == "order"
    assert found.operations["listPets"].resource == "pet"


def test_the_path_of_a_collection_says_the_identifier_of_its_items(infer: Infer) -> None:
    paths = pets()
    paths["/pets"]["x-accord"] = {"identifier": "name"}
    identifier = infer(paths).resources[0].identifier
    assert identifier is not None
    assert identifier.pointer == "/name"


@pytest.mark.parametrize("said", ["name", "/name"])
def test_the_identifier_is_the_property_that_is_said(infer: Infer, said: str) -> None:
    paths = pets()
    paths["/pets/{petId}"]["x-accord"] = {"identifier": said}
    identifier = infer(paths).resources[0].identifier
    assert identifier is not None
    assert identifier.pointer == "/name"


def test_a_schema_says_its_identifier_too(infer: Infer) -> None:
    identifier = infer(pets(), Pet={**PET, "x-accord": {"identifier": "name"}}).resources[0].identifier
    assert identifier is not None
    assert identifier.pointer == "/name"


def test_items_stand_where_it_is_said(infer: Infer) -> None:
    deep = {
        "type": "object",
        "properties": {"odd": {"type": "object", "properties": {"rows": LISTED}}, "x": {}},
    }
    paths = pets()
    terms: Any = {"x-accord": {"role": "list", "resource": "pet", "items": "/odd/rows"}}
    paths["/pets"]["get"] = operation("listPets", deep, **terms)
    found = infer(paths).operations["listPets"]
    place = found.responses["200"]["application/json"]
    assert (found.role, found.resource, place.pointer, place.many) == ("list", "pet", "/odd/rows", True)


def test_a_property_says_which_resource_it_names(infer: Infer) -> None:
    keeper = {"type": "string", "x-accord": {"references": "pet"}}
    pet = {"type": "object", "properties": {"id": {"type": "string"}, "name": {}, "mother": keeper}}
    assert [each.resource for each in infer(pets(), Pet=pet).resources[0].references] == ["pet"]


def test_a_resource_may_be_made_by_corrections_alone(infer: Infer) -> None:
    paths = {
        "/do/open": {"post": operation("open", REF, requestBody=body(NEW_PET), **said("create", "ticket"))},
        "/do/show/{id}": {
            "parameters": [path("id")],
            "get": operation("show", REF, **said("read", "ticket")),
        },
    }
    found = infer(paths)
    assert [resource.name for resource in found.resources] == ["ticket"]
    assert roles(found) == {"open": "create", "show": "read"}


def findings(said: Any, where: str = "operation") -> list[tuple[str, str]]:
    paths = pets()
    holder = paths["/pets/{petId}"]
    (holder["put"] if where == "operation" else holder)["x-accord"] = said
    contract = contract_of(paths, components={"schemas": {"Pet": PET}})
    return [(each.rule, each.hint) for each in check_corrections(contract, infer_resources(contract))]


def test_a_right_correction_has_no_finding() -> None:
    assert findings({"update": "merge", "role": "update", "item": "", "resource": "pet"}) == []


@pytest.mark.parametrize(
    ("said", "where", "rule", "hint"),
    [
        ({"rol": "read"}, "operation", "unknown-correction", "did you mean 'role'?"),
        ({"role": "reed"}, "operation", "wrong-correction", "did you mean 'read'?"),
        ({"update": "merged"}, "operation", "wrong-correction", "did you mean 'merge'?"),
        ({"item": "data"}, "operation", "wrong-correction", "did you mean '/data'?"),
        ({"resource": 7}, "operation", "wrong-correction", ""),
        ("merge", "operation", "wrong-correction", ""),
        ({"item": "/nme"}, "operation", "wrong-correction", "did you mean 'name'?"),
        ({"body": "/stat"}, "operation", "wrong-correction", "did you mean 'status'?"),
        ({"identifier": "ids"}, "path item", "wrong-correction", "did you mean 'id'?"),
        ({"role": "read"}, "path item", "unknown-correction", "known are: resource, identifier"),
    ],
)
def test_a_wrong_correction_is_a_finding_that_says_what_was_meant(
    said: Any, where: str, rule: str, hint: str
) -> None:
    assert findings(said, where) == [(rule, hint)]


def test_a_correction_that_is_wrong_corrects_nothing(infer: Infer) -> None:
    paths = pets()
    paths["/pets/{petId}"]["put"]["x-accord"] = {"update": "merged", "role": "reed"}
    assert infer(paths).operations["replacePet"].role == "replace"


def test_a_finding_has_the_place_of_the_wrong_entry() -> None:
    paths = pets()
    paths["/pets"]["get"]["x-accord"] = {"rol": "list"}
    contract = contract_of(paths, components={"schemas": {"Pet": PET}})
    [found] = check_corrections(contract, infer_resources(contract))
    assert found.pointer == "/paths/~1pets/get/x-accord/rol"
    assert found.position is not None


def test_a_reference_to_no_resource_is_a_finding() -> None:
    mother = {"type": "string", "x-accord": {"references": "pets"}}
    pet = {"type": "object", "properties": {"id": {"type": "string"}, "name": {}, "mother": mother}}
    contract = contract_of(pets(), components={"schemas": {"Pet": pet}})
    found = check_corrections(contract, infer_resources(contract))
    assert [(each.rule, each.hint) for each in found] == [("wrong-correction", "did you mean 'pet'?")]


def test_the_contract_alone_is_enough_to_check_its_corrections() -> None:
    paths = pets()
    assert check_corrections(contract_of(paths, components={"schemas": {"Pet": PET}})) == ()
    paths["/pets"]["get"]["x-accord"] = {"rol": "list"}
    found = check_corrections(contract_of(paths, components={"schemas": {"Pet": PET}}))
    assert [each.rule for each in found] == ["unknown-correction"]


def linked(**said: str) -> Any:
    """Pets with a link to their vet, whose paths are known by another name."""
    link: Any = {"type": "string", **({"x-accord": said} if said else {})}
    pet = {
        **PET,
        "properties": {**PET["properties"], "links": {"type": "object", "properties": {"vet": link}}},
    }
    doctor = {"/doctor": {"get": operation("getDoctor", {"type": "object"})}}
    return contract_of({**pets(), **doctor}, components={"schemas": {"Pet": pet}})


def test_a_link_leads_where_the_contract_says() -> None:
    contract = linked(link="getDoctor")
    resources = infer_resources(contract)
    links = Links(contract, resources).of(resources.by_name["pet"])
    assert [(each.pointer, each.operation) for each in links] == [("/links/vet", "getDoctor")]
    assert check_corrections(contract) == ()


def test_a_link_to_no_operation_is_a_finding_and_leads_nowhere() -> None:
    contract = linked(link="getDoktor")
    resources = infer_resources(contract)
    assert Links(contract, resources).of(resources.by_name["pet"]) == ()
    (finding,) = check_corrections(contract)
    assert (finding.rule, finding.hint) == ("wrong-correction", "did you mean 'getDoctor'?")
