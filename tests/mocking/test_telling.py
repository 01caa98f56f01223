"""What the mock's log says of an exchange."""

import logging
from typing import Any

import orjson
import pytest

from accord.mocking.model import Exchange, Request, Response
from accord.mocking.redacting import Secrets
from accord.mocking.telling import level_of, structured_line, text_line


def exchange(request: Request, **response: Any) -> Exchange:
    made = Response(response.pop("status", 200), **response)
    return Exchange(0.5, 0.0012, request, made, Secrets(frozenset({"key"})))


def test_a_line_says_what_was_asked_and_what_came() -> None:
    told = exchange(Request("GET", "/things", b"page=1"), operation="list")
    assert text_line(told) == b"GET /things?page=1 200 list 1.2 ms\n"


def test_a_line_says_why_a_request_was_refused() -> None:
    told = exchange(Request("GET", "/thing"), status=404, reason="No such path.")
    assert text_line(told) == b"GET /thing 404 1.2 ms  No such path.\n"


def test_a_line_is_one_line_whatever_was_asked() -> None:
    assert text_line(exchange(Request("GET", "/a\n\x1b[31mb"))).startswith(b"GET /a??[31mb 200")


def test_a_finding_stands_on_a_line_of_its_own_before() -> None:
    told = exchange(Request("GET", "/"), findings=("the example is mended",))
    assert text_line(told).splitlines()[0] == b"the example is mended"


@pytest.mark.parametrize("line", [text_line, structured_line])
def test_no_credential_of_the_query_is_told(line: Any) -> None:
    told = line(exchange(Request("GET", "/", b"page=1&key=abc")))
    assert b"page=1&key=[redacted]" in told
    assert b"abc" not in told


def test_for_programs_an_exchange_is_one_json_object() -> None:
    told = structured_line(exchange(Request("POST", "/a"), status=422, operation="make", reason="Wrong."))
    assert orjson.loads(told) == {
        "time": "1970-01-01T00:00:00.500000Z",
        "level": "warning",
        "method": "POST",
        "target": "/a",
        "status": 422,
        "milliseconds": 1.2,
        "operation": "make",
        "reason": "Wrong.",
    }


@pytest.mark.parametrize(
    ("terms", "level"),
    [
        ({}, logging.INFO),
        ({"findings": ("f",)}, logging.WARNING),
        ({"status": 422, "operation": "make", "reason": "r"}, logging.WARNING),
        ({"status": 500, "reason": "a defect"}, logging.ERROR),
    ],
)
def test_a_refusal_weighs_more_than_an_answer_and_a_defect_most(terms: dict[str, Any], level: int) -> None:
    assert level_of(exchange(Request("GET", "/"), **terms)) == level


@pytest.mark.parametrize("line", [text_line, structured_line])
def test_a_record_of_python_is_told_with_its_traceback(line: Any) -> None:
    error = ValueError("why")
    cause = (ValueError, error, None)
    told = line(logging.LogRecord("x", logging.ERROR, "f", 1, "%s failed", ("it",), cause))
    assert b"it failed" in told
    assert b"ValueError: why" in told
