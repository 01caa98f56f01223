"""Answers that were recorded: which of them a request gets, if any."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote

from accord.exchange import negotiate
from accord.mocking.case import Case
from accord.mocking.model import Response
from accord.mocking.redacting import REDACTED

_SUCCESS = range(200, 300)
_FOR_CREDENTIALS = frozenset({401, 403, 407})
"""Statuses that depend on credentials, which no recording has: the mock judges these by itself."""


@dataclass(frozen=True, slots=True)
class Recording:
    """An exchange that was recorded: what was asked, as the contract reads it, and what came back."""

    path: Mapping[str, str]
    query: Sequence[tuple[str, str]]
    body: Any
    content_type: str
    response: Response


def replayed(case: Case) -> Response | None:
    """The recorded answer to the request that is most like this one; None where none may answer it.

    One of other path parameters is of something else. A failure answers only what it was the answer to.
    """
    found = case.mock.recordings.get(case.operation.id, ())
    if not found:
        return None
    query = _pairs(case.asked.query.decode("latin-1"), case.mock.secrets.query)
    path = {name: unquote(text) for name, text in case.asked.path.items()}
    best: tuple[float, bool] = (-1, False)
    chosen = None
    for each in found:
        if each.path != path or each.response.status in _FOR_CREDENTIALS or not _is_accepted(case, each):
            continue
        likeness = _likeness(each.query, query) + _likeness(_leaves(each.body), _leaves(case.asked.body))
        is_success = each.response.status in _SUCCESS
        if (is_success or likeness == 2) and (likeness, is_success) > best:  # noqa: PLR2004 - both are equal
            best, chosen = (likeness, is_success), each.response
    return chosen


def _is_accepted(case: Case, recording: Recording) -> bool:
    accept = case.request.header(b"accept")
    return not accept or not recording.content_type or bool(negotiate(accept, [recording.content_type]))


def _pairs(query: str, secret: frozenset[str]) -> Sequence[tuple[str, str]]:
    """The parameters of a query but for credentials."""
    return [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] not in secret]


def _leaves(value: Any, at: str = "") -> list[tuple[str, Any]]:
    """Everything in a value that has no more in it, with its place."""
    if isinstance(value, dict) and value:
        return [leaf for name, child in value.items() for leaf in _leaves(child, f"{at}/{name}")]
    if isinstance(value, list) and value:
        return [leaf for number, child in enumerate(value) for leaf in _leaves(child, f"{at}/{number}")]
    return [(at, repr(value))]


def _likeness(recorded: Sequence[tuple[str, str]], asked: Sequence[tuple[str, str]]) -> float:
    """How much of both is equal, from 0 to 1. What was taken out of a recording equals anything."""
    hidden = {name for name, value in recorded if REDACTED in value}
    first, second = set(_shown(recorded, hidden)), set(_shown(asked, hidden))
    every = first | second
    return len(first & second) / len(every) if every else 1


def _shown(pairs: Sequence[tuple[str, str]], hidden: set[str]) -> Iterator[tuple[str, str]]:
    return (pair for pair in pairs if pair[0] not in hidden)
