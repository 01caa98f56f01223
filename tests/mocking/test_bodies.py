"""What stands in a body: examples, or what the schema lets stand there."""

from base64 import b64decode
from typing import Any
from urllib.parse import unquote

import pytest

from accord.document import Document
from accord.findings import Position
from accord.mocking import Choices, Response
from accord.mocking.model import Remark
from tests.mocking.conftest import Stand, Stands, answer, header

PET = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {
        "id": {"type": "integer", "minimum": 1},
        "name": {"type": "string", "pattern": "^[A-Z]{4}$"},
    },
    "additionalProperties": False,
}
NAMED = {"cat": {"value": {"id": 1, "name": "CATS"}}, "dog": {"value": {"id": 2, "name": "DOGS"}}}
BROKEN = {"id": 7, "name": "too long a name"}


def test_the_first_example_of_the_media_type_is_answered(answers: Stands) -> None:
    assert answers({"200": answer(PET, examples=NAMED)}).json("/things") == {"id": 1, "name": "CATS"}


def test_a_named_example_is_answered_where_it_is_preferred(answers: Stands) -> None:
    mocked = answers({"200": answer(PET, examples=NAMED)})
    assert mocked.json("/things", prefer="example=dog") == {"id": 2, "name": "DOGS"}
    assert mocked.json("/things?__example=dog") == {"id": 2, "name": "DOGS"}


def test_an_example_that_is_not_there_is_404_and_names_those_that_are(answers: Stands) -> None:
    response = answers({"200": answer(PET, examples=NAMED)}).get("/things", prefer="example=cow")
    assert response.status == 404
    assert "cat, dog" in response.reason


@pytest.mark.parametrize(
    "terms", [{"examples": [{"id": 3, "name": "NEWT"}]}, {"default": {"id": 3, "name": "NEWT"}}]
)
def test_an_example_or_default_of_the_schema_comes_next(answers: Stands, terms: dict[str, Any]) -> None:
    assert answers({"200": answer({**PET, **terms})}).json("/things") == {"id": 3, "name": "NEWT"}


def test_without_examples_the_body_is_made_by_the_schema(answers: Stands) -> None:
    mocked = answers({"200": answer(PET)})
    assert mocked.faults("GET", "/things", mocked.get("/things")) == ()


def test_an_example_that_breaks_its_schema_is_mended_and_said_once(answers: Stands) -> None:
    mocked = answers({"200": answer(PET, example=BROKEN)})
    first = mocked.get("/things")
    assert mocked.json("/things")["id"] == 7
    assert mocked.faults("GET", "/things", first) == ()
    assert [finding for finding in first.findings if "/name must match" in str(finding)]
    assert mocked.get("/things").findings == ()


def test_where_an_example_stands_is_sought_once_that_is_read() -> None:
    sought: list[str] = []

    def locate(pointer: str) -> Position:
        sought.append(pointer)
        return Position("openapi.yaml", 3, 7)

    document = Document({}, "3.1.0", (), locate)
    said = Remark(document, "/paths/~1things", "the example is mended")
    assert sought == []
    assert str(said) == "openapi.yaml:3:7: the example is mended"
    assert sought == ["/paths/~1things"]


def test_an_example_that_breaks_its_schema_is_sent_verbatim_where_that_is_asked(answers: Stands) -> None:
    mocked = answers({"200": answer(PET, example=BROKEN)}, choices=Choices("verbatim"))
    assert mocked.json("/things") == BROKEN


def test_dynamic_answers_are_made_for_each_request_and_the_same_for_the_same(answers: Stands) -> None:
    mocked = answers({"200": answer(PET, examples=NAMED)})
    made = [mocked.get(f"/things?page={page}", prefer="dynamic=true").body for page in (1, 2, 1)]
    assert made[0] == made[2] != made[1]


def test_what_is_wrong_with_the_head_of_a_generated_answer_is_found(answers: Stands) -> None:
    headers = {"X-Page": {"required": True, "schema": {"type": "string", "minLength": 3, "maxLength": 1}}}
    response = answers({"200": {**answer(PET), "headers": headers}}).get("/things", prefer="dynamic=true")
    assert [each.name for each in response.violations] == ["X-Page"]


def test_a_generated_body_that_no_value_makes_right_is_found(answers: Stands) -> None:
    impossible = {"type": "object", "required": ["id"], "properties": {"id": False}}
    response = answers({"200": answer(impossible)}).get("/things", prefer="dynamic=true")
    assert [each.location for each in response.violations] == ["body"]


def test_another_seed_gives_other_data(stand: Stands) -> None:
    paths = {"/things": {"get": {"responses": {"200": answer(PET)}}}}
    assert stand(paths, seed="a").get("/things").body != stand(paths, seed="b").get("/things").body


def test_a_static_answer_is_made_once(answers: Stands) -> None:
    mocked = answers({"200": answer(PET)})
    assert mocked.get("/things").body is mocked.get("/things").body


@pytest.mark.parametrize(
    ("media_type", "magic"),
    [
        ("image/png", b"\x89PNG\r\n\x1a\n"),
        ("image/jpeg", b"\xff\xd8\xff"),
        ("image/gif", b"GIF89a"),
        ("application/pdf", b"%PDF-"),
        ("application/zip", b"PK\x05\x06"),
        ("application/gzip", b"\x1f\x8b"),
    ],
)
def test_binary_types_begin_with_their_magic_number(answers: Stands, media_type: str, magic: bytes) -> None:
    assert answers({"200": answer({}, media_type)}).get("/things").body.startswith(magic)


def of(answers: Stands, example: Any, media_type: str, schema: Any = None, **terms: Any) -> bytes:
    mocked: Stand = answers({"200": answer(schema, media_type, example=example, **terms)})
    return mocked.get("/things").body


def test_text_stands_as_it_is(answers: Stands) -> None:
    assert of(answers, "héllo", "text/plain; charset=iso-8859-1") == "héllo".encode("latin-1")


def test_a_form_repeats_the_items_of_an_array_and_writes_objects_as_json(answers: Stands) -> None:
    written = of(answers, {"a": [1, 2], "b": {"c": True}}, "application/x-www-form-urlencoded")
    assert written == b"a=1&a=2&b=%7B%22c%22%3Atrue%7D"


def test_an_object_of_a_form_in_deep_style_has_a_field_for_each_leaf(answers: Stands) -> None:
    encoding = {"a": {"style": "deepObject"}}
    value = {"a": {"b": {"c": 1}, "d": [2], "e": [{"f": 3}]}}
    written = of(answers, value, "application/x-www-form-urlencoded", encoding=encoding)
    assert unquote(written.decode()) == "a[b][c]=1&a[d][]=2&a[e][0][f]=3"


def test_csv_has_the_names_of_all_rows_first(answers: Stands) -> None:
    assert of(answers, [{"a": 1}, {"a": "x,y", "b": None}], "text/csv") == b'a,b\r\n1,\r\n"x,y",\r\n'


def test_an_example_written_as_the_text_of_json_is_sent_verbatim_as_that_text(answers: Stands) -> None:
    mocked = answers({"200": answer(PET, example='{"id": "no number"}')}, choices=Choices("verbatim"))
    assert mocked.json("/things") == {"id": "no number"}


def test_json_lines_are_one_text_a_line(answers: Stands) -> None:
    assert of(answers, [{"a": 1}, {"a": 2}], "application/x-ndjson") == b'{"a":1}\n{"a":2}\n'


def test_each_item_of_an_event_stream_is_an_event(answers: Stands) -> None:
    mocked = answers({"200": answer(None, "text/event-stream", itemSchema=PET)})
    body = mocked.get("/things").body
    assert body.startswith(b'data: {"id":')
    assert body.count(b"\n\n") == 3


XML = {
    "type": "object",
    "xml": {"name": "pet", "namespace": "https://example.com/ns", "prefix": "p"},
    "properties": {
        "id": {"type": "integer", "xml": {"attribute": True}},
        "tags": {
            "type": "array",
            "xml": {"wrapped": True},
            "items": {"type": "string", "xml": {"name": "tag"}},
        },
        "photo": {"type": "array", "items": {"type": "string"}},
    },
}


def test_xml_follows_the_xml_objects_of_the_schema(answers: Stands) -> None:
    value = {"id": 1, "tags": ["a", "<b>"], "photo": ["c", "d"]}
    written = of(answers, value, "application/xml", XML).decode()
    assert written.partition("\n")[2] == (
        '<p:pet xmlns:p="https://example.com/ns" id="1"><tags><tag>a</tag><tag>&lt;b&gt;</tag></tags>'
        "<photo>c</photo><photo>d</photo></p:pet>"
    )


def test_an_image_that_is_written_as_text_is_base64(answers: Stands) -> None:
    written = of(answers, "", "image/png", {"type": "string", "contentEncoding": "base64"})
    assert b64decode(written, validate=True).startswith(b"\x89PNG")


def test_an_array_of_objects_in_a_form_is_written_by_index_in_deep_style(answers: Stands) -> None:
    kind = "application/x-www-form-urlencoded"
    encoding = {"tags": {"style": "deepObject", "explode": True}}
    mocked = answers({"200": answer({}, kind, example={"tags": [{"a": 1}]}, encoding=encoding)})
    assert mocked.get("/things").body == b"tags%5B0%5D%5Ba%5D=1"


def test_a_scalar_is_an_xml_document_too(answers: Stands) -> None:
    written = of(answers, "a & b", "application/xml", {"type": "string", "xml": {"name": "note"}})
    assert written.endswith(b"<note>a &amp; b</note>")


def test_what_an_author_wrote_as_xml_stays_as_it_is(answers: Stands) -> None:
    assert of(answers, "<pet/>", "application/xml", XML) == b"<pet/>"


def test_headers_of_the_contract_are_generated_in_their_style(answers: Stands) -> None:
    headers = {
        "X-Page": {"required": True, "schema": {"type": "integer", "const": 3}},
        "X-Tags": {"schema": {"const": ["a", "b"], "type": "array"}},
        "Content-Length": {"schema": {"const": 99}},
    }
    response = answers({"200": {"description": "", "headers": headers}}).get("/things")
    assert (header(response, "x-page"), header(response, "x-tags")) == ("3", "a,b")
    assert header(response, "content-length") == "0"


def test_a_header_cannot_break_its_line(answers: Stands) -> None:
    headers = {"Location": {"required": True, "schema": {"const": "/a\r\nSet-Cookie: b=ü"}}}
    response = answers({"201": {"description": "", "headers": headers}}).get("/things")
    assert header(response, "location") == "/a%0D%0ASet-Cookie: b=%C3%BC"


@pytest.mark.parametrize(
    ("schema", "lines"),
    [
        ({"const": "a=1; Secure"}, ["a=1; Secure"]),
        ({"type": "array", "const": ["a=1", "b=2"]}, ["a=1", "b=2"]),
        ({"type": "string", "maxLength": 9, "const": "none"}, ["none"]),
    ],
)
def test_a_cookie_of_the_contract_is_set_as_it_has_it(answers: Stands, schema: Any, lines: list[str]) -> None:
    headers = {"Set-Cookie": {"required": True, "schema": schema}}
    response = answers({"200": {"description": "", "headers": headers}}).get("/things")
    assert [value.decode() for name, value in response.headers if name == b"set-cookie"] == lines


def test_a_generated_cookie_is_one(answers: Stands) -> None:
    headers = {"Set-Cookie": {"required": True, "schema": {"type": "string"}}}
    response = answers({"200": {"description": "", "headers": headers}}).get("/things")
    assert str(header(response, "set-cookie")).startswith("session=")


def test_a_deprecated_operation_says_so(answers: Stands) -> None:
    assert (
        header(answers({"200": {"description": ""}}, deprecated=True).get("/things"), "deprecation") == "true"
    )


def test_examples_that_are_ignored_give_way_to_generated_data(answers: Stands) -> None:
    mocked = answers({"200": answer(PET, example=BROKEN)}, choices=Choices(examples="ignore"))
    response = mocked.get("/things")
    assert mocked.faults("GET", "/things", response) == ()
    assert b'"id":7' not in response.body


def test_data_are_generated_for_each_request_where_the_mock_is_told_so(answers: Stands) -> None:
    mocked = answers({"200": answer(PET, examples=NAMED)}, choices=Choices(dynamic=True))
    assert mocked.json("/things") != {"id": 1, "name": "CATS"}
    assert mocked.json("/things?a") != mocked.json("/things?b")
    assert mocked.json("/things", prefer="dynamic=false") == {"id": 1, "name": "CATS"}


def test_a_response_that_breaks_the_contract_is_500_where_the_mock_is_told_so(answers: Stands) -> None:
    choices = Choices(errors=True, examples="verbatim")
    value = answers({"200": answer(PET, example=BROKEN)}, choices=choices).json("/things")
    assert (value["status"], value["errors"][0]["pointer"]) == (500, "/name")


def test_the_seed_that_is_preferred_decides_generated_data_and_the_request_does_not(answers: Stands) -> None:
    mocked = answers({"200": answer({"type": "integer"})}, choices=Choices(dynamic=True))
    assert mocked.json("/things?a&__seed=7") == mocked.json("/things?b", prefer="seed=7")
    assert mocked.json("/things", prefer="seed=7") != mocked.json("/things", prefer="seed=8")


NUMBERED = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": {"type": "integer"}, "name": {"type": "string"}},
}
BY_ID = {"name": "petId", "in": "path", "required": True, "schema": {"type": "integer"}}


@pytest.mark.parametrize("prefer", ["dynamic=true", ""])
def test_what_is_generated_for_a_path_has_the_identifier_that_it_names(stand: Stands, prefer: str) -> None:
    mock = stand({"/pets/{petId}": {"get": {"parameters": [BY_ID], "responses": {"200": answer(NUMBERED)}}}})
    found = [mock.json(f"/pets/{number}", prefer=prefer)["id"] for number in (7, 8, 7)]
    assert found == [7, 8, 7]


def test_an_example_keeps_the_identifier_that_its_author_gave_it(stand: Stands) -> None:
    shown = answer(NUMBERED, example={"id": 1, "name": "Ada"})
    mock = stand({"/pets/{petId}": {"get": {"parameters": [BY_ID], "responses": {"200": shown}}}})
    assert mock.json("/pets/7")["id"] == 1


def test_what_is_kept_for_requests_like_it_has_bounds(answers: Stands) -> None:
    text = {"type": "string", "minLength": 5_000, "maxLength": 5_000}
    mocked = answers({"200": answer(text)}, choices=Choices(dynamic=True))
    first = mocked.get("/things?at=0").body
    for number in range(4_200):
        mocked.mock.remember((str(number),), Response(200, body=first))
    assert len(mocked.mock._remembered) <= 16 * 1024 * 1024 // len(first)
    assert mocked.get("/things?at=0").body == first


def test_a_problem_that_is_made_up_says_the_status_that_is_sent(answers: Stands) -> None:
    members = {"title": {"type": "string"}, "status": {"type": "integer"}}
    schema = {"type": "object", "properties": members, "required": ["title", "status"]}
    problem = {"description": "wrong", "content": {"application/problem+json": {"schema": schema}}}
    made = answers({"200": answer(PET), "default": problem}).json("/things", prefer="code=404")
    assert (made["status"], made["title"]) == (404, "Not Found")
