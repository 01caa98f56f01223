"""A log that costs a server little: lines that are written together, and encoded only then."""

import asyncio
import json
import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, Generic, TypeVar

import orjson

_Entry = TypeVar("_Entry")
_OPTIONS = orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS
_MOMENT = 0.02
"""Seconds that a line may wait for others: a system call for each request would cost as much as it does."""
_MOST = 500


def json_line(entry: Mapping[str, Any]) -> bytes:
    """The entry as a line of JSON, whatever it holds."""
    try:
        return orjson.dumps(entry, default=repr, option=_OPTIONS)
    except TypeError:  # a lone surrogate, or an integer of more than 64 bits
        return json.dumps(entry, default=str).encode() + b"\n"


class Journal(Generic[_Entry]):
    """Writes log lines to a stream: errors at once, all else together with what comes in the same moment.

    `encode` gives the line of an entry, its end included.
    """

    def __init__(
        self,
        stream: BinaryIO,
        encode: Callable[[_Entry], bytes],
        level: int = logging.INFO,
    ) -> None:
        self._stream = stream
        self._encode = encode
        self._waiting: list[_Entry] = []
        self._turn = threading.Lock()
        self.level = level

    def write(self, entry: _Entry, *, urgent: bool = False) -> None:
        """Writes one entry as a line. Nothing is raised: a log that cannot be written stops no request."""
        with self._turn:
            self._waiting.append(entry)
            waiting = len(self._waiting)
        if urgent or waiting >= _MOST:
            self.flush()
        elif waiting == 1:
            try:
                asyncio.get_running_loop().call_later(_MOMENT, self.flush)
            except RuntimeError:
                self.flush()

    def flush(self) -> None:
        """Writes what is waiting. Encoding many lines at once takes half of what it takes one by one."""
        with self._turn:
            entries, self._waiting = self._waiting, []
        if not entries:
            return
        try:
            self._stream.write(b"".join(map(self._encode, entries)))
            self._stream.flush()
        except (OSError, ValueError):  # the reader went away, or the stream is closed
            return
