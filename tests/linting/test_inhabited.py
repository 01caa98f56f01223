"""Which schemas are seen to have a value without a proof."""

from typing import Any

import pytest

from accord.document import Document
from accord.linting.inhabited import Inhabited
from accord.schemas.sampling.canonical import canonical_of
from tests.linting.test_rules import _placed

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
NEVER = {"type": "integer", "minimum": 3, "maximum": 1}
OBJECT = {"type": "object", "properties": {"a": TEXT}, "required": ["a"]}
LOOP = {"$ref": "#/components/schemas/Loop"}
CONTENT: dict[str, Any] = {
    "components": {"schemas": {"Loop": {"type": "object", "properties": {"a": LOOP}, "required": ["a"]}}}
}
SURE: list[Any] = [
    TEXT,
    {"type": ["string", "null"], "maxLength": 0},
    {"type": "string", "enum": ["a"]},
    OBJECT,
    {**OBJECT, "required": ["b"], "additionalProperties": NUMBER},
    {"type": "array", "items": NEVER},
    {"anyOf": [NEVER, TEXT]},
    {"oneOf": [TEXT, NUMBER, NUMBER]},
    {"allOf": [OBJECT]},
]
UNSURE: list[Any] = [
    NEVER,
    LOOP,
    {"$ref": "#/nowhere"},
    {"type": "string", "enum": [1]},
    {"type": "text"},
    {**OBJECT, "properties": {"a": NEVER}},
    {**OBJECT, "required": ["b"], "additionalProperties": False},
    {"type": "array", "items": NEVER, "minItems": 1},
    {"oneOf": [NUMBER, {"type": "number"}]},
    {"allOf": [TEXT, NUMBER]},
]


def inhabited() -> Inhabited:
    return Inhabited(Document(CONTENT, "3.1.0", ("pets.yaml",), _placed))


@pytest.mark.parametrize("schema", SURE)
def test_what_surely_has_a_value_is_not_proved_to_have_none(schema: Any) -> None:
    assert inhabited().surely(schema)
    assert not canonical_of(CONTENT, [schema]).is_empty


@pytest.mark.parametrize("schema", UNSURE)
def test_what_may_have_none_is_asked_for_a_proof(schema: Any) -> None:
    assert not inhabited().surely(schema)
