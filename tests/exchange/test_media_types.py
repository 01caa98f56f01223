import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.exchange import negotiate, parse_media_type

OFFERED = ["application/json", "application/problem+json", "text/html;charset=utf-8"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "application/json"),
        ("", "application/json"),
        ("*/*", "application/json"),
        ("*", "application/json"),
        ("application/*", "application/json"),
        ("text/*", "text/html;charset=utf-8"),
        ("APPLICATION/PROBLEM+JSON", "application/problem+json"),
        ("application/json;q=0.1, text/html", "text/html;charset=utf-8"),
        ("text/html;q=0.5, application/*;q=0.6", "application/json"),
        ("text/html, application/json", "text/html;charset=utf-8"),
        ("*/*, text/html", "text/html;charset=utf-8"),
        ("*/*;q=0.1, application/json;q=0", "application/problem+json"),
        ("application/json;q=0", None),
        ("image/png", None),
        ("image/png, */*;q=0.01", "application/json"),
        ("text/html;charset=latin-1", None),
        ("text/html;level=1", None),
        ('text/html;charset="utf-8"', "text/html;charset=utf-8"),
        ("application/vnd.other+json", None),
        ("nonsense", "application/json"),
        ("application/json;q=high", None),
    ],
)
def test_the_media_type_is_negotiated_as_http_says(accept: str | None, chosen: str | None) -> None:
    assert negotiate(accept, OFFERED) == chosen


def test_a_more_specific_range_weighs_more_than_a_wider_one() -> None:
    accept = "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, */*;q=0.5"
    assert negotiate(accept, ["text/html", "text/plain"]) == "text/plain"
    assert negotiate(accept, ["text/html", "image/jpeg"]) == "image/jpeg"
    assert negotiate(accept, ["text/plain", "text/plain;format=flowed"]) == "text/plain;format=flowed"


def test_nothing_offered_is_nothing_chosen() -> None:
    assert negotiate("*/*", []) is None


def test_a_media_type_is_read_with_its_parameters() -> None:
    parsed = parse_media_type('Text/HTML ; Charset="UTF-8"; a="b\\"c" ;')
    assert parsed is not None
    assert (parsed.essence, parsed.parameters) == ("text/html", {"charset": "UTF-8", "a": 'b"c'})


@pytest.mark.parametrize("text", ["", "json", "a/b/c", "a/b;=", "a/b; c", "/", "a /b", 'a/b;c="'])
def test_what_is_no_media_type_is_none(text: str) -> None:
    assert parse_media_type(text) is None


@given(st.text(alphabet='a/*;,=q."\\0 ', max_size=40))
@settings(max_examples=400, deadline=None)
def test_no_accept_header_is_too_strange(accept: str) -> None:
    assert negotiate(accept, OFFERED) in (*OFFERED, None)
