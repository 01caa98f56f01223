"""What the caller prefers: `Prefer` (RFC 7240) with code, example, dynamic, seed, wait; or the query."""

import re
from dataclasses import dataclass
from urllib.parse import unquote_plus

from accord.mocking.model import Request

_MEMBER = re.compile(
    r'\s*([A-Za-z-]+)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[^;,\s]*(?:[ \t]+[^;,\s]+)*))?\s*(?:[;,]|$)'
)
"""A preference. RFC 7240 has a value with spaces in quotes; names of examples come without them, too."""
_NAMES = ("code", "example", "dynamic", "seed", "wait")
_IN_QUERY = re.compile(rb"__(code|example|dynamic|seed|wait)(=|$)")
_FOR_THE_MOCK = re.compile(rb"__(code|example|dynamic|seed|wait|server)(=|$)")
_SERVER = re.compile(rb"(?:^|&)__server=([^&]*)")
_CODE = re.compile(r"[2-9][0-9]{2}")
_SECONDS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_LONGEST = 60.0
"""Seconds that an answer is kept waiting at most."""


class UnusablePreference(ValueError):
    """A preference that makes no sense. The message says what would."""


@dataclass(frozen=True, slots=True)
class Preference:
    """What the caller prefers; None where nothing was said."""

    code: int | None = None
    example: str | None = None
    dynamic: bool | None = None
    seed: str | None = None
    wait: float = 0

    @property
    def is_free(self) -> bool:
        """Does the caller leave the choice of the response to the mock?"""
        return self.code is None and self.example is None and not self.dynamic


NO_PREFERENCE = Preference()


def read_preference(request: Request) -> Preference:
    """The caller's preference: that of the Prefer header, or where there is none that of the query.

    Raises UnusablePreference.
    """
    header = request.header(b"prefer")
    if header:
        stated = _in_header(header)
    elif b"__" in request.query:
        stated = _in_query(request.query)
    else:
        return NO_PREFERENCE
    if not stated:
        return NO_PREFERENCE
    return Preference(
        _code(stated.get("code")),
        stated.get("example"),
        _dynamic(stated.get("dynamic")),
        stated.get("seed"),
        _wait(stated.get("wait")),
    )


def server_of(request: Request) -> str | None:
    """The URL of the server that the request is meant for, where `__server` in the query says so."""
    found = _SERVER.search(request.query) if b"__server=" in request.query else None
    return unquote_plus(found[1].decode("latin-1")) if found else None


def without_preferences(query: bytes) -> bytes:
    """The query without what is meant for the mock."""
    if b"__" not in query:
        return query
    return b"&".join(pair for pair in query.split(b"&") if not _FOR_THE_MOCK.match(pair))


def _in_header(header: str) -> dict[str, str]:
    """The first of each preference wins (RFC 7240 section 2)."""
    found: dict[str, str] = {}
    at = 0
    while at < len(header) and (match := _MEMBER.match(header, at)) is not None and match.end() > at:
        value = match[2] or ""
        if value.startswith('"'):
            value = re.sub(r"\\(.)", r"\1", value[1:-1])
        found.setdefault(match[1].lower(), value)
        at = match.end()
    return {name: value for name, value in found.items() if name in _NAMES}


def _in_query(query: bytes) -> dict[str, str]:
    pairs = [pair.partition(b"=") for pair in query.split(b"&") if _IN_QUERY.match(pair)]
    return {name[2:].decode(): unquote_plus(value.decode("latin-1")) for name, _, value in reversed(pairs)}


def _code(text: str | None) -> int | None:
    if text is None:
        return None
    if not _CODE.fullmatch(text) or not text.isascii():
        raise UnusablePreference(f"The preferred code {text[:40]!r} is no status: give one such as code=404")
    return int(text)


def _dynamic(text: str | None) -> bool | None:
    if text is None:
        return None
    if text not in ("true", "false", ""):
        raise UnusablePreference(f"The preference dynamic={text[:40]!r} is neither true nor false")
    return text != "false"


def _wait(text: str | None) -> float:
    """How many seconds the answer is to take; no more than a caller can mean."""
    if text is None:
        return 0
    if not _SECONDS.fullmatch(text):
        raise UnusablePreference(f"The preference wait={text[:40]!r} is no number of seconds")
    return min(float(text), _LONGEST)
