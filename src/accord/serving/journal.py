"""The log: one JSON object a line, of requests and of everything else, with no credential in it."""

import asyncio
import json
import logging
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, BinaryIO, TypeAlias

import orjson

REDACTED = "[redacted]"
CURRENT: "ContextVar[Any]" = ContextVar("accord_request", default=None)
"""The record of the request that is being answered, for log lines written meanwhile."""

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


class Journal:
    """Writes log lines to a stream: errors at once, all else together with what comes in the same moment."""

    def __init__(self, stream: BinaryIO, level: int = logging.INFO) -> None:
        self._stream = stream
        self._waiting: list[Mapping[str, Any]] = []
        self.level = level

    def write(self, entry: Mapping[str, Any], *, urgent: bool = False) -> None:
        """Writes one entry as a line. Nothing is raised: a log that cannot be written stops no request."""
        self._waiting.append(entry)
        if urgent or len(self._waiting) >= _MOST:
            self.flush()
        elif len(self._waiting) == 1:
            try:
                asyncio.get_running_loop().call_later(_MOMENT, self.flush)
            except RuntimeError:
                self.flush()

    def flush(self) -> None:
        """Writes what is waiting. Encoding many lines at once takes half of what it takes one by one."""
        entries, self._waiting = self._waiting, []
        if not entries:
            return
        try:
            self._stream.write(b"".join(map(_encoded, entries)))
            self._stream.flush()
        except (OSError, ValueError):  # the reader went away, or the stream is closed
            return


def _encoded(entry: Mapping[str, Any]) -> bytes:
    try:
        return orjson.dumps(entry, default=repr, option=_OPTIONS)
    except TypeError:  # a lone surrogate, or an integer of more than 64 bits
        return json.dumps(entry, default=str).encode() + b"\n"


_MOMENT = 0.02
"""Seconds that a line may wait for others: a system call for each request would cost as much as it does."""
_MOST = 500

_OPTIONS = orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS


class JournalHandler(logging.Handler):
    """Python's own log records, as lines of the journal, with the id of the request they belong to."""

    def __init__(self, journal: Journal, secrets: Secrets) -> None:
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
