"""Exchanges without the credentials that they carry, which people may have made real ones."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import quote_plus, unquote_plus

from accord.contract import Contract
from accord.exchange.credentials import place_of

REDACTED = "[redacted]"
_AUTHORIZATION = (b"authorization", b"proxy-authorization")
_SHORTEST = 4
"""Shorter credentials keep nothing secret, and stand in every text by chance."""


class Secrets(NamedTuple):
    """The names of what carries credentials, by where it stands; headers in lower case."""

    query: frozenset[str] = frozenset()
    headers: frozenset[bytes] = frozenset(_AUTHORIZATION)
    cookies: frozenset[str] = frozenset()


NO_SECRETS = Secrets()


def secrets_of(contract: Contract) -> Secrets:
    """What carries credentials by the contract's security schemes, and by HTTP itself."""
    keys = [place_of(scheme) for scheme in contract.security_schemes.values() if scheme.type == "apiKey"]
    headers = [name.lower().encode("latin-1", "replace") for where, name in keys if where == "header"]
    return Secrets(
        frozenset(name for where, name in keys if where == "query"),
        frozenset((*_AUTHORIZATION, *headers)),
        frozenset(name for where, name in keys if where == "cookie"),
    )


def redact_query(query: str, names: frozenset[str]) -> str:
    """The query with the values of these parameters made unreadable."""
    if not names:
        return query
    pairs = [pair.partition("=") for pair in query.split("&")]
    return "&".join(
        f"{name}={REDACTED}" if unquote_plus(name) in names and value else f"{name}{equals}{value}"
        for name, equals, value in pairs
    )


class Redactor:
    """Takes the credentials of one request out of everything that is said of its exchange."""

    def __init__(self, secrets: Secrets, headers: Sequence[tuple[bytes, bytes]], query: bytes) -> None:
        self._secrets = secrets
        found = {value for value in _values(secrets, headers, query) if len(value) >= _SHORTEST}
        self._found = sorted(found, key=len, reverse=True)

    def query(self, query: bytes) -> str:
        """The query as text."""
        return self.text(redact_query(query.decode("latin-1"), self._secrets.query))

    def headers(self, pairs: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[str, str]]:
        """The headers as text, those that carry credentials with their names alone."""
        for name, value in pairs:
            text = value.decode("latin-1")
            if name in self._secrets.headers:
                scheme, space, _ = text.partition(" ") if name in _AUTHORIZATION else ("", "", "")
                text = f"{scheme if space else ''}{space}{REDACTED}"
            elif name in (b"cookie", b"set-cookie"):
                text = "; ".join(self._cookie(pair) for pair in text.split("; "))
            yield name.decode("latin-1"), self.text(text)

    def text(self, text: str) -> str:
        """A text in which no credential of the request can be read."""
        for value in self._found:
            text = text.replace(value, REDACTED)
        return text

    def _cookie(self, pair: str) -> str:
        name, equals, _ = pair.partition("=")
        return f"{name}={REDACTED}" if equals and name.strip() in self._secrets.cookies else pair


def _values(secrets: Secrets, headers: Sequence[tuple[bytes, bytes]], query: bytes) -> Iterator[str]:
    """Every credential of a request, as it was sent and decoded."""
    for name, value in headers:
        text = value.decode("latin-1")
        if name in secrets.headers:
            yield text.partition(" ")[2].strip() if name in _AUTHORIZATION and " " in text else text
        elif name == b"cookie":
            pairs = [pair.strip().partition("=") for pair in text.split(";")]
            yield from (held for key, _, held in pairs if key in secrets.cookies)
    for pair in query.decode("latin-1").split("&") if secrets.query else ():
        key, _, raw = pair.partition("=")
        if unquote_plus(key) in secrets.query:
            yield from (raw, unquote_plus(raw), quote_plus(unquote_plus(raw)))
