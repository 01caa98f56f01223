"""The journal in a file of SQLite."""

from collections.abc import Mapping, Sequence
from sqlite3 import Connection

from accord.mocking.sharing.files import File
from accord.mocking.sharing.logs import MOST, MOST_AT_ONCE, MOST_BYTES, Said, Slice

LOG_TABLES = """
CREATE TABLE IF NOT EXISTS journal (
  mock TEXT PRIMARY KEY, last INTEGER NOT NULL DEFAULT 0, asked INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS exchange (
  mock TEXT NOT NULL, id INTEGER NOT NULL, entry BLOB NOT NULL, PRIMARY KEY (mock, id));
CREATE TABLE IF NOT EXISTS process (
  mock TEXT NOT NULL, process TEXT NOT NULL, answered INTEGER NOT NULL, turn INTEGER NOT NULL,
  PRIMARY KEY (mock, process)) WITHOUT ROWID;
"""
_NUMBERS = "SELECT last, asked, bytes FROM journal WHERE mock = ?"
_OLDEST = "SELECT id, length(entry) FROM exchange WHERE mock = ? ORDER BY id LIMIT ?"


class SqliteLog:
    """A log in a file. Each step is a transaction: nobody comes in between."""

    def __init__(self, file: File, mock: str) -> None:
        self._file = file
        self._mock = mock
        self._question = 0

    async def say(self, process: str, said: Said, entries: Sequence[bytes] = ()) -> None:
        """Writes entries, and what the process says. To say the same twice does it once."""
        with self._file.writing() as connection:
            values = (self._mock, process, *said)
            connection.execute("INSERT OR REPLACE INTO process VALUES (?, ?, ?, ?)", values)
            if not entries:
                return
            last, _, held = self._numbers(connection)
            rows = ((self._mock, last + place, entry) for place, entry in enumerate(entries, 1))
            connection.executemany("INSERT INTO exchange VALUES (?, ?, ?)", rows)
            last, held = last + len(entries), held + sum(map(len, entries))
            held -= self._drop_oldest(connection, last, held)
            query = "UPDATE journal SET last = ?, bytes = ? WHERE mock = ?"
            connection.execute(query, (last, held, self._mock))

    async def leave(self, process: str) -> None:
        """Forgets a process."""
        with self._file.writing() as connection:
            query = "DELETE FROM process WHERE mock = ? AND process = ?"
            connection.execute(query, (self._mock, process))

    async def said(self) -> Mapping[str, Said]:
        """What each process has said last."""
        with self._file.reading() as connection:
            query = "SELECT process, answered, turn FROM process WHERE mock = ?"
            rows = connection.execute(query, (self._mock,)).fetchall()
        return {process: Said(answered, turn) for process, answered, turn in rows}

    async def ask(self) -> int:
        """Asks the next question."""
        with self._file.writing() as connection:
            question = self._numbers(connection)[1] + 1
            connection.execute("UPDATE journal SET asked = ? WHERE mock = ?", (question, self._mock))
        self._question = question
        return question

    async def asked(self) -> int:
        """The last question that was asked."""
        if self._file.has_changed():
            with self._file.reading() as connection:
                found = connection.execute(_NUMBERS, (self._mock,)).fetchone()
            self._question = found[1] if found else 0
        return self._question

    async def read(self, after: int) -> Slice:
        """The entries after the one of that id, as many as are read at once."""
        with self._file.reading() as connection:
            found = connection.execute(_NUMBERS, (self._mock,)).fetchone()
            last = found[0] if found else 0
            oldest = connection.execute(_OLDEST, (self._mock, 1)).fetchone()
            query = "SELECT id, entry FROM exchange WHERE mock = ? AND id > ? ORDER BY id LIMIT ?"
            rows = connection.execute(query, (self._mock, after, MOST_AT_ONCE)).fetchall()
        first, upto = oldest[0] if oldest else last + 1, rows[-1][0] if rows else last
        return Slice(first, upto, [entry for _, entry in rows])

    async def clear(self, through: int) -> None:
        """Takes the entries out up to the one of that id."""
        with self._file.writing() as connection:
            query = "SELECT coalesce(sum(length(entry)), 0) FROM exchange WHERE mock = ? AND id <= ?"
            gone = connection.execute(query, (self._mock, through)).fetchone()[0]
            connection.execute("DELETE FROM exchange WHERE mock = ? AND id <= ?", (self._mock, through))
            connection.execute("UPDATE journal SET bytes = bytes - ? WHERE mock = ?", (gone, self._mock))

    def _numbers(self, connection: Connection) -> tuple[int, int, int]:
        """The last id, the last question, the bytes of all entries."""
        connection.execute("INSERT OR IGNORE INTO journal (mock) VALUES (?)", (self._mock,))
        last, asked, held = connection.execute(_NUMBERS, (self._mock,)).fetchone()
        return last, asked, held

    def _drop_oldest(self, connection: Connection, last: int, held: int) -> int:
        """Drops the entries that are too many, or too much; the bytes that went."""
        gone, upto = 0, 0
        for number, size in connection.execute(_OLDEST, (self._mock, -1)):
            if number > last - MOST and held - gone <= MOST_BYTES:
                break
            gone, upto = gone + size, number
        if upto:
            connection.execute("DELETE FROM exchange WHERE mock = ? AND id <= ?", (self._mock, upto))
        return gone
