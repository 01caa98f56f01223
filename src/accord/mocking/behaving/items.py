"""The items of a resource, as a behaviour reads and writes them."""

from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

from accord.document import pointers
from accord.document.pointers import found, laid
from accord.handling.binding import plain
from accord.handling.leniency import Leniency
from accord.mocking.resources import Resource
from accord.mocking.state.changing import restored
from accord.mocking.state.hiding import unspoken
from accord.mocking.state.keeper import Keeper
from accord.mocking.state.world import Collection, Item, World
from accord.mocking.texts import named

ItemT = TypeVar("ItemT")


class Stateless(RuntimeError):
    """State was asked for, and the mock keeps none. Or it has no such resource."""


class UnusableItem(ValueError):
    """An item that cannot be kept: it breaks the contract's schema, or has no identifier."""


class Items(Generic[ItemT]):
    """The items of a resource in the world of the request, and within what its path is in.

    Each is of the type that they were asked for in, or else a dict. To change one that was given changes
    nothing: it has to be put back.
    """

    def __init__(
        self,
        keeper: Keeper,
        world: World,
        resource: Resource,
        *,
        scope: Mapping[str, str],
        model: Any = None,
        now: float = 0,
    ) -> None:
        self._keeper = keeper
        self._world = world
        self._resource = resource
        self._scope = scope
        self._model = model
        self._now = now

    def list(self) -> "list[ItemT]":
        """All items, the oldest first."""
        return [self._typed(item) for item in self._held() if item.is_in(self._scope)]

    def get(self, id: object) -> ItemT | None:  # noqa: A002 - the contract's word
        """The item of that identifier; None where there is none."""
        item = self._find(named(id))
        return None if item is None else self._typed(item)

    def put(self, item: ItemT, *, id: object = None) -> ItemT:  # noqa: A002 - the contract's word
        """The item as it is kept from now on, in the place of the one that has its identifier.

        `id` names one whose value has no identifier in it. Raises UnusableItem.
        """
        value = self._with_identifier(plain(item), id)
        for wrong in self._keeper.maker.violations(self._resource.schema, value):
            raise UnusableItem(f"the {self._resource.name} cannot be kept: {wrong.pointer} {wrong.reason}")
        name = self._identity(value, id)
        before = self._find(name)
        if before is not None and before.hides:
            value = restored(value, before.whole, unspoken(before.whole, before.value, value))
        return self._kept(value, name)

    def create(self, fields: object) -> ItemT:
        """A new item of these fields, an object or a model, with all that a server adds to them."""
        collection = self._collection()
        sent = plain(fields)
        value = self._keeper.maker.value(self._resource, sent, {}, collection, self._now)
        return self._kept(value, self._identity(value, None))

    def remove(self, id: object) -> ItemT | None:  # noqa: A002 - the contract's word
        """The item that was taken out, and with it what was in it; None where there was none."""
        item = self._find(named(id))
        if item is None:
            return None
        self._keeper.remove(self._world, self._resource, item)
        return self._typed(item)

    def _held(self) -> Iterable[Item]:
        """The items that there are: those of the contract's examples where nobody has written."""
        known = self._world.collections.get(self._resource.name)
        return self._keeper.seeds.of(self._resource) if known is None else known

    def _collection(self) -> Collection:
        return self._keeper.collection(self._world, self._resource)

    def _find(self, name: str) -> Item | None:
        return next((each for each in self._held() if each.id == name and each.is_in(self._scope)), None)

    def _kept(self, value: Any, name: str) -> ItemT:
        item = self._keeper.maker.item(self._resource, name, value, self._scope)
        held = self._collection()
        held.put(item)
        self._world.make_room(held)
        return self._typed(item)

    def _identity(self, value: Any, name: object) -> str:
        pointer = self._pointer
        own = found(value, pointers.split(pointer)) if pointer else name
        if own is None and not self._resource.is_singleton:
            raise UnusableItem(f"the {self._resource.name} has no identifier; give it as `id`")
        return "" if own is None else named(own)

    def _with_identifier(self, value: Any, name: object) -> Any:
        """The value with the identifier in it, where it has a place there and nothing stands in it."""
        identifier, pointer = self._resource.identifier, self._pointer
        if identifier is None or not pointer or name is None:
            return value
        tokens = pointers.split(pointer)
        if found(value, tokens) is not None:
            return value
        return laid(value, tokens, self._keeper.maker.typed(identifier.schema, str(name)))

    @property
    def _pointer(self) -> str | None:
        return self._resource.identifier.pointer if self._resource.identifier else None

    def _typed(self, item: Item) -> ItemT:
        if self._model is None:
            copied: ItemT = plain(item.value)
            return copied
        typed: ItemT = Leniency().value(self._model, item.value)
        return typed
