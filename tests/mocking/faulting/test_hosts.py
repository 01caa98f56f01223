"""Faults under a host that cannot break connections, and what the log says of them."""

import asyncio
from typing import Any

from accord.mocking.faulting.reading import read_fault
from accord.mocking.faulting.sending import send_with_fault
from accord.mocking.model import Exchange, Request, Response
from accord.mocking.telling import structured_line, text_line


def test_a_host_that_cannot_break_connections_answers_with_that() -> None:
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    harmed = Response(200, body=b"1", operation="getPet")
    exchange = send_with_fault(harmed, read_fault("reset"), {}, receive, send, is_head=False)
    told = asyncio.run(exchange)
    assert (sent[0]["status"], told.status, told.operation) == (500, 500, "getPet")
    assert "cannot break connections (reset)" in told.reason


def test_both_logs_say_what_an_answer_suffered() -> None:
    harmed = Response(200, operation="getPet", fault=read_fault("reset"))
    exchange = Exchange(0, 0.001, Request("GET", "/pets/1"), harmed)
    assert text_line(exchange) == b"GET /pets/1 200 getPet 1.0 ms  fault: reset\n"
    assert b'"fault":"reset"' in structured_line(exchange)
