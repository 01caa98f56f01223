from typing import Any

import pytest

from accord.schemas.derived import Direction
from accord.schemas.parts import WHOLE, Derivation, unit_of


def referring(name: str) -> dict[str, Any]:
    return {"properties": {"a": {"$ref": f"#/components/schemas/{name}"}}}


def derivation(content: dict[str, Any]) -> Derivation:
    return Derivation(content, Direction.REQUEST)


@pytest.mark.parametrize(
    ("pointer", "unit"),
    [
        ("/components/schemas/A/properties/b", "/components/schemas/A"),
        ("/components/schemas/A", "/components/schemas/A"),
        ("/paths/~1a~1{b}/get/parameters/0/schema", "/paths/~1a~1{b}"),
        ("/webhooks/w/post", "/webhooks/w"),
        ("/components/schemas", WHOLE),
        ("/x-definitions/A", WHOLE),
        ("", WHOLE),
    ],
)
def test_a_pointer_leads_into_a_component_a_path_item_or_the_document(pointer: str, unit: str) -> None:
    assert unit_of(pointer) == unit


def test_a_schema_needs_what_its_references_lead_to_and_no_more() -> None:
    content = {"components": {"schemas": {"A": referring("B"), "B": referring("A"), "C": referring("A")}}}
    derived = derivation(content)
    assert list(derived.reachable("/components/schemas/A")) == [
        "/components/schemas/A",
        "/components/schemas/B",
    ]
    assert list(derived.content["components"]["schemas"]) == ["A", "B"]


def test_the_content_stays_one_object_as_it_grows() -> None:
    content: dict[str, Any] = {"components": {"schemas": {"A": {}, "B": {}}}}
    derived = derivation(content)
    derived.reachable("/components/schemas/A")
    before = derived.content
    derived.reachable("/components/schemas/B")
    assert derived.content is before
    assert derived.content == content


@pytest.mark.parametrize("reference", ["#", "#/x-definitions/A", "#name"])
def test_a_reference_to_no_component_needs_the_whole_document(reference: str) -> None:
    content = {"x-definitions": {"A": {}}, "paths": {}, "components": {"schemas": {"A": {"$ref": reference}}}}
    derived = derivation(content)
    assert list(derived.reachable("/components/schemas/A")) == [WHOLE]
    assert derived.content == content
    assert derived.selected([WHOLE]) == content


def test_a_selection_has_each_unit_in_its_place() -> None:
    content = {"paths": {"/a": {}, "/b": {}}, "components": {"schemas": {"A": {}}}, "info": {}}
    derived = derivation(content)
    derived.everything()
    assert derived.selected(["/paths/~1b", "/components/schemas/A"]) == {
        "paths": {"/b": {}},
        "components": {"schemas": {"A": {}}},
    }
