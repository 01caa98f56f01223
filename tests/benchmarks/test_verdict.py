"""The judge of the fidelity benchmark finds what is wrong: one that finds nothing calls anything right."""

from typing import Any

import pytest

from benchmarks.second_opinion import Opinion
from benchmarks.verdict import Answer, Verdict

OPERATION = "/paths/~1things/get"
THING = {
    "type": "object",
    "required": ["id", "secret"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "price": {"multipleOf": 0.01},
        "name": {"pattern": r"^\p{Lu}"},
        "secret": {"type": "string", "writeOnly": True},
        "next": {"$ref": "#/components/schemas/Thing"},
    },
    "additionalProperties": False,
}
ID = "3c90c3cc-0d44-4b50-8888-8dd25736052a"


def fault(
    body: bytes,
    media_type: str = "application/json",
    schema: Any = None,
    *,
    sent: str = "",
    headers: Any = None,
    status: int = 200,
    is_30: bool = False,
) -> str:
    """What is wrong with an answer of that body."""
    schema = schema or {"$ref": "#/components/schemas/Thing"}
    response = {"headers": headers or {}, "content": {media_type: {"schema": schema}}}
    content = {
        "paths": {"/things": {"get": {"responses": {"200": response, "204": {"description": ""}}}}},
        "components": {"schemas": {"Thing": THING}},
    }
    verdict = Verdict(content, Opinion(content, is_30=is_30))
    answer = Answer(status, [(b"content-type", (sent or media_type).encode())], body)
    return verdict.fault(OPERATION, answer, is_head=False)


RIGHT = b'{"id": "%s", "price": 19.99, "name": "\xc3\x89a", "next": {"id": "%s"}}' % ((ID.encode(),) * 2)


@pytest.mark.parametrize("is_30", [False, True])
def test_what_is_right_has_no_fault(*, is_30: bool) -> None:
    assert fault(RIGHT, is_30=is_30) == ""


@pytest.mark.parametrize("is_30", [False, True])
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (b"{}", "'id' is a required property"),
        (RIGHT.replace(ID.encode(), b"no-uuid", 1), "is not a 'uuid'"),
        (RIGHT.replace(b"19.99", b"19.999"), "is not a multiple"),
        (RIGHT.replace(b"\xc3\x89a", b"a"), "does not match"),
        (b'{"id": "%s", "secret": "a"}' % ID.encode(), "'secret' is writeOnly"),
        (
            b'{"id": "%s", "next": {"id": "%s", "more": 1}}' % ((ID.encode(),) * 2),
            "/next: 'more' is not allowed",
        ),
        (b'{"id": NaN}', "is no JSON"),
        (b'{"id": "a", "id": "a"}', "stands twice"),
        (b"", "is no JSON"),
    ],
)
def test_a_json_body_that_breaks_its_schema_is_found(wrong: bytes, said: str, *, is_30: bool) -> None:
    assert said in fault(wrong, is_30=is_30)


@pytest.mark.parametrize(
    ("wrong", "media_type"),
    [
        (b"<a><b></a>", "application/xml"),
        (b"<Other/>", "application/xml"),
        (b'{"id": "a"}\n{"id": 1}\n', "application/jsonl"),
        (b'data: {"id": 1}\n\n', "text/event-stream"),
        (b"data: no end", "text/event-stream"),
        (b"a picture", "image/png"),
        (b"PK\x03\x04 and nothing more", "application/zip"),
        (b"\xff", "text/plain"),
        (b"price=1", "application/x-www-form-urlencoded"),
    ],
)
def test_a_body_of_another_type_that_is_none_of_it_is_found(wrong: bytes, media_type: str) -> None:
    assert fault(wrong, media_type)


def test_a_status_media_type_and_header_that_are_not_documented_are_found() -> None:
    assert "500 is not documented" in fault(RIGHT, status=500)
    assert "documented are application/json" in fault(RIGHT, sent="text/html")
    assert "has a body" in fault(RIGHT, status=204) or "no body" in fault(RIGHT, status=204)
    assert "X-Rate is missing" in fault(RIGHT, headers={"X-Rate": {"required": True}})


def test_a_header_is_judged_by_its_schema() -> None:
    wrong = {"Content-Language": {"schema": {"type": "integer"}}}
    right = {"Content-Language": {"schema": {"type": "array", "items": {"enum": ["en", "de"]}}}}
    for headers, is_right in ((wrong, False), (right, True)):
        response = {"headers": headers}
        content = {"paths": {"/things": {"get": {"responses": {"default": response}}}}}
        answer = Answer(200, [(b"content-language", b"en, de")], b"")
        assert (Verdict(content, Opinion(content)).fault(OPERATION, answer, is_head=False) == "") is is_right
