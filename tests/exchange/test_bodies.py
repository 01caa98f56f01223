from typing import Any

import pytest

from accord.exchange import ABSENT, Kind, Policy

from .conftest import Convene

THING = {"type": "object", "properties": {"n": {"type": "integer", "format": "int32"}}, "required": ["n"]}


def test_a_json_body_that_satisfies_its_schema_is_its_value(body: Convene) -> None:
    judged = body(THING).body(b'{"n":1}')
    assert (judged.body, judged.media_type, judged.violations) == ({"n": 1}, "application/json", ())


@pytest.mark.parametrize(
    "sent",
    [
        "application/json",
        "Application/JSON",
        "application/json;charset=utf-8",
        ' application/json ; Charset="UTF-8"',
    ],
)
def test_the_media_type_is_compared_as_http_says(body: Convene, sent: str) -> None:
    assert body(THING).body(b'{"n":1}', sent).violations == ()


def test_a_key_with_parameters_takes_the_type_without_them(body: Convene) -> None:
    court = body(THING, "application/json; charset=utf-8")
    assert court.body(b'{"n":1}', "application/json").body == {"n": 1}


@pytest.mark.parametrize("key", ["application/*", "*/*", "application/vnd.example+json"])
def test_ranges_and_suffixes_are_judged_as_json(body: Convene, key: str) -> None:
    (violation,) = body(THING, key).body(b'{"n":"x"}', "application/vnd.example+json").violations
    assert (violation.kind, violation.pointer) == (Kind.INVALID, "/n")


def test_the_most_specific_key_is_the_one_that_judges(convene: Convene) -> None:
    content = {
        "*/*": {"schema": False},
        "application/*": {"schema": False},
        "application/json": {"schema": THING},
        "application/json;profile=x": {"schema": {"type": "string"}},
    }
    court = convene({"requestBody": {"content": content}})
    assert court.body(b'{"n":1}').violations == ()
    assert court.body(b'"x"', "application/json;profile=x").media_type == "application/json;profile=x"
    assert court.body(b"x", "application/other").media_type == "application/*"


@pytest.mark.parametrize("sent", ["text/plain", "application/xml", "nonsense", "", "application/jsonp"])
def test_a_media_type_that_the_contract_has_not_is_refused(body: Convene, sent: str) -> None:
    (violation,) = body(THING).body(b"x", sent).violations
    assert (violation.kind, violation.name) == (Kind.MEDIA_TYPE, "Content-Type") if sent else True


def test_a_body_without_a_media_type_is_taken_for_the_only_one(convene: Convene, body: Convene) -> None:
    assert body(THING).request(body=b'{"n":1}').body == {"n": 1}
    two = convene({"requestBody": {"content": {"application/json": {}, "text/plain": {}}}})
    (violation,) = two.request(body=b"x").violations
    assert violation.kind is Kind.MEDIA_TYPE


def test_a_required_body_must_be_there(body: Convene) -> None:
    (violation,) = body(THING).request().violations
    assert (violation.kind, violation.location) == (Kind.MISSING, "body")
    assert violation.rule == "/paths/~1things/post/requestBody/required"


def test_an_optional_body_may_be_absent(body: Convene) -> None:
    judged = body(THING, required=False).body(b"")
    assert (judged.body, judged.violations) == (ABSENT, ())


def test_a_body_that_no_operation_takes_is_refused_unless_the_policy_passes_it(convene: Convene) -> None:
    (violation,) = convene({}).body(b"{}").violations
    assert violation.kind is Kind.UNKNOWN
    assert convene({}, policy=Policy(unknown_body="pass")).body(b"{}").violations == ()


def test_null_is_a_body_and_not_an_absent_one(body: Convene) -> None:
    judged = body({"type": "null"}).body(b"null")
    assert (judged.body, judged.violations) == (None, ())


@pytest.mark.parametrize("charset", ["utf-16", "latin-1", "UTF-8", "us-ascii"])
def test_a_charset_that_is_named_is_believed(body: Convene, charset: str) -> None:
    text = '{"n":1}'
    assert body(THING).body(text.encode(charset), f"application/json;charset={charset}").violations == ()
    plain = body({"type": "string"}, "text/plain").body(text.encode(charset), f"text/plain;charset={charset}")
    assert plain.body == text


@pytest.mark.parametrize(
    "charset", ["nonsense", "zip", "rot13", "idna", "x" * 5000, "utf-8\x00", "unicode_escape"]
)
def test_a_charset_that_is_none_is_malformed(body: Convene, charset: str) -> None:
    (violation,) = body({}, "text/plain").body(b"x", f'text/plain;charset="{charset}"').violations
    assert violation.kind is Kind.MALFORMED


def test_a_lone_surrogate_that_utf_7_spells_is_malformed(body: Convene) -> None:
    (violation,) = (
        body({"type": "string"}, "text/plain").body(b"+2AA-", "text/plain;charset=utf-7").violations
    )
    assert violation.kind is Kind.MALFORMED


def test_text_that_is_not_in_its_charset_is_malformed(body: Convene) -> None:
    (violation,) = body({}, "text/plain").body(b"\xff", "text/plain").violations
    assert violation.kind is Kind.MALFORMED


def test_text_is_judged_by_its_schema(body: Convene) -> None:
    court = body({"type": "string", "maxLength": 2}, "text/plain")
    assert court.body(b"", "text/plain").body == ""
    assert court.body(b"abc", "text/plain").violations[0].kind is Kind.INVALID
    assert body({"type": "integer"}, "text/plain").body(b"5", "text/plain").body == 5


def test_bytes_pass_as_they_are_and_are_judged_by_their_length(body: Convene) -> None:
    court = body({"type": "string", "format": "binary", "maxLength": 3}, "application/octet-stream")
    assert court.body(b"\xff\x00\xfe", "application/octet-stream").body == b"\xff\x00\xfe"
    assert court.body(b"\xff\x00\xfe\xfd", "application/octet-stream").violations


def test_each_item_of_a_sequence_is_judged(body: Convene) -> None:
    court = body(None, "application/jsonl", itemSchema=THING)
    assert court.body(b'{"n":1}\n{"n":2}\n', "application/jsonl").body == [{"n": 1}, {"n": 2}]
    (violation,) = court.body(b'{"n":1}\n{"n":"x"}', "application/jsonl").violations
    assert violation.pointer == "/1/n"


EVENTS = "text/event-stream"


@pytest.mark.parametrize(
    ("schema", "sent", "read"),
    [
        ({"required": ["data"]}, b": no\nid: 7\nretry: 9\nevent: a\ndata: x\ndata:y\n\n",
         {"id": "7", "retry": 9, "event": "a", "data": "x\ny"}),
        ({"properties": {"data": {"type": "array"}}, "required": ["data"]}, b"data: [1]\r\n\r\n",
         {"data": [1]}),
        (THING, b'data: {"n":1}\n\n', {"n": 1}),
        ({"type": "string"}, b"data: x\n\n", "x"),
    ],
)  # fmt: skip
def test_an_event_is_read_as_its_schema_means_it(
    body: Convene, schema: dict[str, Any], sent: bytes, read: object
) -> None:
    judged = body(None, EVENTS, itemSchema=schema).body(sent, EVENTS)
    assert (judged.body, judged.violations) == ([read], ())


def test_an_event_that_breaks_its_schema_is_told_by_its_place(body: Convene) -> None:
    court = body(None, EVENTS, itemSchema=THING)
    (violation,) = court.body(b'data: {"n":1}\n\ndata: {"n":"x"}\n\ndata: without end', EVENTS).violations
    assert violation.pointer == "/1/n"


def test_every_violation_is_named_up_to_the_limit(body: Convene) -> None:
    schema = {"type": "array", "items": {"type": "integer"}}
    many = b"[" + b",".join([b'"x"'] * 500) + b"]"
    assert len(body(schema).body(many).violations) == 100
    assert len(body(schema, policy=Policy(most=7)).body(many).violations) == 7


def test_a_read_only_property_is_refused_and_not_required(body: Convene) -> None:
    schema = {
        "type": "object",
        "required": ["id", "name"],
        "properties": {"id": {"$ref": "#/components/schemas/Id"}, "name": {"type": "string"}},
    }
    court = body(schema, schemas={"Id": {"type": "string", "readOnly": True}})
    assert court.body(b'{"name":"x"}').violations == ()
    (violation,) = court.body(b'{"name":"x","id":"1"}').violations
    assert violation.pointer == "/id"
    assert "read-only" in violation.reason


def test_a_read_only_property_passes_where_the_policy_says_so(body: Convene) -> None:
    schema = {
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "integer", "readOnly": True}},
    }
    court = body(schema, policy=Policy(hidden="pass"))
    assert court.body(b"{}").violations == ()
    assert court.body(b'{"id":1}').violations == ()
    assert court.body(b'{"id":"x"}').violations
