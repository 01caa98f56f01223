"""What is said of the mock's exchanges: a line for people, or a JSON object for programs."""

import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeAlias

from accord.hosting import Journal, json_line
from accord.mocking.model import Exchange
from accord.mocking.redacting import redact_query
from accord.mocking.texts import printable

_FAILED = 500


class Explained(NamedTuple):
    """An exchange, and by name why it was answered as it was."""

    exchange: Exchange
    reasons: Mapping[str, Sequence[str]]


Entry: TypeAlias = Exchange | Explained | logging.LogRecord


class JournalHandler(logging.Handler):
    """Python's own log records, among the lines of the exchanges."""

    def __init__(self, journal: Journal[Entry]) -> None:
        super().__init__()
        self._journal = journal

    def emit(self, record: logging.LogRecord) -> None:
        """Writes the record, at once: it may be the last one."""
        self._journal.write(record, urgent=True)


def level_of(exchange: Exchange) -> int:
    """How much an exchange matters: a request that was refused is worth a warning."""
    response = exchange.response
    if response.reason:
        return logging.ERROR if response.status >= _FAILED and not response.operation else logging.WARNING
    return logging.WARNING if response.findings else logging.INFO


def text_line(entry: Entry) -> bytes:
    """The entry as people read it: one line, and one more for each finding and reason."""
    if isinstance(entry, Explained):
        told = ((name, text) for name, texts in entry.reasons.items() for text in texts)
        lines = "".join(f"  {name}: {printable(text)}\n" for name, text in told)
        return text_line(entry.exchange) + lines.encode()
    if isinstance(entry, logging.LogRecord):
        return "".join(f"{printable(line)}\n" for line in _message(entry).splitlines()).encode()
    request, response = entry.request, entry.response
    name = f" {response.operation}" if response.operation else ""
    why = f"  {response.reason}" if response.reason else ""
    harm = f"  fault: {response.fault}" if response.fault else ""
    story = f"  scenario: {response.scenario}" if response.scenario else ""
    line = (
        f"{request.method} {_target(entry)} {response.status}{name} {entry.seconds * 1000:.1f} ms"
        f"{story}{harm}{why}"
    )
    if response.findings:
        line = "\n".join(printable(str(each)) for each in (*response.findings, line))
        return f"{line}\n".encode()
    return f"{printable(line)}\n".encode()


def structured_line(entry: Entry) -> bytes:
    """The entry as one JSON object on a line."""
    if isinstance(entry, logging.LogRecord):
        return json_line(_of_record(entry))
    if isinstance(entry, Explained):
        because = {"because": entry.reasons} if entry.reasons else {}
        return json_line({**_of_exchange(entry.exchange), **because})
    return json_line(_of_exchange(entry))


def _of_record(record: logging.LogRecord) -> Mapping[str, Any]:
    return {
        "time": datetime.fromtimestamp(record.created, UTC),
        "level": record.levelname.lower(),
        "message": _message(record),
    }


def _of_exchange(exchange: Exchange) -> Mapping[str, Any]:
    request, response = exchange.request, exchange.response
    members = {
        "time": datetime.fromtimestamp(exchange.at, UTC),
        "level": logging.getLevelName(level_of(exchange)).lower(),
        "method": request.method,
        "target": _target(exchange),
        "status": response.status,
        "milliseconds": round(exchange.seconds * 1000, 3),
    }
    told: dict[str, Any] = {
        "operation": response.operation,
        "reason": response.reason,
        "findings": [str(each) for each in response.findings],
        "scenario": response.scenario,
    }
    if response.fault:
        told["fault"] = str(response.fault)
    return members | {name: value for name, value in told.items() if value}


def _message(record: logging.LogRecord) -> str:
    """What a record says, with the traceback where it has one."""
    return logging.Formatter("%(message)s").format(record)


def _target(exchange: Exchange) -> str:
    """The path and query that were asked for, without credentials."""
    path, query = exchange.request.path, exchange.request.query
    return f"{path}?{redact_query(query.decode('latin-1'), exchange.secrets.query)}" if query else path
