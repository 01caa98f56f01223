"""Snapshots of a world's state, by name."""

from collections.abc import Mapping
from typing import Any

from accord.mocking.control.asked import Answering, Asked, Impossible, json_answer, moment, no_content
from accord.mocking.control.worlds import counts, shown
from accord.mocking.model import Response
from accord.mocking.state.world import World

_MOST = 100
"""Snapshots of one world."""


def _shown(snapshot: World) -> Mapping[str, Any]:
    return {"name": snapshot.name, "saved": moment(snapshot.used), "items": counts(snapshot)}


def _list(asked: Asked) -> Response:
    return json_answer({"snapshots": [_shown(each) for each in asked.world.snapshots.values()]})


def _save(asked: Asked) -> Response:
    world, name = asked.world, asked.path("snapshot")
    if name not in world.snapshots and len(world.snapshots) >= _MOST:
        raise Impossible.of(409, f"A world has at most {_MOST} snapshots: delete one.")
    saved = world.copied(name)
    saved.used = asked.now
    world.snapshots[name] = saved
    return json_answer(_shown(saved))


def _restore(asked: Asked) -> Response:
    world = asked.world
    saved = _found(world, asked.path("snapshot")).copied(world.name)
    world.collections, world.scenarios = saved.collections, saved.scenarios
    return json_answer(shown(world))


def _delete(asked: Asked) -> Response:
    del asked.world.snapshots[_found(asked.world, asked.path("snapshot")).name]
    return no_content()


def _found(world: World, name: str) -> World:
    """The snapshot of that name. Raises Impossible."""
    if name not in world.snapshots:
        known = ", ".join(world.snapshots) or "none"
        raise Impossible.of(404, f"There is no snapshot {name!r}; there are: {known}.")
    return world.snapshots[name]


OPERATIONS: Mapping[str, Answering] = {
    "listSnapshots": _list,
    "saveSnapshot": _save,
    "restoreSnapshot": _restore,
    "deleteSnapshot": _delete,
}
