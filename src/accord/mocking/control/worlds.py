"""Worlds, as the interface shows, makes, resets and drops them."""

from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from accord.mocking.control.asked import (
    Answering,
    Asked,
    Impossible,
    created,
    json_answer,
    moment,
    no_content,
    shown_name,
)
from accord.mocking.model import ROOT, Response
from accord.mocking.places import DEFAULT, named, prefix_of
from accord.mocking.state.world import World


def shown(world: World) -> Mapping[str, Any]:
    """A world as the interface has it."""
    return {
        "name": shown_name(world.name),
        "path": prefix_of(world.name),
        "used": moment(world.used),
        "items": counts(world),
        "overrides": sum(1 for _ in world.overrides),
        "faults": len(world.faults.rules),
        "scenarios": [*reversed(world.scenarios)],
        "snapshots": list(world.snapshots),
    }


def counts(world: World) -> Mapping[str, int]:
    """How many items there are of each resource that was written to."""
    return {resource: len(held) for resource, held in world.collections.items()}


def _list(asked: Asked) -> Response:
    worlds = asked.worlds
    worlds.drop_idle(asked.now)
    worlds.of("", asked.now)
    ordered = sorted(worlds, key=lambda world: world.name)
    return json_answer({"worlds": [shown(world) for world in ordered]})


def _create(asked: Asked) -> Response:
    worlds, body = asked.worlds, asked.body
    name = named(body.get("name") or f"world-{token_hex(4)}")
    if not name or worlds.known(name) is not None:
        detail = f"There is a world {shown_name(name)!r} already: reset it, or choose another name."
        raise Impossible.of(409, detail)
    original = worlds.known(named(body["copyOf"])) if "copyOf" in body else None
    if "copyOf" in body and original is None and named(body["copyOf"]):
        raise Impossible.of(404, f"There is no world {body['copyOf']!r} to copy.")
    if original is not None:
        worlds.put(original.copied(name), asked.now)
    world = worlds.of(name, asked.now)
    return created(shown(world), f"{ROOT}/worlds/{prefix_of(name).rpartition('/')[2]}")


def _get(asked: Asked) -> Response:
    return json_answer(shown(asked.world))


def _reset(asked: Asked) -> Response:
    return json_answer(shown(asked.worlds.reset(asked.world.name, asked.now)))


def _delete(asked: Asked) -> Response:
    name = named(asked.path("world"))
    if not name:
        raise Impossible.of(409, f"The world {DEFAULT!r} is always there: reset it.")
    if not asked.worlds.remove(name):
        raise Impossible.of(404, f"There is no world {name!r}.")
    return no_content()


OPERATIONS: Mapping[str, Answering] = {
    "listWorlds": _list,
    "createWorld": _create,
    "getWorld": _get,
    "resetWorld": _reset,
    "deleteWorld": _delete,
}
