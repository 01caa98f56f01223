from typing import Any

import pytest

from accord.exchange import Kind, Policy

from .conftest import Convene

INTEGER = {"type": "integer"}
STRING = {"type": "string"}
INTEGERS = {"type": "array", "items": INTEGER}
STRINGS = {"type": "array", "items": STRING}
COLOUR = {
    "type": "object",
    "properties": {"R": INTEGER, "G": INTEGER, "B": INTEGER},
    "additionalProperties": False,
}
RGB = {"R": 100, "G": 200, "B": 150}


@pytest.mark.parametrize(
    ("style", "explode", "schema", "sent", "value"),
    [
        ("simple", False, STRING, "blue", "blue"),
        ("simple", False, INTEGERS, "3,4,5", [3, 4, 5]),
        ("simple", True, INTEGERS, "3,4,5", [3, 4, 5]),
        ("simple", False, COLOUR, "R,100,G,200,B,150", RGB),
        ("simple", True, COLOUR, "R=100,G=200,B=150", RGB),
        ("label", False, INTEGER, ".5", 5),
        ("label", False, INTEGERS, ".3,4,5", [3, 4, 5]),
        ("label", True, INTEGERS, ".3.4.5", [3, 4, 5]),
        ("label", False, COLOUR, ".R,100,G,200,B,150", RGB),
        ("label", True, COLOUR, ".R=100.G=200.B=150", RGB),
        ("matrix", False, INTEGER, ";p=5", 5),
        ("matrix", False, INTEGERS, ";p=3,4,5", [3, 4, 5]),
        ("matrix", True, INTEGERS, ";p=3;p=4;p=5", [3, 4, 5]),
        ("matrix", False, COLOUR, ";p=R,100,G,200,B,150", RGB),
        ("matrix", True, COLOUR, ";R=100;G=200;B=150", RGB),
    ],
)
def test_a_path_parameter_is_read_in_its_style(
    parameter: Convene, style: str, *, explode: bool, schema: Any, sent: str, value: Any
) -> None:
    court = parameter(schema, **{"in": "path", "required": True, "style": style, "explode": explode})
    judged = court.request(path={"p": sent})
    assert judged.violations == ()
    assert judged.parameters == {("path", "p"): value}


@pytest.mark.parametrize(
    ("style", "explode", "schema", "sent", "value"),
    [
        ("form", True, INTEGER, "p=5", 5),
        ("form", True, INTEGERS, "p=3&p=4&p=5", [3, 4, 5]),
        ("form", False, INTEGERS, "p=3,4,5", [3, 4, 5]),
        ("form", True, COLOUR, "R=100&G=200&B=150", RGB),
        ("form", False, COLOUR, "p=R,100,G,200,B,150", RGB),
        ("spaceDelimited", False, INTEGERS, "p=3%204+5", [3, 4, 5]),
        ("spaceDelimited", True, INTEGERS, "p=3&p=4", [3, 4]),
        ("spaceDelimited", False, COLOUR, "p=R%20100%20G%20200%20B%20150", RGB),
        ("pipeDelimited", False, INTEGERS, "p=3|4%7C5", [3, 4, 5]),
        ("pipeDelimited", False, COLOUR, "p=R|100|G|200|B|150", RGB),
        ("deepObject", True, COLOUR, "p[R]=100&p%5BG%5D=200&p[B]=150", RGB),
    ],
)
def test_a_query_parameter_is_read_in_its_style(
    parameter: Convene, style: str, *, explode: bool, schema: Any, sent: str, value: Any
) -> None:
    judged = parameter(schema, style=style, explode=explode).query(sent)
    assert judged.violations == ()
    assert judged.parameters == {("query", "p"): value}


@pytest.mark.parametrize(
    ("explode", "schema", "sent", "value"),
    [
        (False, INTEGER, b"5", 5),
        (False, INTEGERS, b"3, 4,5", [3, 4, 5]),
        (False, COLOUR, b"R,100,G,200,B,150", RGB),
        (True, COLOUR, b"R=100,G=200,B=150", RGB),
    ],
)
def test_a_header_is_read_in_simple_style(
    parameter: Convene, *, explode: bool, schema: Any, sent: bytes, value: Any
) -> None:
    court = parameter(schema, **{"in": "header", "name": "X-Thing", "explode": explode})
    judged = court.request(headers=[(b"x-thing", sent)])
    assert judged.violations == ()
    assert judged.parameters == {("header", "X-Thing"): value}


@pytest.mark.parametrize(
    ("terms", "schema", "sent", "value"),
    [
        ({}, INTEGER, b"a=1; p=5", 5),
        ({"explode": False}, INTEGERS, b"p=3,4,5", [3, 4, 5]),
        ({}, STRING, b"p=caf%C3%A9", "café"),
        ({"style": "cookie"}, STRING, b"p=100%25", "100%25"),
    ],
)
def test_a_cookie_is_read_in_its_style(
    parameter: Convene, terms: Any, schema: Any, sent: bytes, value: Any
) -> None:
    judged = parameter(schema, **{"in": "cookie", **terms}).request(headers=[(b"cookie", sent)])
    assert judged.violations == ()
    assert judged.parameters == {("cookie", "p"): value}


def test_items_are_split_before_they_are_decoded(parameter: Convene) -> None:
    judged = parameter(STRINGS, explode=False).query("p=a%2Cb,c%26d")
    assert judged.parameters["query", "p"] == ["a,b", "c&d"]


def test_a_plus_is_a_space_in_a_query_and_a_plus_in_a_path(parameter: Convene) -> None:
    assert parameter(STRING).query("p=a+b").parameters["query", "p"] == "a b"
    in_path = parameter(STRING, **{"in": "path", "required": True})
    assert in_path.request(path={"p": "a+b"}).parameters["path", "p"] == "a+b"


def test_a_deep_object_may_hold_objects_and_lists(parameter: Convene) -> None:
    inner = {"type": "object", "properties": {"n": INTEGER}}
    schema = {"type": "object", "properties": {"a": inner, "ids": INTEGERS, "tags": STRINGS}}
    judged = parameter(schema, style="deepObject").query("p[a][n]=1&p[ids]=1&p[ids]=2&p[tags][]=x")
    assert judged.parameters["query", "p"] == {"a": {"n": 1}, "ids": [1, 2], "tags": ["x"]}


@pytest.mark.parametrize(
    "sent", ["p[a=1", "p[a]b=1", "p[a]=1&p[a][b]=2", "p[a][b]=2&p[a]=1", "p" + "[a]" * 9 + "=1"]
)
def test_a_deep_object_that_contradicts_itself_is_malformed(parameter: Convene, sent: str) -> None:
    (violation,) = parameter({"type": "object"}, style="deepObject").query(sent).violations
    assert violation.kind is Kind.MALFORMED


@pytest.mark.parametrize("text", ["1_000", "１２", "+1", " 1", "01", "1.0", "1e3", "0x10", "", "٣"])  # noqa: RUF001 - digits that Python's int() takes
def test_an_integer_is_written_in_json_s_digits(parameter: Convene, text: str) -> None:
    (violation,) = parameter(INTEGER).query(f"p={text}").violations
    assert (violation.kind, violation.location, violation.name) == (Kind.INVALID, "query", "p")


@pytest.mark.parametrize("text", ["TRUE", "True", "1", "yes", "on"])
def test_a_boolean_is_true_or_false_and_nothing_else(parameter: Convene, text: str) -> None:
    assert parameter({"type": "boolean"}).query(f"p={text}").violations


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e400", "-1e400", ".5", "1.", "9" * 400])
def test_a_number_is_one_that_json_and_a_float_can_hold(parameter: Convene, text: str) -> None:
    assert parameter({"type": "number"}).query(f"p={text}").violations


@pytest.mark.parametrize(
    ("schema", "text", "value"),
    [
        ({"$ref": "#/components/schemas/Id"}, "5", 5),
        ({"allOf": [{"$ref": "#/components/schemas/Id"}, {"minimum": 1}]}, "5", 5),
        ({"anyOf": [INTEGER, {"type": "boolean"}]}, "true", True),
        ({"oneOf": [INTEGER, {"type": "null"}]}, "", None),
        ({"type": ["integer", "null"]}, "null", None),
        ({"type": ["string", "null"]}, "null", "null"),
        ({"anyOf": [{"type": "integer", "maximum": 3}, STRING]}, "5", "5"),
        ({"enum": [1, 2]}, "2", 2),
        ({"const": True}, "true", True),
        ({"type": "number"}, "5", 5),
        ({"type": "number"}, "5.5", 5.5),
        ({}, "5", "5"),
    ],
)
def test_text_is_coerced_as_the_schema_directs(
    parameter: Convene, schema: Any, text: str, value: Any
) -> None:
    judged = parameter(schema, schemas={"Id": INTEGER}).query(f"p={text}")
    assert judged.violations == ()
    assert judged.parameters["query", "p"] == value
    assert type(judged.parameters["query", "p"]) is type(value)


def test_a_scalar_given_twice_is_malformed(parameter: Convene) -> None:
    (violation,) = parameter(INTEGER).query("p=1&p=2").violations
    assert violation.kind is Kind.MALFORMED
    assert violation.reason == "is given more than once"


@pytest.mark.parametrize("sent", ["p=%zz", "p=%", "p=%ff", "p=%E4"])
def test_percent_encoding_that_is_broken_is_malformed(parameter: Convene, sent: str) -> None:
    (violation,) = parameter(STRING).query(sent).violations
    assert violation.kind is Kind.MALFORMED


def test_a_query_that_is_not_utf_8_is_malformed(parameter: Convene) -> None:
    (violation,) = parameter(STRING).request(query=b"p=\xff").violations
    assert violation.kind is Kind.MALFORMED


def test_a_required_parameter_that_is_missing_names_the_rule(parameter: Convene) -> None:
    (violation,) = parameter(INTEGER, required=True).query("").violations
    assert violation.kind is Kind.MISSING
    assert violation.rule == "/paths/~1things/get/parameters/0/required"


def test_an_optional_array_that_is_absent_is_not_there(parameter: Convene) -> None:
    judged = parameter(STRINGS, **{"in": "header", "name": "X-P"}).request()
    assert (judged.parameters, judged.violations) == ({}, ())


def test_a_default_stands_in_for_what_is_absent(parameter: Convene) -> None:
    assert parameter({**INTEGER, "default": 25}).query("").parameters == {("query", "p"): 25}


def test_a_default_that_breaks_its_own_schema_is_not_used(parameter: Convene) -> None:
    assert parameter({**INTEGER, "default": "many"}).query("").parameters == {}


def test_a_violation_names_the_keyword_that_it_breaks(parameter: Convene) -> None:
    (violation,) = parameter({**INTEGERS, "maxItems": 1}).query("p=1&p=2").violations
    assert violation.rule == "/paths/~1things/get/parameters/0/schema/maxItems"
    (violation,) = parameter(INTEGERS).query("p=1&p=x").violations
    assert violation.pointer == "/1"


def test_an_empty_list_is_an_empty_text_or_a_list_of_one_empty_text(parameter: Convene) -> None:
    assert parameter(STRINGS, explode=False).query("p=").parameters["query", "p"] == []
    filled = parameter({**STRINGS, "minItems": 1}, explode=False)
    assert filled.query("p=").parameters["query", "p"] == [""]


def test_an_empty_value_is_taken_as_absent_where_the_contract_allows_it(parameter: Convene) -> None:
    assert parameter(INTEGER, allowEmptyValue=True).query("p=").violations == ()
    assert parameter(INTEGER, allowEmptyValue=True).query("p").violations == ()
    assert parameter(INTEGER).query("p=").violations


def test_undeclared_query_parameters_pass_unless_the_policy_refuses_them(parameter: Convene) -> None:
    assert parameter(INTEGER).query("other=1").violations == ()
    (violation,) = parameter(INTEGER, policy=Policy(unknown_query="refuse")).query("p=1&other=1").violations
    assert (violation.kind, violation.name) == (Kind.UNKNOWN, "other")


def test_an_api_key_in_the_query_is_no_unknown_parameter(convene: Convene) -> None:
    court = convene(
        {},
        method="get",
        policy=Policy(unknown_query="refuse"),
        components={"securitySchemes": {"Key": {"type": "apiKey", "in": "query", "name": "api_key"}}},
    )
    assert court.query("api_key=x").violations == ()


@pytest.mark.parametrize("name", ["Accept", "content-type", "Authorization"])
def test_accept_content_type_and_authorization_are_no_parameters(parameter: Convene, name: str) -> None:
    court = parameter(INTEGER, **{"in": "header", "name": name, "required": True})
    assert court.request(headers=[(name.lower().encode(), b"x")]).violations == ()
    assert court.request().violations == ()


def test_the_lines_of_a_repeated_header_are_one_list(parameter: Convene) -> None:
    court = parameter(INTEGERS, **{"in": "header", "name": "X-P"})
    judged = court.request(headers=[(b"x-p", b"1,2"), (b"x-p", b"3")])
    assert judged.parameters["header", "X-P"] == [1, 2, 3]


def test_an_object_without_named_properties_takes_what_no_other_parameter_does(convene: Convene) -> None:
    filters = {
        "name": "filters",
        "in": "query",
        "schema": {"type": "object", "additionalProperties": INTEGER},
    }
    page = {"name": "page", "in": "query", "schema": INTEGER}
    court = convene({"parameters": [filters, page]}, method="get", policy=Policy(unknown_query="refuse"))
    judged = court.query("a=1&page=2&b=3")
    assert judged.violations == ()
    assert judged.parameters == {("query", "filters"): {"a": 1, "b": 3}, ("query", "page"): 2}


@pytest.mark.parametrize("text", ["\ud800", "a\udcffb", "%41\ud800"])
def test_a_lone_surrogate_in_a_path_is_malformed(parameter: Convene, text: str) -> None:
    court = parameter(STRING, **{"in": "path", "required": True})
    (violation,) = court.request(path={"p": text}).violations
    assert violation.kind is Kind.MALFORMED


def test_a_query_string_as_a_whole_is_read_by_its_media_type(parameter: Convene) -> None:
    form = {"application/x-www-form-urlencoded": {"schema": COLOUR}}
    court = parameter(None, **{"in": "querystring", "content": form, "required": True})
    assert court.query("R=1&G=2").parameters == {("query", "p"): {"R": 1, "G": 2}}
    (wrong,) = court.query("R=x").violations
    assert (wrong.kind, wrong.location, wrong.name, wrong.pointer) == (Kind.INVALID, "query", "p", "/R")
    (missing,) = court.query("").violations
    assert missing.kind is Kind.MISSING
    as_json = parameter(None, **{"in": "querystring", "content": {"application/json": {"schema": COLOUR}}})
    assert as_json.query("%7B%22R%22%3A1%7D").parameters["query", "p"] == {"R": 1}


def test_a_parameter_with_content_is_a_document_of_its_own(parameter: Convene) -> None:
    court = parameter(None, content={"application/json": {"schema": COLOUR}})
    assert court.query("p=%7B%22R%22%3A1%7D").parameters["query", "p"] == {"R": 1}
    (broken,) = court.query("p=%7B").violations
    assert broken.kind is Kind.MALFORMED
    (wrong,) = court.query("p=%7B%22R%22%3A%22x%22%7D").violations
    assert (wrong.kind, wrong.pointer) == (Kind.INVALID, "/R")
