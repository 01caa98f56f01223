"""A world as parts that a store keeps: plain data as JSON, each small enough to be written by itself."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

import orjson

from accord.mocking.sharing.others import OTHERS
from accord.mocking.sharing.stores import Parts
from accord.mocking.state.world import Collection, Item, World

_COLLECTION, _ITEM, _SNAPSHOT = "collection", "item", "snapshot"
_SLOWLY = b" "
"""What a text begins with that orjson would not read as it was written."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What of a world is in the store, by its version there: what is not the same by now has changed."""

    version: str = ""
    collections: Mapping[str, Collection] = field(default_factory=dict)
    snapshots: Mapping[str, World] = field(default_factory=dict)
    others: Mapping[str, bytes] = field(default_factory=dict)


NOTHING = Ledger()


def ledger_of(world: World, version: str) -> Ledger:
    """The ledger of a world that is as the store has it, and whose changes are from now on followed."""
    for held in world.collections.values():
        held.changed = set()
    return Ledger(version, dict(world.collections), dict(world.snapshots), dict(_others(world)))


def changes(world: World, ledger: Ledger) -> Parts:
    """The parts that a world has otherwise than its ledger says."""
    parts: dict[str, bytes | None] = {}
    for name, held in ledger.collections.items():
        if world.collections.get(name) is not held:
            parts[_part(_COLLECTION, name)] = None
            numbers = {*held.numbered, *(held.changed or ())}
            parts |= dict.fromkeys((_part(_ITEM, name, number) for number in numbers), None)
    for name, held in world.collections.items():
        is_known = ledger.collections.get(name) is held
        numbers = (held.changed or set()) if is_known else set(held.numbered)
        if numbers or not is_known:
            parts[_part(_COLLECTION, name)] = _text([held.count, held.highest])
        for number in numbers:
            item = held.numbered.get(number)
            parts[_part(_ITEM, name, number)] = None if item is None else _text(_plain_item(item))
    return {**parts, **_changed_snapshots(world, ledger), **_changed_others(world, ledger)}


def lay(world: World, parts: Parts) -> None:
    """Makes a world what these parts say."""
    collections: dict[str, bytes | None] = {}
    items: list[tuple[str, int, bytes | None]] = []
    for part, text in parts.items():
        kind, *rest = part.split(":")
        if kind == _COLLECTION:
            collections[unquote(rest[0])] = text
        elif kind == _ITEM:
            items.append((unquote(rest[0]), int(rest[1]), text))
        elif kind == _SNAPSHOT:
            _lay_snapshot(world, unquote(rest[0]), text)
        elif kind in OTHERS:
            OTHERS[kind].lay(world, None if text is None else _value(text))
    _lay_collections(world, collections, items)


def _lay_collections(
    world: World, heads: Mapping[str, bytes | None], items: Iterable[tuple[str, int, bytes | None]]
) -> None:
    for name, text in heads.items():
        if text is None:
            world.collections.pop(name, None)
        else:
            held = world.collections.setdefault(name, Collection())
            held.count, held.highest = _value(text)
    touched = set()
    for name, number, text in items:
        if name in world.collections:
            world.collections[name].lay(number, None if text is None else _item(_value(text)))
            touched.add(name)
    for name in touched:
        world.collections[name].order()
        world.collections[name].answers.clear()


def _changed_snapshots(world: World, ledger: Ledger) -> Parts:
    parts: dict[str, bytes | None] = {
        _part(_SNAPSHOT, name): None for name in ledger.snapshots if name not in world.snapshots
    }
    for name, snapshot in world.snapshots.items():
        if ledger.snapshots.get(name) is not snapshot:
            parts[_part(_SNAPSHOT, name)] = _text(_plain_snapshot(snapshot))
    return parts


def _changed_others(world: World, ledger: Ledger) -> Parts:
    now = dict(_others(world))
    parts: dict[str, bytes | None] = {name: None for name in ledger.others if name not in now}
    return parts | {name: text for name, text in now.items() if ledger.others.get(name) != text}


def _plain_snapshot(snapshot: World) -> Any:
    held = {
        name: [each.count, each.highest, [_plain_item(item) for item in each]]
        for name, each in snapshot.collections.items()
    }
    return [snapshot.used, held, OTHERS["scenarios"].plain(snapshot)]


def _lay_snapshot(world: World, name: str, text: bytes | None) -> None:
    if text is None:
        world.snapshots.pop(name, None)
        return
    saved, collections, scenarios = _value(text)
    snapshot = World(name)
    snapshot.used = saved
    OTHERS["scenarios"].lay(snapshot, scenarios)
    for resource, (count, highest, items) in collections.items():
        held = snapshot.collections[resource] = Collection(map(_item, items), count)
        held.highest = highest
    world.snapshots[name] = snapshot


def _plain_item(item: Item) -> Any:
    """An item with the forms in which it was answered with more than its value has, and what it hides."""
    forms = {
        name: held for name, held in item.answers.items() if isinstance(name, str) and held is not item.value
    }
    plain = [item.id, dict(item.scope), item.value]
    if item.hides:
        return [*plain, forms, item.whole]
    return [*plain, forms] if forms else plain


def _item(plain: Any) -> Item:
    name, scope, value, *more = plain
    return Item(name, value, scope, dict(more[0]) if more else {}, *more[1:])


def _others(world: World) -> Iterable[tuple[str, bytes]]:
    for name, other in OTHERS.items():
        plain = other.plain(world)
        if plain is not None:
            yield name, _text(plain)


def _part(kind: str, name: str, number: int | None = None) -> str:
    part = f"{kind}:{quote(name, safe='')}"
    return part if number is None else f"{part}:{number}"


def _text(value: Any) -> bytes:
    """The value as JSON, whatever came in a request."""
    try:
        return orjson.dumps(value)
    except TypeError:  # an integer of more than 64 bits, a lone surrogate, a key that is no text
        return _SLOWLY + json.dumps(value, default=_latin).encode()


def _latin(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("latin-1")
    raise TypeError(f"{type(value).__name__} cannot be kept")


def _value(text: bytes) -> Any:
    return json.loads(text) if text.startswith(_SLOWLY) else orjson.loads(text)
