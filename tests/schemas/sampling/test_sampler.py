import json
from typing import Any

import pytest

from accord.document import Document
from accord.findings import Position
from accord.schemas import Direction, Schemas
from accord.schemas.sampling import Sample, Sampler

PET = {"$ref": "#/components/schemas/Pet"}


def sampler_of(seed: str = "accord", **schemas: Any) -> Sampler:
    content = {"components": {"schemas": schemas}}
    return Sampler(Schemas(Document(content, "3.1.1", (), lambda pointer: Position(pointer, 1, 1))), seed)


def sample_of(
    schema: Any,
    *,
    direction: Direction = Direction.RESPONSE,
    key: str = "",
    seed: str = "accord",
    **others: Any,
) -> Sample:
    sampler = sampler_of(seed, S=schema, **others)
    sample = sampler.sample("/components/schemas/S", direction=direction, key=key)
    is_valid = sampler.schemas.at("/components/schemas/S", direction).is_valid(sample.value)
    assert is_valid is sample.is_valid is not bool(sample.findings)
    return sample


def valid(schema: Any, **others: Any) -> Any:
    """A sample that its schema accepts."""
    sample = sample_of(schema, **others)
    assert sample.findings == ()
    return sample.value


SATISFIABLE: dict[str, Any] = {
    "enum": {"enum": ["a", 2, None]},
    "an object as const": {"const": {"a": 1}},
    "any type": {},
    "allOf narrows types and bounds": {
        "allOf": [{"type": "number", "minimum": 5}, {"type": "integer", "maximum": 6}]
    },
    "allOf joins required and patterns": {
        "allOf": [
            {"type": "object", "required": ["a"], "properties": {"a": {"type": "string", "minLength": 12}}},
            {"required": ["b"], "properties": {"a": {"pattern": "^[a-z]+$"}, "b": {"type": "boolean"}}},
        ]
    },
    "a closed part of allOf": {
        "type": "object",
        "allOf": [
            {"properties": {"a": {"type": "string"}}, "additionalProperties": False},
            {"properties": {"b": {"type": "string"}}},
        ],
    },
    "oneOf told apart by required": {
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
        "oneOf": [{"required": ["a"]}, {"required": ["b"]}],
    },
    "oneOf with an overlap": {"oneOf": [{"type": "integer"}, {"type": "number"}]},
    "oneOf of a format and any text": {
        "oneOf": [{"type": "string", "format": "base64url", "title": "Bytes"}, {"type": "string"}]
    },
    "oneOf of multiples": {"type": "integer", "minimum": 15, "oneOf": [{"multipleOf": 3}, {"multipleOf": 5}]},
    "not an enum": {"type": "string", "pattern": "^[ab]$", "not": {"enum": ["a"]}},
    "not a type": {"type": ["string", "integer"], "not": {"type": "string"}},
    "not a multiple": {"type": "integer", "minimum": 1, "maximum": 10, "not": {"multipleOf": 2}},
    "not a property": {"type": "object", "properties": {"a": {}, "b": {}}, "not": {"required": ["b"]}},
    "if and then": {
        "required": ["k", "v"],
        "properties": {"k": {"const": "x"}},
        "if": {"properties": {"k": {"const": "x"}}},
        "then": {"properties": {"v": {"type": "integer"}}},
        "else": {"properties": {"v": {"type": "boolean"}}},
    },
    "if and else": {
        "required": ["k", "v"],
        "properties": {"k": {"const": "y"}},
        "if": {"properties": {"k": {"const": "x"}}},
        "then": {"properties": {"v": {"type": "integer"}}},
        "else": {"properties": {"v": {"type": "boolean"}}},
    },
    "a multiple between exclusive bounds": {
        "type": "number",
        "multipleOf": 0.05,
        "exclusiveMinimum": 1,
        "exclusiveMaximum": 1.1,
    },
    "multiples of both": {"type": "integer", "multipleOf": 6, "allOf": [{"multipleOf": 4}], "minimum": 13},
    "one integer between": {"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 2},
    "a tiny number": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1e-12},
    "an integer beyond doubles": {"type": "integer", "format": "int64", "minimum": 9007199254740993},
    "unique items of an enum": {
        "type": "array",
        "items": {"enum": [1, 2, 3]},
        "uniqueItems": True,
        "minItems": 3,
    },
    "all unique integers of a range": {
        "type": "array",
        "items": {"type": "integer", "minimum": 1, "maximum": 10},
        "uniqueItems": True,
        "minItems": 10,
    },
    "contains, twice": {
        "type": "array",
        "contains": {"type": "integer", "minimum": 5},
        "minContains": 2,
        "items": {"type": ["string", "integer"]},
    },
    "contains, no more than once": {
        "type": "array",
        "contains": {"const": "a"},
        "maxContains": 1,
        "minItems": 3,
        "items": {"enum": ["a", "b"]},
    },
    "contains, two different": {
        "type": "array",
        "items": {"type": "string"},
        "allOf": [{"contains": {"const": "a"}}, {"contains": {"const": "b"}}],
    },
    "a tuple": {
        "type": "array",
        "prefixItems": [{"type": "string"}, {"type": "integer"}],
        "items": False,
        "minItems": 2,
    },
    "a map": {"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 3},
    "patternProperties": {
        "type": "object",
        "patternProperties": {"^x-[a-z]{3}$": {"type": "integer"}},
        "additionalProperties": False,
        "minProperties": 1,
    },
    "propertyNames": {"type": "object", "propertyNames": {"pattern": "^[A-Z]{3}$"}, "minProperties": 2},
    "dependentRequired": {
        "required": ["a"],
        "properties": {"a": {"type": "string"}},
        "dependentRequired": {"a": ["b"], "b": ["c"]},
    },
    "dependentSchemas": {
        "type": "object",
        "required": ["a"],
        "dependentSchemas": {"a": {"required": ["c"], "properties": {"c": {"const": 4}}}},
    },
    "unevaluatedProperties": {
        "type": "object",
        "allOf": [{"properties": {"a": {"type": "string"}}}],
        "properties": {"b": {"type": "integer"}},
        "unevaluatedProperties": False,
        "minProperties": 2,
    },
    "unevaluatedItems": {
        "type": "array",
        "prefixItems": [{"type": "string"}],
        "unevaluatedItems": False,
        "minItems": 1,
    },
    "a long text": {"type": "string", "minLength": 300, "maxLength": 310},
    "maxProperties": {"type": "object", "properties": {"a": {}, "b": {}, "c": {}}, "maxProperties": 1},
}


@pytest.mark.parametrize("schema", SATISFIABLE.values(), ids=SATISFIABLE)
def test_a_sample_satisfies_its_schema(schema: Any) -> None:
    valid(schema)


@pytest.mark.parametrize("schema", SATISFIABLE.values(), ids=SATISFIABLE)
@pytest.mark.parametrize("seed", ["a", "b"])
def test_a_sample_satisfies_its_schema_with_any_seed(schema: Any, seed: str) -> None:
    valid(schema, seed=seed)


@pytest.mark.parametrize(
    "pattern",
    [
        r"^[A-Z]{2}\d{4}$",
        r"^(?=.*[A-Z])(?=.*[0-9]).{8,}$",
        r"^(?!foo)[a-z]{3}$",
        r"^\p{L}{3,5}$",
        r"^(red|green)-\w+$",
        r"[^/]+/[^/]+",
        r"^(a)b\1$",
        r"^(?<year>\d{4})-(0[1-9]|1[0-2])$",
        r"^((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?!$)|$)){4}$",
        r"^\u0041\x42\.\/$",
        r"^[^\s@]+@[^\s@]+\.[a-z]{2,}$",
        r"^$",
    ],
)
def test_a_text_matches_its_pattern(pattern: str) -> None:
    valid({"type": "string", "pattern": pattern})


@pytest.mark.parametrize(("low", "high"), [(0, 5), (20, 20), (100, 200)])
def test_a_text_matches_its_pattern_and_its_lengths_at_once(low: int, high: int) -> None:
    text = valid({"type": "string", "pattern": "^[a-z]+-[0-9]+$", "minLength": low, "maxLength": high})
    assert low <= len(text) <= high


def test_two_patterns_hold_at_once() -> None:
    valid({"type": "string", "pattern": "^[a-z]+$", "allOf": [{"pattern": "x.*z$"}], "minLength": 12})


@pytest.mark.parametrize(
    "name",
    [
        "date-time",
        "date",
        "time",
        "duration",
        "email",
        "idn-email",
        "hostname",
        "idn-hostname",
        "ipv4",
        "ipv6",
        "uri",
        "uri-reference",
        "iri",
        "iri-reference",
        "uuid",
        "regex",
        "json-pointer",
        "relative-json-pointer",
        "uri-template",
        "byte",
        "base64url",
        "char",
        "decimal",
        "http-date",
        "media-range",
        "password",
        "binary",
    ],
)
def test_a_text_has_its_format(name: str) -> None:
    valid({"type": "string", "format": name})


def test_recursion_ends_where_it_is_optional() -> None:
    node = {
        "type": "object",
        "properties": {"next": {"$ref": "#/components/schemas/S"}, "id": {"type": "integer"}},
    }
    assert list(valid(node)) == ["id"]


@pytest.mark.parametrize(
    "next_",
    [
        {"anyOf": [{"$ref": "#/components/schemas/S"}, {"type": "null"}]},
        {"oneOf": [{"$ref": "#/components/schemas/S"}, {"type": "object", "maxProperties": 0}]},
        {"type": "array", "items": {"$ref": "#/components/schemas/S"}},
        {
            "type": ["object", "null"],
            "properties": {"s": {"$ref": "#/components/schemas/S"}},
            "required": ["s"],
        },
        {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/S"}},
    ],
)
def test_required_recursion_ends_as_soon_as_it_can(next_: Any) -> None:
    value = valid({"type": "object", "required": ["next"], "properties": {"next": next_}})
    assert str(value).count("next") <= 2


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ({"type": "integer", "minimum": 5, "maximum": 3}, "exclude each other"),
        ({"type": "string", "enum": ["a"], "minLength": 3}, "no value of its enum"),
        ({"allOf": [{"type": "string"}, {"type": "integer"}]}, "exclude each other"),
        ({"type": "object", "required": ["x"], "properties": {"x": False}}, "/x: nothing is allowed here"),
        (
            {"type": "object", "required": ["s"], "properties": {"s": {"$ref": "#/components/schemas/S"}}},
            "itself",
        ),
    ],
)
def test_what_cannot_be_satisfied_is_a_finding_with_the_reason(schema: Any, reason: str) -> None:
    (finding,) = sample_of(schema).findings
    assert finding.rule == "unsatisfied-schema"
    assert reason in finding.message


def test_what_can_be_satisfied_of_an_unsatisfiable_schema_is_there() -> None:
    schema = {"type": "object", "required": ["a", "b"], "properties": {"a": {"const": 1}, "b": False}}
    assert sample_of(schema).value == {"a": 1}


def test_an_array_that_would_be_too_large_ends_with_a_finding() -> None:
    schema: Any = {"type": "integer"}
    for _ in range(4):
        schema = {"type": "array", "minItems": 40, "items": schema}
    assert "too many ways" in sample_of(schema).findings[0].message


@pytest.mark.parametrize(("direction", "names"), [(Direction.RESPONSE, ["a"]), (Direction.REQUEST, ["b"])])
def test_what_a_direction_hides_is_left_out(direction: Direction, names: list[str]) -> None:
    schema = {
        "type": "object",
        "required": ["a", "b"],
        "properties": {"a": {"type": "string", "readOnly": True}, "b": {"type": "string", "writeOnly": True}},
    }
    assert list(valid(schema, direction=direction)) == names


def test_an_example_is_used_where_it_is_valid() -> None:
    assert valid({"type": "string", "examples": ["Rex"]}) == "Rex"
    assert valid({"type": "integer", "examples": ["five"], "default": 7}) == 7


def test_a_type_that_may_be_null_is_not() -> None:
    assert valid({"type": ["null", "string"]}) is not None


@pytest.mark.parametrize(
    ("mapping", "kind"), [({"kitty": "#/components/schemas/Cat"}, "kitty"), (None, "Cat")]
)
def test_a_discriminator_names_the_branch(mapping: Any, kind: str) -> None:
    animal = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}}
    discriminator = {"propertyName": "kind"} | ({"mapping": mapping} if mapping else {})
    schema = {"anyOf": [{"$ref": "#/components/schemas/Cat"}], "discriminator": discriminator}
    assert valid(schema, Cat=animal)["kind"] == kind


def test_a_discriminator_names_the_schema_that_includes_it() -> None:
    pet = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}},
        "discriminator": {"propertyName": "kind", "mapping": {"s": "#/components/schemas/S"}},
    }
    assert valid({"allOf": [PET]}, Pet=pet)["kind"] == "s"


def test_the_same_seed_and_key_give_the_same_sample() -> None:
    schema = SATISFIABLE["a map"]
    assert valid(schema, key="k") == valid(schema, key="k")
    assert valid(schema, key="k") != valid(schema, key="other")
    assert valid(schema, key="k") != valid(schema, key="k", seed="other")


def test_a_seed_gives_the_same_sample_on_every_machine() -> None:
    properties = {
        "id": {"type": "string", "format": "uuid"},
        "name": {"type": "string"},
        "created": {"type": "string", "format": "date-time"},
        "price": {"type": "number"},
        "kind": {"enum": ["cat", "dog", "newt"]},
        "is_small": {"type": "boolean"},
    }
    assert valid({"type": "object", "properties": properties}, key="k") == {
        "id": "09c3b170-6860-48bd-be13-c4988605169c",
        "name": "Silver Voyage",
        "created": "2025-09-30T19:43:21Z",
        "price": 427.43,
        "kind": "cat",
        "is_small": True,
    }


def test_samples_do_not_depend_on_what_was_sampled_before() -> None:
    sampler = sampler_of(
        S={"type": "object", "properties": {"name": {"type": "string"}}}, Pet=SATISFIABLE["a map"]
    )
    first = sampler.sample("/components/schemas/S")
    sampler.sample("/components/schemas/Pet")
    assert sampler.sample("/components/schemas/S") == first


def test_another_property_does_not_change_the_ones_that_were_there() -> None:
    before = {"type": "object", "properties": {"name": {"type": "string"}, "age": {"type": "integer"}}}
    after = {"type": "object", "properties": {"zip": {"type": "string"}, **before["properties"]}}  # type: ignore[dict-item]
    assert valid(before).items() <= valid(after).items()


class TestMending:
    def mended(self, value: Any, schema: Any) -> Sample:
        sampler = sampler_of(S=schema)
        sample = sampler.mend("/components/schemas/S", value)
        assert sampler.schemas.at("/components/schemas/S", Direction.RESPONSE).is_valid(sample.value)
        return sample

    def test_a_valid_value_stays_as_it_is(self) -> None:
        assert self.mended({"a": 1}, {"type": "object"}) == Sample({"a": 1})

    def test_only_what_is_wrong_is_replaced(self) -> None:
        schema = {"properties": {"a": {"type": "string"}, "b": {"type": "integer"}}, "required": ["b", "c"]}
        sample = self.mended({"a": "kept", "b": "five", "x": [1]}, schema)
        assert sample.value["a"] == "kept"
        assert sample.value["x"] == [1]
        assert isinstance(sample.value["b"], int)
        assert {finding.rule for finding in sample.findings} == {"invalid-example"}
        messages = sorted(finding.message for finding in sample.findings)
        assert messages == ["/b must be an integer", "/c is required"]

    def test_items_of_a_list_are_mended_in_their_places(self) -> None:
        schema = {"type": "array", "items": {"type": "integer", "maximum": 9}}
        value = self.mended([1, "x", 3], schema).value
        assert (value[0], value[2], len(value)) == (1, 3, 3)

    def test_the_branch_that_the_value_is_like_is_kept(self) -> None:
        cat = {"type": "object", "required": ["meow"], "properties": {"meow": {"type": "boolean"}}}
        dog = {"type": "object", "required": ["bark"], "properties": {"bark": {"type": "integer"}}}
        assert list(self.mended({"bark": "loud"}, {"oneOf": [cat, dog]}).value) == ["bark"]

    def test_a_write_only_property_does_not_stay_in_a_response(self) -> None:
        schema = {"properties": {"a": {"type": "string"}, "b": {"type": "string", "writeOnly": True}}}
        assert self.mended({"a": "x", "b": "secret"}, schema).value == {"a": "x"}

    def test_a_value_of_another_type_is_replaced(self) -> None:
        assert isinstance(self.mended(["x"], {"type": "string"}).value, str)


def test_ids_agree_within_a_sample() -> None:
    identifier = {"type": "integer"}
    owner = {"type": "object", "properties": {"id": identifier, "pet_id": identifier}}
    pet = {"type": "object", "properties": {"id": identifier, "owner_id": identifier, "owner": owner}}
    value = valid({"type": "object", "properties": {"pet": pet}})["pet"]
    assert value["owner_id"] == value["owner"]["id"] != value["id"]
    assert value["owner"]["pet_id"] == value["id"]


def test_a_text_that_is_said_to_be_json_is() -> None:
    inner = {"type": "object", "required": ["a"], "properties": {"a": {"const": 1}}}
    schema = {"type": "string", "contentMediaType": "application/json", "contentSchema": inner}
    assert json.loads(valid(schema)) == {"a": 1}


def test_a_value_is_mended_by_the_branch_that_it_names() -> None:
    branches = [
        {"properties": {"kind": {"const": "a"}, "size": {"type": "integer"}}},
        {"properties": {"kind": {"const": "b"}}},
    ]
    schema = {"type": "object", "required": ["kind", "size"], "oneOf": branches}
    mended = sampler_of(S=schema).mend("/components/schemas/S", {"kind": "b"})
    assert mended.value["kind"] == "b"
