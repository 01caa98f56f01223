"""Wrong requests are refused in the contract's own words, where it has some."""

from typing import Any

import orjson
import pytest

from accord.mocking import Choices, Response
from tests.mocking.conftest import Stand, Stands, answer, header

ERROR = {
    "type": "object",
    "required": ["code", "message"],
    "properties": {"code": {"type": "integer"}, "message": {"type": "string", "maxLength": 400}},
    "additionalProperties": False,
}
BODY: dict[str, Any] = {
    "required": True,
    "content": {"application/json": {"schema": {"type": "object", "required": ["name"]}}},
}
PAGE = {"name": "page", "in": "query", "schema": {"type": "integer"}}


def posted(stand: Stands, *documented: str, body: bytes = b"{}", **terms: Any) -> tuple[Stand, Response]:
    """What a body that lacks a field is answered with, by an operation that documents these errors."""
    responses = {"200": {"description": ""}, **{name: answer(ERROR) for name in documented}}
    operation = {"requestBody": BODY, "parameters": [PAGE], "responses": responses}
    mocked = stand({"/things": {"post": operation}}, **terms)
    headers = {"Content-Type": "application/json"}
    return mocked, mocked.call("POST", "/things?page=x", headers=headers, body=body)


@pytest.mark.parametrize(
    ("documented", "status"),
    [
        (("400", "422"), 400),
        (("422",), 422),
        (("400",), 400),
        (("4XX", "default"), 422),
        (("default",), 422),
        (("404",), 422),
    ],
)
def test_what_breaks_a_rule_is_422_or_400_as_the_contract_has_it(
    stand: Stands, documented: tuple[str, ...], status: int
) -> None:
    assert posted(stand, *documented)[1].status == status


def test_a_body_that_breaks_its_schema_is_422_where_both_are_documented(stand: Stands) -> None:
    mocked, _ = posted(stand, "400", "422")
    headers = {"Content-Type": "application/json"}
    assert mocked.call("POST", "/things?page=1", headers=headers, body=b"{}").status == 422


def test_what_cannot_be_read_is_400_where_both_are_documented(stand: Stands) -> None:
    mocked, response = posted(stand, "400", "422", body=b"{")
    assert response.status == 400
    assert mocked.faults("POST", "/things", response) == ()


def test_the_contracts_own_error_carries_what_went_wrong(stand: Stands) -> None:
    mocked, response = posted(stand, "422")
    value = orjson.loads(response.body)
    assert value["code"] == 422
    assert "page" in value["message"]
    assert mocked.faults("POST", "/things", response) == ()


def test_a_header_names_each_violation_beside_the_contracts_own_error(stand: Stands) -> None:
    _, response = posted(stand, "400")
    told = orjson.loads(header(response, "accord-violations") or "")
    assert [(each["location"], each["pointer"]) for each in told] == [("query", ""), ("body", "/name")]


def test_an_error_without_documented_body_has_none(answers: Stands) -> None:
    mocked = answers({"200": {"description": ""}, "400": {"description": ""}}, parameters=[PAGE])
    response = mocked.get("/things?page=x")
    assert (response.status, response.body) == (400, b"")
    assert "page" in response.reason


def test_an_undocumented_error_is_a_problem_with_every_violation(stand: Stands) -> None:
    _, response = posted(stand)
    assert header(response, "content-type") == "application/problem+json"
    assert [error["location"] for error in orjson.loads(response.body)["errors"]] == ["query", "body"]


def test_a_documented_problem_is_ours_as_it_is(answers: Stands) -> None:
    problem = answer({"type": "object", "required": ["title"]}, "application/problem+json")
    mocked = answers({"200": {"description": ""}, "400": problem}, parameters=[PAGE])
    value = mocked.json("/things?page=x")
    assert (value["status"], value["errors"][0]["name"]) == (400, "page")


def test_a_message_goes_only_where_the_schema_allows_it(answers: Stands) -> None:
    error = {"type": "object", "required": ["message"], "properties": {"message": {"enum": ["bad"]}}}
    mocked = answers({"200": {"description": ""}, "400": answer(error)}, parameters=[PAGE])
    assert mocked.json("/things?page=x")["message"] == "bad"


def test_a_message_is_found_inside_what_wraps_it(answers: Stands) -> None:
    inner = {"type": "object", "required": ["detail"], "properties": {"detail": {"type": "string"}}}
    error = {
        "type": "object",
        "required": ["errors"],
        "properties": {"errors": {"type": "array", "items": inner, "minItems": 1}},
    }
    mocked = answers({"200": {"description": ""}, "4XX": answer(error)}, parameters=[PAGE])
    assert "page" in mocked.json("/things?page=x")["errors"][0]["detail"]


def test_a_body_of_another_media_type_is_415_where_that_is_documented(stand: Stands) -> None:
    responses = {"200": {"description": ""}, "415": answer(ERROR), "422": answer(ERROR)}
    mocked = stand({"/things": {"post": {"requestBody": BODY, "responses": responses}}})
    assert mocked.call("POST", "/things", headers={"Content-Type": "text/csv"}, body=b"a").status == 415


def test_without_strict_a_wrong_request_is_answered_and_told(stand: Stands) -> None:
    _, response = posted(stand, "422", choices=Choices(strict=False))
    assert response.status == 200
    assert "/name" in (header(response, "accord-violations") or "")


def test_what_is_meant_for_the_mock_is_no_unknown_parameter(answers: Stands) -> None:
    parameter = {"name": "filter", "in": "query", "schema": {"type": "object", "additionalProperties": False}}
    mocked = answers({"200": {"description": ""}}, parameters=[parameter])
    assert mocked.get("/things?__code=200").status == 200


ODD_HEADERS = {"Authorization": "Basic ÿ", "Cookie": "ÿ=;;=a", "Accept": "ÿ/ÿ", "Prefer": 'example="'}


@pytest.mark.parametrize("query", ["__code=ÿ", "__example=%ff&__dynamic", "a=%zz", "=&&=", "page=%ff"])
@pytest.mark.parametrize(
    "media_type", ["multipart/form-data", "application/json", "text/plain; charset=utf-7", "ÿ"]
)
@pytest.mark.parametrize("body", [b"", b"{", b"--x\r\n\r\n", b"\xff\xfe", b'{"a":' * 300, b'"\\ud800"'])
def test_whatever_comes_is_answered(stand: Stands, query: str, media_type: str, body: bytes) -> None:
    content = {"multipart/form-data": {"schema": {"type": "object"}}, **BODY["content"]}
    operation = {
        "requestBody": {"content": content},
        "parameters": [PAGE],
        "responses": {"200": answer(ERROR)},
    }
    mocked = stand({"/things/{id}": {"post": operation}})
    headers = {**ODD_HEADERS, "Content-Type": media_type}
    assert mocked.call("POST", f"/things/%ff?{query}", headers=headers, body=body).status < 500
