"""The headers of a response as the contract has them, written in their style."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from accord.contract import Header, Response
from accord.mocking.model import Examples, Pairs
from accord.mocking.texts import plain, to_json
from accord.mocking.values import Values

_OF_THE_CONNECTION = frozenset(
    {
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "date",
        "keep-alive",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""Headers that say how a message is sent: what the mock sends decides them, not the contract."""


_COOKIE = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+=")
BODILESS = frozenset({204, 205, 304})
"""Statuses whose responses have no body (RFC 9110 sections 15.3.5, 15.3.6 and 15.4.5)."""


def head_of(
    status: int, pairs: Pairs, body: bytes, content_type: str = "", *, is_stream: bool = False
) -> Pairs:
    """The lines of a head. A 204 has no Content-Length (RFC 9110 section 8.6), nor has a stream."""
    kind = ((b"content-type", content_type.encode("latin-1", "replace")),) if content_type else ()
    length = (
        ((b"content-length", b"%d" % len(body)),)
        if not is_stream and (body or status not in BODILESS)
        else ()
    )
    return (*kind, *length, *pairs)


def headers_of(
    response: Response, values: Values, key: str, *, cors: bool = False, examples: Examples = "mend"
) -> Iterator[tuple[bytes, bytes]]:
    """Every header that the contract has for a response, with its example or a generated value.

    With `cors` those of CORS are not among them: the mock says itself who may call.
    """
    for name, header in response.headers.items():
        if name.lower() in _OF_THE_CONNECTION or not name.isascii():
            continue
        if cors and name.lower().startswith("access-control-"):
            continue
        pointer, is_json = _schema_of(header)
        value = values.of_element(header, pointer, f"{key} {name}", examples=examples).value
        if name.lower() == "set-cookie" and not is_json:
            yield from ((b"set-cookie", _line(line)) for line in _cookies(header, value, values))
            continue
        text = to_json(value).decode() if is_json else in_header(value, explode=header.explode)
        if text or header.required:
            yield name.lower().encode("ascii"), _line(text)


def _cookies(header: Header, value: Any, values: Values) -> Iterator[str]:
    """The lines that set cookies: one for each item (RFC 9110 section 5.3), and each a pair (RFC 6265)."""
    for item in value if isinstance(value, list) else [value]:
        text = in_header(item, explode=True)
        pair = text if _COOKIE.match(text) else f"session={quote(text, safe='')}; Path=/; HttpOnly"
        is_taken = pair == text or header.schema is None or values.is_valid(header.schema, pair)
        yield pair if is_taken or isinstance(value, list) else text


def in_header(value: Any, *, explode: bool) -> str:
    """The value in the style `simple` (OAS 3.1 section 4.8.12.2)."""
    if isinstance(value, list):
        return ",".join(plain(item) for item in value)
    if isinstance(value, dict):
        sign = "=" if explode else ","
        return ",".join(f"{key}{sign}{plain(child)}" for key, child in value.items())
    return plain(value)


def _schema_of(header: Header) -> tuple[str | None, bool]:
    """The pointer of its schema, and whether it is a JSON document of its own."""
    for media_type in header.content.values():
        return media_type.schema, "json" in media_type.essence
    return header.schema, False


def _line(text: str) -> bytes:
    """The text as one line of a head; what cannot stand there is percent-encoded."""
    if text.isascii() and text.isprintable():
        return text.strip(" ").encode("ascii")
    return quote(text, safe=" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~").strip(" ").encode("ascii")
