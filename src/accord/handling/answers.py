"""Answers as bytes: status, headers, body."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from accord.exchange import Problem

PROBLEM = b"application/problem+json"


class Answer(NamedTuple):
    """A response, ready to send. `headers` has neither Content-Length nor the request's id yet."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


async def send_answer(answer: Answer, send: Any, *, head: bool = False) -> None:
    """Sends it in one piece; for HEAD the head alone. A 204 has no length (RFC 9110 section 8.6)."""
    status, headers, body = answer
    if body or status not in _WITHOUT_CONTENT:
        headers.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if head else body})


_WITHOUT_CONTENT = (204, 304)


def problem_answer(problem: Problem, headers: Mapping[str, str] | None = None) -> Answer:
    """The problem in its own media type (RFC 9457 section 3), with further headers."""
    pairs = [(b"content-type", PROBLEM), *encoded(headers or {})]
    return Answer(problem.status, pairs, problem.to_bytes())


def encoded(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Headers as bytes. What may not stand in a header's value (RFC 9110 section 5.5) becomes a space."""
    return [(name.lower().encode("latin-1"), header_value(value)) for name, value in headers.items()]


def header_value(value: str) -> bytes:
    """The value in Latin-1 where it fits, else UTF-8, and without control characters."""
    try:
        raw = value.encode("latin-1")
    except UnicodeEncodeError:
        raw = value.encode("utf-8", "replace")
    return raw.translate(_PRINTABLE)


_PRINTABLE = bytes(32 if (code < 32 and code != 9) or code == 127 else code for code in range(256))  # noqa: PLR2004 - ASCII's control characters
