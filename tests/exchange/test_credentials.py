"""Credentials are read from where their scheme says that they stand, as they were sent."""

from typing import Any

import pytest

from accord.contract import SecurityScheme
from accord.document import Document
from accord.exchange.credentials import MalformedCredentials, described, reader, user_and_password
from accord.findings import Position


def scheme(**raw: Any) -> SecurityScheme:
    content = {"openapi": "3.1.0", "scheme": raw}
    document = Document(content, "3.1.0", (), lambda pointer: Position(pointer, 1, 1))
    return SecurityScheme(document, "/scheme", "scheme")


def key(place: str, name: str = "api key") -> SecurityScheme:
    return scheme(type="apiKey", **{"in": place, "name": name})


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (b"api%20key=a%2Bb", ["a+b"]),
        (b"x=1&api+key=a&api+key=b", ["a", "b"]),
        (b"x=1", []),
        (b"api%20key=", [""]),
    ],
)
def test_a_key_in_the_query_is_found_by_its_decoded_name(query: bytes, found: list[str]) -> None:
    assert reader(key("query"))([], query) == found


def test_a_key_that_is_the_whole_query_is_found_at_once() -> None:
    assert reader(key("query", "key"))([], b"key=abc") == ["abc"]


def test_a_key_in_a_header_is_found_whatever_its_case() -> None:
    assert reader(key("header", "X-Key"))([(b"x-key", b"abc"), (b"accept", b"a")], b"") == ["abc"]


def test_a_key_in_a_cookie_is_found_among_others_without_its_quotes() -> None:
    assert reader(key("cookie", "id"))([(b"cookie", b'a=b; id="c"')], b"") == ["c"]


def test_other_schemes_stand_in_authorization() -> None:
    read = reader(scheme(type="oauth2"))
    assert read([(b"authorization", b"Bearer abc")], b"") == ["Bearer abc"]


def test_a_certificate_stands_in_no_head() -> None:
    assert reader(scheme(type="mutualTLS"))([(b"authorization", b"Bearer abc")], b"") == []


def test_a_user_and_password_are_read_whatever_their_encoding() -> None:
    assert user_and_password("w7xzZXI6YTpi") == "üser:a:b"
    assert user_and_password("/HNlcjpi") == "üser:b"


@pytest.mark.parametrize(("text", "reason"), [("%", "not base64"), ("bm90aGluZw==", "no colon")])
def test_what_is_no_user_and_password_says_why(text: str, reason: str) -> None:
    with pytest.raises(MalformedCredentials, match=reason):
        user_and_password(text)


def test_whoever_sent_none_is_told_where_it_belongs() -> None:
    assert described(key("query", "k")) == "an API key in the query parameter 'k'"
    assert described(scheme(type="http", scheme="basic")) == "'Basic ...' in the header 'Authorization'"
