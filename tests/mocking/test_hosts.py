"""Whom the mock may call: this machine, and whoever is allowed by name."""

import pytest

from accord.mocking import Request
from accord.mocking.hosts import is_allowed, is_loopback, stranger_of


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "localhost", "LOCALHOST.", "a.localhost"]
)
def test_the_loopback_interface_is_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    ["0.0.0.0", "10.0.0.1", "169.254.169.254", "::", "2130706433", "127.1", "localhost.example", ""],  # noqa: S104
)
def test_nothing_else_is_this_machine(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("allowed", "verdict"),
    [("hooks.example", True), ("hooks.example:80", True), ("hooks.example:81", False), ("example", False)],
)
def test_a_host_is_allowed_by_its_name_or_by_name_and_port(allowed: str, *, verdict: bool) -> None:
    assert is_allowed("http", "hooks.example", None, [allowed]) is verdict


@pytest.mark.parametrize(
    ("origin", "stranger"),
    [
        (b"http://localhost:3000", ""),
        (b"http://[::1]:3000", ""),
        (b"https://own.example", ""),
        (b"https://foreign.example", "a page of https://foreign.example"),
        (b"null", "a page of null"),
        (b"http://a:b:c", "a page of http://a:b:c"),
    ],
)
def test_a_page_of_a_foreign_site_is_a_stranger(origin: bytes, stranger: str) -> None:
    request = Request("POST", "/", headers=[(b"origin", origin)], client="127.0.0.1")
    assert stranger_of(request, ["own.example"]) == stranger


@pytest.mark.parametrize(
    ("client", "stranger"), [("127.0.0.1", ""), ("", ""), ("10.0.0.2", ""), ("10.0.0.3", "10.0.0.3")]
)
def test_another_machine_is_a_stranger(client: str, stranger: str) -> None:
    assert stranger_of(Request("POST", "/", client=client), ["10.0.0.2"]) == stranger
