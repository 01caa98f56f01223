"""Where requests and answers speak of the items of resources."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from accord.contract import EXPRESSION, Contract
from accord.document import pointers
from accord.document.pointers import found
from accord.mocking.resources import Place, Resource, ResourceOperation, Resources


@dataclass(frozen=True, slots=True)
class Spoken:
    """Where a request has identifiers, and of which resource: segments of its path, its query, its body."""

    path: Mapping[int, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: tuple[tuple[str, str], ...] = ()


def spoken_of(contract: Contract, resources: Resources, described: ResourceOperation) -> Spoken:
    """Where the requests of an operation have identifiers."""
    operation = contract.by_id[described.id]
    named = {parameter: name for name, parameter in described.scope.items() if name in resources.by_name}
    named |= {described.key: described.resource} if described.key else {}
    segments = enumerate((operation.servers[0].base_path + operation.path).split("/"))
    path = {
        index: named[matched[1]]
        for index, segment in segments
        if (matched := EXPRESSION.fullmatch(segment)) and matched[1] in named
    }
    resource = resources.by_name.get(described.resource)
    if resource is None:
        return Spoken(path)
    held = {each.pointer: each.resource for each in resource.references}
    if resource.identifier is not None and resource.identifier.pointer:
        held[resource.identifier.pointer] = resource.name
    filters = described.listing.filters if described.listing is not None else ()
    query = {each.parameter: held[each.pointer] for each in filters if each.pointer in held}
    body = tuple(
        (place.pointer + _asked(place, pointer), name)
        for place in list(described.request.values())[:1]
        for pointer, name in held.items()
    )
    return Spoken(path, query, body)


def _asked(place: Place, pointer: str) -> str:
    """Where a request has what an item has at the pointer."""
    first, *rest = pointers.split(pointer)
    sent = next((name for name, own in place.renamed.items() if own == first), first)
    return pointers.join("", sent, *rest)


@dataclass(frozen=True, slots=True)
class Shown:
    """What two sides showed of the items of a resource, in answers to one request that have one status.

    `ours` and `theirs` are the values of their bodies, `rule` is the contract's pointer of the response.
    `counts`: both sides hold the same.
    """

    described: ResourceOperation
    resource: Resource
    status: int
    rule: str
    ours: Any
    theirs: Any
    query: str
    counts: bool

    def places(self) -> Iterator[tuple[Place, Any, Any]]:
        """Each place of the answers that holds an item, or items, with what stands there."""
        for place in answered(self.described, self.status):
            yield place, at(self.ours, place.pointer), at(self.theirs, place.pointer)

    @property
    def is_list(self) -> bool:
        """Do the answers hold many items?"""
        return any(place.many for place in answered(self.described, self.status))


def answered(described: ResourceOperation, status: int) -> Iterator[Place]:
    """Where the answers of an operation hold its item, or its items."""
    for key in (str(status), f"{status // 100}XX", "default"):
        if key in described.responses:
            yield from list(described.responses[key].values())[:1]
            return


def name_of(resource: Resource, item: Any) -> Any:
    """The identifier of an item; None where it says none."""
    pointer = resource.identifier.pointer if resource.identifier is not None else None
    found = at(item, pointer) if pointer else None
    return found if isinstance(found, str | int) and not isinstance(found, bool) else None


def told_by(described: ResourceOperation, resource: Resource, status: int, value: Any) -> Any:
    """The identifier of the item that an answer is about; None where it does not say."""
    for place in answered(described, status):
        if (found := name_of(resource, at(value, place.pointer))) is not None:
            return found
    told = described.identifiers.get(str(status), {}).values()
    return next((found for each in told if (found := at(value, each)) is not None), None)


def keyed(template: str, path: str, name: str | None, key: str) -> str:
    """The path with the key in the place of the parameter of that name."""
    segments, named = path.split("/"), template.split("/")
    if not key or name is None or len(segments) != len(named):
        return path
    return "/".join(
        key if wanted == f"{{{name}}}" else segment for segment, wanted in zip(segments, named, strict=True)
    )


def at(value: Any, pointer: str) -> Any:
    """What stands in a value at a pointer; None where there is nothing."""
    return found(value, pointers.split(pointer))


def put(value: Any, pointer: str, change: Callable[[Any], Any]) -> Any:
    """The value with what stands at the pointer changed; as it is where there is nothing."""
    first, *rest = pointers.split(pointer) or ("",)
    if not pointer:
        return change(value)
    if not isinstance(value, dict) or first not in value:
        return value
    return {**value, first: put(value[first], pointers.join("", *rest), change)}
