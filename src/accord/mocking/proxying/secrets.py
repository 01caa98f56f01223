"""Bodies and headers without what is secret, so that they can be kept in files that people share."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote_plus

from accord.mocking.redacting import REDACTED, Redactor

_SECRET = re.compile(
    "passw|passphrase|passcode|secret|token|apikey|accesskey|privatekey|credential|authorization|signature"
)
_HARMLESS = re.compile("page|next|previous|cursor|continuation|sync|type|count|limit|max|expir")
"""What such a name also has where its value is no secret: `next_page_token`, `token_type`."""
_JWT = re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*")
_COOKIES = (b"cookie", b"set-cookie")


def is_secret(name: str) -> bool:
    """Does a property, parameter or header of this name hold what nobody else is to know?"""
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    return _SECRET.search(plain) is not None and _HARMLESS.search(plain) is None


def without_secrets(value: Any, redactor: Redactor) -> Any:
    """The value with each secret text in it made unreadable, by the name of its property or by what it is."""
    if isinstance(value, dict):
        return {
            name: _hidden(child) if is_secret(name) else without_secrets(child, redactor)
            for name, child in value.items()
        }
    if isinstance(value, list):
        return [without_secrets(child, redactor) for child in value]
    return text_without(value, redactor) if isinstance(value, str) else value


def text_without(text: str, redactor: Redactor) -> str:
    """A text in which neither a credential of the request nor a token can be read."""
    return _JWT.sub(REDACTED, redactor.text(text))


def query_without(query: str, redactor: Redactor) -> Iterator[tuple[str, str]]:
    """The names and values of a query or form, decoded, without secrets."""
    for pair in query.split("&") if query else ():
        name, _, value = (unquote_plus(part) for part in pair.partition("="))
        yield name, REDACTED if is_secret(name) and value else text_without(value, redactor)


def headers_without(headers: Iterable[tuple[bytes, bytes]], redactor: Redactor) -> Iterator[tuple[str, str]]:
    """The headers as text without secrets: of a cookie its name and attributes are left."""
    pairs = [(name, _crumbless(name, value)) for name, value in headers]
    for name, value in redactor.headers(pairs):
        is_hidden = is_secret(name) and REDACTED not in value
        yield name, REDACTED if is_hidden else value


def _hidden(value: Any) -> Any:
    """The value with every text in it made unreadable. A number of tokens is none."""
    if isinstance(value, dict):
        return {name: _hidden(child) for name, child in value.items()}
    if isinstance(value, list):
        return [_hidden(child) for child in value]
    return REDACTED if isinstance(value, str) and value else value


def _crumbless(name: bytes, value: bytes) -> bytes:
    """A cookie header without the values of cookies."""
    if name not in _COOKIES:
        return value
    pairs = value.split(b";")
    hidden = pairs if name == b"cookie" else pairs[:1]
    kept = [] if name == b"cookie" else pairs[1:]
    return b";".join([*(each.partition(b"=")[0] + b"=" + REDACTED.encode() for each in hidden), *kept])
