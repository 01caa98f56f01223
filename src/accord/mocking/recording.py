"""The journal: the exchanges of a mock, the newest last, as many as there is room for."""

import asyncio
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from accord.mocking.model import Exchange

MOST = 10_000
MOST_BYTES = 64 * 1024 * 1024
LONGEST_BODY = 64 * 1024
"""Bytes of a body that are kept."""
_OVERHEAD = 2_048
"""Bytes that an exchange takes beside its bodies and the head of its request."""


class Record(NamedTuple):
    """An exchange in the journal. `sizes` are the bytes of both bodies as they were before they were cut."""

    id: int
    world: str
    exchange: Exchange
    sizes: tuple[int, int]
    weight: int


class Records:
    """The exchanges that were lately had. The oldest go where there are too many, or too much is in them.

    To add one costs little, since nothing is rendered before somebody asks.
    """

    def __init__(self, *, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self._held: deque[Record] = deque()
        self._most, self._most_bytes = most, most_bytes
        self._bytes = 0
        self._waiting: list[asyncio.Future[None]] = []
        self.last = 0

    def __len__(self) -> int:
        return len(self._held)

    def __iter__(self) -> Iterator[Record]:
        return iter(tuple(self._held))

    def __reversed__(self) -> Iterator[Record]:
        return iter(tuple(reversed(self._held)))

    def add(self, world: str, exchange: Exchange) -> None:
        """Adds an exchange, whose long bodies are cut."""
        request, response = exchange.request, exchange.response
        sizes = (len(request.body), len(response.body))
        weight = sizes[0] + sizes[1] + _OVERHEAD + sum(map(len, chain.from_iterable(request.headers)))
        if weight > LONGEST_BODY or response.parts:
            exchange = _cut(exchange)
            weight += len(exchange.request.body) + len(exchange.response.body) - sizes[0] - sizes[1]
        self.last += 1
        self.take(Record(self.last, world, exchange, sizes, weight))

    def take(self, record: Record) -> None:
        """Takes a record in, whose id follows that of the newest."""
        self._held.append(record)
        self._bytes += record.weight
        while self._bytes > self._most_bytes or len(self._held) > self._most:
            self._bytes -= self._held.popleft().weight
        if self._waiting:
            self._wake()

    def get(self, id: int) -> Record | None:  # noqa: A002 - the contract's word
        """The exchange of that number, if it is still there."""
        first = self._held[0].id if self._held else self.last + 1
        return self._held[id - first] if first <= id <= self.last and self._held else None

    def since(self, id: int) -> list[Record]:  # noqa: A002
        """The exchanges that are newer than the one of that number, the newest last."""
        found: list[Record] = []
        for record in reversed(self._held):
            if record.id <= id:
                break
            found.append(record)
        found.reverse()
        return found

    def drop_before(self, id: int) -> None:  # noqa: A002
        """Takes the exchanges out that are older than the one of that number."""
        while self._held and self._held[0].id < id:
            self._bytes -= self._held.popleft().weight

    def clear(self) -> None:
        """Takes all exchanges out. Numbers go on."""
        self._held.clear()
        self._bytes = 0

    def in_order(self, records: Iterable[Record]) -> Sequence[Record]:
        """The exchanges in the order in which they were answered."""
        return tuple(records)

    @property
    def is_awake(self) -> bool:
        """May an exchange be added without anything else?"""
        return True

    async def wake(self) -> None:
        """Has it ready for exchanges, once there are some again."""

    async def catch_up(self) -> None:
        """Has all exchanges that were answered before now."""

    async def forget(self) -> None:
        """Takes all exchanges out that were answered before now."""
        self.clear()

    async def close(self) -> None:
        """Ends it."""

    @property
    def is_awaited(self) -> bool:
        """Does anybody wait for news?"""
        return any(not future.done() for future in self._waiting)

    async def news(self) -> None:
        """Waits until an exchange is added."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        await future

    def _wake(self) -> None:
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)


def _cut(exchange: Exchange) -> Exchange:
    """The exchange with no more of its bodies than is kept."""
    request, response = exchange.request, exchange.response
    return exchange._replace(
        request=request._replace(body=request.body[:LONGEST_BODY]),
        response=response._replace(body=response.body[:LONGEST_BODY], parts=()),
    )
