from typing import Any

from accord.schemas.derived import Direction
from accord.schemas.parts import Derivation


def components(**schemas: Any) -> dict[str, Any]:
    return {"components": {"schemas": schemas}}


def derive(content: dict[str, Any], direction: Direction) -> Derivation:
    derivation = Derivation(content, direction)
    derivation.everything()
    return derivation


def test_a_schema_without_anything_to_derive_is_used_as_it_is() -> None:
    content = components(A={"type": "object", "properties": {"a": {"type": "string"}}})
    derived = derive(content, Direction.REQUEST).content
    assert derived["components"]["schemas"]["A"] is content["components"]["schemas"]["A"]


def test_what_is_not_a_schema_is_left_alone() -> None:
    example = {"type": "integer", "format": "int32", "required": ["a"], "$ref": "#/nowhere"}
    content = components(A={"enum": [example], "default": example, "example": example, "x-a": example})
    derived = derive(content, Direction.REQUEST)
    assert derived.content == content
    assert derived.faults == []


def test_a_property_may_have_the_name_of_a_keyword() -> None:
    properties = {
        "$ref": {"type": "string"},
        "format": {"type": "integer", "format": "uint8"},
        "required": {},
    }
    derived = derive(components(A={"properties": properties}), Direction.REQUEST)
    found = derived.content["components"]["schemas"]["A"]["properties"]
    assert found["format"]["maximum"] == 255
    assert found["$ref"] == {"type": "string"}


def test_the_document_itself_is_never_changed() -> None:
    schema = {
        "required": ["a"],
        "properties": {"a": {"readOnly": True, "type": "integer", "format": "int32"}},
    }
    content = components(A=schema)
    derive(content, Direction.REQUEST)
    assert content == components(
        A={"required": ["a"], "properties": {"a": {"readOnly": True, "type": "integer", "format": "int32"}}}
    )


def test_a_schema_is_derived_wherever_openapi_has_one() -> None:
    schema = {"type": "integer", "format": "uint8"}
    media = {"content": {"application/json": {"schema": schema}}}
    operation = {
        "parameters": [{"name": "a", "in": "query", "schema": schema}],
        "requestBody": media,
        "responses": {"200": {"headers": {"X-A": {"schema": schema}}, **media}},
        "callbacks": {"c": {"{$url}": {"post": {"requestBody": media}}}},
    }
    content = {"paths": {"/a": {"get": operation}}, "webhooks": {"w": {"post": {"requestBody": media}}}}
    assert str(derive(content, Direction.REQUEST).content).count("'maximum': 255") == 6


def test_a_reference_to_nothing_is_a_fault_and_accepts_anything() -> None:
    content = components(
        A={"$ref": "#/components/schemas/Gone"}, B={"properties": {"a": {"$ref": "else.yaml"}}}
    )
    derived = derive(content, Direction.REQUEST)
    assert [fault.pointer for fault in derived.faults] == [
        "/components/schemas/A",
        "/components/schemas/B/properties/a",
    ]
    assert derived.content == components(A={}, B={"properties": {"a": {}}})


def test_what_is_read_only_is_found_through_references_and_compositions() -> None:
    content = components(
        Id={"type": "string", "readOnly": True},
        Base={"type": "object", "properties": {"id": {"$ref": "#/components/schemas/Id"}}},
        Pet={"allOf": [{"$ref": "#/components/schemas/Base"}], "required": ["id", "name"]},
    )
    request = derive(content, Direction.REQUEST).content["components"]["schemas"]
    assert request["Pet"]["required"] == ["name"]
    assert request["Base"]["properties"]["id"] == {"not": {}}
    assert derive(content, Direction.RESPONSE).content == content
