"""Worlds: made when they are asked for, dropped when nobody asks any more."""

from accord.mocking.state.world import Collection, World, Worlds


def names(worlds: Worlds) -> list[str]:
    return sorted(world.name for world in worlds)


def test_a_world_is_made_once() -> None:
    worlds = Worlds()
    assert worlds.of("a", 1.0) is worlds.of("a", 2.0)


def test_a_world_is_at_first_what_it_is_made_to_be() -> None:
    worlds = Worlds(lambda name: World(name, {name: Collection()}))
    assert list(worlds.of("a", 1.0).collections) == ["a"]


def test_a_world_that_nobody_asks_is_dropped() -> None:
    worlds = Worlds(idle=10)
    for name, now in (("", 0.0), ("a", 0.0), ("b", 5.0)):
        worlds.of(name, now)
    worlds.drop_idle(11.0)
    assert names(worlds) == ["", "b"]


def test_of_too_many_worlds_the_one_goes_that_was_asked_longest_ago() -> None:
    worlds = Worlds(most=3)
    for now, name in enumerate(["", "a", "b", "a", "c"]):
        worlds.of(name, float(now))
    assert names(worlds) == ["", "a", "c"]


def test_a_world_that_is_reset_is_made_anew_and_keeps_its_snapshots() -> None:
    worlds = Worlds()
    before = worlds.of("a", 1.0)
    before.snapshots["s"] = before.copied("s")
    after = worlds.reset("a", 2.0)
    assert (after is before, list(after.snapshots), worlds.of("a", 3.0) is after) == (False, ["s"], True)
