"""Which URLs are called at all, and how a call ends that gets no response."""

import asyncio

import pytest

from accord.exchange import Outgoing
from accord.mocking import fetching
from accord.mocking.fetching import RefusedHost, Unanswered, fetch
from accord.mocking.model import Call
from tests.mocking.conftest import contract_of
from tests.mocking.inbox import receiving

OPERATION = contract_of({"/in": {"post": {"responses": {}}}}).operations[0]


def fetched(url: str, *, body: bytes = b"") -> Outgoing:
    return asyncio.run(fetch(Call("done", OPERATION, "POST", url, body=body), ()))


@pytest.mark.parametrize(
    "url",
    [
        "http://foreign.invalid/",
        "http://127.0.0.1\\@foreign.invalid/",
        "http://foreign.invalid#@127.0.0.1/",
        "http://127.0.0.1@foreign.invalid/",
        "http://0x7f.1/",
        "http:///in",
    ],
)
def test_a_host_that_is_not_this_machine_is_not_called_however_it_is_written(url: str) -> None:
    with pytest.raises(RefusedHost, match="is not this machine"):
        fetched(url)


@pytest.mark.parametrize(
    "url", ["http://[::1", "http://127.0.0.1:99999/", "http://127.0.0.1:0/", "http://127.0.0.1\r\nX: y/"]
)
def test_what_is_no_url_is_not_called(url: str) -> None:
    with pytest.raises(Unanswered, match=r"no URL|no port"):
        fetched(url)


def test_a_response_that_never_ends_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_BODY_LIMIT", 3)
    with receiving(status=200, body=b"1234") as inbox, pytest.raises(Unanswered, match="larger than 3 bytes"):
        fetched(inbox.url)


def test_a_response_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_SECONDS", 0.2)
    with receiving(delay=1) as inbox, pytest.raises(Unanswered, match="no response came"):
        fetched(inbox.url)


def test_a_redirect_is_a_response_and_is_not_followed() -> None:
    with receiving(status=307) as inbox:
        assert fetched(inbox.url, body=b"1").status == 307
        assert [letter.body for letter in inbox.letters] == [b"1"]
