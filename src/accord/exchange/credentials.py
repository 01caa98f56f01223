"""Where a request carries its credentials (OAS 3.1 section 4.8.27), read from the bytes of its head.

What a credential is worth is no concern of this module: whoever asks gets each one as it was sent.
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterable
from typing import TypeAlias
from urllib.parse import unquote_plus

from accord.contract import SecurityScheme

Headers: TypeAlias = Iterable[tuple[bytes, bytes]]
Read: TypeAlias = Callable[[Headers, bytes], list[str]]
"""(headers, query) -> each credential of a scheme, keys decoded and others as they stand."""


class MalformedCredentials(ValueError):
    """Credentials that are no `user:password`. The message says what they are not."""


def http_scheme(scheme: SecurityScheme) -> str:
    """The authentication scheme of RFC 9110 section 11.1 in lower case; `bearer` for OAuth and OpenID."""
    if scheme.type in ("oauth2", "openIdConnect"):
        return "bearer"
    return str(scheme.raw.get("scheme") or scheme.type).lower()


def place_of(scheme: SecurityScheme) -> tuple[str, str]:
    """Where the credential of a scheme stands: the location, and its name there."""
    if scheme.type == "apiKey":
        location = str(scheme.raw.get("in"))
        return (location if location in ("header", "cookie") else "query"), str(scheme.raw.get("name"))
    return "header", "Authorization"


def described(scheme: SecurityScheme) -> str:
    """Where the credential belongs, for the person who sent none."""
    if scheme.type == "mutualTLS":
        return "a client certificate"
    if scheme.type == "apiKey":
        location, name = place_of(scheme)
        return f"an API key in the {'query parameter' if location == 'query' else location} {name!r}"
    return f"'{http_scheme(scheme).capitalize()} ...' in the header 'Authorization'"


def reader(scheme: SecurityScheme) -> Read:
    """How the credentials of a scheme are read from a request's head. A certificate is in none."""
    if scheme.type == "mutualTLS":
        return lambda headers, query: []  # noqa: ARG005 - what every reader is given
    location, name = place_of(scheme)
    if location == "query":
        return _in_query(name.encode())
    if location == "cookie":
        return lambda headers, query: in_cookie(headers, name)  # noqa: ARG005
    wanted = name.lower().encode("latin-1", "replace")
    return lambda headers, query: in_header(headers, wanted)  # noqa: ARG005


def _in_query(name: bytes) -> Read:
    alone = re.compile(re.escape(name) + rb"=([^&%+]+)")

    def read(_: Headers, query: bytes) -> list[str]:
        plain = alone.fullmatch(query)
        if plain is not None:
            return [plain[1].decode("latin-1")]
        return [_decoded(value) for value in in_query(query, name)]

    return read


def in_query(query: bytes, name: bytes) -> list[bytes]:
    """The values of a query parameter as they were sent."""
    found = []
    for pair in query.split(b"&"):
        key, _, value = pair.partition(b"=")
        if key == name or ((b"%" in key or b"+" in key) and _decoded(key).encode() == name):
            found.append(value)
    return found


def _decoded(value: bytes) -> str:
    text = value.decode("latin-1")
    return unquote_plus(text) if "%" in text or "+" in text else text


def in_cookie(headers: Headers, name: str) -> list[str]:
    """The values of a cookie."""
    found = []
    for line in in_header(headers, b"cookie"):
        for pair in line.split(";"):
            key, _, value = pair.strip().partition("=")
            if key == name:
                found.append(value.strip('"'))
    return found


def in_header(headers: Headers, name: bytes) -> list[str]:
    """The lines of a header. `name` is in lower case."""
    return [value.decode("latin-1") for key, value in headers if key == name]


def split_authorization(line: str) -> tuple[str, str]:
    """The scheme of an `Authorization` in lower case, and what comes after it."""
    scheme, _, credential = line.strip().partition(" ")
    return scheme.lower(), credential.strip()


def user_and_password(credential: str) -> str:
    """The `user:password` of Basic (RFC 7617). Raises MalformedCredentials."""
    try:
        decoded = base64.b64decode(credential, validate=True)
    except (binascii.Error, ValueError):
        raise MalformedCredentials("the credentials after 'Basic' are not base64") from None
    try:
        text = decoded.decode()
    except UnicodeDecodeError:
        text = decoded.decode("latin-1")
    if ":" not in text:
        raise MalformedCredentials("the credentials after 'Basic' have no colon between user and password")
    return text
