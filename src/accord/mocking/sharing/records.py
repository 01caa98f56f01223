"""The journal that processes share: each keeps its own exchanges until somebody asks for all."""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from contextlib import suppress
from secrets import token_hex
from time import monotonic

from accord.mocking.model import Exchange
from accord.mocking.recording import Record, Records
from accord.mocking.sharing import Unreached
from accord.mocking.sharing.entries import entry_of, record_of
from accord.mocking.sharing.logs import MOST, MOST_AT_ONCE, Log, Said

_log = logging.getLogger("accord.mock")
_MOMENT = 0.02
"""Seconds after which a process looks again whether somebody asks."""
_FOLLOWING = 0.1
"""Seconds after which whoever follows the journal asks again."""
_SIGN = 0.25
"""Seconds after which a process says that it is still there."""
_QUIET = 1.0
"""Seconds without a request after which a process writes what it has, and is no longer waited for."""
_GONE = 2.0
"""Seconds of silence after which a process is taken for gone, which was to answer."""
_PATIENCE = 10.0
"""Seconds after which whoever asks is answered with what there is."""


class SharedRecords(Records):
    """The exchanges of all processes, as far as this one knows them: all that were answered before it asked.

    An exchange costs a request what it does in a journal of its own. It is written to the log when somebody
    asks, or once this process is quiet. So that it is known who has something to write, a process is known to
    the log from before it answers its first request until it has been quiet: only that request waits for it.
    """

    def __init__(self, log: Log) -> None:
        super().__init__()
        self._log = log
        self._own = Records()
        self._unwritten: list[bytes] = []
        self._process = token_hex(8)
        self._said = Said(0, 0)
        self._used = 0.0
        self._signed = 0.0
        self._turn = asyncio.Lock()
        self._living: asyncio.Task[None] | None = None
        self._waking: asyncio.Task[None] | None = None
        self._following: asyncio.Task[None] | None = None

    @property
    def is_awake(self) -> bool:
        """Does the log know that there is something to come from this process?"""
        self._used = monotonic()
        return self._living is not None

    async def wake(self) -> None:
        """Tells the log that there is something to come. Where it cannot be told, nobody waits for it."""
        async with self._turn:
            if self._living is None:
                with suppress(Unreached):
                    await self._say(self._said.answered)
                self._living = asyncio.create_task(self._live())

    def add(self, world: str, exchange: Exchange) -> None:
        """Adds an exchange of this process."""
        self._own.add(world, exchange)
        if self._living is None and self._waking is None:  # it took long to send, or was asked for elsewhere
            self._waking = asyncio.create_task(self.wake())
            self._waking.add_done_callback(self._woken)

    async def catch_up(self) -> None:
        """Has all that any process answered before now. Raises Unreached."""
        question = await self._ask()
        await self._wait_for_others(question)
        await self._read()

    async def forget(self) -> None:
        """Takes all exchanges out that were had before now. Raises Unreached."""
        await self.catch_up()
        await self._log.clear(self.last)
        self.clear()

    async def news(self) -> None:
        """Waits until there are others than before."""
        if self._following is None or self._following.done():
            self._following = asyncio.create_task(self._follow())
        await super().news()

    def in_order(self, records: Iterable[Record]) -> Sequence[Record]:
        """The exchanges in the order in which they were answered, which they need not be written in."""
        return sorted(records, key=lambda record: record.exchange.at + record.exchange.seconds)

    async def close(self) -> None:
        """Writes what is left, and is no longer known."""
        for task in (self._living, self._following):
            if task is not None:
                task.cancel()
        async with self._turn:
            with suppress(Unreached):
                await self._leave()

    def _woken(self, _: "asyncio.Task[None]") -> None:
        self._waking = None

    async def _ask(self) -> int:
        """Asks all processes, and answers for this one."""
        async with self._turn:
            question = await self._log.ask()
            if self._living is not None:
                await self._write(question)
            elif self._own or self._unwritten:
                await self._leave()
        return question

    async def _wait_for_others(self, question: int) -> None:
        """Waits until all have answered; who says nothing at all meanwhile is gone."""
        last: dict[str, tuple[int, float]] = {}
        end = monotonic() + _PATIENCE
        while monotonic() < end:
            said = await self._log.said()
            late = {name: each for name, each in said.items() if each.answered < question}
            late.pop(self._process, None)
            if not late:
                return
            now = monotonic()
            for name, each in late.items():
                turn, since = last.get(name, (-1, now))
                last[name] = (each.turn, since if turn == each.turn else now)
                if now - last[name][1] > _GONE:
                    await self._log.leave(name)
            await asyncio.sleep(_MOMENT / 4)

    async def _read(self) -> None:
        """Reads what was written since."""
        async with self._turn:
            while True:
                found = await self._log.read(self.last)
                if found.last < self.last:  # the store has lost what it had
                    self.clear()
                    self.last = found.first - 1
                    continue
                self.drop_before(found.first)
                number = found.last - len(found.entries)
                made = await asyncio.to_thread(_records, number, found.entries) if found.entries else []
                for record in made:
                    self.take(record)
                self.last = max(self.last, found.last)
                if len(found.entries) < MOST_AT_ONCE:
                    return

    async def _live(self) -> None:
        """Answers whoever asks, until this process has been quiet."""
        while True:
            await asyncio.sleep(_MOMENT)
            try:
                async with self._turn:
                    if await self._is_done():
                        return
            except Unreached as error:
                _log.warning("The journal that this mock shares cannot be written: %s", error)
                await asyncio.sleep(_GONE)

    async def _is_done(self) -> bool:
        """Does what is to be done at this moment. Has this process been quiet, and left?"""
        now, question = monotonic(), await self._log.asked()
        if question > self._said.answered:
            await self._write(question)
        elif now - self._used > _QUIET:
            living, self._living = self._living, None  # the next request says again that there is something
            try:
                await self._leave()
            except Unreached:
                self._living = living
                raise
            return True
        elif now - self._signed > _SIGN:
            await self._say(self._said.answered)
        return False

    async def _follow(self) -> None:
        """Asks again and again, as long as somebody waits for news."""
        while self.is_awaited:
            try:
                await self.catch_up()
            except Unreached:
                await asyncio.sleep(_QUIET)
            await asyncio.sleep(_FOLLOWING)

    async def _leave(self) -> None:
        await self._write(self._said.answered)
        await self._log.leave(self._process)

    async def _write(self, question: int) -> None:
        """Writes all that this process has, and says that it answers the question."""
        own = list(self._own)
        self._own.clear()
        if own:
            self._unwritten += await asyncio.to_thread(_entries, own)
            del self._unwritten[:-MOST]
        while len(self._unwritten) > MOST_AT_ONCE:
            await self._say(self._said.answered, self._unwritten[:MOST_AT_ONCE])
            del self._unwritten[:MOST_AT_ONCE]
        await self._say(question, self._unwritten)
        self._unwritten = []

    async def _say(self, answered: int, entries: Sequence[bytes] = ()) -> None:
        said = Said(answered, self._said.turn + 1)
        self._said = said._replace(answered=self._said.answered)
        await self._log.say(self._process, said, entries)
        self._said, self._signed = said, monotonic()


def _entries(records: Iterable[Record]) -> list[bytes]:
    return [entry_of(record) for record in records]


def _records(number: int, entries: Iterable[bytes]) -> list[Record]:
    return [record_of(number + place, entry) for place, entry in enumerate(entries, 1)]
