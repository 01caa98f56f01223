"""What may change in a request, and what in a response; each with a value that shows it."""

from itertools import product
from typing import Any

import pytest

from accord.comparing import RULES
from accord.findings import Severity
from accord.schemas import Schemas
from accord.schemas.derived import Direction
from tests.comparing.contracts import CAT, DOG, TEXT, gives, rules, sends, thing, told

CHANGES: dict[str, tuple[Any, Any, str]] = {
    "a shorter text": ({**TEXT, "maxLength": 10}, {**TEXT, "maxLength": 5}, "max-length-narrowed"),
    "a bound": ({"type": "integer"}, {"type": "integer", "minimum": 1}, "minimum-narrowed"),
    "a number that has to be whole": ({"type": "number"}, {"type": "integer"}, "type-narrowed"),
    "no null": ({"type": ["string", "null"]}, TEXT, "nullability-narrowed"),
    "no alternative null": ({"anyOf": [CAT, {"type": "null"}]}, CAT, "nullability-narrowed"),
    "a value less": ({"enum": ["a", "b"]}, {"enum": ["a"]}, "enum-narrowed"),
    "listed values": (TEXT, {"type": "string", "enum": ["a"]}, "enum-narrowed"),
    "a pattern": (TEXT, {"type": "string", "pattern": "^a"}, "pattern-narrowed"),
    "a narrower pattern": (
        {"type": "string", "pattern": "^[ab]+$"},
        {"type": "string", "pattern": "^a+$"},
        "pattern-narrowed",
    ),
    "a format": (TEXT, {"type": "string", "format": "uuid"}, "format-narrowed"),
    "a narrower integer": (
        {"type": "integer", "format": "int64"},
        {"type": "integer", "format": "int32"},
        "format-narrowed",
    ),
    "an alternative less": ({"oneOf": [CAT, DOG]}, {"oneOf": [CAT]}, "alternatives-narrowed"),
    "one of two types": ({"anyOf": [TEXT, {"type": "integer"}]}, TEXT, "alternatives-narrowed"),
    "what more than one alternative takes": (
        {"type": "integer"},
        {"oneOf": [{"type": "integer"}, {"type": "integer", "minimum": 3}]},
        "alternatives-narrowed",
    ),
    "an excluded value": (
        {"type": "integer"},
        {"type": "integer", "not": {"const": 3}},
        "exclusion-narrowed",
    ),
    "a condition": (
        {"type": "integer"},
        {"type": "integer", "if": {"minimum": 3}, "then": {"multipleOf": 2}},
        "condition-narrowed",
    ),
    "a property that has to be there": (
        thing({"a": TEXT}),
        thing({"a": TEXT}, ("a",)),
        "property-became-required",
    ),
    "a property that asks for another": (
        thing({"a": TEXT, "b": TEXT}),
        thing({"a": TEXT, "b": TEXT}, dependentRequired={"a": ["b"]}),
        "dependents-narrowed",
    ),
    "no other properties": (
        thing({"a": TEXT}),
        thing({"a": TEXT}, additionalProperties=False),
        "additional-properties-narrowed",
    ),
    "fewer items": ({"type": "array"}, {"type": "array", "maxItems": 3}, "max-items-narrowed"),
    "unlike items": ({"type": "array"}, {"type": "array", "uniqueItems": True}, "unique-items-narrowed"),
    "a schema": (True, TEXT, "type-narrowed"),
    "what refers to itself": (
        {"$ref": "#/components/schemas/Tree"},
        {"$ref": "#/components/schemas/Node"},
        "min-length-narrowed",
    ),
}
LOST_TOGETHER: dict[str, tuple[Any, Any]] = {
    "what an alternative takes that another took": (
        {"oneOf": [{"type": "integer", "minimum": 0}, {"type": "integer", "maximum": -1}]},
        {"oneOf": [{"type": "integer", "minimum": -9}, {"type": "integer", "maximum": -1}]},
    ),
    "what stands beside alternatives": (
        {"enum": ["a", 1]},
        {"allOf": [{"enum": [1]}, {"anyOf": [{"enum": ["a", 1]}, {"type": "boolean"}]}]},
    ),
}
REWRITINGS: dict[str, tuple[Any, Any]] = {
    "a reference and what it leads to": (CAT, thing({"meow": {"type": "integer"}}, ("meow",))),
    "allOf and its parts in one": (
        {"allOf": [CAT, thing({"b": TEXT})]},
        thing({"meow": {"type": "integer"}, "b": TEXT}, ("meow",)),
    ),
    "anyOf in another order": (
        {"anyOf": [TEXT, {"type": "integer"}]},
        {"anyOf": [{"type": "integer"}, TEXT]},
    ),
    "types and alternatives": ({"anyOf": [TEXT, {"type": "null"}]}, {"type": ["string", "null"]}),
    "both truths and a boolean": ({"type": "boolean"}, {"type": "boolean", "enum": [True, False]}),
    "a const and an enum of it": ({"const": "a"}, {"enum": ["a"]}),
    "bounds of integers": (
        {"type": "integer", "minimum": 1},
        {"type": "integer", "exclusiveMinimum": 0},
    ),
    "oneOf and anyOf of what excludes each other": (
        {"oneOf": [TEXT, {"type": "integer"}]},
        {"anyOf": [TEXT, {"type": "integer"}]},
    ),
    "words that describe": ({"type": "string", "title": "A", "x-a": 1}, {"type": "string", "example": "a"}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_request_that_takes_less_breaks_clients(name: str) -> None:
    old, new, rule = CHANGES[name]
    (change,) = told(sends(old), sends(new))
    assert (change.rule, change.severity) == (f"request-{rule}", Severity.ERROR)


@pytest.mark.parametrize("name", CHANGES)
def test_a_response_that_gives_less_breaks_nobody(name: str) -> None:
    old, new, rule = CHANGES[name]
    (change,) = told(gives(old), gives(new))
    assert (change.rule, change.severity) == (f"response-{rule}", Severity.INFO)


@pytest.mark.parametrize("name", [name for name in CHANGES if name != "no other properties"])
def test_a_response_that_gives_more_breaks_clients_but_where_they_have_to_ignore_it(name: str) -> None:
    new, old, _ = CHANGES[name]
    assert [change.severity for change in told(gives(old), gives(new))] == [Severity.ERROR]


@pytest.mark.parametrize("name", CHANGES)
def test_what_breaks_a_request_is_shown_by_a_value_that_was_taken_and_is_refused(name: str) -> None:
    old, new = map(sends, CHANGES[name][:2])
    (change,) = told(old, new)
    assert change.witness is not None
    assert change.witness.accepted_by == "old"
    (pointer,) = {
        f"{operation.pointer}/requestBody/content/application~1json/schema" for operation in old.operations
    }
    if change.place == "request body":
        verdicts = [
            Schemas(each.document).at(pointer, Direction.REQUEST).is_valid(change.witness.value)
            for each in (old, new)
        ]
        assert verdicts == [True, False]


def test_what_one_alternative_takes_no_more_breaks_nobody_while_another_takes_it() -> None:
    small = {"type": "integer", "maximum": 5}
    old = {"anyOf": [{"type": "number"}, small, TEXT]}
    new = {"anyOf": [{"type": "number"}, {**small, "multipleOf": 2}, TEXT]}
    assert {each.severity for each in told(sends(old), sends(new))} == {Severity.INFO}


@pytest.mark.parametrize("name", LOST_TOGETHER)
def test_what_no_alternative_loses_by_itself_breaks_clients_and_is_shown(name: str) -> None:
    old, new = LOST_TOGETHER[name]
    (change,) = (each for each in told(sends(old), sends(new)) if each.is_breaking)
    assert change.rule == "request-alternatives-narrowed"
    assert change.witness is not None


@pytest.mark.parametrize("name", REWRITINGS)
def test_the_same_said_otherwise_is_no_change(name: str) -> None:
    old, new = REWRITINGS[name]
    for side in (sends, gives):
        assert (rules(side(old), side(new)), rules(side(new), side(old))) == ([], [])


@pytest.mark.parametrize("side", [sends, gives])
def test_the_change_back_falls_under_the_mirror_of_each_rule(side: Any) -> None:
    schemas = [schema for change in CHANGES.values() for schema in change[:2]]
    schemas += [schema for pair in REWRITINGS.values() for schema in pair]
    for old, new in product(schemas[::3], schemas[1::4]):
        there, back = told(side(old), side(new)), told(side(new), side(old))
        mirrored = sorted((RULES[change.rule].mirror, change.new, change.old) for change in there)
        assert mirrored == sorted((change.rule, change.old, change.new) for change in back)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (thing({}), thing({"a": TEXT}, ("a",)), "request-required-property-added"),
        (thing({}), thing({"a": TEXT}), "request-optional-property-added"),
        (thing({"a": TEXT}), thing({}), "request-optional-property-removed"),
        (thing({"a": TEXT}), thing({"a": {**TEXT, "readOnly": True}}), "request-optional-property-removed"),
        (thing({"a": TEXT}), thing({"a": {**TEXT, "deprecated": True}}), "request-property-deprecated"),
        (thing({"a": TEXT}), thing({"a": {**TEXT, "default": "b"}}), "request-default-changed"),
    ],
)
def test_properties_come_and_go(old: Any, new: Any, expected: str) -> None:
    assert rules(sends(old), sends(new)) == [expected]


def test_a_property_that_an_object_closed_to_others_lost_is_refused() -> None:
    old, new = (thing(each, additionalProperties=False) for each in ({"a": TEXT, "b": TEXT}, {"a": TEXT}))
    (change,) = told(sends(old), sends(new))
    assert (change.rule, change.severity) == ("request-optional-property-removed", Severity.ERROR)


def test_a_property_that_a_response_no_longer_has_breaks_clients_if_it_was_always_there() -> None:
    changes = told(gives(thing({"a": TEXT, "b": TEXT}, ("a",))), gives(thing({})))
    assert {change.rule: change.severity for change in changes} == {
        "response-required-property-removed": Severity.ERROR,
        "response-optional-property-removed": Severity.WARNING,
    }


def test_a_pattern_that_cannot_be_compared_is_undecided_until_a_value_decides() -> None:
    old, new = ({"type": "string", "pattern": f"^(?=x){each}$"} for each in ("x.*", "xy*"))
    (change,) = told(sends(old), sends(new))
    assert change.rule == "request-pattern-undecided"
    assert change.severity is (Severity.WARNING if change.witness is None else Severity.ERROR)


def test_a_change_of_a_component_is_told_once_with_its_place_in_the_value() -> None:
    old, new = ({"type": "array", "items": thing({"name": each})} for each in (TEXT, {"type": "integer"}))
    (change,) = told(sends(old), sends(new))
    assert (change.place, change.operations) == ("request body, /*/name", ("POST /pets",))


def test_a_mapping_of_schemas_to_their_own_names_says_nothing_new() -> None:
    unsaid = {"oneOf": [CAT, DOG], "discriminator": {"propertyName": "kind"}}
    said = {"oneOf": [CAT, DOG], "discriminator": {"propertyName": "kind", "mapping": {"Cat": CAT["$ref"]}}}
    other = {"oneOf": [CAT, DOG], "discriminator": {"propertyName": "kind", "mapping": {"c": "Cat"}}}
    assert rules(sends(unsaid), sends(said)) == rules(gives(said), gives(unsaid)) == []
    assert rules(sends(said), sends(other)) == ["request-discriminator-widened"]


def test_one_and_true_are_two_values() -> None:
    assert rules(sends({"enum": [1]}), sends({"enum": [True]})) == [
        "request-enum-narrowed",
        "request-enum-widened",
    ]
