"""The one credential that a request carries for a scheme, and every one that no log may show."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from accord.contract import SecurityScheme
from accord.exchange.credentials import (
    MalformedCredentials,
    http_scheme,
    in_header,
    in_query,
    place_of,
    reader,
    split_authorization,
    user_and_password,
)
from accord.handling.refusals import Unauthenticated

Find: TypeAlias = Callable[[Any], str | None]
"""(ASGI scope) -> the credential, or None where the request has none of that kind."""


def finder(scheme: SecurityScheme) -> Find:
    """How the credential of a scheme is found in a request."""
    if scheme.type == "mutualTLS":
        return _client_certificate
    return _key(scheme) if scheme.type == "apiKey" else _authorization(scheme)


def _key(scheme: SecurityScheme) -> Find:
    read = reader(scheme)
    location, name = place_of(scheme)
    place = f"{'query parameter' if location == 'query' else location} {name!r}"

    def find(scope: Any) -> str | None:
        return _only(read(scope["headers"], scope["query_string"]), place)

    return find


def _authorization(scheme: SecurityScheme) -> Find:
    wanted = http_scheme(scheme)

    def find(scope: Any) -> str | None:
        line = _only(in_header(scope["headers"], b"authorization"), "header 'Authorization'")
        kind, credential = split_authorization(line or "")
        if kind != wanted:
            return None
        return _basic(credential) if wanted == "basic" and credential else credential or None

    return find


def _basic(credential: str) -> str:
    try:
        return user_and_password(credential)
    except MalformedCredentials as error:
        raise Unauthenticated(str(error)) from None


def _only(values: list[str], place: str) -> str | None:
    """The one credential. Two are refused: whichever were taken, a proxy in front may take the other."""
    if len(values) > 1:
        raise Unauthenticated(f"the {place} is given {len(values)} times")
    return values[0] or None if values else None


def _client_certificate(scope: Any) -> str | None:
    chain = scope.get("extensions", {}).get("tls", {}).get("client_cert_chain") or ()
    return str(chain[0]) if chain else None


def secrets(scope: Any, schemes: Iterable[SecurityScheme]) -> Iterator[str]:
    """Every credential in a request, as it was sent and as it reads decoded: what no log may show."""
    for scheme in schemes:
        if scheme.type == "apiKey":
            yield from reader(scheme)(scope["headers"], scope["query_string"])
            location, name = place_of(scheme)
            if location == "query":
                yield from (raw.decode("latin-1") for raw in in_query(scope["query_string"], name.encode()))
    for value in in_header(scope["headers"], b"authorization"):
        yield value
        yield from value.split()[1:]
        yield from _user_and_password(value)


def _user_and_password(authorization: str) -> Iterator[str]:
    kind, credential = split_authorization(authorization)
    if kind == "basic":
        try:
            decoded = user_and_password(credential)
        except MalformedCredentials:
            return
        yield decoded
        yield decoded.partition(":")[2]
