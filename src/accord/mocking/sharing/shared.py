"""Worlds that processes share: loaded, acted on, and committed if nobody else was sooner."""

import asyncio
import inspect
import random
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, overload
from weakref import WeakKeyDictionary

from accord.mocking.sharing import Unreached
from accord.mocking.sharing.parts import NOTHING, Ledger, changes, lay, ledger_of
from accord.mocking.sharing.stores import Loaded, Parts, Store, next_version
from accord.mocking.state.world import World, Worlds

_T = TypeVar("_T")
_MOST_AT_ONCE = 64
"""Acts on a world that are committed together."""
_PATIENCE = 10.0
"""Seconds after which an act is given up that others always forestalled."""
_LONGEST_PAUSE = 0.05


class _Local(Worlds):
    """The worlds as this process knows them. `removed` are those that it dropped."""

    def __init__(self, make: Callable[[str], World]) -> None:
        super().__init__(make)
        self.removed: set[str] = set()

    def remove(self, name: str) -> bool:
        """Drops a world."""
        self.removed.add(name)
        return super().remove(name)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An act that waits for its turn. `alone` says that it may change which world there is."""

    act: Callable[[World], Any]
    future: "asyncio.Future[Any]"
    now: float
    alone: bool
    keeps: bool


class Shared:
    """The worlds of a store. What is asked of one at the same time is done on it together, in order.

    `local` are the worlds that this process knows; one is as the store has it while it is acted on.
    """

    def __init__(self, store: Store, make: Callable[[str], World] = World) -> None:
        self._store = store
        self.local = _Local(make)
        self._ledgers: WeakKeyDictionary[World, Ledger] = WeakKeyDictionary()
        self._queues: dict[str, list[_Waiting]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @overload
    async def act(self, name: str, now: float, act: Callable[[World], Coroutine[Any, Any, _T]]) -> _T: ...
    @overload
    async def act(
        self, name: str, now: float, act: Callable[[World], _T], *, alone: bool = ..., keeps: bool = ...
    ) -> _T: ...
    async def act(
        self,
        name: str,
        now: float,
        act: Callable[[World], Any],
        *,
        alone: bool = False,
        keeps: bool = False,
    ) -> Any:
        """What an act on a world gives, once what it changed there is committed.

        An act may wait for something, and all others of the world wait for it, ten seconds at most. It is
        done anew, on the world as it is then, where another process was sooner. With `alone` it may reset or
        remove the world, too; with `keeps` the world is committed though nothing in it changed. Raises
        Unreached.
        """
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        queue = self._queues.get(name)
        if queue is None:
            queue = self._queues[name] = []
            task = asyncio.create_task(self._work(name))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        queue.append(_Waiting(act, future, now, alone, keeps))
        return await future

    async def load_all(self, now: float) -> None:
        """Has all worlds as they are in the store among `local`. Raises Unreached."""
        names = {"", *await self._store.names()}
        for world in self.local:
            if world.name not in names:
                self.local.drop(world.name)
        for name in names:
            await self.act(name, now, lambda _: None)

    async def close(self) -> None:
        """Closes the store's connections."""
        await self._store.close()

    async def _work(self, name: str) -> None:
        """Does what is asked of a world until nobody asks."""
        queue = self._queues[name]
        while queue:
            together = _first_of(queue)
            del queue[: len(together)]
            try:
                outcomes = await self._done(name, together)
            except Exception as error:  # noqa: BLE001 - whoever asked is told
                self.local.drop(name)
                outcomes = [error] * len(together)
            for each, outcome in zip(together, outcomes, strict=True):
                _tell(each.future, outcome)
        del self._queues[name]

    async def _done(self, name: str, together: Sequence[_Waiting]) -> Sequence[Any]:
        """What the acts give, or the errors that they raise, once it is committed what they changed."""
        also: Parts = {}
        started = time.monotonic()
        for turn in range(1_000_000):
            before, ledger = await self._load(name, together[0], also)
            outcomes = [await _outcome(each, before or World(name)) for each in together]
            also = await self._save(name, before, ledger, keeps=together[0].keeps)
            if not also:
                return outcomes
            if time.monotonic() - started > _PATIENCE:
                break
            await asyncio.sleep(random.random() * min(_LONGEST_PAUSE, 0.001 * 2**turn))  # noqa: S311 - a pause
        raise Unreached("others change this world all the time")

    async def _load(self, name: str, first: _Waiting, also: Parts) -> tuple[World | None, Ledger]:
        """The world as the store has it, and its ledger; none where there is none, and it may be made."""
        known = self.local.known(name)
        ledger = NOTHING if known is None else self._ledgers.get(known, NOTHING)
        loaded = await self._store.load(name, ledger.version, also if ledger.version else ())
        if loaded.version:
            return self._taken_up(name, first.now, known, ledger, loaded)
        if first.alone and name:
            self.local.drop(name)
            return None, NOTHING
        if known is None or ledger.version or also or known not in self._ledgers:
            known = self.local.begun(name)
            self._ledgers[known] = ledger_of(known, "")
            self.local.put(known, first.now)
        return known, self._ledgers[known]

    def _taken_up(
        self, name: str, now: float, known: World | None, ledger: Ledger, loaded: Loaded
    ) -> tuple[World, Ledger]:
        """The world with what was loaded."""
        world = World(name) if known is None or loaded.is_whole else known
        if loaded.is_whole or loaded.parts:
            lay(world, loaded.parts)
        if loaded.version != ledger.version or loaded.parts:
            ledger = self._ledgers[world] = ledger_of(world, loaded.version)
        self.local.put(world, now)
        return world, ledger

    async def _save(self, name: str, before: World | None, ledger: Ledger, *, keeps: bool) -> Parts:
        """Commits what changed. What others were sooner to change has to be loaded anew: all these parts."""
        if name in self.local.removed:
            self.local.removed.discard(name)
            await self._store.remove(name)
            return {}
        after = self.local.known(name) or before
        if after is None or (ledger is NOTHING and not keeps):
            return {}
        parts = changes(after, ledger)
        if not parts and (ledger.version or not keeps):
            return {}
        if not ledger.version:
            parts = changes(after, NOTHING)
        new = next_version(ledger.version)
        if not await self._store.commit(name, ledger.version, new, parts):
            return parts or {"": None}
        self._ledgers[after] = ledger_of(after, new)
        return {}


def _first_of(queue: Sequence[_Waiting]) -> Sequence[_Waiting]:
    """The first that wait, as many as are done together."""
    if queue[0].alone:
        return queue[:1]
    alone = next((at for at, each in enumerate(queue[:_MOST_AT_ONCE]) if each.alone), _MOST_AT_ONCE)
    return queue[:alone]


async def _outcome(each: _Waiting, world: World) -> Any:
    try:
        outcome = each.act(world)
        if not inspect.isawaitable(outcome):
            return outcome
        async with asyncio.timeout(_PATIENCE):
            return await outcome
    except Exception as error:  # noqa: BLE001 - the others are done all the same
        return error


def _tell(future: "asyncio.Future[Any]", outcome: Any) -> None:
    if future.done():  # whoever asked has gone
        return
    if isinstance(outcome, Exception):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)
