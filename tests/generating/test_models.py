"""What generated models do with values: null and absent, names, formats, patterns, recursion."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import MISSING, ValidationError

from accord.generating import generate_package

NULLS = """
Thing:
  type: object
  required: [name]
  properties:
    name: {type: [string, "null"]}
    note: {type: [string, "null"]}
    size: {type: integer}
    voice: {type: [boolean, "null"], default: false}
    meta: {type: object, default: {}}
"""


def test_an_absent_property_is_not_in_what_is_dumped_and_null_is(models_of: Callable[..., Any]) -> None:
    thing = models_of(NULLS).Thing.model_validate_json('{"name": null}')
    assert thing.size is MISSING
    assert thing.model_dump_json() == '{"name":null,"voice":false,"meta":{}}'
    assert thing.model_dump(exclude_unset=True) == {"name": None}


def test_null_stays_null(models_of: Callable[..., Any]) -> None:
    thing = models_of(NULLS).Thing(name="x", note=None)
    assert thing.model_dump(exclude_unset=True) == {"name": "x", "note": None}


@pytest.mark.parametrize("name", ["size", "meta"])
def test_null_is_refused_where_the_schema_has_no_null(models_of: Callable[..., Any], name: str) -> None:
    with pytest.raises(ValidationError):
        models_of(NULLS).Thing.model_validate({"name": "x", name: None})


READ_AND_WRITE_ONLY = """
Account:
  type: object
  required: [id, password]
  properties:
    id: {type: string, readOnly: true}
    password: {type: string, writeOnly: true}
    owner: {$ref: "#/components/schemas/Owner"}
Owner: {type: object, properties: {account: {$ref: "#/components/schemas/Account"}}}
Plain: {type: object, properties: {name: {type: string}}}
"""


def test_a_response_hides_what_is_write_only_and_a_request_what_is_read_only(
    models_of: Callable[..., Any],
) -> None:
    models = models_of(READ_AND_WRITE_ONLY)
    assert set(models.Account.model_fields) == {"id", "owner"}
    assert set(models.AccountRequest.model_fields) == {"password", "owner"}


def test_what_reaches_them_differs_too_and_what_does_not_is_one_class(models_of: Callable[..., Any]) -> None:
    models = models_of(READ_AND_WRITE_ONLY)
    assert models.OwnerRequest.model_fields["account"].annotation == models.AccountRequest | MISSING
    assert not hasattr(models, "PlainRequest")


FORMATS = """
Formats:
  type: object
  properties:
    uri: {type: string, format: uri}
    password: {type: string, format: password}
    byte: {type: string, format: byte}
    at: {type: string, format: date-time}
    day: {type: string, format: date}
    email: {type: string, format: email}
    span: {type: string, format: duration}
    id: {type: string, format: uuid}
    fixed: {type: string, format: date-time, pattern: "Z$"}
"""


def test_text_comes_out_as_it_went_in(models_of: Callable[..., Any]) -> None:
    text = {
        "uri": "https://example.com",
        "password": "secret",
        "byte": "aGk=",
        "email": "a@localhost",
        "span": "P1Y",
        "fixed": "2024-01-01T00:00:00+00:00",
    }
    made = models_of(FORMATS).Formats.model_validate(text)
    assert made.model_dump(mode="json") == text


def test_dates_and_ids_have_types_of_their_own(models_of: Callable[..., Any]) -> None:
    made = models_of(FORMATS).Formats.model_validate({"at": "2024-02-29T12:00:00Z", "day": "2024-02-29"})
    assert made.at == dt.datetime(2024, 2, 29, 12, tzinfo=dt.UTC)
    assert made.day == dt.date(2024, 2, 29)
    assert made.model_dump_json() == '{"at":"2024-02-29T12:00:00Z","day":"2024-02-29"}'


@pytest.mark.parametrize("pattern", [r"\cA", "[^]", r"^\p{L}+(?=x)$", r"(?<name>a)\k<name>", "("])
def test_a_pattern_that_python_cannot_compile_breaks_nothing(
    models_of: Callable[..., Any], pattern: str
) -> None:
    made = models_of(f"P: {{type: object, properties: {{a: {{type: string, pattern: '{pattern}'}}}}}}")
    assert made.P(a="anything").a == "anything"


AWKWARD = """
None: {type: object, properties: {class: {type: string}, copy: {type: string}, __root__: {type: string}}}
Field: {type: object, properties: {a-b: {type: string}, a_b: {type: string}, aB: {type: string}}}
models: {type: object, properties: {model_dump: {type: string}, str: {type: string}, size: {type: string}}}
Request: {type: object, properties: {"": {type: string}, "1": {type: string}, $ref: {type: string}}}
UUID: {type: object, properties: {UUID: {type: string, format: uuid}, date: {type: string, format: date}}}
BaseModel: {type: object, properties: {self: {type: string}, MISSING: {type: string}}}
"Exception": {type: string, enum: [None, class, "", " ", "1", "-1", "+1"]}
"""


def test_names_that_python_or_pydantic_takes_are_made_valid_and_keep_their_alias(
    models_of: Callable[..., Any],
) -> None:
    models = models_of(AWKWARD)
    sent = {"class": "a", "copy": "b", "__root__": "c"}
    assert models.NoneModel.model_validate(sent).model_dump(by_alias=True) == sent
    sent = {"a-b": "a", "a_b": "b", "aB": "c"}
    assert models.FieldModel.model_validate(sent, by_name=False).model_dump(by_alias=True) == sent
    assert models.Models.model_validate({"model_dump": "x"}).model_dump(by_alias=True) == {"model_dump": "x"}


def test_every_awkward_schema_has_a_class(models_of: Callable[..., Any]) -> None:
    models = models_of(AWKWARD)
    names = {"NoneModel", "FieldModel", "Models", "Request", "UUIDModel", "BaseModelModel", "ExceptionModel"}
    assert names <= vars(models).keys()


RECURSIVE = """
Tree: {type: object, properties: {children: {type: array, items: {$ref: "#/components/schemas/Tree"}}}}
Json:
  anyOf:
    - {type: string}
    - {type: array, items: {$ref: "#/components/schemas/Json"}}
    - {type: object, additionalProperties: {$ref: "#/components/schemas/Json"}}
"""


def test_recursive_schemas_are_fine(models_of: Callable[..., Any]) -> None:
    models = models_of(RECURSIVE)
    tree = models.Tree.model_validate({"children": [{"children": []}]})
    assert isinstance(tree.children[0], models.Tree)


TAGGED = """
Pet:
  oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
  discriminator: {propertyName: kind, mapping: {hound: "#/components/schemas/Dog"}}
Cat: {type: object, required: [kind], properties: {kind: {type: string}, name: {type: string}}}
Dog: {type: object, required: [kind], properties: {kind: {type: string}, name: {type: string}}}
Home: {type: object, properties: {pet: {$ref: "#/components/schemas/Pet"}}}
"""


@pytest.mark.parametrize(("kind", "name"), [("Cat", "Cat"), ("hound", "Dog")])
def test_a_discriminator_chooses_the_class(models_of: Callable[..., Any], kind: str, name: str) -> None:
    home = models_of(TAGGED).Home.model_validate({"pet": {"kind": kind, "name": "x"}})
    assert type(home.pet).__name__ == name


DISAGREEING = """
Event: {type: object, properties: {id: {type: string}, payload: {type: object}}}
Renamed:
  allOf:
    - {$ref: "#/components/schemas/Event"}
    - type: object
      required: [payload]
      properties: {payload: {$ref: "#/components/schemas/Names"}}
Names: {type: object, properties: {old: {type: string}}}
Agreeing:
  allOf: [{$ref: "#/components/schemas/Event"}, {type: object, properties: {extra: {type: string}}}]
"""


def test_parts_that_disagree_are_written_out_and_parts_that_agree_inherit(
    models_of: Callable[..., Any],
) -> None:
    models = models_of(DISAGREEING)
    assert models.Renamed.model_fields["payload"].annotation is models.Names
    assert set(models.Renamed.model_fields) == {"id", "payload"}
    assert issubclass(models.Agreeing, models.Event)


def test_not_and_conditions_leave_the_type_beside_them(models_of: Callable[..., Any]) -> None:
    models = models_of(
        "T: {type: object, properties: {a: {type: string, not: {enum: [x]}}}, if: {required: [a]}, then: {}}"
    )
    assert models.T(a="x").a == "x"


def test_bounds_are_left_to_the_judge_of_the_wire(models_of: Callable[..., Any]) -> None:
    models = models_of("T: {type: object, properties: {n: {type: number, multipleOf: 0.1, maximum: 1}}}")
    assert models.T(n=0.3).n == 0.3


def test_a_default_that_breaks_its_schema_is_not_taken(models_of: Callable[..., Any]) -> None:
    models = models_of("T: {type: object, properties: {n: {type: integer, default: many}}}")
    assert models.T().n is MISSING


def test_a_contract_without_schemas_generates_a_package_that_imports(models_of: Callable[..., Any]) -> None:
    assert models_of("{}", module="operations").Handlers()


def test_names_do_not_depend_on_what_else_is_in_the_contract(contract_of: Callable[..., Any]) -> None:
    nested = "B: {type: object, properties: {size: {type: object, properties: {x: {type: integer}}}}}\n"
    other = "A: {type: object, properties: {size: {type: object, properties: {y: {type: integer}}}}}\n"
    alone = generate_package(contract_of(nested)).files["models.py"]
    both = generate_package(contract_of(other + nested)).files["models.py"]
    assert "class BSize(" in alone
    assert "class BSize(" in both


def test_a_default_is_kept_as_text_where_the_type_would_be_a_date(models_of: Callable[..., Any]) -> None:
    models = models_of(
        "T: {type: object, properties: {d: {type: string, format: date, default: '2024-02-29'},"
        " r: {$ref: '#/components/schemas/D', default: '2024-02-29'}}}\n"
        "D: {type: string, format: date}"
    )
    assert models.T().d == "2024-02-29"
    assert models.T().r is MISSING
