"""Bodies that are sent part by part: server-sent events, JSON texts, multipart bodies."""

import asyncio
import logging
import socket
import time
from typing import Any
from urllib.parse import urlsplit

import httpx
import orjson
import pytest

from accord.mocking import Choices, Mock
from accord.mocking.asgi import Application
from accord.mocking.model import Exchange, Response
from accord.mocking.sending import PAUSE, send_response
from tests.mocking.conftest import Stands, answer, contract_of, header
from tests.mocking.listening import listening

COUNTS = answer(None, "application/jsonl", itemSchema={"type": "integer"})


def parts_of(answers: Stands, media_type: str, schema: Any = None, **terms: Any) -> tuple[bytes, ...]:
    response: Response = answers({"200": answer(schema, media_type, **terms)}).get("/things")
    assert b"".join(response.parts) == response.body
    assert header(response, "content-length") is None
    return response.parts


def test_an_event_is_written_by_its_fields(answers: Stands) -> None:
    event = {"id": "7", "event": "added", "retry": 1000, "data": "one\ntwo"}
    assert parts_of(answers, "text/event-stream", example=[event, {"event": "end"}]) == (
        b"event: added\nid: 7\nretry: 1000\ndata: one\ndata: two\n\n",
        b"event: end\n\n",
    )


def test_the_data_of_an_event_that_is_no_text_is_json(answers: Stands) -> None:
    schema = {"type": "object", "required": ["data"], "properties": {"data": {"const": {"a": [1]}}}}
    assert parts_of(answers, "text/event-stream", schema)[0] == b'data: {"a":[1]}\n\n'


def test_what_is_no_event_is_the_data_of_one(answers: Stands) -> None:
    schema = {"const": {"data": 1, "more": 2}}
    assert parts_of(answers, "text/event-stream", schema) == (b'data: {"data":1,"more":2}\n\n',) * 3


def test_a_stream_has_an_event_of_each_kind(answers: Stands) -> None:
    kinds = {"oneOf": [{"const": {"event": "a"}}, {"const": {"event": "b"}}]}
    assert parts_of(answers, "text/event-stream", kinds) == (b"event: a\n\n", b"event: b\n\n")


def test_events_of_each_kind_keep_what_holds_of_all(answers: Stands) -> None:
    kind = {"event": {"type": "string"}, "data": {"type": "string"}}
    listed = {
        "contentMediaType": "application/json",
        "contentSchema": {"type": "array", "const": [1]},
    }
    items = {
        "type": "object",
        "required": ["event", "data"],
        "properties": kind,
        "oneOf": [
            {"properties": {"event": {"const": "list"}, "data": listed}},
            {"properties": {"event": {"const": "end"}}},
        ],
    }
    parts = parts_of(answers, "text/event-stream", itemSchema=items)
    assert [part.partition(b"\n")[0] for part in parts] == [b"event: list", b"event: end"]
    assert parts[0] == b"event: list\ndata: [1]\n\n"


def test_events_that_the_author_wrote_are_sent_as_written(answers: Stands) -> None:
    text = "event: a\ndata: 1\n\n: a comment\n\ndata: 2\n"
    assert parts_of(answers, "text/event-stream", {"type": "string"}, example=text) == (
        b"event: a\ndata: 1\n\n",
        b": a comment\n\n",
        b"data: 2\n\n",
    )


def test_another_text_is_the_data_of_an_event(answers: Stands) -> None:
    assert parts_of(answers, "text/event-stream", example="database") == (b"data: database\n\n",)


@pytest.mark.parametrize(
    ("media_type", "part"),
    [
        ("application/jsonl", b'{"a":1}\n'),
        ("application/x-ndjson", b'{"a":1}\n'),
        ("application/json-seq", b'\x1e{"a":1}\n'),
    ],
)
def test_each_json_text_of_a_sequence_is_a_part(answers: Stands, media_type: str, part: bytes) -> None:
    assert parts_of(answers, media_type, {"const": {"a": 1}}) == (part, part, part)


def test_json_texts_that_the_author_wrote_are_sent_as_written(answers: Stands) -> None:
    text = '{"a": 1}\n{"a": 2}'
    assert parts_of(answers, "application/jsonl", example=text) == (b'{"a": 1}\n', b'{"a": 2}\n')


def test_each_item_of_an_example_that_breaks_its_schema_is_mended(answers: Stands) -> None:
    parts = parts_of(answers, "application/jsonl", {"type": "integer"}, example=[1, "two", 3])
    assert [type(orjson.loads(part)) for part in parts] == [int, int, int]
    assert (parts[0], parts[2]) == (b"1\n", b"3\n")


def test_an_example_of_a_schema_of_arrays_is_mended_as_a_whole(answers: Stands) -> None:
    schema = {"type": "array", "minItems": 2, "items": {"type": "integer"}}
    assert len(parts_of(answers, "application/jsonl", schema, example=[1])) == 2


def test_a_mixed_body_has_a_part_for_each_item(answers: Stands) -> None:
    mocked = answers({"200": answer(None, "multipart/mixed", example=[{"a": 1}, "b"])})
    response = mocked.get("/things")
    boundary = str(header(response, "content-type")).partition("boundary=")[2].encode()
    assert response.parts == (
        b'--%s\r\nContent-Type: application/json\r\n\r\n{"a":1}\r\n' % boundary,
        b"--%s\r\n\r\nb\r\n" % boundary,
        b"--%s--\r\n" % boundary,
    )


def test_a_stream_comes_in_chunks_with_pauses_between_them() -> None:
    app = Application(Mock(contract_of({"/counts": {"get": {"responses": {"200": COUNTS}}}})), Choices())
    with (
        listening(app) as url,
        httpx.stream("GET", f"{url}/counts") as response,
    ):
        came = [(time.monotonic(), part) for part in response.iter_raw()]
    assert response.headers["transfer-encoding"] == "chunked"
    assert len([part for _, part in came if part]) == 3
    assert came[-1][0] - came[0][0] > PAUSE


def test_a_client_that_goes_away_ends_the_stream_quietly(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    many = answer(None, "application/jsonl", example=list(range(1_000)))
    told: list[Exchange] = []
    mock = Mock(contract_of({"/counts": {"get": {"responses": {"200": many}}}}))
    app = Application(mock, Choices(), tell=told.append)
    with listening(app) as url:
        with socket.create_connection(("127.0.0.1", urlsplit(url).port or 0), 5) as client:
            client.sendall(b"GET /counts HTTP/1.1\r\nHost: a\r\n\r\n")
            client.recv(100)
        assert httpx.get(f"{url}/none").status_code == 404
        deadline = time.monotonic() + 5
        while not any(each.request.path == "/counts" for each in told):
            assert time.monotonic() < deadline
            time.sleep(0.02)
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []


def test_the_answer_to_head_has_no_parts() -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        raise AssertionError

    response = Response(200, (), b"ab", parts=(b"a", b"b"))
    asyncio.run(send_response(response, receive, send, is_head=True))
    assert [message.get("body") for message in sent] == [None, b""]
