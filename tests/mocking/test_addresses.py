"""`Location` and `Link` lead to what the contract has."""

from collections.abc import Mapping
from typing import Any

import pytest

from accord.exchange import Routed
from tests.mocking.conftest import Stand, Stands, answer, header

TEXT: Any = {"schema": {"type": "string"}}
URI: Any = {"schema": {"type": "string", "format": "uri"}}
ITEM: Any = {"responses": {"200": answer({"type": "object"})}}


def parameter(name: str, location: str = "path", **schema: Any) -> Any:
    return {
        "name": name,
        "in": location,
        "required": location == "path",
        "schema": schema or {"type": "string"},
    }


def created(body: Any = None, location: Any = TEXT, status: str = "201", **terms: Any) -> Any:
    """An operation that makes something and says where it is."""
    response = answer({"const": body}) if body is not None else {"description": ""}
    return {"responses": {status: {**response, "headers": {"Location": location}}}, **terms}


def located(mocked: Stand, target: str = "/pets", method: str = "POST", **headers: str) -> str | None:
    return header(mocked.call(method, target, headers=headers), "location")


PETS = {
    "/pets": {"post": created({"id": 7, "name": "Rex"})},
    "/pets/mine": {"get": ITEM},
    "/pets/{petId}": {"get": ITEM | {"parameters": [parameter("petId", type="integer")]}},
}


def test_a_location_is_that_of_what_the_body_shows(stand: Stands) -> None:
    mocked = stand(PETS)
    location = str(located(mocked))
    route = mocked.mock.route("GET", location)
    assert location == "/pets/7"
    assert isinstance(route, Routed)
    assert route.operation.path == "/pets/{petId}"


def test_a_location_has_the_base_path_by_which_the_mock_was_called(stand: Stands) -> None:
    mocked = stand(PETS, servers=[{"url": "https://api.example/v1"}])
    assert (located(mocked, "/v1/pets"), located(mocked)) == ("/v1/pets/7", "/pets/7")


@pytest.mark.parametrize(
    ("body", "identity"),
    [
        ({"pet_id": 8, "id": 7}, "8"),
        ({"data": {"id": 9}}, "9"),
        ({"petId": "no number", "id": 7}, "7"),
        ({"id": True, "uuid": 6}, "6"),
    ],
)
def test_the_identity_is_what_the_path_parameter_takes(stand: Stands, body: Any, identity: str) -> None:
    assert located(stand(PETS | {"/pets": {"post": created(body)}})) == f"/pets/{identity}"


def test_without_an_identity_in_the_body_it_is_a_sample_of_the_parameter(stand: Stands) -> None:
    pet = {"get": ITEM | {"parameters": [parameter("petId", const="a b/ü")]}}
    mocked = stand({"/pets": {"post": created()}, "/pets/{petId}": pet})
    assert located(mocked) == "/pets/a%20b%2F%C3%BC"


def test_an_identity_that_would_lead_elsewhere_is_not_taken(stand: Stands) -> None:
    pet = {"get": ITEM | {"parameters": [parameter("name", example="rex")]}}
    paths = PETS | {"/pets": {"post": created({"name": "mine"})}}
    paths = {key: value for key, value in paths.items() if key != "/pets/{petId}"} | {"/pets/{name}": pet}
    assert located(stand(paths)) == "/pets/rex"


def test_the_other_parameters_of_the_path_are_those_of_the_request(stand: Stands) -> None:
    mocked = stand(
        {
            "/shops/{shop}/pets": {"post": created({"id": 7}, parameters=[parameter("shop")])},
            "/shops/{shop}/pets/{id}": {"get": ITEM | {"parameters": [parameter("shop"), parameter("id")]}},
        }
    )
    assert located(mocked, "/shops/a%20b/pets") == "/shops/a%20b/pets/7"


def test_what_is_made_below_one_thing_may_stand_elsewhere(stand: Stands) -> None:
    mocked = stand(
        {
            "/shops/{shop}/pets": {"post": created({"id": 7}, parameters=[parameter("shop")])},
            "/pets/{id}": {"get": ITEM | {"parameters": [parameter("id")]}},
        }
    )
    assert located(mocked, "/shops/a/pets") == "/pets/7"


def test_what_is_put_stands_where_it_was_put(stand: Stands) -> None:
    item = {"put": created(parameters=[parameter("id")]), "get": ITEM | {"parameters": [parameter("id")]}}
    assert located(stand({"/pets/{id}": item}), "/pets/7", "PUT") == "/pets/7"


def test_a_redirect_does_not_lead_back_to_itself(stand: Stands) -> None:
    mocked = stand({"/pets": {"get": created(status="302", location=TEXT)}})
    assert located(mocked, method="GET") != "/pets"


def test_a_location_that_leads_to_nothing_of_the_contract_is_an_address_all_the_same(stand: Stands) -> None:
    mocked = stand({"/pets": {"get": created(status="302", location={"schema": {"type": "string"}})}})
    location = str(located(mocked, method="GET"))
    assert location.startswith("https://example.com/")
    assert " " not in location


def test_a_location_that_has_to_be_absolute_has_the_host_of_the_request(stand: Stands) -> None:
    mocked = stand(PETS | {"/pets": {"post": created({"id": 7}, URI)}})
    assert located(mocked, host="mock.example:4010") == "http://mock.example:4010/pets/7"
    assert located(mocked, host="evil\n/") == "http://127.0.0.1/pets/7"


@pytest.mark.parametrize(
    "location",
    [
        TEXT | {"example": "/own"},
        {"schema": {"type": "string", "default": "/own"}},
        {"schema": {"const": "/own"}},
    ],
)
def test_what_the_author_says_of_a_location_wins(stand: Stands, location: Mapping[str, Any]) -> None:
    assert located(stand(PETS | {"/pets": {"post": created({"id": 7}, location)}})) == "/own"


def test_a_link_of_the_contract_says_where_it_is(stand: Stands) -> None:
    link = {"operationId": "getPet", "parameters": {"petId": "$response.body#/pet/number"}}
    post = created({"id": 1, "pet": {"number": 7}})
    post["responses"]["201"]["links"] = {"made": link}
    pet = {"get": ITEM | {"operationId": "getPet", "parameters": [parameter("petId")]}}
    assert located(stand({"/pets": {"post": post}, "/pets/{petId}": pet})) == "/pets/7"


def listed(*parameters: Any, links: Any = None, link: Any = TEXT) -> Any:
    """The paths of a list whose response documents a `Link` header."""
    response = answer({"const": []}) | {"headers": {"Link": link}, "links": links or {}}
    return {"/pets": {"get": {"parameters": list(parameters), "responses": {"200": response}}}}


def links_of(mocked: Stand, target: str = "/pets") -> dict[str, str]:
    """The addresses of a `Link` header by their relations."""
    line = str(header(mocked.get(target, host="h"), "link"))
    entries = [entry.partition(">; rel=") for entry in line.split(", ")]
    return {relation.strip('"'): address.removeprefix("<http://h") for address, _, relation in entries}


def test_the_pages_of_a_list_come_to_an_end(stand: Stands) -> None:
    mocked = stand(listed(parameter("page", "query", type="integer", minimum=1)))
    assert links_of(mocked, "/pets?sort=a%20b") == {
        "next": "/pets?sort=a%20b&page=2",
        "last": "/pets?sort=a%20b&page=3",
    }
    assert links_of(mocked, "/pets?page=2")["prev"] == "/pets?page=1"
    assert "next" not in links_of(mocked, "/pets?page=3")


def test_a_page_that_is_no_number_of_one_is_the_first(stand: Stands) -> None:
    mocked = stand(listed(parameter("page", "query", pattern="^[0-9]+$", type="string")))
    assert links_of(mocked, f"/pets?page={'9' * 5_000}")["next"] == "/pets?page=2"


def test_pages_by_offset_are_as_far_apart_as_they_are_long(stand: Stands) -> None:
    mocked = stand(
        listed(parameter("offset", "query", type="integer"), parameter("limit", "query", type="integer"))
    )
    assert links_of(mocked, "/pets?limit=5&offset=5") == {
        "first": "/pets?limit=5&offset=0",
        "prev": "/pets?limit=5&offset=0",
        "next": "/pets?limit=5&offset=10",
        "last": "/pets?limit=5&offset=10",
    }


def test_the_next_page_by_cursor_is_the_last(stand: Stands) -> None:
    mocked = stand(listed(parameter("page_token", "query", example="abc")))
    assert links_of(mocked) == {"next": "/pets?page_token=abc"}
    assert links_of(mocked, "/pets?page_token=abc") == {"first": "/pets"}


def test_links_of_the_contract_are_resolved_to_their_targets(stand: Stands) -> None:
    by_reference = {
        "operationRef": "#/paths/~1pets~1{petId}/get",
        "parameters": {"path.petId": "{$request.query.sort}-1", "full": True},
    }
    unknown = {"operationId": "none"}
    without = {"operationRef": "#/paths/~1pets~1{petId}/get"}
    pet = {"get": ITEM | {"parameters": [parameter("petId"), parameter("full", "query", type="boolean")]}}
    paths = listed(links={"FirstPet": by_reference, "a": unknown, "b": without}) | {"/pets/{petId}": pet}
    assert links_of(stand(paths), "/pets?sort=x") == {"first-pet": "/pets/x-1?full=true"}


def test_a_list_without_pages_and_links_has_a_link_to_itself(stand: Stands) -> None:
    assert links_of(stand(listed()), "/pets?a=%22%3E&b=>") == {"self": "/pets?a=%22%3E&b=%3E"}


def test_a_link_header_that_its_schema_wants_otherwise_is_made_by_it(stand: Stands) -> None:
    mocked = stand(listed(link={"schema": {"type": "string", "pattern": "^none$"}}))
    assert header(mocked.get("/pets"), "link") == "none"
