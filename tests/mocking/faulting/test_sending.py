"""Faults as clients see them: over real sockets, of a mock as `accord mock` runs it."""

import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from accord.mocking.control.desk import Interface
from tests.mocking.conftest import answer, contract_of
from tests.mocking.control.conftest import Stage, staged

BODY = "x" * 200
PATHS: Any = {
    "/text": {
        "get": {
            "operationId": "getText",
            "responses": {"200": answer({"type": "string"}, "text/plain", example=BODY)},
        },
        "head": {"operationId": "headText", "responses": {"200": answer({"const": BODY}, "text/plain")}},
    },
    "/events": {
        "get": {
            "operationId": "getEvents",
            "responses": {
                "200": answer(None, "text/event-stream", itemSchema={"properties": {"data": {"const": "ab"}}})
            },
        }
    },
}
Suffer = Callable[..., None]


@pytest.fixture(scope="module")
def running() -> Iterator[Stage]:
    with staged(Interface(), contract_of(PATHS)) as stage:
        yield stage


@pytest.fixture
def suffer(running: Stage) -> Iterator[Suffer]:
    """Has the next answer of an operation suffer a fault."""

    def order(fault: Any, operation: str = "getText") -> None:
        body = {"operation": operation, "status": 200, "times": 1, "fault": fault}
        made = running.own.post("/worlds/default/overrides", json=body)
        assert made.status_code == 201, made.text

    yield order
    running.own.delete("/worlds/default/overrides")


def test_a_reset_connection_is_reset(running: Stage, suffer: Suffer) -> None:
    suffer("reset")
    with pytest.raises(httpx.ReadError, match="reset"):
        running.client.get("/text")


def test_a_dropped_connection_is_closed_before_the_answer(running: Stage, suffer: Suffer) -> None:
    suffer({"drop": True})
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        running.client.get("/text")


def test_a_truncated_body_is_shorter_than_its_head_says(running: Stage, suffer: Suffer) -> None:
    suffer("truncate=50%")
    with pytest.raises(httpx.RemoteProtocolError, match="received 100 bytes, expected 200"):
        running.client.get("/text")


def test_a_truncated_stream_ends_without_its_end(running: Stage, suffer: Suffer) -> None:
    suffer("truncate=3B", "getEvents")
    with running.client.stream("GET", "/events") as response:
        parts = response.iter_raw()
        assert len(next(parts)) == 3
        with pytest.raises(httpx.RemoteProtocolError, match="incomplete"):
            next(parts)


def test_a_slow_body_comes_at_its_speed(running: Stage, suffer: Suffer) -> None:
    suffer("speed=500B")
    started = time.perf_counter()
    assert running.client.get("/text").text == BODY
    assert time.perf_counter() - started >= 0.4


def test_a_delayed_answer_comes_later(running: Stage, suffer: Suffer) -> None:
    suffer("delay=60ms")
    started = time.perf_counter()
    assert running.client.get("/text").text == BODY
    assert time.perf_counter() - started >= 0.06


def test_a_client_that_waits_no_longer_is_in_the_journal_at_once(running: Stage, suffer: Suffer) -> None:
    suffer("delay=30s")
    with pytest.raises(httpx.ReadTimeout):
        running.client.get("/text", timeout=0.1)
    deadline = time.monotonic() + 5
    while not found(running, "fault: delay=30s") and time.monotonic() < deadline:
        time.sleep(0.02)
    assert [each["milliseconds"] < 5_000 for each in found(running, "fault: delay=30s")] == [True]


def test_a_request_with_another_behind_it_is_reset_as_well(running: Stage, suffer: Suffer) -> None:
    suffer("reset; speed=7B")
    url = running.client.base_url
    with socket.create_connection((url.host, url.port or 80), timeout=10) as connection:
        connection.sendall(b"GET /text HTTP/1.1\r\nhost: a\r\n\r\n" * 2)
        with pytest.raises(ConnectionResetError):
            connection.recv(1)
    deadline = time.monotonic() + 5
    while not found(running, "fault: reset; speed=7b") and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(found(running, "fault: reset; speed=7b")) == 1


def found(running: Stage, text: str) -> Any:
    return running.own.get("/journal", params={"text": text}).json()["exchanges"]


def test_the_next_request_on_the_same_client_is_answered(running: Stage, suffer: Suffer) -> None:
    suffer("reset")
    with pytest.raises(httpx.ReadError):
        running.client.get("/text")
    assert running.client.get("/text").text == BODY


def test_the_answer_to_head_has_no_body_to_cut(running: Stage, suffer: Suffer) -> None:
    suffer("truncate=1B; speed=1B", "headText")
    assert running.client.head("/text").status_code == 200


def test_the_journal_says_what_an_answer_suffered(running: Stage, suffer: Suffer) -> None:
    suffer("delay=1ms; truncate=0%")
    with pytest.raises(httpx.RemoteProtocolError):
        running.client.get("/text")
    *_, last = running.own.get("/journal").json()["exchanges"]
    assert last["fault"] == "delay=1ms; truncate=0%"
    assert last in running.own.get("/journal", params={"text": "fault: delay"}).json()["exchanges"]
    assert running.own.get(f"/journal/{last['id']}").json()["fault"] == last["fault"]


@pytest.mark.parametrize(
    ("fault", "said"),
    [("rest", "did you mean 'reset'?"), ("status=503", "an order has a status of its own")],
)
def test_an_order_with_a_fault_that_makes_no_sense_is_refused(running: Stage, fault: str, said: str) -> None:
    body = {"operation": "getText", "status": 200, "fault": fault}
    refused = running.own.post("/worlds/default/overrides", json=body)
    assert (refused.status_code, said in refused.json()["detail"]) == (422, True)
