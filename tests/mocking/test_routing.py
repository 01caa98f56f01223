"""Which operation a request is for, and what is said where there is none."""

import pytest

from accord.mocking import Choices
from tests.mocking.conftest import Stand, Stands, answer, header

PATHS = {
    "/pets/{id}": {
        "get": {
            "responses": {"200": {"description": ""}},
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}],
        },
        "delete": {"responses": {"204": {"description": ""}}},
    }
}
SERVERS = [{"url": "https://api.example.com/v1"}, {"url": "/beta"}]


@pytest.fixture
def mocked(stand: Stands) -> Stand:
    return stand(PATHS, servers=SERVERS)


@pytest.mark.parametrize("base", ["/v1", "/beta", ""])
def test_a_path_is_known_below_every_server_and_below_none(mocked: Stand, base: str) -> None:
    assert mocked.get(f"{base}/pets/1").status == 200


def test_an_unknown_path_is_404_and_names_the_nearest(mocked: Stand) -> None:
    response = mocked.get("/v1/pet/1")
    assert response.status == 404
    assert "/v1/pets/{id}" in response.reason


def test_an_unknown_method_is_405_and_allow_names_the_others(mocked: Stand) -> None:
    response = mocked.call("PUT", "/pets/1")
    assert (response.status, header(response, "allow")) == (405, "DELETE, GET")


def test_options_says_the_methods_of_a_path(mocked: Stand) -> None:
    response = mocked.call("OPTIONS", "/v1/pets/1")
    assert (response.status, header(response, "allow")) == (204, "DELETE, GET")


def test_an_unknown_method_is_refused_as_the_path_documents_it(stand: Stands) -> None:
    id_header = {"schema": {"type": "string", "maxLength": 5}, "required": True, "example": "id"}
    refused = {**answer({"type": "object", "required": ["why"]}, example={"why": "no"})}
    responses = {"200": answer({}), "405": {**refused, "headers": {"X-Request-Id": id_header}}}
    mocked = stand({"/pets": {"get": {"operationId": "list", "responses": responses}}})
    response = mocked.call("PUT", "/pets", headers={"X-Request-Id": "mine"})
    assert (response.status, response.operation, header(response, "allow")) == (405, "", "GET")
    assert (header(response, "x-request-id"), b'"why"' in response.body) == ("mine", True)


@pytest.mark.parametrize(("sent", "said"), [("mine", "mine"), ("too long", "id"), (None, "id")])
def test_an_answer_has_the_id_of_its_request_where_the_contract_has_a_place_for_it(
    stand: Stands, sent: str | None, said: str
) -> None:
    id_header = {"schema": {"type": "string", "maxLength": 5}, "required": True, "example": "id"}
    responses = {"200": {**answer({}), "headers": {"X-Correlation-ID": id_header}}}
    mocked = stand({"/pets": {"get": {"operationId": "list", "responses": responses}}})
    headers = {} if sent is None else {"X-Correlation-ID": sent}
    assert header(mocked.call("GET", "/pets", headers=headers), "x-correlation-id") == said


def test_options_of_the_server_as_a_whole_are_answered(mocked: Stand) -> None:
    assert mocked.call("OPTIONS", "*").status == 204


PREFLIGHT = {"Origin": "http://app.example.com", "Access-Control-Request-Method": "PATCH"}


def test_a_preflight_allows_the_origin_with_credentials(mocked: Stand) -> None:
    asked = PREFLIGHT | {"Access-Control-Request-Headers": "x-token"}
    response = mocked.call("OPTIONS", "/pets/1", headers=asked)
    assert response.status == 204
    assert header(response, "access-control-allow-origin") == "http://app.example.com"
    assert header(response, "access-control-allow-credentials") == "true"
    assert "PATCH" in (header(response, "access-control-allow-methods") or "")
    assert header(response, "access-control-allow-headers") == "x-token"


def test_a_page_of_another_origin_may_read_the_answer_and_its_headers(mocked: Stand) -> None:
    response = mocked.call("GET", "/pets/1", headers={"Origin": "http://app.example.com"})
    assert header(response, "access-control-allow-origin") == "http://app.example.com"
    assert "content-length" in (header(response, "access-control-expose-headers") or "")


def test_without_cors_no_origin_is_allowed(stand: Stands) -> None:
    mocked = stand(PATHS, choices=Choices(cors=False))
    response = mocked.call("OPTIONS", "/pets/1", headers=PREFLIGHT)
    assert header(response, "access-control-allow-origin") is None


def test_of_equal_templates_the_one_is_meant_whose_parameters_fit(stand: Stands) -> None:
    def named(name: str, schema: dict[str, str], status: str) -> dict[str, object]:
        parameter = {"name": name, "in": "path", "required": True, "schema": schema}
        return {"get": {"parameters": [parameter], "responses": {status: {"description": ""}}}}

    numbered = named("id", {"type": "integer"}, "200")
    mocked = stand({"/files/{id}": numbered, "/files/{name}": named("name", {"type": "string"}, "202")})
    assert [mocked.get(path).status for path in ("/files/7", "/files/a.txt")] == [200, 202]


def acting(action: str, status: str) -> object:
    """An operation that its query alone tells from others of its path."""
    named = {"name": "Action", "in": "query", "required": True, "schema": {"enum": [action]}}
    return {"get": {"parameters": [named], "responses": {status: {"description": ""}}}}


def test_of_operations_that_a_path_cannot_tell_apart_the_one_that_takes_the_request_is_meant(
    stand: Stands,
) -> None:
    mocked = stand({"/#Start": acting("Start", "201"), "/#Stop": acting("Stop", "202")})
    assert mocked.get("/?Action=Start").status == 201
    assert mocked.get("/?Action=Stop").status == 202
    assert mocked.get("/?Action=Other").status == 422
