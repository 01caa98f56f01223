"""What an operation does to the state, by the role that it has for its resource."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from accord.contract import Contract, Operation
from accord.document import pointers
from accord.document.pointers import found
from accord.exchange import ABSENT, Kind, Violation
from accord.mocking.resources import (
    Resource,
    ResourceOperation,
    Resources,
    infer_resources,
)
from accord.mocking.resources.ranges import PARTIAL
from accord.mocking.state.acts import Act, in_path, scope_of, sent_in
from accord.mocking.state.asked import Asked
from accord.mocking.state.changing import Unpatched, changed, emptied
from accord.mocking.state.creating import Creating
from accord.mocking.state.hiding import unspoken
from accord.mocking.state.identifying import identity
from accord.mocking.state.including import asks_for_more
from accord.mocking.state.laying import Layer
from accord.mocking.state.linking import Linker
from accord.mocking.state.listing import is_asked, page_of
from accord.mocking.state.making import Maker
from accord.mocking.state.outcomes import Done, Outcome, Refused
from accord.mocking.state.refusals import beyond, dangling, missing, refuses_ranges, taken, without_parents
from accord.mocking.state.seeding import Seeds
from accord.mocking.state.world import MOST_ITEMS, Collection, Item, World
from accord.mocking.values import Values

_CREATED = 201
_STATEFUL = frozenset({"create", "list", "read", "replace", "update", "delete"})
_READING = frozenset({"list", "search", "read", "action"})


class Keeper:
    """Keeps the items of a contract's resources. All of it is inferred when it is first asked."""

    def __init__(self, contract: Contract, values: Values) -> None:
        self.contract = contract
        self._values = values
        self._maker = Maker(contract, values)
        self._creatings: dict[str, Creating] = {}
        self._does: dict[str, ResourceOperation | None] = {}
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
    def linker(self) -> Linker:
        """What knows the paths of items."""
        return Linker(self.contract, self.resources, self._maker)

    @cached_property
    def seeds(self) -> Seeds:
        """The items that there are before anybody has written."""
        return Seeds(self.contract, self.resources, self._values, self._maker)

    def does(self, operation: Operation) -> ResourceOperation | None:
        """What an operation does to a resource; None where it is answered by the contract alone.

        HEAD does what the GET of its path does (RFC 9110 section 9.3.2).
        """
        if operation.id not in self._does:
            self._does[operation.id] = self._found(operation)
        return self._does[operation.id]

    def _found(self, operation: Operation) -> ResourceOperation | None:
        known = self.resources.operations.get(self._like(operation).id)
        if known is None or not known.resource:
            return None
        is_kept = known.role in _STATEFUL or (known.role == "action" and known.responses)
        return known if is_kept or (known.role == "search" and _is_understood(operation, known)) else None

    def _like(self, operation: Operation) -> Operation:
        """The operation that one is answered as: of HEAD, the GET of its path, if there is one."""
        if operation.method != "head":
            return operation
        others = (each for each in self.contract.operations if each.path == operation.path)
        return next((each for each in others if each.method == "get"), operation)

    def is_static(self, does: ResourceOperation, world: World, asked: Asked) -> bool:
        """Is this what the contract alone answers: a question about what nobody has written to?"""
        if does.role not in _READING or does.resource in world.collections:
            return False
        if any(parent in world.collections for parent in does.scope):
            return False
        return does.listing is None or not is_asked(does.listing, asked.parameters, asked.query)

    def act(
        self, operation: Operation, does: ResourceOperation, asked: Asked, world: World, now: float
    ) -> Outcome:
        """What comes of a right request."""
        resource = self.resources.by_name[does.resource]
        act = Act(operation, does, resource, asked, world, scope_of(does, asked), now, sent_in(does, asked))
        if resource.parents or resource.references:
            for lacking in (*without_parents(act), *dangling(act)):
                return Refused(lacking)
        return _ROLES[does.role](self, act)

    def answers(self, operation: Operation, asked: Asked, world: World) -> dict[Any, Any] | None:
        """What the item that is read, or the list, was answered with since it last changed; None for others.

        What is in something else is looked at each time, as is what an answer includes: that may have gone.
        """
        does = self.does(operation)
        if does is None or does.role not in ("list", "read") or asks_for_more(asked):
            return None
        resource = self.resources.by_name[does.resource]
        if resource.parents:
            return None
        held = world.collections.get(does.resource)
        if held is None or does.role == "list":
            return None if held is None else held.answers
        scope = scope_of(does, asked)
        key = in_path(asked, does.key) if does.key else ""
        item = _named(does, resource, held, key, scope)
        return None if item is None else item.answers

    def collection(self, world: World, resource: Resource) -> Collection:
        """The items of a resource, which from now on are those of the world, and no longer the contract's."""
        known = world.collections.get(resource.name)
        if known is None:
            known = world.collections[resource.name] = Collection(self.seeds.of(resource))
        return known

    def remove(self, world: World, resource: Resource, item: Item) -> None:
        """Takes an item out, and with it what was in it."""
        self.collection(world, resource).remove(item)
        for name, held in world.collections.items():
            if resource.name in self.resources.by_name[name].parents:
                for child in tuple(held):
                    if child.scope.get(resource.name) == item.id and child.is_in(item.scope):
                        held.remove(child)

    def _list(self, act: Act) -> Outcome:
        if act.does.listing is None:
            return None
        held = act.world.collections.get(act.resource.name)
        items = self.seeds.of(act.resource) if held is None else held
        inside = (item for item in items if item.is_in(act.scope))
        page = page_of(inside, act.does.listing, act.asked.parameters, act.asked.query)
        if page.is_beyond and refuses_ranges(act.operation):
            return beyond(act, page.members["content_range"][0])
        is_part = page.is_part and act.does.listing.paging.ranges and PARTIAL in act.does.responses
        status = int(PARTIAL) if is_part else None
        return Done(items=page.items, members=page.members, neighbours=page.neighbours, status=status)

    def _read(self, act: Act) -> Outcome:
        held = act.world.collections.get(act.resource.name)
        if held is None:
            return Done(self._unwritten(act)) if self.linker.has_links(act.resource) else None
        item = _named(act.does, act.resource, held, act.key, act.scope)
        if item is None and act.resource.is_singleton:
            return None
        return Refused(missing(act)) if item is None else Done(item)

    def _unwritten(self, act: Act) -> Item:
        """The item at a path as long as nobody has written: the one that is listed, else one like it."""
        listed = (
            each for each in self.seeds.of(act.resource) if each.id == act.key and each.is_in(act.scope)
        )
        return next(listed, None) or self.seeds.adopted(act.resource, act.key, act.scope)

    def _create(self, act: Act, *, key: str = "", status: int | None = None) -> Outcome:
        creating = self._creating(act)
        sent = {} if act.sent is ABSENT and creating.may_be_empty(act) else act.sent
        if sent is ABSENT or not (key or creating.is_found_again):
            return None
        if isinstance(sent, list) and act.is_batch:
            return self._create_all(act, sent)
        held = self.collection(act.world, act.resource)
        item = creating.item(act, sent, key, held)
        if creating.refuses_what_is_there and not key and held.find(item.id, act.scope) is not None:
            return Refused(taken(act, item.id))
        held.put(item)
        return Done(item, status=status or creating.status, findings=_crowded(act, held))

    def _creating(self, act: Act) -> Creating:
        """How an operation creates items, found once."""
        known = self._creatings.get(act.operation.id)
        if known is None:
            made = Creating(self._maker, act.operation, act.does, act.resource)
            known = self._creatings[act.operation.id] = made
        return known

    def _create_all(self, act: Act, sent: list[Any]) -> Outcome:
        """What comes of a request for several items; the first that cannot be created ends it."""
        items: list[Item] = []
        for each in sent:
            made = self._create(act._replace(sent=each))
            if not isinstance(made, Done) or made.item is None:
                return made
            items.append(made.item)
        return Done(items[-1] if items else None, items=tuple(items))

    def _change(self, act: Act) -> Outcome:
        does, resource = act.does, act.resource
        key = act.key
        if not key and not resource.is_singleton:
            key = identity(act.asked.body, pointers.split(does.key_pointer)) if does.key_pointer else ""
        item = self._present(act, key)
        if item is None:
            return self._create(act, key=key, status=_CREATED) if does.creates else Refused(missing(act, key))
        sent = act.sent
        if sent is ABSENT:
            return Done(item)
        media_type = act.asked.media_type or ""
        how = does.updates.get(media_type, "replace" if does.role == "replace" else "merge")
        kept = [*resource.read_only]
        if resource.identifier is not None and resource.identifier.pointer is not None:
            kept.append(resource.identifier.pointer)
        place = does.request.get(media_type)
        if how == "replace" and place is not None:
            unsaid = self._maker.unsaid(resource.schema, place.schema)
            kept += [each for each in unsaid if found(sent, pointers.split(each)) is None]
        kept += unspoken(item.whole, item.value, sent) if item.hides else ()
        try:
            value = changed(item.whole, sent, how, media_type, kept)
        except Unpatched as error:
            reason = "does not fit the item" if item.hides else str(error)  # which tells what stands there
            return Refused(Violation(Kind.INVALID, "body", reason, act.operation.pointer))
        value = emptied(value, place.cleared) if place is not None and place.cleared else value
        value = self._maker.timed(resource, value, act.now, ("updated",))
        value = self._maker.kept(resource.schema, value, f"{resource.name} {item.id}")
        changed_item = self._maker.item(resource, item.id, value, item.scope)
        self.collection(act.world, resource).put(changed_item)
        return Done(changed_item)

    def _delete(self, act: Act) -> Outcome:
        item = self._present(act, act.key)
        if item is None:
            return Refused(missing(act))
        self.remove(act.world, act.resource, item)
        return Done(item)

    def _present(self, act: Act, key: str) -> Item | None:
        """The item that is meant. As long as nobody has written, any identifier means one."""
        is_open = act.resource.name not in act.world.collections
        held = self.collection(act.world, act.resource)
        item = _named(act.does, act.resource, held, key, act.scope)
        if item is None and (is_open or act.resource.is_singleton) and not act.does.creates:
            item = self.seeds.adopted(act.resource, key, act.scope)
            held.put(item)
        return item


_ROLES = {
    "list": Keeper._list,  # noqa: SLF001 - its own methods
    "search": Keeper._list,  # noqa: SLF001
    "action": Keeper._read,  # noqa: SLF001
    "read": Keeper._read,  # noqa: SLF001
    "create": Keeper._create,  # noqa: SLF001
    "replace": Keeper._change,  # noqa: SLF001
    "update": Keeper._change,  # noqa: SLF001
    "delete": Keeper._delete,  # noqa: SLF001
}


def _is_understood(operation: Operation, does: ResourceOperation) -> bool:
    """Is all known that a search is for: has it no body, and are its parameters those of a list?"""
    listing = does.listing
    if listing is None or operation.request_body is not None:
        return False
    known = {each.parameter for each in listing.filters} | {listing.search, *does.scope.values()}
    return all(each.name in known for each in operation.parameters if each.required)


def _named(
    does: ResourceOperation, resource: Resource, held: Collection, key: str, scope: Mapping[str, str]
) -> Item | None:
    """The item that a path or a body names: some paths do so by another property than its identifier."""
    own, other = resource.identifier, does.key_pointer
    if own is not None and own.pointer is not None and other not in (None, own.pointer):
        tokens = pointers.split(other or "")
        inside = (item for item in held if item.is_in(scope))
        called = next((item for item in inside if identity(item.value, tokens) == key), None)
        if called is not None:
            return called
    return held.find(key, scope)


def _crowded(act: Act, held: Collection) -> tuple[str, ...]:
    """What is to be said, once, of a world that is full: the oldest item gives its place to each new one."""
    was_full = act.world.is_full
    act.world.make_room(held)
    if was_full or not act.world.is_full:
        return ()
    name = f"The world {act.world.name!r}" if act.world.name else "The world without a name"
    return (f"{name} holds {MOST_ITEMS:,} items: from now on the oldest {act.resource.name} gives way",)
