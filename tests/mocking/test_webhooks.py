"""The mock's own path: webhooks, listed and fired."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from accord.mocking import Choices, Mock
from accord.mocking.asgi import Application
from tests.live import free_port
from tests.mocking.conftest import answer, contract_of
from tests.mocking.inbox import receiving
from tests.mocking.listening import listening

BORN = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": {"type": "integer", "minimum": 1}},
    "additionalProperties": False,
}
WEBHOOKS: Any = {
    "pet/born": {
        "post": {
            "operationId": "petBorn",
            "summary": "A pet was born",
            "requestBody": {"content": {"application/json": {"schema": BORN, "example": {"id": 5}}}},
            "responses": {"200": answer({"const": {"seen": True}})},
        }
    },
    "sold": {"put": {"responses": {"204": {"description": ""}}}, "post": {"responses": {}}},
}


@contextmanager
def mocked(paths: Mapping[str, Any] | None = None) -> Iterator[httpx.Client]:
    """A client of a mock that listens."""
    app = Application(Mock(contract_of(paths or {}, webhooks=WEBHOOKS)), Choices())
    with listening(app) as url, httpx.Client(base_url=f"{url}/_accord") as client:
        yield client


def test_webhooks_are_listed_with_how_to_fire_them() -> None:
    with mocked() as client:
        listed = client.get("/webhooks").json()["webhooks"]
    assert [(each["name"], each["method"]) for each in listed] == [
        ("pet/born", "POST"),
        ("sold", "PUT"),
        ("sold", "POST"),
    ]
    assert listed[0]["fire"] == "POST /_accord/webhooks/pet%2Fborn?url="


def test_a_webhook_is_fired_with_a_body_of_the_contract_and_tells_what_came_back() -> None:
    with receiving(status=200, body=b'{"seen": true}') as inbox, mocked() as client:
        told = client.post(f"/webhooks/pet%2Fborn?url={inbox.url}/in").json()
        (letter,) = inbox.wait()
    assert (letter.method, letter.target, letter.body) == ("POST", "/in", b'{"id":5}')
    assert (told["sent"]["body"], told["received"]["body"]) == ({"id": 5}, {"seen": True})
    assert (told["received"]["status"], told["violations"]) == (200, [])


def test_a_body_of_ones_own_is_sent_instead() -> None:
    with receiving(status=200) as inbox, mocked() as client:
        client.post(f"/webhooks/pet%2Fborn?url={inbox.url}", content=b'{"id": 9}')
        (letter,) = inbox.wait()
    assert (letter.headers["content-type"], letter.body) == ("application/json", b'{"id": 9}')


def test_a_body_that_breaks_the_schema_of_the_webhook_is_refused() -> None:
    with receiving() as inbox, mocked() as client:
        response = client.post(f"/webhooks/pet%2Fborn?url={inbox.url}", json={"id": 0})
    assert (response.status_code, inbox.letters) == (422, [])
    assert response.json()["errors"][0]["pointer"] == "/id"


def test_what_is_wrong_with_the_response_is_told() -> None:
    with receiving(status=200, body=b"{}") as inbox, mocked() as client:
        told = client.post(f"/webhooks/pet%2Fborn?url={inbox.url}").json()
    assert [each["location"] for each in told["violations"]] == ["body"]


def test_of_several_methods_the_one_that_is_asked_for_is_sent() -> None:
    with receiving() as inbox, mocked() as client:
        client.post(f"/webhooks/sold?method=put&url={inbox.url}")
        client.post(f"/webhooks/sold?method=post&url={inbox.url}")
        assert [letter.method for letter in inbox.wait(count=2)] == ["PUT", "POST"]


@pytest.mark.parametrize(
    ("method", "target", "status", "said"),
    [
        ("POST", "/webhooks/none?url=http://127.0.0.1:9", 404, "pet/born, sold"),
        ("POST", "/webhooks/sold", 400, "parameter url"),
        ("POST", "/webhooks/sold?url=/in", 400, "is no absolute URL"),
        ("POST", "/webhooks/sold?url=http://hooks.invalid/in", 403, "--allow hooks.invalid"),
        ("POST", "/webhooks/sold?url=http://127.0.0.1:{port}", 502, "got no response"),
        ("GET", "/webhooks/sold", 405, "POST"),
        ("POST", "/webhooks", 405, "GET"),
        ("GET", "/none", 404, "/_accord/openapi.json"),
    ],
)
def test_what_cannot_be_had_says_why(method: str, target: str, status: int, said: str) -> None:
    with mocked() as client:
        response = client.request(method, target.format(port=free_port()))
    assert (response.status_code, said in response.text) == (status, True)


def test_a_page_of_a_foreign_site_cannot_fire_a_webhook() -> None:
    with receiving() as inbox, mocked() as client:
        headers = {"origin": "https://foreign.invalid"}
        response = client.post(f"/webhooks/sold?url={inbox.url}", headers=headers)
    assert (response.status_code, inbox.letters) == (403, [])
    assert "access-control-allow-origin" not in response.headers


def test_a_page_of_this_machine_can_fire_a_webhook() -> None:
    headers = {"origin": "http://localhost:3000"}
    with receiving() as inbox, mocked() as client:
        asked = {**headers, "access-control-request-method": "POST"}
        allowed = client.options("/webhooks/sold", headers=asked).headers
        fired = client.post(f"/webhooks/sold?url={inbox.url}", headers=headers).headers
    assert allowed["access-control-allow-origin"] == "http://localhost:3000"
    assert fired["access-control-allow-origin"] == "http://localhost:3000"


def test_a_path_of_the_contract_goes_first() -> None:
    with mocked({"/{any}/webhooks": {"get": {"responses": {"200": answer({"const": "mine"})}}}}) as client:
        assert client.get("/webhooks").json() == "mine"
