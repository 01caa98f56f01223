"""A Postman collection is mocked as any contract is."""

import json
from pathlib import Path
from typing import Any

import pytest

from accord.contract import load_contract
from accord.mocking import Choices, Mock
from tests.mocking.conftest import Stand, header

JSON = [{"key": "Content-Type", "value": "application/json"}]
FIND = {
    "name": "Find a pet",
    "request": {"url": "{{baseUrl}}/pets/:id", "method": "GET"},
    "response": [
        {"name": "Rex", "code": 200, "header": [*JSON, {"key": "X-Rate", "value": "9"}], "body": '{"id": 1}'},
        {"name": "Tom the cat", "code": 200, "header": JSON, "body": '{"id": 2}'},
        {"name": "None", "code": 404, "header": JSON, "body": '{"error": "gone"}'},
    ],
}
ADD = {
    "name": "Add a pet",
    "request": {
        "url": "{{baseUrl}}/pets",
        "method": "POST",
        "header": JSON,
        "body": {"mode": "raw", "raw": '{"name": "Rex"}'},
        "auth": {"type": "basic"},
    },
    "response": [{"name": "Added", "code": 201}],
}


@pytest.fixture
def pets(tmp_path: Path) -> Stand:
    collection: dict[str, Any] = {
        "info": {"name": "Pets", "_postman_id": "1"},
        "variable": [{"key": "baseUrl", "value": "https://pets.test/v1"}],
        "item": [{"name": "Pets", "item": [FIND, ADD]}],
    }
    file = tmp_path / "collection.json"
    file.write_text(json.dumps(collection), encoding="utf-8")
    return Stand(Mock(load_contract(str(file))), Choices())


@pytest.mark.parametrize("path", ["/pets/1", "/v1/pets/1"])
def test_a_saved_response_answers_with_its_headers(pets: Stand, path: str) -> None:
    response = pets.get(path)
    assert (response.status, response.body) == (200, b'{"id":1}')
    assert header(response, "x-rate") == "9"


@pytest.mark.parametrize("name", ['"Tom the cat"', "Tom the cat", "Tom the cat ; code=200"])
def test_a_saved_response_is_asked_for_by_its_name(pets: Stand, name: str) -> None:
    assert pets.json("/pets/1", prefer=f"example={name}") == {"id": 2}


def test_a_saved_response_is_asked_for_in_the_query_or_by_its_status(pets: Stand) -> None:
    assert pets.json("/pets/1?__example=Tom%20the%20cat") == {"id": 2}
    assert pets.get("/pets/1", prefer="code=404").status == 404


def test_dynamic_data_has_the_types_of_what_was_saved(pets: Stand) -> None:
    assert isinstance(pets.json("/pets/1", prefer="dynamic=true")["id"], int)


@pytest.mark.parametrize(
    ("credentials", "body", "status"),
    [
        ({}, b'{"name": "Tom"}', 401),
        ({"authorization": "Basic YTpi"}, b'{"name": 1}', 422),
        ({"authorization": "Basic YTpi"}, b'{"name": "Tom"}', 201),
    ],
)
def test_a_request_is_judged_by_what_was_saved_of_others(
    pets: Stand, credentials: dict[str, str], body: bytes, status: int
) -> None:
    headers = {"content-type": "application/json", **credentials}
    assert pets.call("POST", "/pets", headers=headers, body=body).status == status
