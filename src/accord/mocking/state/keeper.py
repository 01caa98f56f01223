"""What an operation does to the state, by the role that it has for its resource."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import unquote

from accord.contract import Contract, Operation
from accord.document import pointers
from accord.exchange import ABSENT, Kind, Violation
from accord.mocking.resources import (
    Place,
    Resource,
    ResourceOperation,
    Resources,
    infer_resources,
)
from accord.mocking.state.asked import Asked
from accord.mocking.state.changing import Unpatched, changed, without_files
from accord.mocking.state.laying import Layer
from accord.mocking.state.listing import is_asked, page_of
from accord.mocking.state.making import Maker
from accord.mocking.state.outcomes import Done, Outcome, Refused
from accord.mocking.state.seeding import Seeds
from accord.mocking.state.world import Collection, Item, World, found
from accord.mocking.values import Values

_CREATED = 201
_STATEFUL = frozenset({"create", "list", "read", "replace", "update", "delete"})


class _Act(NamedTuple):
    """An operation on a resource, asked for in a scope of a world."""

    operation: Operation
    does: ResourceOperation
    resource: Resource
    asked: Asked
    world: World
    scope: Mapping[str, str]
    now: float

    @property
    def key(self) -> str:
        """The identifier in the path; nothing for a singleton."""
        return unquote(self.asked.path.get(self.does.key, "")) if self.does.key else ""


class Keeper:
    """Keeps the items of a contract's resources. All of it is inferred when it is first asked."""

    def __init__(self, contract: Contract, values: Values) -> None:
        self.contract = contract
        self._values = values
        self._maker = Maker(contract, values)
        self.layer = Layer(values, self._maker)

    @property
    def maker(self) -> Maker:
        """What makes the values of items."""
        return self._maker

    @cached_property
    def resources(self) -> Resources:
        """What the contract's operations do to which resources."""
        return infer_resources(self.contract)

    @cached_property
    def seeds(self) -> Seeds:
        """The items that there are before anybody has written."""
        return Seeds(self.contract, self.resources, self._values, self._maker)

    def does(self, operation: Operation) -> ResourceOperation | None:
        """What an operation does to a resource; None where it is answered by the contract alone."""
        known = self.resources.operations.get(operation.id)
        return known if known is not None and known.role in _STATEFUL and known.resource else None

    def is_static(self, does: ResourceOperation, world: World, asked: Asked) -> bool:
        """Is this what the contract alone answers: a question about what nobody has written to?"""
        if does.role not in ("list", "read") or does.resource in world.collections:
            return False
        if any(parent in world.collections for parent in does.scope):
            return False
        return does.listing is None or not is_asked(does.listing, asked.parameters, asked.query)

    def act(
        self, operation: Operation, does: ResourceOperation, asked: Asked, world: World, now: float
    ) -> Outcome:
        """What comes of a right request."""
        resource = self.resources.by_name[does.resource]
        scope = {name: unquote(asked.path[parameter]) for name, parameter in does.scope.items()}
        act = _Act(operation, does, resource, asked, world, scope, now)
        for lacking in (*self._without_parents(act), *self._dangling(act)):
            return Refused(lacking)
        return _ROLES[does.role](self, act)

    def collection(self, world: World, resource: Resource) -> Collection:
        """The items of a resource, which from now on are those of the world, and no longer the contract's."""
        known = world.collections.get(resource.name)
        if known is None:
            known = world.collections[resource.name] = Collection(self.seeds.of(resource))
        return known

    def _list(self, act: _Act) -> Outcome:
        if act.does.listing is None:
            return None
        held = act.world.collections.get(act.resource.name)
        items = self.seeds.of(act.resource) if held is None else held
        page = page_of(
            (item for item in items if item.is_in(act.scope)), act.does.listing, act.asked.parameters
        )
        return Done(items=page.items, members=page.members, neighbours=page.neighbours)

    def _read(self, act: _Act) -> Outcome:
        held = act.world.collections.get(act.resource.name)
        if held is None:
            return None
        item = held.find(act.key, act.scope)
        if item is None and act.resource.is_singleton:
            return None
        return Refused(_missing(act)) if item is None else Done(item)

    def _create(self, act: _Act, *, key: str = "", status: int | None = None) -> Outcome:
        resource, identifier = act.resource, act.resource.identifier
        if not resource.is_singleton and not key and (identifier is None or identifier.pointer is None):
            return None
        sent = self._sent(act)
        if sent is ABSENT:
            return None
        held = self.collection(act.world, resource)
        value = self._maker.value(resource, sent, dict(self._given(act, key)), held, act.now)
        value, answers = self._as_answered(act, sent, value)
        name = key or (_identity(value, identifier.pointer) if identifier and identifier.pointer else "")
        item = Item(name, value, act.scope, answers)
        is_new = bool(key) or resource.is_singleton or held.find(item.id, act.scope) is None
        if not is_new and _refuses_what_is_there(act.operation):
            return Refused(_taken(act, item.id))
        held.put(item)
        return Done(item, status=status)

    def _as_answered(self, act: _Act, sent: Any, value: Any) -> tuple[Any, dict[Any, Any]]:
        """The value with what the answer has of it, where that is described in a schema of its own.

        Second is the item as it has it: there may be a place for more of what was sent than where it is read.
        """
        schema, answers = act.resource.schema, dict[Any, Any]()
        for place in (place for places in act.does.responses.values() for place in places.values()):
            if place.schema == schema or not isinstance(value, dict) or not isinstance(sent, dict):
                continue
            key = f"{act.resource.name} {act.operation.id}"
            answered = answers[place.schema] = self._maker.fitting(place.schema, {**sent, **value}, key)
            if isinstance(answered, dict):
                both = {name: answered.get(name, held) for name, held in value.items()}
                value = both if self._values.is_valid(schema, both) else value
        return value, answers

    def _change(self, act: _Act) -> Outcome:
        does, resource = act.does, act.resource
        key = act.key
        if not key and not resource.is_singleton:
            key = _identity(found(act.asked.body, []), does.key_pointer or "") if does.key_pointer else ""
        item = self._present(act, key)
        if item is None:
            return (
                self._create(act, key=key, status=_CREATED) if does.creates else Refused(_missing(act, key))
            )
        sent = self._sent(act)
        if sent is ABSENT:
            return Done(item)
        media_type = act.asked.media_type or ""
        how = does.updates.get(media_type, "replace" if does.role == "replace" else "merge")
        kept = [*resource.read_only]
        if resource.identifier is not None and resource.identifier.pointer is not None:
            kept.append(resource.identifier.pointer)
        try:
            value = changed(item.value, sent, how, media_type, kept)
        except Unpatched as error:
            return Refused(Violation(Kind.INVALID, "body", str(error), act.operation.pointer))
        value = self._maker.timed(resource, value, act.now, ("updated",))
        value = self._maker.fitting(resource.schema, value, f"{resource.name} {item.id}")
        changed_item = Item(item.id, value, item.scope)
        self.collection(act.world, resource).put(changed_item)
        return Done(changed_item)

    def _delete(self, act: _Act) -> Outcome:
        item = self._present(act, act.key)
        if item is None:
            return Refused(_missing(act))
        self.collection(act.world, act.resource).remove(item)
        for name, held in act.world.collections.items():
            if act.resource.name in self.resources.by_name[name].parents:
                for child in [child for child in held if child.scope.get(act.resource.name) == item.id]:
                    held.remove(child)
        return Done(item)

    def _present(self, act: _Act, key: str) -> Item | None:
        """The item that is meant. As long as nobody has written, any identifier means one."""
        is_open = act.resource.name not in act.world.collections
        held = self.collection(act.world, act.resource)
        item = held.find(key, act.scope)
        if item is None and (is_open or act.resource.is_singleton) and not act.does.creates:
            item = self.seeds.adopted(act.resource, key, act.scope)
            if item is not None:
                held.put(item)
        return item

    def _sent(self, act: _Act) -> Any:
        """The item in the request's body, its members under the names that the item has them by."""
        place = act.does.request.get(act.asked.media_type or "")
        if act.asked.body is ABSENT:
            return {} if act.does.role == "create" and not act.does.request else ABSENT
        body = without_files(act.asked.body)
        return body if place is None else _at(body, place)

    def _given(self, act: _Act, key: str) -> Iterator[tuple[str, Any]]:
        """What the path says of a new item: its identifier, and the parents that it refers to."""
        resource, identifier = act.resource, act.resource.identifier
        if key and identifier is not None and identifier.pointer is not None:
            yield identifier.pointer, self._maker.typed(identifier.schema, key)
        for reference in resource.references:
            if reference.resource in act.scope and not reference.many:
                schema = self._maker.schema_at(resource.schema, reference.pointer)
                yield reference.pointer, self._maker.typed(schema, act.scope[reference.resource])

    def _without_parents(self, act: _Act) -> Iterator[Violation]:
        """What is wrong with the path: a parent that is not there."""
        for name in act.resource.parents:
            held = act.world.collections.get(name)
            if held is not None and name in act.scope and held.find(act.scope[name], {}) is None:
                yield _absent(name, act.does.scope[name], act.scope[name], act.operation)

    def _dangling(self, act: _Act) -> Iterator[Violation]:
        """What is wrong with a body: a reference to an item that is not there."""
        sent = self._sent(act) if act.does.role in ("create", "replace", "update") else None
        for reference in act.resource.references if isinstance(sent, dict) else ():
            held = act.world.collections.get(reference.resource)
            named = found(sent, pointers.split(reference.pointer))
            for name in named if isinstance(named, list) else [named]:
                if held is not None and isinstance(name, str | int) and held.find(str(name), {}) is None:
                    reason = f"names no {reference.resource.replace('_', ' ')} that exists"
                    rule, shown = act.operation.pointer, str(name)[:80]
                    yield Violation(Kind.INVALID, "body", reason, rule, None, reference.pointer, "", shown)


_ROLES = {
    "list": Keeper._list,  # noqa: SLF001 - its own methods
    "read": Keeper._read,  # noqa: SLF001
    "create": Keeper._create,  # noqa: SLF001
    "replace": Keeper._change,  # noqa: SLF001
    "update": Keeper._change,  # noqa: SLF001
    "delete": Keeper._delete,  # noqa: SLF001
}


def _refuses_what_is_there(operation: Operation) -> bool:
    """Does the contract say that nothing is created twice? Otherwise the new takes the place of the old."""
    return bool({"409", "4XX", "4xx"} & operation.responses.keys())


def _at(body: Any, place: Place) -> Any:
    value = found(body, pointers.split(place.pointer))
    if place.renamed and isinstance(value, dict):
        value = {place.renamed.get(name, name): held for name, held in value.items()}
    return ABSENT if value is None and place.pointer else value


def _identity(value: Any, pointer: str) -> str:
    """The identifier of a value as text."""
    known = found(value, pointers.split(pointer))
    return "" if known is None else str(known)


def _missing(act: _Act, key: str = "") -> Violation:
    return _absent(act.resource.name, act.does.key or "", key or act.key, act.operation)


def _absent(resource: str, parameter: str, key: str, operation: Operation) -> Violation:
    shown = key[:80]
    reason = f"names no {resource.replace('_', ' ')} that exists: {shown!r}"
    return Violation(Kind.PATH, "path", reason, operation.path_pointer, parameter, "", "", shown)


def _taken(act: _Act, key: str) -> Violation:
    identifier = act.resource.identifier
    pointer = identifier.pointer if identifier is not None and identifier.pointer else ""
    reason = f"names a {act.resource.name.replace('_', ' ')} that exists already"
    return Violation(Kind.CONFLICT, "body", reason, act.operation.pointer, None, pointer, "", key[:80])
