"""Callbacks: which the mock calls after an answer, whom, and what it says of them."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import orjson
import pytest

from accord.exchange import Incoming
from accord.mocking import Choices, Mock, Request, dispatching, respond
from accord.mocking.asgi import Application
from accord.mocking.calls import callbacks_of
from accord.mocking.model import Call, Uncalled
from tests.live import free_port
from tests.mocking.conftest import answer, contract_of
from tests.mocking.inbox import receiving
from tests.mocking.listening import listening

EVENT = {"type": "object", "required": ["at"], "properties": {"at": {"type": "string", "format": "date"}}}
DONE = {
    "requestBody": {"content": {"application/json": {"schema": EVENT}}},
    "responses": {"204": {"description": ""}},
}
URL = "{$request.body#/url}"


def subscribing(callbacks: Any, **terms: Any) -> Any:
    """The paths of a contract in which one operation subscribes."""
    schema = {"type": "object", "properties": {"url": {"type": "string"}}}
    body = {"content": {kind: {"schema": schema} for kind in KINDS}}
    responses = {"201": answer({"const": {"id": 7}}), "400": answer({"const": {}})}
    post = {"operationId": "subscribe", "requestBody": body, "responses": responses, "callbacks": callbacks}
    return {"/subscriptions/{name}": {"post": post | terms}}


KINDS = ("application/json", "application/x-www-form-urlencoded")


def called(callbacks: Any, body: bytes = b"{}", kind: str = KINDS[0], **headers: str) -> Any:
    """What is called back after a subscription."""
    mock = Mock(contract_of(subscribing(callbacks)))
    pairs = [
        (b"content-type", kind.encode()),
        *((name.encode(), text.encode()) for name, text in headers.items()),
    ]
    request = Request("POST", "/subscriptions/a%20b", b"to=http%3A%2F%2Flocalhost", pairs, body)
    return callbacks_of(mock, request, respond(mock, request, Choices()))


@pytest.mark.parametrize(
    ("expression", "url"),
    [
        (URL, "http://127.0.0.1/in"),
        ("$request.query.to", "http://localhost"),
        ("{$request.query.to}/{$response.body#/id}", "http://localhost/7"),
        ("http://localhost/{$request.path.name}", "http://localhost/a b"),
        ("{$request.query.to}/?id={$request.query.none}", "http://localhost/?id="),
    ],
)
def test_the_url_of_a_callback_is_its_expression_on_the_exchange(expression: str, url: str) -> None:
    (call,) = called({"done": {expression: {"post": DONE}}}, b'{"url": "http://127.0.0.1/in"}')
    assert (call.name, call.method, call.url) == ("done", "POST", url)


def test_an_expression_reads_a_form_too() -> None:
    (call,) = called({"done": {URL: {"post": DONE}}}, b"url=http%3A%2F%2Flocalhost%2Fin", KINDS[1])
    assert call.url == "http://localhost/in"


def test_an_expression_reads_a_body_that_breaks_its_schema_where_that_is_answered() -> None:
    paths = subscribing({"done": {URL: {"post": DONE}}})
    schema = paths["/subscriptions/{name}"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    schema["required"] = ["more"]
    mock = Mock(contract_of(paths))
    request = Request("POST", "/subscriptions/a", b"", [(b"content-type", b"application/json")], URLS)
    (call,) = callbacks_of(mock, request, respond(mock, request, Choices(strict=False)))
    assert isinstance(call, Call)


def test_a_callback_is_a_request_that_its_own_contract_takes() -> None:
    token = {"name": "X-Token", "in": "header", "schema": {"const": "abc"}}
    page = {"name": "page", "in": "query", "required": True, "schema": {"const": 2}}
    mock = Mock(contract_of(subscribing({"done": {URL: {"post": DONE | {"parameters": [token, page]}}}})))
    request = Request("POST", "/subscriptions/a", b"", [(b"content-type", b"application/json")], URLS)
    (call,) = callbacks_of(mock, request, respond(mock, request, Choices()))
    assert isinstance(call, Call)
    assert call.url == "http://localhost/?a=1&page=2"
    incoming = Incoming("POST", "", {}, b"page=2", call.headers, call.body)
    assert mock.judge.request(call.operation, incoming).violations == ()
    assert (b"x-token", b"abc") in call.headers


URLS = b'{"url": "http://localhost/?a=1"}'


def test_the_example_of_a_callback_is_sent() -> None:
    example = {"at": "2024-05-06"}
    body = {"content": {"application/json": {"schema": EVENT, "example": example}}}
    (call,) = called({"done": {URL: {"post": DONE | {"requestBody": body}}}}, URLS)
    assert orjson.loads(call.body) == example


def test_a_callback_has_credentials_only_where_it_asks_for_them_itself() -> None:
    schemes = {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}}
    own = {"post": DONE | {"security": [{"key": []}]}}
    paths = subscribing({"a": {URL: own}, "b": {URL: {"post": DONE}}}, security=[])
    mock = Mock(contract_of(paths, components=schemes, security=[{"key": []}]))
    request = Request("POST", "/subscriptions/a", b"", [(b"content-type", b"application/json")], URLS)
    calls = callbacks_of(mock, request, respond(mock, request, Choices()))
    names = [[name for name, _ in call.headers] for call in calls if isinstance(call, Call)]
    assert [b"authorization" in each for each in names] == [True, False]


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("{$request.body#/none}", "$request.body#/none is not in the body"),
        ("/relative", "'/relative' is no absolute URL of http or https"),
        ("file:///etc/passwd", "'file:///etc/passwd' is no absolute URL of http or https"),
    ],
)
def test_a_callback_without_a_url_is_not_called_and_says_why(expression: str, reason: str) -> None:
    assert called({"done": {expression: {"post": DONE}}}) == (Uncalled("done", reason),)


Log = Callable[[str], str]


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Log:
    """Gives the line of the mock's log that has a text in it, once it is there."""
    caplog.set_level(logging.INFO, "accord.mock")

    def wait(text: str) -> str:
        deadline = time.monotonic() + 10
        while not (found := [line for line in caplog.messages if text in line]):
            assert time.monotonic() < deadline, caplog.messages
            time.sleep(0.01)
        return found[0]

    return wait


@contextmanager
def mocked(choices: Choices | None = None) -> Iterator[str]:
    """Where a mock listens to which a client can subscribe."""
    mock = Mock(contract_of(subscribing({"done": {URL: {"post": DONE}}})))
    with listening(Application(mock, choices or Choices())) as url:
        yield f"{url}/subscriptions/a"


def subscribe(url: str, target: str, **headers: str) -> int:
    """The status of a subscription that wants to be called back at a target."""
    return httpx.post(url, json={"url": target}, headers=headers).status_code


def test_a_callback_comes_after_a_success_alone() -> None:
    with receiving() as inbox, mocked() as url:
        assert subscribe(url, f"{inbox.url}/refused", prefer="code=400") == 400
        assert subscribe(url, f"{inbox.url}/in") == 201
        (letter,) = inbox.wait()
    assert (letter.method, letter.target) == ("POST", "/in")
    assert letter.headers["content-type"] == "application/json"


def test_the_log_says_what_was_called_without_the_query(logged: Log) -> None:
    with receiving() as inbox, mocked() as url:
        subscribe(url, f"{inbox.url}/in?token=abc")
        assert logged("callback done POST").startswith(f"callback done POST {inbox.url}/in 204 ")


def test_a_response_that_breaks_the_contract_of_the_callback_is_said(logged: Log) -> None:
    with receiving(status=500) as inbox, mocked() as url:
        subscribe(url, inbox.url)
        assert "status 500 is not documented; documented are: 204" in logged("breaks the contract")


def test_nobody_there_to_be_called_is_said_and_the_answer_comes_all_the_same(logged: Log) -> None:
    with mocked() as url:
        assert subscribe(url, f"http://127.0.0.1:{free_port()}/in") == 201
        assert "/in got no response: " in logged("callback done")


def test_a_host_that_is_not_allowed_is_not_called(logged: Log) -> None:
    with mocked() as url:
        assert subscribe(url, "http://callback.invalid/in") == 201
        assert logged("callback done").endswith("allow it by name: --allow callback.invalid")


def test_a_host_that_is_allowed_is_called(logged: Log) -> None:
    with mocked(Choices(hosts=("callback.invalid",))) as url:
        subscribe(url, "http://callback.invalid/in")
        assert "is not this machine" not in logged("callback done")


def test_a_page_of_a_foreign_site_cannot_make_the_mock_call(logged: Log) -> None:
    with receiving() as inbox, mocked() as url:
        assert subscribe(url, inbox.url, origin="https://foreign.invalid") == 201
        assert "a page of https://foreign.invalid asked for it" in logged("callback subscribe is not called")
        subscribe(url, f"{inbox.url}/own", origin="http://localhost:3000")
        assert [letter.target for letter in inbox.wait()] == ["/own"]


def test_only_so_many_callbacks_are_under_way_at_once(logged: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatching, "_MOST", 0)
    with mocked() as url:
        subscribe(url, "http://127.0.0.1:9/in")
        assert logged("callback").endswith("is not called: 0 others are under way")
