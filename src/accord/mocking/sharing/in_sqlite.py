"""Worlds in a file of SQLite, for the processes of one machine."""

from collections.abc import Collection, Sequence
from sqlite3 import Connection
from time import time
from urllib.parse import quote, unquote

from accord.mocking.sharing.files import File
from accord.mocking.sharing.log_in_sqlite import LOG_TABLES, SqliteLog
from accord.mocking.sharing.places import Place
from accord.mocking.sharing.stores import (
    IDLE,
    IDLE_DEFAULT,
    MOST_WORLDS,
    OFTEN,
    Loaded,
    Parts,
    Uses,
    parse_version,
)

_TABLES = """
CREATE TABLE IF NOT EXISTS world (
  id INTEGER PRIMARY KEY, mock TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL,
  floor INTEGER NOT NULL DEFAULT 0, used REAL NOT NULL, UNIQUE (mock, name));
CREATE TABLE IF NOT EXISTS part (
  world INTEGER NOT NULL REFERENCES world ON DELETE CASCADE, part TEXT NOT NULL, value BLOB,
  number INTEGER NOT NULL, PRIMARY KEY (world, part)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS part_number ON part (world, number);
"""
_FIND = "SELECT id, version, floor FROM world WHERE mock = ? AND name = ?"
_CHANGED = "SELECT part, value FROM part WHERE world = ? AND number > ?"
_PART = "SELECT part, value FROM part WHERE world = ? AND part = ?"
_PUT = "INSERT OR REPLACE INTO part (world, part, value, number) VALUES (?, ?, ?, ?)"
_FORGET_GONE = "DELETE FROM part WHERE world = ? AND value IS NULL AND number <= ?"
_DROP_IDLE = "DELETE FROM world WHERE used < CASE name WHEN '' THEN ? ELSE ? END"
_DROP_OLDEST = """
DELETE FROM world WHERE id IN (
  SELECT id FROM world WHERE mock = ? AND name <> '' ORDER BY used DESC LIMIT -1 OFFSET ?)
"""


class SqliteStore:
    """A store in a file. Each step is a transaction: nobody comes in between.

    As long as no other process has changed anything in the file, which costs little to ask, a world still has
    the version that it was last seen with.
    """

    def __init__(self, place: Place) -> None:
        self._mock = place.name
        self._file = File(place.path)
        self._journal = File(f"{place.path}.journal.db")
        """Another file, so that what is written of exchanges is no change of worlds."""
        self._versions: dict[str, str] = {}
        self._uses = Uses()

    async def load(self, world: str, version: str, also: Collection[str] = ()) -> Loaded:
        """What changed of a world since a version, and these parts also; or all of it."""
        name = quote(world, safe="")
        if self._file.has_changed():
            self._versions.clear()
        if self._uses.is_due(name):
            with self._file.writing() as connection:
                found = "UPDATE world SET used = ? WHERE mock = ? AND name = ?"
                connection.execute(found, (time(), self._mock, name))
        if version and not also and self._versions.get(name) == version:
            return Loaded(version, {}, is_whole=False)
        with self._file.reading() as connection:
            loaded = self._loaded(connection, name, version, also)
        self._versions[name] = loaded.version
        return loaded

    async def commit(self, world: str, version: str, new: str, parts: Parts) -> bool:
        """Changes a world from one version to the next; False where it has another version by now."""
        name, number = quote(world, safe=""), parse_version(new)[1]
        with self._file.writing() as connection:
            found = connection.execute(_FIND, (self._mock, name)).fetchone()
            current = found[1] if found else ""
            if current not in (version, new):
                return False
            if current == version:
                key = found[0] if found else self._made(connection, name)
                connection.execute("UPDATE world SET version = ?, used = ? WHERE id = ?", (new, time(), key))
                connection.executemany(_PUT, [(key, part, value, number) for part, value in parts.items()])
                if number % OFTEN == 0:
                    connection.execute("UPDATE world SET floor = ? WHERE id = ?", (number - OFTEN, key))
                    connection.execute(_FORGET_GONE, (key, number - OFTEN))
        self._versions[name] = new
        return True

    async def remove(self, world: str) -> None:
        """Drops a world."""
        name = quote(world, safe="")
        self._versions.pop(name, None)
        with self._file.writing() as connection:
            connection.execute("DELETE FROM world WHERE mock = ? AND name = ?", (self._mock, name))

    async def names(self) -> Sequence[str]:
        """The names of all worlds."""
        with self._file.writing() as connection:
            self._drop_others(connection)
            query = "SELECT name FROM world WHERE mock = ?"
            return [unquote(row[0]) for row in connection.execute(query, (self._mock,))]

    @property
    def log(self) -> SqliteLog:
        """The journal beside the worlds."""
        return SqliteLog(self._journal, self._mock)

    async def prepare(self) -> None:
        """Makes the tables where there are none."""
        self._file.make(_TABLES)
        self._journal.make(LOG_TABLES)

    async def close(self) -> None:
        """Closes the files."""
        self._file.close()
        self._journal.close()

    def _loaded(self, connection: Connection, name: str, version: str, also: Collection[str]) -> Loaded:
        found = connection.execute(_FIND, (self._mock, name)).fetchone()
        if found is None:
            return Loaded("", {}, is_whole=True)
        key, current, floor = found
        born, known = parse_version(version)
        if parse_version(current)[0] != born or known < floor:
            parts = connection.execute(_CHANGED, (key, -1))
            return Loaded(current, {part: value for part, value in parts if value is not None}, is_whole=True)
        changed: dict[str, bytes | None] = dict.fromkeys(also)
        for part in also:
            changed.update(connection.execute(_PART, (key, part)))
        changed.update(connection.execute(_CHANGED, (key, known)))
        return Loaded(current, changed, is_whole=False)

    def _made(self, connection: Connection, name: str) -> int:
        """The key of a new world; others give way to it."""
        query = "INSERT INTO world (mock, name, version, used) VALUES (?, ?, '', ?)"
        key = connection.execute(query, (self._mock, name, time())).lastrowid
        self._drop_others(connection)
        return key or 0

    def _drop_others(self, connection: Connection) -> None:
        """Drops the worlds that nobody asked for long, and those that are too many."""
        connection.execute(_DROP_IDLE, (time() - IDLE_DEFAULT, time() - IDLE))
        connection.execute(_DROP_OLDEST, (self._mock, MOST_WORLDS))
