from time import perf_counter
from typing import Any

import pytest

from accord.document import Document
from accord.findings import Position
from accord.schemas import Direction, Schemas, SchemaViolation


def schemas_of(**schemas: Any) -> Schemas:
    content = {"components": {"schemas": schemas}}
    return Schemas(Document(content, "3.1.1", (), lambda pointer: Position(pointer, 1, 1)))


def violations(
    value: Any, name: str = "S", direction: Direction = Direction.REQUEST, **schemas: Any
) -> tuple[SchemaViolation, ...]:
    validator = schemas_of(**schemas).at(f"/components/schemas/{name}", direction)
    found = validator.violations(value)
    assert validator.is_valid(value) is not bool(found)
    return found


def test_a_validator_is_compiled_once() -> None:
    schemas = schemas_of(S={"type": "integer"})
    first = schemas.at("/components/schemas/S", Direction.REQUEST)
    assert schemas.at("/components/schemas/S", Direction.REQUEST) is first


def test_a_rule_is_the_place_in_the_contract_behind_every_reference() -> None:
    (violation,) = violations(
        {"a": [{"b": 5}]},
        S={"properties": {"a": {"items": {"$ref": "#/components/schemas/B"}}}},
        B={"properties": {"b": {"type": "string"}}},
    )
    assert violation.rule == "/components/schemas/B/properties/b/type"
    assert violation.pointer == "/a/0/b"


def test_names_are_escaped_in_pointers() -> None:
    (violation,) = violations({"a/b~{c} é": 5}, S={"properties": {"a/b~{c} é": {"type": "string"}}})
    assert violation.pointer == "/a~1b~0{c} é"
    assert violation.rule == "/components/schemas/S/properties/a~1b~0{c} é/type"


@pytest.mark.parametrize(
    ("schema", "value", "reason"),
    [
        ({"type": "integer"}, "5", "must be an integer"),
        ({"type": ["string", "null"]}, 5, "must be a string or null"),
        ({"required": ["a"]}, {}, "is required"),
        ({"additionalProperties": False}, {"b": 1}, "has properties, and the contract allows none"),
        (
            {"properties": {"a": {}}, "additionalProperties": False},
            {"b": 1},
            'has properties that are not in the contract: "b"',
        ),
        ({"enum": ["a", "b"]}, "c", 'must be one of "a", "b"'),
        ({"const": 1}, 2, "must be 1"),
        ({"minimum": 3}, 2, "must be at least 3"),
        ({"exclusiveMaximum": 3}, 3, "must be less than 3"),
        ({"multipleOf": 5}, 3, "must be a multiple of 5"),
        ({"minLength": 1}, "", "must have at least 1 character"),
        ({"maxItems": 2}, [1, 2, 3], "must have at most 2 items"),
        ({"minProperties": 1}, {}, "must have at least 1 property"),
        ({"uniqueItems": True}, [1, 1], "has an item twice"),
        ({"pattern": "^a$"}, "b", "must match the pattern ^a$"),
        ({"format": "of-date"}, "x", None),
        ({"format": "date"}, "x", "must be a date, such as 2026-01-31"),
        ({"not": {"type": "string"}}, "x", "must not have the form that the contract excludes"),
        ({"contains": {"const": 1}}, [2], "does not have an item that the contract asks for"),
        ({"propertyNames": {"maxLength": 1}}, {"ab": 1}, "has a property whose name is not allowed"),
        ({"type": "integer", "format": "uint8"}, 300, "must be at most 255"),
    ],
)
def test_a_reason_is_a_sentence_about_the_value(schema: Any, value: Any, reason: str | None) -> None:
    found = violations(value, S=schema)
    assert [violation.reason for violation in found] == ([] if reason is None else [reason])


def test_a_bound_that_a_format_means_is_the_format_s_rule() -> None:
    (violation,) = violations(2**40, S={"type": "integer", "format": "int32"})
    assert violation.rule == "/components/schemas/S/format"


def test_what_was_received_is_shortened() -> None:
    (violation,) = violations("x" * 10_000, S={"maxLength": 5})
    assert len(violation.received) <= 80
    (violation,) = violations({"secret": "value"}, S={"type": "string"})
    assert violation.received == "an object of 1 property"


@pytest.mark.parametrize("terms", [{"format": "password"}, {"writeOnly": True}])
def test_a_secret_is_never_repeated(terms: Any) -> None:
    (violation,) = violations("s3cr3t", S={"type": "string", "maxLength": 3, **terms})
    assert "s3cr3t" not in str(violation)


CAT = {
    "type": "object",
    "required": ["kind", "lives"],
    "properties": {"kind": {"const": "cat"}, "lives": {"type": "integer"}},
}
DOG = {
    "type": "object",
    "required": ["kind", "bark"],
    "properties": {"kind": {"const": "dog"}, "bark": {"type": "string"}},
}
FORMS = [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]


def test_of_several_forms_the_one_that_was_meant_is_explained() -> None:
    (violation,) = violations({"kind": "cat", "lives": "nine"}, S={"oneOf": FORMS}, Cat=CAT, Dog=DOG)
    assert (violation.pointer, violation.rule) == ("/lives", "/components/schemas/Cat/properties/lives/type")


@pytest.mark.parametrize("mapping", [{}, {"mapping": {"d": "#/components/schemas/Dog"}}])
def test_the_discriminator_names_the_form_that_was_meant(mapping: Any) -> None:
    plain = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}
    schema = {"anyOf": FORMS, "discriminator": {"propertyName": "t", **mapping}}
    value = {"t": "d" if mapping else "Dog"}
    (violation,) = violations(value, S=schema, Cat=plain, Dog={**plain, "required": ["n"]})
    assert violation.rule == "/components/schemas/Dog/required"


def test_a_value_that_may_be_null_is_explained_by_its_other_form() -> None:
    (violation,) = violations(
        {"a": 1}, S={"anyOf": [{"properties": {"a": {"type": "string"}}, "type": "object"}, {"type": "null"}]}
    )
    assert violation.pointer == "/a"


def test_a_word_that_a_nullable_enum_does_not_have_is_told_the_enum() -> None:
    nullable = {"anyOf": [{"$ref": "#/components/schemas/Kind"}, {"type": "null"}]}
    kind = {"type": "string", "enum": ["simple", "chat"]}
    (violation,) = violations("simpel", S=nullable, Kind=kind)
    assert violation.reason == 'must be one of "simple", "chat"'
    assert violation.rule == "/components/schemas/Kind/enum"


def test_where_no_form_stands_out_that_is_what_is_said() -> None:
    (violation,) = violations(5, S={"oneOf": [{"type": "string"}, {"type": "boolean"}]})
    assert violation.reason == "has none of the 2 forms that the contract allows"
    (violation,) = violations(5, S={"oneOf": [{"minimum": 1}, {"minimum": 2}]})
    assert violation.reason == "fits more than one of the forms of which it must have exactly one"


@pytest.mark.parametrize(
    "fault",
    [
        {"pattern": "("},
        {"type": "text"},
        {"required": True},
        {"enum": {}},
        {"minLength": "5"},
        {"exclusiveMinimum": True},
        {"$ref": "#/components/schemas/Gone"},
        {"properties": []},
    ],
)
def test_a_keyword_that_cannot_be_used_is_a_finding_and_the_rest_is_judged(fault: Any) -> None:
    schemas = schemas_of(S={"properties": {"a": fault, "b": {"type": "integer"}}})
    validator = schemas.at("/components/schemas/S", Direction.REQUEST)
    assert validator.is_valid({"a": "anything", "b": 1})
    assert not validator.is_valid({"b": "x"})
    (finding,) = schemas.findings
    assert finding.pointer.startswith("/components/schemas/S/properties/a")
    assert finding.position == Position(finding.pointer, 1, 1)


def test_a_fault_elsewhere_does_not_matter() -> None:
    schemas = schemas_of(S={"type": "integer"}, Bad={"pattern": "("})
    assert schemas.at("/components/schemas/S", Direction.REQUEST).is_valid(5)
    assert schemas.findings == ()


def test_forms_within_forms_are_explained_down_to_the_place() -> None:
    inner = {"anyOf": [{"type": "object", "properties": {"n": {"type": "integer"}}}, {"type": "null"}]}
    outer = {"oneOf": [{"type": "string"}, {"type": "array", "items": inner}], "allOf": [{}]}
    (violation,) = violations([{"n": "x"}], S={"properties": {"a": True}, **outer})
    assert violation.pointer == "/0/n"
    assert violation.rule == "/components/schemas/S/oneOf/1/items/anyOf/0/properties/n/type"


def test_a_schema_that_looks_into_forms_is_explained_as_a_whole() -> None:
    schema = {"anyOf": [{"properties": {"a": True}}], "unevaluatedProperties": False}
    assert violations({"a": 1}, S=schema) == ()
    (violation,) = violations({"b": 1}, S=schema)
    assert violation.rule == "/components/schemas/S/unevaluatedProperties"


def test_an_explanation_of_forms_in_forms_takes_bounded_time() -> None:
    branch = {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/S"}}}
    schema = {"anyOf": [{**branch, "required": ["y"]}, {**branch, "required": ["z"]}]}
    value: dict[str, Any] = {}
    for _ in range(100):
        value = {"a": value}
    started = perf_counter()
    assert violations(value, S=schema)
    assert perf_counter() - started < 1


def test_of_a_value_with_very_many_parts_the_first_violation_is_named() -> None:
    (violation,) = violations([1] * 500_000, S={"type": "array", "items": {"type": "string"}})
    assert violation.pointer == "/0"


def test_a_recursive_schema_is_fine() -> None:
    tree = {"type": "object", "properties": {"children": {"items": {"$ref": "#/components/schemas/S"}}}}
    (violation,) = violations({"children": [{"children": [5]}]}, S=tree)
    assert violation.pointer == "/children/0/children/0"


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        ("^[^]$", "\n", ""),
        (r"^\cA$", "\x01", "A"),
        (r"^[\w-.]+$", "a-.b", "a b"),
        (r"^\[]$", "[]", "["),
        (r"^(?<year>\d{4})$", "2026", "26"),
        (r"^(?!x)\u0061$", "a", "x"),
    ],
)
def test_a_pattern_says_what_it_says_in_ecma_script(pattern: str, good: str, bad: str) -> None:
    schemas = schemas_of(S={"pattern": pattern})
    validator = schemas.at("/components/schemas/S", Direction.REQUEST)
    assert schemas.findings == ()
    assert (validator.is_valid(good), validator.is_valid(bad)) == (True, False)


def test_a_repetition_that_is_too_large_is_judged_without_its_bound() -> None:
    schemas = schemas_of(S={"pattern": "^0x[a-f]{2,2147483648}$"})
    validator = schemas.at("/components/schemas/S", Direction.REQUEST)
    assert validator.is_valid("0xab")
    assert not validator.is_valid("0xag")
    assert [finding.pointer for finding in schemas.findings] == ["/components/schemas/S/pattern"]


def test_a_pattern_is_ecma_s_and_takes_bounded_time() -> None:
    assert violations("\u0431", S={"pattern": r"^\p{L}$"}) == ()
    (violation,) = violations("a" * 40 + "!", S={"pattern": r"^(?=a)(?:(a+)\1?)+$(?<=a)"})
    assert violation.rule == "/components/schemas/S/pattern"


def test_schemas_that_only_refer_to_the_same_one_share_what_is_compiled() -> None:
    mere = {"$ref": "#/components/schemas/S", "description": "Nothing that counts."}
    schemas = schemas_of(S={"type": "integer"}, A={"$ref": "#/components/schemas/S"}, B=mere)
    first, second = (schemas.at(f"/components/schemas/{name}", Direction.REQUEST) for name in "AB")
    assert first.is_valid.__self__ is second.is_valid.__self__  # type: ignore[attr-defined]
    (violation,) = second.violations("x")
    assert (second.pointer, violation.rule) == ("/components/schemas/B", "/components/schemas/S/type")


def test_a_schema_is_judged_rightly_after_it_was_given_up_for_others() -> None:
    linked = {
        f"S{at}": {"properties": {"next": {"$ref": f"#/components/schemas/S{at + 1}"}}} for at in range(300)
    }
    schemas = schemas_of(**linked, S300={"type": "integer"})
    validators = [schemas.at(f"/components/schemas/S{at}", Direction.REQUEST) for at in range(300)]
    right: Any = 5
    wrong: Any = "5"
    for _ in range(300):
        right, wrong = {"next": right}, {"next": wrong}
    assert validators[0].is_valid(right)
    assert not validators[0].is_valid(wrong)
