"""Worlds that processes share: what one changes, all others have, and nothing is lost."""

import asyncio
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from accord.exchange import Kind, Violation
from accord.mocking.faulting.reading import read_fault
from accord.mocking.faulting.rules import Rules
from accord.mocking.ordering import Ordered
from accord.mocking.scenarios.progress import Progress
from accord.mocking.sharing.others import OTHERS
from accord.mocking.sharing.shared import Shared
from accord.mocking.state.world import Collection, Item, World
from tests.mocking.sharing.conftest import Sharing

NOW = 1_795_382_156.5


def create(world: World, value: object = 1, name: str = "") -> str:
    """Adds an item as a server does, and gives its identifier."""
    held = world.collections.setdefault("pet", Collection())
    item = Item(name or str(held.highest + 1), value, {"house": "1"})
    held.put(item)
    return item.id


async def pets(shared: Shared, world: str = "") -> list[tuple[str, object]]:
    def listed(world: World) -> list[tuple[str, object]]:
        return [(item.id, item.value) for item in world.collections.get("pet", ())]

    return await shared.act(world, NOW, listed)


async def test_what_one_creates_the_others_have(sharing: Sharing) -> None:
    one, other = sharing(), sharing()
    assert await pets(other) == []
    assert await one.act("", NOW, lambda world: create(world, {"name": "Tom"})) == "1"
    assert await other.act("", NOW, lambda world: create(world, {"name": "Ada"})) == "2"
    assert await pets(one) == await pets(other) == [("1", {"name": "Tom"}), ("2", {"name": "Ada"})]


async def test_nothing_is_lost_and_no_identifier_is_given_twice(sharing: Sharing) -> None:
    both = [sharing(), sharing()]

    async def client(shared: Shared) -> list[str]:
        return [await shared.act("", NOW, create) for _ in range(25)]

    names = await asyncio.gather(*(client(shared) for shared in both for _ in range(4)))
    given = sorted(int(name) for each in names for name in each)
    assert given == list(range(1, 201))
    assert [name for name, _ in await pets(sharing())] == [str(number) for number in given]


async def test_an_item_keeps_its_place_when_it_is_changed_and_leaves_none_when_it_is_removed(
    sharing: Sharing,
) -> None:
    one, other = sharing(), sharing()
    for _ in range(4):
        await one.act("", NOW, create)
    await pets(other)

    def change(world: World) -> None:
        held = world.collections["pet"]
        create(world, 2, "2")
        held.remove(next(item for item in held if item.id == "3"))

    await one.act("", NOW, change)
    assert await pets(other) == await pets(sharing()) == [("1", 1), ("2", 2), ("4", 1)]


async def test_who_was_forestalled_acts_anew_on_the_world_as_it_is(
    sharing: Sharing, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = sharing(), sharing()
    for _ in range(3):
        await one.act("", NOW, create)
    await pets(other)
    seen: list[int] = []
    commit = other._store.commit

    async def forestalled(*arguments: Any) -> bool:
        if len(seen) == 1:
            await one.act("", NOW, lambda world: create(world, "one's"))
        return await commit(*arguments)

    def act(world: World) -> None:
        seen.append(len(world.collections["pet"]))
        world.collections["pet"].remove(next(iter(world.collections["pet"])))
        create(world, "other's")

    monkeypatch.setattr(other._store, "commit", forestalled)
    await other.act("", NOW, act)
    assert seen == [3, 4]
    assert await pets(one) == await pets(other) == [("2", 1), ("3", 1), ("4", "one's"), ("5", "other's")]


async def test_a_change_that_is_asked_for_twice_is_made_once(
    sharing: Sharing, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = sharing()
    store, commit = shared._store, shared._store.commit

    async def twice(*arguments: Any) -> bool:
        await commit(*arguments)
        return await commit(*arguments)

    monkeypatch.setattr(store, "commit", twice)
    for number in (1, 2):
        assert await shared.act("", NOW, create) == str(number)
    assert await pets(sharing()) == [("1", 1), ("2", 1)]


async def test_an_act_may_wait_and_others_wait_for_it(sharing: Sharing) -> None:
    shared = sharing()

    async def slow(world: World) -> str:
        await asyncio.sleep(0.05)
        return create(world, "slow")

    first = asyncio.create_task(shared.act("", NOW, slow))
    await asyncio.sleep(0)
    assert await shared.act("", NOW, create) == "2"
    assert await first == "1"
    assert await pets(sharing()) == [("1", "slow"), ("2", 1)]


async def test_what_an_act_raises_is_its_own_alone(sharing: Sharing) -> None:
    shared = sharing()

    def fail(_: World) -> None:
        raise ValueError("mine")

    done = await asyncio.gather(
        shared.act("", NOW, create),
        shared.act("", NOW, fail),
        shared.act("", NOW, create),
        return_exceptions=True,
    )
    assert [str(each) for each in done] == ["1", "mine", "2"]


async def test_a_world_that_is_only_read_is_not_kept_and_begins_with_its_rows(sharing: Sharing) -> None:
    def begin(name: str) -> World:
        return World(name, {"pet": Collection([Item("7", "row")])})

    one, other = sharing(begin), sharing(begin)
    assert await pets(one) == [("7", "row")]
    assert await one._store.names() == []
    await one.act("mine", NOW, create)
    assert await pets(other, "mine") == await pets(sharing(), "mine") == [("7", "row"), ("8", 1)]
    assert await one._store.names() == ["mine"]


async def test_values_of_any_kind_come_back_as_they_were(sharing: Sharing) -> None:
    value = {
        "big": 2**80,
        "text": "a\u2028\ud800",
        "none": None,
        "float": 1.5,
        "very": [[[{}]]],
        "é\n:": "\0",
    }
    await sharing().act("a/é\n:b", NOW, lambda world: create(world, value, "ü:/\n"))
    assert await pets(sharing(), "a/é\n:b") == [("ü:/\n", value)]


async def test_everything_that_a_world_has_is_shared(sharing: Sharing) -> None:
    def fill(world: World) -> None:
        create(world)
        world.snapshots["before"] = world.copied("before")
        broken = Violation(Kind.INVALID, "body", "is wrong", "/paths")
        ordered = Ordered(status=422, body=b"\xff", headers=((b"x", b"y"),), merge=None, violations=(broken,))
        world.overrides.order("a", replace(ordered, faults=(read_fault("delay=1s"),)), times=2)
        world.overrides.take("a")
        world.faults.rules.order(read_fault("delay=1s; rate=50%"), "b", times=3, is_on=False)
        world.faults.trial("b", "s", NOW, common=Rules(), stated=read_fault("limit=2/1m"))
        world.scenarios["busy"] = Progress("second", (0, 2))
        world.is_full = True

    one, other = sharing(), sharing()
    await one.act("", NOW, fill)
    first = await one.act("", NOW, lambda world: world)
    second = await other.act("", NOW, lambda world: world)
    assert list(second.overrides) == list(first.overrides)
    for name, each in OTHERS.items():
        assert each.plain(second) == each.plain(first) is not None, name
    assert [item.value for item in second.snapshots["before"].collections["pet"]] == [1]
    known = {"name", "used", "collections", "snapshots", "overrides", "faults", "scenarios", "is_full"}
    assert vars(first).keys() == known, "give what is new in a world to `OTHERS`, and then to this test"


async def test_what_is_taken_out_of_a_world_is_taken_out_for_all(sharing: Sharing) -> None:
    def fill(world: World) -> None:
        create(world)
        world.snapshots["before"] = world.copied("before")
        world.overrides.order("a", Ordered(status=422))

    def empty(world: World) -> None:
        world.collections.clear()
        world.snapshots.clear()
        world.overrides.replace(0, ())

    one, other = sharing(), sharing()
    await one.act("", NOW, fill)
    await other.act("", NOW, empty)
    for shared in (one, other, sharing()):
        world = await shared.act("", NOW, lambda world: world)
        assert (world.collections, world.snapshots, list(world.overrides)) == ({}, {}, [])


async def test_a_collection_that_is_put_in_place_of_another_is_so_for_all(sharing: Sharing) -> None:
    def replace(world: World) -> None:
        world.collections["pet"] = Collection([Item("9", "new")])

    one, other = sharing(), sharing()
    for _ in range(5):
        await one.act("", NOW, create)
    await pets(other)
    await one.act("", NOW, replace)
    assert await pets(other) == await pets(one) == await pets(sharing()) == [("9", "new")]
    assert await other.act("", NOW, create) == "10"


async def test_who_has_missed_much_gets_all_of_it(sharing: Sharing) -> None:
    one, other = sharing(), sharing()
    await one.act("", NOW, create)
    await pets(other)

    def remove(world: World) -> None:
        held = world.collections["pet"]
        held.remove(next(iter(held)))

    for number in range(600):
        await one.act("", NOW, partial(create, value=number, name="1"))
        if number % 3 == 0:
            await one.act("", NOW, remove)
    assert await pets(other) == await pets(one) == [("1", 599)]


@pytest.mark.parametrize("name", ["", "mine"])
async def test_a_world_that_is_dropped_begins_anew(sharing: Sharing, name: str) -> None:
    one, other = sharing(), sharing()
    await one.act(name, NOW, create)
    await pets(other, name)
    await one._store.remove(name)
    assert await other.act(name, NOW, create) == "1"
    assert await pets(one, name) == [("1", 1)]
