"""`x-faker`: the forms that Prism's users write, and the names of Python's Faker."""

import re
from typing import Any

import pytest

from accord.schemas.sampling.fakerjs import RECIPES
from tests.schemas.sampling.sampled import object_with, sample_of, value_of

TEXT = {"type": "string"}
NEED_ARGUMENTS = {"helpers.shuffle", "helpers.weightedArrayElement"}


def faked(said: Any, schema: Any = None, **choices: Any) -> Any:
    """The value for an `x-faker`, which is followed without a complaint."""
    sample = sample_of({**(TEXT if schema is None else schema), "x-faker": said}, **choices)
    assert sample.findings == ()
    return sample.value


@pytest.mark.parametrize(
    ("said", "pattern"),
    [
        ("name.firstName", r"\w+"),
        ("person.fullName", r"\w+ \w+"),
        ("internet.email", r"[a-z.]+@example\.\w+"),
        ("image.imageUrl", r"https://example\.com/images/\d+/640x480\.png"),
        ("datatype.uuid", r"[0-9a-f-]{36}"),
        ("string.uuid", r"[0-9a-f-]{36}"),
        ("address.zipCode", r"\d{5}"),
        ("commerce.price", r"\d+\.\d\d"),
        ("finance.currencyCode", r"[A-Z]{3}"),
        ("date.past", r"20\d\d-\d\d-\d\dT.*Z"),
        ("system.semver", r"\d+\.\d+\.\d+"),
        ("lorem.words", r"\w+ \w+ \w+"),
        ("Hello {{name.firstName}}", r"Hello \w+"),
        ({"phone.phoneNumber": "+1 (###) 555-01##"}, r"\+1 \(\d{3}\) 555-01\d\d"),
        ({"helpers.arrayElement": [["red", "blue"]]}, r"red|blue"),
        ({"finance.amount": [10, 20, 1, "$"]}, r"\$1\d\.\d|\$20\.0"),
        ({"string.alphanumeric": {"length": 8}}, r"[a-z0-9]{8}"),
        ({"helpers.fake": "{{name.firstName}}-{{datatype.number}}"}, r"\w+-\d+"),
        ({"date.between": ["2024-01-01", "2024-01-31"]}, r"2024-01-\d\dT.*"),
    ],
)
def test_a_name_of_faker_js_is_followed(said: Any, pattern: str) -> None:
    assert re.fullmatch(pattern, faked(said))


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ({"datatype.number": {"min": 1, "max": 5}}, 1, 5),
        ({"datatype.number": 3}, 0, 3),
        ({"number.int": {"min": 10, "max": 12}}, 10, 12),
        ("random.number", 0, 99_999),
        ({"random_int": {"min": 7, "max": 8}}, 7, 8),
    ],
)
def test_a_number_is_within_its_arguments(said: Any, low: int, high: int) -> None:
    assert low <= faked(said, {"type": "integer"}) <= high


def test_a_number_that_is_a_text_becomes_a_number() -> None:
    assert 5 <= faked("commerce.price", {"type": "number"}) <= 500


def test_a_list_is_made_of_some_of_the_elements() -> None:
    value = faked({"helpers.arrayElements": [["a", "b", "c"], 2]}, {"type": "array", "items": TEXT})
    assert len({*value} & {"a", "b", "c"}) == 2


@pytest.mark.parametrize("said", ["first_name", "iban", "person.first_name", "past_date", "date_of_birth"])
def test_a_name_of_pythons_faker_is_followed(said: str) -> None:
    assert faked(said) == faked(said)


@pytest.mark.parametrize("name", sorted({name for name, _ in RECIPES.values()} - NEED_ARGUMENTS))
def test_every_name_of_the_table_gives_something(name: str) -> None:
    assert sample_of({"x-faker": name}).findings == ()


def test_the_person_that_is_faked_is_the_one_of_the_object() -> None:
    email = {"type": "string", "x-faker": "internet.email"}
    user = value_of(object_with("first_name", x=email), name="User")
    assert user["x"].startswith(user["first_name"].lower())


def test_an_x_faker_comes_before_an_example() -> None:
    assert "@" in faked("internet.email", {"type": "string", "examples": ["nobody"]})


def test_an_unknown_name_is_a_finding_with_the_near_ones() -> None:
    (finding,) = sample_of({**TEXT, "x-faker": "nme.firstName"}).findings
    assert (finding.rule, finding.pointer) == ("unusable-x-faker", "/components/schemas/S/x-faker")
    assert "nme.firstName" in finding.message
    assert "name.firstName" in finding.hint


def test_the_value_is_then_made_by_the_schema_alone() -> None:
    with_, without = ({**TEXT, **faker} for faker in ({"x-faker": "no.such"}, {}))
    assert value_of(object_with(email=with_)) == value_of(object_with(email=without))


@pytest.mark.parametrize(
    "said", ["datatype.uuid", {"helpers.arrayElement": [["toolong"]]}, {"datatype.number": "many"}]
)
def test_a_value_that_the_schema_does_not_allow_is_not_used(said: Any) -> None:
    sample = sample_of({"type": "string", "maxLength": 4, "x-faker": said})
    assert [finding.rule for finding in sample.findings] == ["unusable-x-faker"]
    assert len(sample.value) <= 4
