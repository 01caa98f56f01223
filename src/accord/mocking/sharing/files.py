"""A file of SQLite, as the processes of one machine have it in common."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from accord.mocking.sharing import Unreached

_SECONDS_TO_WAIT = 5
_SETTINGS = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF;
PRAGMA foreign_keys = ON;
"""
"""What is written outlives the process, though not for certain the machine."""


class File:
    """One connection to a file, opened when it is first needed. All raise Unreached.

    What is asked here takes less time than it would to hand it to a thread, so that it is asked at once.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._seen: int | None = None

    def has_changed(self) -> bool:
        """Has another connection changed the file since this was last asked?"""
        with self._asking() as connection:
            seen: int = connection.execute("PRAGMA data_version").fetchone()[0]
        before, self._seen = self._seen, seen
        return seen != before

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The file as it is at one moment."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The file, which nobody else changes meanwhile."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    def make(self, tables: str) -> None:
        """Makes the tables where there are none."""
        with self._asking() as connection:
            connection.executescript(tables)

    def close(self) -> None:
        """Closes the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._asking() as connection:
            connection.execute(begin)
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    @contextmanager
    def _asking(self) -> Iterator[sqlite3.Connection]:
        try:
            if self._connection is None:
                self._connection = sqlite3.connect(
                    self._path, timeout=_SECONDS_TO_WAIT, isolation_level=None, check_same_thread=False
                )
                self._connection.executescript(_SETTINGS)
            yield self._connection
        except sqlite3.Error as error:
            raise Unreached(str(error)) from None
