"""Where a request carries its credentials, read from the bytes of its head."""

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias
from urllib.parse import unquote_plus

from accord.contract import SecurityScheme
from accord.serving.projection import http_scheme
from accord.serving.refusals import Unauthenticated

Headers: TypeAlias = Iterable[tuple[bytes, bytes]]
Find: TypeAlias = Callable[[Any], str | None]
"""(ASGI scope) -> the credential, or None where the request has none of that kind."""


def finder(scheme: SecurityScheme) -> Find:
    """How the credential of a scheme is found in a request."""
    if scheme.type == "mutualTLS":
        return _client_certificate
    if scheme.type == "apiKey":
        name = str(scheme.raw.get("name"))
        return {"header": _in_header, "cookie": _in_cookie}.get(str(scheme.raw.get("in")), _in_query)(name)
    return _authorization(http_scheme(scheme))


def describe(scheme: SecurityScheme) -> str:
    """Where the credential belongs, for the person who sent none."""
    if scheme.type == "mutualTLS":
        return "a client certificate"
    if scheme.type == "apiKey":
        place = {"query": "query parameter"}.get(str(scheme.raw.get("in")), str(scheme.raw.get("in")))
        return f"an API key in the {place} {scheme.raw.get('name')!r}"
    return f"'{http_scheme(scheme).capitalize()} ...' in the header 'Authorization'"


def secrets(scope: Any, schemes: Iterable[SecurityScheme]) -> Iterator[str]:
    """Every credential in a request, as it was sent and as it reads decoded: what no log may show."""
    for scheme in schemes:
        if scheme.type == "apiKey" and scheme.raw.get("in") == "query":
            name = str(scheme.raw.get("name"))
            for raw in _query_values(scope["query_string"], name.encode()):
                yield raw.decode("latin-1")
                yield _decoded(raw)
        elif scheme.type == "apiKey" and scheme.raw.get("in") == "cookie":
            yield from _cookies(scope["headers"], str(scheme.raw.get("name")))
        elif scheme.type == "apiKey":
            yield from _values(scope["headers"], str(scheme.raw.get("name")).lower().encode("latin-1"))
    for value in _values(scope["headers"], b"authorization"):
        yield value
        yield from value.split()[1:]
        yield from _user_and_password(value)


def _user_and_password(authorization: str) -> Iterator[str]:
    name, _, credential = authorization.partition(" ")
    if name.lower() == "basic":
        try:
            decoded = _basic(credential)
        except Unauthenticated:
            return
        yield decoded
        yield decoded.partition(":")[2]


def _in_query(name: str) -> Find:
    wanted = name.encode()
    alone = re.compile(re.escape(wanted) + rb"=([^&%+]+)")

    def find(scope: Any) -> str | None:
        plain = alone.fullmatch(scope["query_string"])
        if plain is not None:
            return plain[1].decode("latin-1")
        values = _query_values(scope["query_string"], wanted)
        return _only([_decoded(value) for value in values], f"query parameter {name!r}")

    return find


def _query_values(query: bytes, name: bytes) -> list[bytes]:
    found = []
    for pair in query.split(b"&"):
        key, _, value = pair.partition(b"=")
        if key == name or ((b"%" in key or b"+" in key) and _decoded(key).encode() == name):
            found.append(value)
    return found


def _decoded(value: bytes) -> str:
    text = value.decode("latin-1")
    return unquote_plus(text) if "%" in text or "+" in text else text


def _in_header(name: str) -> Find:
    wanted = name.lower().encode("latin-1", "replace")

    def find(scope: Any) -> str | None:
        return _only(_values(scope["headers"], wanted), f"header {name!r}")

    return find


def _in_cookie(name: str) -> Find:
    def find(scope: Any) -> str | None:
        return _only(_cookies(scope["headers"], name), f"cookie {name!r}")

    return find


def _cookies(headers: Headers, name: str) -> list[str]:
    found = []
    for line in _values(headers, b"cookie"):
        for pair in line.split(";"):
            key, _, value = pair.strip().partition("=")
            if key == name:
                found.append(value.strip('"'))
    return found


def _authorization(wanted: str) -> Find:
    def find(scope: Any) -> str | None:
        value = _only(_values(scope["headers"], b"authorization"), "header 'Authorization'")
        scheme, _, credential = (value or "").partition(" ")
        if scheme.lower() != wanted:
            return None
        credential = credential.strip()
        return _basic(credential) if wanted == "basic" and credential else credential or None

    return find


def _basic(credential: str) -> str:
    """`user:password` (RFC 7617). Raises Unauthenticated where it is neither base64 nor has a colon."""
    try:
        decoded = base64.b64decode(credential, validate=True)
    except (binascii.Error, ValueError):
        raise Unauthenticated("the credentials after 'Basic' are not base64") from None
    try:
        text = decoded.decode()
    except UnicodeDecodeError:
        text = decoded.decode("latin-1")
    if ":" not in text:
        raise Unauthenticated("the credentials after 'Basic' have no colon between user and password")
    return text


def _values(headers: Headers, wanted: bytes) -> list[str]:
    return [value.decode("latin-1") for name, value in headers if name == wanted]


def _only(values: list[str], place: str) -> str | None:
    """The one credential. Two are refused: whichever were taken, a proxy in front may take the other."""
    if len(values) > 1:
        raise Unauthenticated(f"the {place} is given {len(values)} times")
    return values[0] or None if values else None


def _client_certificate(scope: Any) -> str | None:
    chain = scope.get("extensions", {}).get("tls", {}).get("client_cert_chain") or ()
    return str(chain[0]) if chain else None
