"""The log: one JSON object a line, of requests and of everything else, with no credential in it."""

import logging
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TypeAlias

from accord.hosting import Journal

REDACTED = "[redacted]"
CURRENT: "ContextVar[Any]" = ContextVar("accord_request", default=None)
"""The record of the request that is being answered, for log lines written meanwhile."""

RequestJournal: TypeAlias = Journal[Mapping[str, Any]]
Secrets: TypeAlias = Callable[[Any], Iterable[str]]


def redact(value: Any, secrets: Iterable[str]) -> Any:
    """The value with every secret in its strings made unreadable, the longest first."""
    ordered = sorted({secret for secret in secrets if len(secret) >= _SHORTEST}, key=len, reverse=True)
    return _redacted(value, ordered) if ordered else value


_SHORTEST = 4
"""Shorter credentials keep nothing secret, and stand in every text by chance."""


def _redacted(value: Any, secrets: list[str]) -> Any:
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret, REDACTED)
        return value
    if isinstance(value, Mapping):
        return {_redacted(key, secrets): _redacted(entry, secrets) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_redacted(entry, secrets) for entry in value]
    return value


class JournalHandler(logging.Handler):
    """Python's own log records, as lines of the journal, with the id of the request they belong to."""

    def __init__(self, journal: RequestJournal, secrets: Secrets) -> None:
        super().__init__(journal.level)
        self._journal = journal
        self._secrets = secrets

    def emit(self, record: logging.LogRecord) -> None:
        """Writes the record; what is wrong with it is written in its place."""
        request = CURRENT.get()
        entry: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        if request is not None:
            entry["request_id"] = request.id
        if record.exc_info and record.exc_info[1] is not None:
            entry["traceback"] = "".join(traceback.format_exception(record.exc_info[1]))
        if request is not None:
            entry = redact(entry, self._secrets(request.scope))
        self._journal.write(entry, urgent=record.levelno >= logging.ERROR)


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError) as error:
        return f"{record.msg!r} cannot be formatted: {error}"
