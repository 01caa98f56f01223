"""Recorded traffic as exchanges."""

from typing import Any

import pytest

from accord.errors import UsageError
from accord.verifying.traffic import exchanges_of_har, is_har


def archive(request: Any = None, response: Any = None, **entry: Any) -> Any:
    asked = {"method": "POST", "url": "http://example.com/a%20b?x=1", "headers": [], **(request or {})}
    answered = {"status": 200, "headers": [], **(response or {})}
    return {"log": {"entries": [{"request": asked, "response": answered, **entry}]}}


def test_an_entry_is_an_exchange() -> None:
    headers = [{"name": "Content-Type", "value": "text/plain"}]
    request = {"headers": headers, "postData": {"text": "é"}}
    response = {"headers": headers, "content": {"text": "aGk=", "encoding": "base64"}}
    (exchange,) = exchanges_of_har(archive(request, response, time=250), "a.har")
    assert exchange.request[:2] == ("POST", "/a%20b")
    assert (exchange.request.query, exchange.request.body) == (b"x=1", "é".encode())
    assert exchange.response is not None
    assert (exchange.response.headers[0], exchange.response.body) == ((b"content-type", b"text/plain"), b"hi")
    assert exchange.seconds == 0.25


def test_a_form_is_written_by_its_fields() -> None:
    fields = [{"name": "a b", "value": "&"}]
    (exchange,) = exchanges_of_har(archive({"postData": {"params": fields}}), "a.har")
    assert exchange.request.body == b"a+b=%26"


def test_status_zero_says_that_nothing_came_back() -> None:
    (exchange,) = exchanges_of_har(archive(response={"status": 0}), "a.har")
    assert exchange.response is None


def test_a_wrong_entry_is_told_with_its_place() -> None:
    with pytest.raises(UsageError, match=r"a\.har /log/entries/0/response: .* a number at 'status'"):
        list(exchanges_of_har(archive(response={"status": "200"}), "a.har"))


def test_an_archive_is_told_from_other_files() -> None:
    assert is_har(archive())
    assert not is_har({"log": {}})
