"""The state of a world, resource by resource: what is written has to keep the contract."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from accord.document import pointers
from accord.document.pointers import found, laid
from accord.exchange import Violation, problem_of
from accord.mocking.control.asked import Answering, Asked, Impossible, json_answer, no_content, wrong
from accord.mocking.model import Response
from accord.mocking.resources import Resource
from accord.mocking.state.world import Collection, Item
from accord.mocking.texts import named


def _shown(item: Item) -> Mapping[str, Any]:
    return {"id": item.id, "scope": dict(item.scope), "value": item.whole}


def _resource(asked: Asked) -> Resource:
    """The resource in the path. Raises Impossible."""
    known = asked.mock.keeper.resources.by_name
    name = asked.path("resource")
    if name not in known:
        raise Impossible.of(404, f"There is no resource {name!r}; there are: {', '.join(known) or 'none'}.")
    return known[name]


def _held(asked: Asked, resource: Resource) -> Iterable[Item]:
    """The items that there are: those of the contract's examples where nobody has written."""
    known = asked.world.collections.get(resource.name)
    return asked.mock.keeper.seeds.of(resource) if known is None else known


async def _list_resources(asked: Asked) -> Response:
    """All resources of a large contract take seconds when they are first asked for: others go in between."""
    keeper = asked.mock.keeper
    described = []
    for resource in await asyncio.to_thread(lambda: keeper.resources.resources):
        described.append(_described(asked, resource))
        await asyncio.sleep(0)
    return json_answer({"resources": described})


def _described(asked: Asked, resource: Resource) -> Mapping[str, Any]:
    return {
        "name": resource.name,
        "schema": resource.schema,
        "identifier": resource.identifier.pointer if resource.identifier else None,
        "scope": list(resource.scope),
        "isSingleton": resource.is_singleton,
        "isWritten": resource.name in asked.world.collections,
        "count": sum(1 for _ in _held(asked, resource)),
        "operations": list(resource.operations),
    }


def _list(asked: Asked) -> Response:
    resource = _resource(asked)
    return json_answer(
        {
            "resource": resource.name,
            "isWritten": resource.name in asked.world.collections,
            "items": [_shown(item) for item in _held(asked, resource)],
        }
    )


def _replace(asked: Asked) -> Response:
    resource = _resource(asked)
    entries = asked.body["items"]
    made = [_item(asked, resource, entry, f"/items/{at}") for at, entry in enumerate(entries)]
    wrongs = [each for item, at in made for each in _wrongs(asked, resource, item, at)]
    taken: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
    for item, at in made:
        key = (item.id, tuple(sorted(item.scope.items())))
        if key in taken:
            wrongs.append(wrong(f"is a second item {item.id!r}", resource.schema, at))
        taken.add(key)
    if wrongs:
        raise Impossible(problem_of(wrongs))
    asked.world.collections[resource.name] = Collection(item for item, _ in made)
    return _list(asked)


def _forget(asked: Asked) -> Response:
    name, world = _resource(asked).name, asked.world
    first = asked.worlds.begun(world.name).collections.get(name)
    world.collections.pop(name, None)
    if first is not None:
        world.collections[name] = first
    return no_content()


def _get(asked: Asked) -> Response:
    return json_answer(_shown(_found(asked, _resource(asked))))


def _put(asked: Asked) -> Response:
    resource = _resource(asked)
    item, at = _item(asked, resource, {**asked.body, "id": asked.path("id")}, "")
    wrongs = list(_wrongs(asked, resource, item, at))
    if wrongs:
        raise Impossible(problem_of(wrongs))
    asked.mock.keeper.collection(asked.world, resource).put(item)
    return json_answer(_shown(item))


def _delete(asked: Asked) -> Response:
    resource = _resource(asked)
    held = asked.mock.keeper.collection(asked.world, resource)
    held.remove(_found(asked, resource))
    return no_content()


def _found(asked: Asked, resource: Resource) -> Item:
    """The item in the path. Raises Impossible."""
    name, scope = asked.path("id"), asked.query("scope") or {}
    named = (each for each in _held(asked, resource) if each.id == name and each.is_in(scope))
    item = next(named, None)
    if item is None:
        raise Impossible.of(404, f"There is no {resource.name} {name[:200]!r}.")
    return item


def _item(asked: Asked, resource: Resource, entry: Mapping[str, Any], at: str) -> tuple[Item, str]:
    """The item that is sent, with the place of its value; the value has the identifier where it has none."""
    value, name = entry["value"], entry.get("id", "")
    identifier = resource.identifier
    if identifier is not None and identifier.pointer is not None and isinstance(value, dict):
        tokens = pointers.split(identifier.pointer)
        own = found(value, tokens)
        if own is None and name:
            value = laid(value, tokens, asked.mock.keeper.maker.typed(identifier.schema, name))
        name = name or ("" if own is None else named(own))
    made = asked.mock.keeper.maker.item(resource, name, value, entry.get("scope", {}))
    return made, f"{at}/value"


def _wrongs(asked: Asked, resource: Resource, item: Item, at: str) -> Iterator[Violation]:
    """What is wrong with an item: its value by the contract's schema, its identifier, its scope."""
    for each in asked.mock.keeper.maker.violations(resource.schema, item.whole):
        place, said = at + each.pointer, {"expected": each.expected, "received": each.received}
        yield wrong(each.reason, each.rule, place, **said)
    pointer = resource.identifier.pointer if resource.identifier else None
    own = None if pointer is None else found(item.whole, pointers.split(pointer))
    if own is not None and named(own) != item.id:
        yield wrong(f"is not {item.id!r}, the identifier beside it", resource.schema, f"{at}{pointer}")
    if not item.id and not resource.is_singleton:
        yield wrong("has no identifier; give it as `id`", resource.schema, at)
    for name in item.scope:
        if name not in resource.scope:
            known = ", ".join(resource.scope) or "nothing"
            reason = f"is nothing that it is in; that is: {known}"
            yield wrong(reason, resource.schema, pointers.join(at.removesuffix("/value"), "scope", name))


OPERATIONS: Mapping[str, Answering] = {
    "listResources": _list_resources,
    "listItems": _list,
    "replaceItems": _replace,
    "forgetItems": _forget,
    "getItem": _get,
    "putItem": _put,
    "deleteItem": _delete,
}
