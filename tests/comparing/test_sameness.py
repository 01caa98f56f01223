"""Which schemas of two documents say the same."""

from typing import Any

import pytest

from accord.comparing.sameness import Sameness
from accord.document import Document
from tests.comparing.contracts import placed

TREE = {"$ref": "#/components/schemas/Tree"}
NEXT = {"type": "object", "properties": {"v": {"type": "string"}, "next": TREE}}


def document(**schemas: Any) -> Document:
    return Document({"components": {"schemas": schemas}}, "3.1.0", ("pets.yaml",), placed)


def same(old: dict[str, Any], new: dict[str, Any], name: str = "Root") -> bool:
    at = f"/components/schemas/{name}"
    return Sameness(document(**old), document(**new)).of(at, at)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (TREE, NEXT),
        (NEXT, {**NEXT, "description": "a tree", "x-order": 1}),
        (TREE, {"$ref": "#/components/schemas/Alias"}),
        ({"allOf": [TREE]}, {"allOf": [NEXT]}),
        ({"type": ["string", "null"], "enum": ["a", 1]}, {"type": ["null", "string"], "enum": [1, "a"]}),
        ({"$ref": "#/components/schemas/Tree", "minProperties": 1},
         {"$ref": "#/components/schemas/Alias", "minProperties": 1}),
    ],
)  # fmt: skip
def test_a_reference_says_what_it_leads_to(old: Any, new: Any) -> None:
    held = {"Tree": NEXT, "Alias": TREE}
    assert same({"Root": old, **held}, {"Root": new, **held})
    assert same({"Root": new, **held}, {"Root": old, **held})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"const": 1}, {"const": True}),
        ({"properties": {"title": {"type": "string"}}}, {"properties": {"title": {"type": "integer"}}}),
        ({"prefixItems": [{"type": "string"}, {}]}, {"prefixItems": [{}, {"type": "string"}]}),
        ({"dependentRequired": {"title": ["a"]}}, {"dependentRequired": {"title": ["b"]}}),
        ({"discriminator": {"propertyName": "a", "mapping": {"title": "A"}}},
         {"discriminator": {"propertyName": "a", "mapping": {"title": "B"}}}),
        ({"$ref": "#/nowhere"}, {"$ref": "#/elsewhere"}),
        ({"$ref": "#/nowhere"}, {}),
    ],
)  # fmt: skip
def test_what_is_written_otherwise_is_not_the_same(old: Any, new: Any) -> None:
    assert not same({"Root": old}, {"Root": new})


def test_a_difference_that_schemas_reach_through_a_circle_is_theirs() -> None:
    other = {**NEXT, "required": ["v"]}
    chain = {"Root": {"items": {"$ref": "#/components/schemas/Ring"}}, "Ring": {"anyOf": [TREE, NEXT]}}
    sameness = Sameness(document(**chain, Tree=NEXT, Leaf=TREE), document(**chain, Tree=other, Leaf=NEXT))
    found = {
        name: sameness.of(f"/components/schemas/{name}", f"/components/schemas/{name}")
        for name in ("Root", "Ring", "Tree", "Leaf")
    }
    assert found == dict.fromkeys(found, False)


def test_equal_schemas_that_refer_to_each_other_many_times_are_looked_at_once() -> None:
    wide = {f"S{at}": {"allOf": [{"$ref": f"#/components/schemas/S{at + 1}"}] * 3} for at in range(400)}
    assert same({**wide, "S400": NEXT, "Tree": NEXT}, {**wide, "S400": NEXT, "Tree": NEXT}, "S0")
