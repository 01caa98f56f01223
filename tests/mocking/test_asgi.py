"""The shell of the mock: what it reads, sends and logs."""

import asyncio
import logging
from typing import Any

import pytest

from accord.contract import Contract
from accord.mocking import Choices, Mock
from accord.mocking import asgi as shell
from accord.mocking.asgi import Application, create_app
from tests.mocking.conftest import answer, contract_of

PATHS = {
    "/things": {
        "get": {
            "operationId": "list",
            "summary": "All <things>",
            "responses": {"200": answer({"const": [1]})},
        }
    },
    "/files/{name}": {
        "put": {
            "operationId": "save",
            "parameters": [{"name": "name", "in": "path", "required": True, "schema": {"const": "a b/c"}}],
            "requestBody": {"content": {"application/json": {"schema": {"const": {"a": "it's"}}}}},
            "responses": {"204": {"description": ""}},
        }
    },
}


def app_of(contract: Contract) -> Application:
    return create_app(Mock(contract), Choices())


def ask(app: Application, method: str, path: str, query: bytes = b"", *chunks: bytes) -> tuple[Any, bytes]:
    """The start message and the body of an answer; the request's body comes in chunks."""
    coming = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    coming.append({"type": "http.request", "body": b""})
    sent: list[Any] = []

    async def receive() -> Any:
        return coming.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    head = {"method": method, "path": path, "raw_path": path.encode(), "query_string": query}
    scope = {"type": "http", "headers": [(b"host", b"127.0.0.1:4010")], **head}

    async def exchange() -> None:
        await app(scope, receive, send)

    asyncio.run(exchange())
    return sent[0], sent[1]["body"]


def test_a_body_that_comes_in_parts_is_read_whole() -> None:
    operation = {"requestBody": {"content": {"text/plain": {"schema": {"const": "abc"}}}}, "responses": {}}
    app = app_of(contract_of({"/things": {"post": operation}}))
    assert ask(app, "POST", "/things", b"", b"a", b"bc")[0]["status"] == 200


def test_a_body_larger_than_what_is_read_is_413(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "BODY_LIMIT", 3)
    assert ask(app_of(contract_of(PATHS)), "PUT", "/files/a", b"", b"ab", b"cd")[0]["status"] == 413


def test_the_log_has_a_line_for_each_request_and_why_it_was_refused(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "accord.mock")
    ask(app_of(contract_of(PATHS)), "GET", "/thing")
    assert caplog.messages[0].startswith("GET /thing 404 ")
    assert caplog.messages[0].endswith("The contract has no path /thing. The nearest are: /things.")


def test_a_line_of_the_log_is_one_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "accord.mock")
    ask(app_of(contract_of(PATHS)), "GET", "/a\n\x1b[31mb")
    assert caplog.messages[0].startswith("GET /a??[31mb 404")


def test_no_credential_stands_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "accord.mock")
    schemes = {"securitySchemes": {"key": {"type": "apiKey", "in": "query", "name": "api_key"}}}
    ask(app_of(contract_of(PATHS, components=schemes)), "GET", "/things", b"page=1&api_key=abc")
    assert caplog.messages[0].startswith("GET /things?page=1&api_key=[redacted] 200 list")


def test_an_example_that_was_mended_is_in_the_log_once(caplog: pytest.LogCaptureFixture) -> None:
    responses = {"200": answer({"type": "integer"}, example="one")}
    app = app_of(contract_of({"/things": {"get": {"responses": responses}}}))
    for _ in range(2):
        ask(app, "GET", "/things")
    assert [record.levelname for record in caplog.records].count("WARNING") == 1


def test_a_defect_of_ours_is_a_500_and_the_next_request_is_answered(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    app = app_of(contract_of(PATHS))
    with monkeypatch.context() as patch:
        patch.setattr(shell, "respond", lambda *_: 1 / 0)
        assert ask(app, "GET", "/things")[0]["status"] == 500
    assert "GET /things could not be answered" in caplog.text
    assert ask(app, "GET", "/things")[1] == b"[1]"


def test_the_start_page_has_a_line_of_curl_for_every_operation() -> None:
    start, body = ask(app_of(contract_of(PATHS)), "GET", "/")
    page = body.decode()
    assert start["status"] == 200
    assert "All &lt;things&gt;" in page
    assert "<pre>curl http://127.0.0.1:4010/things</pre>" in page
    assert "curl -X PUT -H &#x27;content-type: application/json&#x27;" in page
    assert "http://127.0.0.1:4010/files/a%20b%2Fc</pre>" in page


def test_of_many_operations_the_page_has_the_line_that_is_asked_for() -> None:
    paths = {
        f"/things/{number}": {"get": {"operationId": f"get{number}", "responses": {}}} for number in range(50)
    }
    app = app_of(contract_of(paths))
    assert ask(app, "GET", "/")[1].count(b"<pre>") == 0
    assert b"<pre>curl http://127.0.0.1:4010/things/7</pre>" in ask(app, "GET", "/", b"operation=get7")[1]


def test_a_contract_that_has_the_root_keeps_it() -> None:
    app = app_of(contract_of({"/": {"get": {"responses": {"200": answer({"const": "mine"})}}}}))
    assert ask(app, "GET", "/")[1] == b'"mine"'
