"""Whom the mock may call: this machine, and whoever is allowed by name."""

import pytest

from accord.mocking import Request
from accord.mocking.hosts import is_allowed, is_loopback, is_trusted


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
    ("origin", "verdict"),
    [
        (b"http://localhost:3000", True),
        (b"http://[::1]:3000", True),
        (b"https://own.example", True),
        (b"https://foreign.example", False),
        (b"null", False),
        (b"http://a:b:c", False),
    ],
)
def test_pages_of_foreign_sites_are_not_trusted(origin: bytes, *, verdict: bool) -> None:
    request = Request("POST", "/", headers=[(b"origin", origin)])
    assert is_trusted(request, ["own.example"]) is verdict


def test_who_is_no_page_is_trusted() -> None:
    assert is_trusted(Request("POST", "/"), [])
