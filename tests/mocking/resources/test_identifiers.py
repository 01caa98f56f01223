"""Which property tells items apart, of what type, and who gives it."""

from typing import Any

import pytest

from accord.mocking.resources import Identifier
from tests.mocking.resources.conftest import NEW_PET, Infer, body, only, operation, path, pets

TEXT = {"type": "string"}


def identifier(
    infer: Infer, collection: str, parameter: str, properties: dict[str, Any], **given: Any
) -> Identifier | None:
    """What identifies the items of a collection that have these properties and are created with `given`."""
    item = {"type": "object", "properties": {**properties, "colour": TEXT}}
    asked = {"type": "object", "properties": {"colour": TEXT, **given}, "required": list(given)}
    paths = {
        f"/{collection}": {"post": operation("create", item, status="201", requestBody=body(asked))},
        f"/{collection}/{{{parameter}}}": {
            "parameters": [path(parameter)],
            "get": operation("read", item),
            "patch": operation("update", item, requestBody=body(asked)),
        },
    }
    return infer(paths).resources[0].identifier


@pytest.mark.parametrize(
    ("collection", "parameter", "properties", "pointer"),
    [
        ("pets", "id", {"id": TEXT}, "/id"),
        ("pets", "petId", {"petId": TEXT, "id": TEXT}, "/petId"),
        ("pets", "petId", {"id": TEXT}, "/id"),
        ("pets", "id", {"pet_id": TEXT}, "/pet_id"),
        ("pets", "pet_id", {"uuid": TEXT}, "/uuid"),
        ("articles", "slug", {"id": TEXT, "slug": TEXT}, "/slug"),
        ("issues", "issue_number", {"id": TEXT, "number": {"type": "integer"}}, "/number"),
        ("branches", "branch", {"name": TEXT}, "/name"),
        ("orgs", "org", {"id": {"type": "integer"}, "login": TEXT, "name": TEXT}, "/login"),
        ("Accounts", "Sid", {"sid": TEXT}, "/sid"),
        ("load_balancers", "lb_id", {"id": TEXT}, "/id"),
        ("payment_methods_settings", "payment_methods_id", {"id": TEXT}, "/id"),
        ("promotion_codes", "promotion_code", {"id": TEXT, "code": TEXT}, "/id"),
        ("registries", "secret_name", {"name": TEXT}, "/name"),
        ("creds", "creds.url", {"url": TEXT}, "/url"),
        ("keys", "uidOrKey", {"key": TEXT, "uid": TEXT}, "/uid"),
        ("logsinks", "logsink_id", {"sink_id": TEXT}, "/sink_id"),
        ("tags", "tag_id", {"name": TEXT}, "/name"),
        ("pods", "name", {"metadata": {"type": "object", "properties": {"name": TEXT}}}, "/metadata/name"),
    ],
)
def test_the_path_parameter_leads_to_the_property(
    infer: Infer, collection: str, parameter: str, properties: dict[str, Any], pointer: str
) -> None:
    found = identifier(infer, collection, parameter, properties)
    assert found is not None
    assert (found.parameter, found.pointer) == (parameter, pointer)


def test_a_parameter_that_speaks_of_another_resource_does_not_lead_to_the_items_id(infer: Infer) -> None:
    found = identifier(infer, "memberships", "user_id", {"id": TEXT})
    assert found is not None
    assert found.pointer is None


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"type": "string", "format": "uuid"}, "uuid"),
        ({"type": "integer"}, "integer"),
        ({"type": "string"}, "string"),
        ({"type": "string", "pattern": "^[a-z0-9-]+$"}, "slug"),
    ],
)
def test_the_type_is_read_from_the_schema(infer: Infer, schema: dict[str, Any], kind: str) -> None:
    found = identifier(infer, "pets", "petId", {"id": schema})
    assert found is not None
    assert found.type == kind


def test_the_server_gives_what_no_request_has(infer: Infer) -> None:
    found = identifier(infer, "pets", "petId", {"id": TEXT})
    assert found is not None
    assert found.assigned_by == "server"


def test_the_client_gives_what_creating_requires(infer: Infer) -> None:
    found = identifier(infer, "pets", "name", {"name": TEXT}, name=TEXT)
    assert found is not None
    assert found.assigned_by == "client"


def test_the_server_gives_what_is_read_only_even_if_a_request_shares_the_schema(infer: Infer) -> None:
    own = {"type": "string", "readOnly": True}
    found = identifier(infer, "pets", "id", {"id": own}, id=own)
    assert found is not None
    assert found.assigned_by == "server"


def test_each_inference_says_why(infer: Infer) -> None:
    found = identifier(infer, "pets", "petId", {"id": TEXT})
    assert found is not None
    assert found.because == "the path names it by {petId}; no request has it"


def test_what_is_created_may_be_called_as_its_path_does(infer: Infer) -> None:
    paths = pets()
    new = {**NEW_PET, "properties": {**NEW_PET["properties"], "pet_id": TEXT}}
    paths["/pets"]["post"] = operation("createPet", status="204", requestBody=body(new))
    found = infer(paths)
    assert found.operations["createPet"].request["application/json"].renamed == {"pet_id": "id"}
    known = only(found).identifier
    assert known is not None
    assert (known.assigned_by, "/id" in only(found).read_only) == ("either", False)
