"""Items, and the worlds that they are in. A value is never changed: an item that changes is another item."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import orjson

from accord.exchange import ABSENT
from accord.mocking.faulting.trying import Faults
from accord.mocking.overriding import Overrides
from accord.mocking.texts import plain_json

if TYPE_CHECKING:
    from accord.mocking.scenarios.progress import Progress


class Item:
    """Something that was created: its identifier as text, what it is in, and its value as it is read.

    `scope` maps what its path is in (a resource's name, or a path parameter's) to the identifier there; one
    without an entry is in any. `answers` are what it was answered with already. `whole` is its value with
    what is write-only, where it has anything such.
    """

    __slots__ = ("_text", "_value", "_whole", "answers", "id", "scope")

    def __init__(
        self,
        id: str,  # noqa: A002 - the contract's word
        value: Any,
        scope: Mapping[str, str] | None = None,
        answers: dict[Any, Any] | None = None,
        whole: Any = ABSENT,
    ) -> None:
        self.id = id
        self.scope: Mapping[str, str] = {} if scope is None else scope
        self.answers: dict[Any, Any] = {} if answers is None else answers
        self._value = value
        self._whole = whole
        self._text: bytes | None = None

    @property
    def value(self) -> Any:
        """What it is, as it is read."""
        if self._value is ABSENT and self._text is not None:
            self._value = orjson.loads(self._text)
        return self._value

    @property
    def hides(self) -> bool:
        """Has it something that is write-only?"""
        return self._whole is not ABSENT

    @property
    def whole(self) -> Any:
        """What it is, with what nobody reads."""
        return self._whole if self.hides else self.value

    def written(self, form: str) -> bytes | None:
        """Its value as JSON; None where orjson would not read the same again. `form` is its key in `answers`.

        From then on it is kept as that alone, until somebody asks for the value: most items are never looked
        into, and very many of the small objects that values are made of slow all that is asked of a mock.
        """
        if self._text is None:
            try:
                self._text = plain_json(self._value)
            except TypeError:
                return None
            self.answers.pop(form, None)
            self._value = ABSENT
        return self._text

    def is_in(self, scope: Mapping[str, str]) -> bool:
        """Is it in this scope, as far as both say?"""
        return not scope or all(self.scope.get(name, wanted) == wanted for name, wanted in scope.items())


_LONGEST_NUMBER = 18
MOST_ITEMS = 10_000
"""Items that a world holds; then the oldest of a resource gives way to the newest."""


class Collection:
    """The items of one resource, in the order in which they came to be.

    Each has a number here, that it keeps when it changes. `count` is how many there ever were, `highest` the
    highest identifier of these that is a number. `answers` are the lists that were answered since it last
    changed; `changed` the numbers of what changed, where somebody wants to know.
    """

    def __init__(self, items: Iterable[Item] = (), count: int = 0) -> None:
        self._items: dict[int, Item] = {}
        self._numbers: dict[str, list[int]] = {}
        self.answers: dict[Any, Any] = {}
        self.changed: set[int] | None = None
        self._is_ordered = True
        self._first = 0
        self.count = 0
        self.highest = 0
        for item in items:
            self.put(item)
        self.count = max(self.count, count)

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items.values())

    def __len__(self) -> int:
        return len(self._items)

    @property
    def numbered(self) -> Mapping[int, Item]:
        """The items by their numbers."""
        return self._items

    def has(self, id: str) -> bool:  # noqa: A002 - the contract's word
        """Has an item of any scope that identifier?"""
        return id in self._numbers

    def find(self, id: str, scope: Mapping[str, str]) -> Item | None:  # noqa: A002 - the contract's word
        """The item of that identifier in a scope."""
        number = self._number(id, scope)
        return None if number is None else self._items[number]

    def put(self, item: Item) -> None:
        """Adds an item, or puts it in the place of the one that has its identifier and scope."""
        number = self._number(item.id, item.scope)
        if number is None:
            number = self.count
            self.count += 1
            self._numbers.setdefault(item.id, []).append(number)
            if item.id.isdecimal() and len(item.id) <= _LONGEST_NUMBER:
                self.highest = max(self.highest, int(item.id))
        self._items[number] = item
        self._tell(number)

    def remove(self, item: Item) -> None:
        """Takes an item out."""
        for number in tuple(self._numbers.get(item.id, ())):
            if self._items[number] is item:
                self.lay(number, None)
                self._tell(number)

    def drop_oldest(self) -> None:
        """Takes out the item that came first; to look for it in the dictionary would pass all before it."""
        while self._first not in self._items:
            self._first += 1
        self.lay(self._first, None)
        self._tell(self._first)

    def lay(self, number: int, item: Item | None) -> None:
        """Puts an item under a number, or takes out what is there; then `order` puts all in their order."""
        before = self._items.get(number)
        if before is not None and (item is None or item.id != before.id):
            del self._items[number]
            self._numbers[before.id].remove(number)
            if not self._numbers[before.id]:
                del self._numbers[before.id]
        if item is None:
            return
        if number not in self._items:
            self._first = min(self._first, number)
            self._is_ordered = self._is_ordered and number > next(reversed(self._items), -1)
            self._numbers.setdefault(item.id, []).append(number)
        self._items[number] = item

    def order(self) -> None:
        """Puts the items in the order of their numbers, after others than the last were laid."""
        if not self._is_ordered:
            self._items = dict(sorted(self._items.items(), key=lambda entry: entry[0]))
            for numbers in self._numbers.values():
                numbers.sort()
            self._is_ordered = True

    def copied(self) -> "Collection":
        """A collection of the same items."""
        copy = Collection(self, self.count)
        copy.highest = self.highest
        return copy

    def _number(self, id: str, scope: Mapping[str, str]) -> int | None:  # noqa: A002 - as above
        for number in self._numbers.get(id, ()):
            if self._items[number].is_in(scope):
                return number
        return None

    def _tell(self, number: int) -> None:
        self.answers.clear()
        if self.changed is not None:
            self.changed.add(number)


class World:
    """The state of one mock, as its callers see it. A resource that nobody has written to is not in it.

    `overrides` are answers that were ordered in place of its own, `faults` what these and all others suffer,
    `scenarios` those that are on, the one that goes first last, with how far they have come; `snapshots` what
    it was like, by name.
    """

    def __init__(
        self,
        name: str = "",
        collections: Mapping[str, Collection] | None = None,
        scenarios: "Mapping[str, Progress] | None" = None,
    ) -> None:
        self.name = name
        self.collections: dict[str, Collection] = dict(collections or {})
        self.overrides = Overrides()
        self.faults = Faults()
        self.scenarios: dict[str, Progress] = dict(scenarios or {})
        self.snapshots: dict[str, World] = {}
        self.used = 0.0
        self.is_full = False

    @property
    def size(self) -> int:
        """How many items it holds."""
        return sum(map(len, self.collections.values()))

    @property
    def whole_size(self) -> int:
        """How many items it and its snapshots hold."""
        return self.size + sum(snapshot.size for snapshot in self.snapshots.values())

    def make_room(self, held: Collection) -> None:
        """Drops the oldest items of a collection while the world holds too many; the newest one stays."""
        excess = self.size - MOST_ITEMS
        while excess > 0 and len(held) > 1:
            self.is_full = True
            held.drop_oldest()
            excess -= 1

    def copied(self, name: str) -> "World":
        """A world of the same items and with the same scenarios on, with another name."""
        collections = {resource: held.copied() for resource, held in self.collections.items()}
        return World(name, collections, self.scenarios)


_MOST_WORLDS = 1_000
_MOST_ITEMS_OF_ALL = 100_000
_OFTEN = 1_000
"""Requests after which the items of all worlds are counted."""
_IDLE = 3600.0
"""Seconds after which a world that nobody has asked is dropped."""
_SWEEPS = 60
"""How often idle worlds are looked for within that time."""
_SHARE = 10
"""A tenth of the worlds goes where there are too many."""


class Worlds:
    """The worlds of a mock by name, made when they are first asked for, dropped when nobody asks any more.

    The one without a name is always there. `make` gives what a world of a name is at first.
    """

    def __init__(
        self, make: Callable[[str], World] = World, *, most: int = _MOST_WORLDS, idle: float = _IDLE
    ) -> None:
        self._make = make
        self._worlds: dict[str, World] = {}
        self._most = most
        self._idle = idle
        self._due = 0.0
        self._asked = 0

    def __iter__(self) -> Iterator[World]:
        return iter(tuple(self._worlds.values()))

    def of(self, name: str, now: float) -> World:
        """The world of that name, `now` in seconds."""
        self._asked += 1
        if self._asked % _OFTEN == 0:
            self._weigh()
        world = self._worlds.get(name)
        if world is None:
            self._make_room(now)
            world = self._worlds[name] = self.begun(name)
        world.used = now
        return world

    def drop(self, name: str) -> None:
        """Forgets a world that is kept elsewhere."""
        self._worlds.pop(name, None)

    def begun(self, name: str) -> World:
        """What a world of that name is at first; it is not among these."""
        return self._make(name)

    def known(self, name: str) -> World | None:
        """The world of that name, if it is there."""
        return self._worlds.get(name)

    def put(self, world: World, now: float) -> None:
        """Puts a world in the place of the one that has its name."""
        if world.name not in self._worlds:
            self._make_room(now)
        world.used = now
        self._worlds[world.name] = world

    def reset(self, name: str, now: float) -> World:
        """The world of that name as it was at first; its snapshots stay."""
        world = self.begun(name)
        world.snapshots = self.of(name, now).snapshots
        self.put(world, now)
        return world

    def remove(self, name: str) -> bool:
        """Drops a world; the next who asks gets a new one. Was it there?"""
        return self._worlds.pop(name, None) is not None

    def drop_idle(self, now: float) -> None:
        """Drops the worlds that nobody has asked for long."""
        for world in self:
            if world.name and now - world.used > self._idle:
                del self._worlds[world.name]

    def _make_room(self, now: float) -> None:
        """Drops what is idle and, where that is not enough, what has been so for longest.

        To look through all worlds takes a while: it is done now and then, and makes room for several.
        """
        if len(self._worlds) < self._most and now < self._due:
            return
        self._due = now + self._idle / _SWEEPS
        self.drop_idle(now)
        if len(self._worlds) >= self._most:
            named = sorted((world for world in self if world.name), key=lambda each: each.used)
            for world in named[: max(1, self._most // _SHARE)]:
                del self._worlds[world.name]

    def _weigh(self) -> None:
        """Drops what nobody has asked for longest while all worlds together hold too many items."""
        total = sum(world.whole_size for world in self)
        for oldest in sorted((world for world in self if world.name), key=lambda each: each.used):
            if total <= _MOST_ITEMS_OF_ALL:
                return
            total -= oldest.whole_size
            del self._worlds[oldest.name]
