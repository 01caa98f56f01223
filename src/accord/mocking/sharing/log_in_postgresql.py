"""The journal in a PostgreSQL: a row for each of its entries, and for each process what it has said."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from accord.mocking.sharing.logs import MOST, MOST_AT_ONCE, MOST_BYTES, Said, Slice

LOG_TABLES = """
CREATE TABLE IF NOT EXISTS accord_journal (
  mock text PRIMARY KEY,
  last bigint NOT NULL DEFAULT 0,
  asked bigint NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS accord_exchange (
  mock text NOT NULL,
  id bigint NOT NULL,
  entry bytea NOT NULL,
  PRIMARY KEY (mock, id)
);
CREATE TABLE IF NOT EXISTS accord_process (
  mock text NOT NULL,
  process text NOT NULL,
  answered bigint NOT NULL,
  turn bigint NOT NULL,
  PRIMARY KEY (mock, process)
);
"""
_SAY = """
WITH said AS (
  INSERT INTO accord_process AS known (mock, process, answered, turn) VALUES ($1, $2, $3, $4)
  ON CONFLICT (mock, process) DO UPDATE SET answered = excluded.answered, turn = excluded.turn
  WHERE known.turn < excluded.turn RETURNING process
), grown AS (
  INSERT INTO accord_journal AS known (mock, last) SELECT $1, cardinality($5::bytea[]) FROM said
  ON CONFLICT (mock) DO UPDATE SET last = known.last + excluded.last RETURNING last
)
INSERT INTO accord_exchange (mock, id, entry)
SELECT $1, grown.last - cardinality($5::bytea[]) + each.place, each.entry
FROM grown, unnest($5::bytea[]) WITH ORDINALITY AS each (entry, place)
"""
_DROP_OLDEST = """
DELETE FROM accord_exchange WHERE mock = $1 AND id <= (
  SELECT max(id) FROM (
    SELECT id, row_number() OVER newest AS place, sum(octet_length(entry)) OVER newest AS bytes
    FROM accord_exchange WHERE mock = $1 WINDOW newest AS (ORDER BY id DESC)
  ) AS held WHERE place > $2 OR bytes > $3)
"""
_ASK = """
INSERT INTO accord_journal AS known (mock, asked) VALUES ($1, 1)
ON CONFLICT (mock) DO UPDATE SET asked = known.asked + 1 RETURNING asked
"""
_READ = """
SELECT journal.last, held.id, held.entry,
  (SELECT min(id) FROM accord_exchange WHERE mock = $1) AS first
FROM accord_journal AS journal LEFT JOIN (
  SELECT id, entry FROM accord_exchange WHERE mock = $1 AND id > $2 ORDER BY id LIMIT $3
) AS held ON true WHERE journal.mock = $1 ORDER BY held.id
"""
_OFTEN = 1_000
"""Entries after which the oldest are dropped."""


class PostgresqlLog:
    """A log in a PostgreSQL. A statement does each step: nobody comes in between."""

    def __init__(self, mock: str, asked: Callable[..., Awaitable[Any]]) -> None:
        self._mock = mock
        self._asked = asked
        self._written = 0

    async def say(self, process: str, said: Said, entries: Sequence[bytes] = ()) -> None:
        """Writes entries, and what the process says. To say the same twice does it once."""
        await self._asked("execute", _SAY, self._mock, process, *said, list(entries))
        self._written += len(entries)
        if self._written >= _OFTEN:
            self._written = 0
            await self._asked("execute", _DROP_OLDEST, self._mock, MOST, MOST_BYTES)

    async def leave(self, process: str) -> None:
        """Forgets a process."""
        statement = "DELETE FROM accord_process WHERE mock = $1 AND process = $2"
        await self._asked("execute", statement, self._mock, process)

    async def said(self) -> Mapping[str, Said]:
        """What each process has said last."""
        statement = "SELECT process, answered, turn FROM accord_process WHERE mock = $1"
        rows = await self._asked("fetch", statement, self._mock)
        return {row["process"]: Said(row["answered"], row["turn"]) for row in rows}

    async def ask(self) -> int:
        """Asks the next question."""
        return int(await self._asked("fetchval", _ASK, self._mock))

    async def asked(self) -> int:
        """The last question that was asked."""
        statement = "SELECT asked FROM accord_journal WHERE mock = $1"
        return int(await self._asked("fetchval", statement, self._mock) or 0)

    async def read(self, after: int) -> Slice:
        """The entries after the one of that id, as many as are read at once."""
        rows = await self._asked("fetch", _READ, self._mock, after, MOST_AT_ONCE)
        if not rows:
            return Slice(1, 0, ())
        last, first = rows[0]["last"], rows[0]["first"]
        found = [row for row in rows if row["id"] is not None]
        upto = found[-1]["id"] if found else last
        return Slice(last + 1 if first is None else first, upto, [row["entry"] for row in found])

    async def clear(self, through: int) -> None:
        """Takes the entries out up to the one of that id."""
        statement = "DELETE FROM accord_exchange WHERE mock = $1 AND id <= $2"
        await self._asked("execute", statement, self._mock, through)
