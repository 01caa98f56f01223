"""The shell of the mock: what it reads, sends and logs."""

import asyncio
import time
from typing import TYPE_CHECKING, Any

import pytest

from accord.contract import Contract
from accord.mocking import Choices, Mock
from accord.mocking import asgi as shell
from accord.mocking.asgi import Application
from tests.mocking.conftest import answer, contract_of

if TYPE_CHECKING:
    from accord.mocking.model import Exchange

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
    return Application(Mock(contract), Choices())


def ask(app: Application, method: str, path: str, query: bytes = b"", *chunks: bytes) -> tuple[Any, bytes]:
    """The start message and the body of an answer; the request's body comes in chunks."""
    coming = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    coming.append({"type": "http.request", "body": b""})
    sent: list[Any] = []

    async def receive() -> Any:
        return coming.pop(0) if coming else await asyncio.Event().wait()

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


def test_every_exchange_is_told_with_its_time() -> None:
    told: list[Exchange] = []
    app = Application(Mock(contract_of(PATHS)), Choices(), tell=told.append)
    ask(app, "GET", "/things")
    assert [(each.request.path, each.response.status) for each in told] == [("/things", 200)]
    assert 0 < told[0].seconds < 5


def test_an_example_that_was_mended_is_told_once() -> None:
    told: list[Exchange] = []
    responses = {"200": answer({"type": "integer"}, example="one")}
    app = Application(
        Mock(contract_of({"/things": {"get": {"responses": responses}}})), Choices(), tell=told.append
    )
    for _ in range(2):
        ask(app, "GET", "/things")
    assert [len(each.response.findings) for each in told] == [1, 0]


def test_another_mock_can_be_put_in_its_place() -> None:
    app = app_of(contract_of(PATHS))
    app.mock = Mock(contract_of({"/things": {"get": {"responses": {"200": answer({"const": "new"})}}}}))
    assert ask(app, "GET", "/things")[1] == b'"new"'


@pytest.mark.parametrize(("delay", "query"), [(0.05, b""), (0, b"__wait=0.05")])
def test_an_answer_takes_as_long_as_it_is_to(delay: float, query: bytes) -> None:
    app = Application(Mock(contract_of(PATHS)), Choices(), delay=delay)
    started = time.perf_counter()
    assert ask(app, "GET", "/things", query)[0]["status"] == 200
    assert time.perf_counter() - started >= 0.05


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


def test_the_start_page_has_a_line_of_curl_that_fires_each_webhook() -> None:
    webhooks = {"pet born": {"post": {"summary": "A <pet>", "responses": {}}}}
    page = ask(app_of(contract_of(PATHS, webhooks=webhooks)), "GET", "/")[1].decode()
    assert "A &lt;pet&gt;" in page
    assert "http://127.0.0.1:4010/_accord/webhooks/pet%20born?url=http://127.0.0.1:8000/" in page


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
