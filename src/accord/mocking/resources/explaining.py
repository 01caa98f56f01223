"""What was inferred of a contract, and from what, as lines of text for people."""

from collections.abc import Iterator, Sequence

from accord.contract import Contract
from accord.mocking.resources.links import Links
from accord.mocking.resources.model import (
    Identifier,
    Link,
    Listing,
    PagingParameter,
    Places,
    Ranges,
    Resource,
    ResourceOperation,
    Resources,
)


def explain(contract: Contract, resources: Resources) -> Iterator[str]:
    """The resources, each with its operations, then the operations that are answered without state."""
    blank: tuple[str, ...] = ()
    links = Links(contract, resources)
    for resource in resources.resources:
        yield from blank
        yield from _resource(contract, resources, resource, links.of(resource))
        blank = ("",)
    actions = [each for each in resources.operations.values() if each.role == "action"]
    if actions:
        yield from blank
        yield "answered without state"
        yield from (f"  {_line(contract, each)}{_on(each)} ({each.because})" for each in actions)


def _resource(
    contract: Contract, resources: Resources, resource: Resource, links: Sequence[Link]
) -> Iterator[str]:
    within = " in ".join(reversed(resource.parents))
    kind = "the only one" if resource.is_singleton else "a collection"
    yield f"{resource.name}: {kind}{f' in {within}' if within else ''} ({resource.because})"
    yield f"  schema {resource.schema}"
    if resource.scope:
        yield f"  scope {', '.join(resource.scope)}"
    if resource.identifier is not None:
        yield f"  {_identifier(resource.identifier)}"
    for reason in dict.fromkeys(resource.read_only.values()):
        named = (pointer for pointer, why in resource.read_only.items() if why == reason)
        yield f"  read-only {', '.join(named)} ({reason})"
    for stamp in resource.timestamps:
        yield f"  {stamp.event} {stamp.pointer} ({stamp.because})"
    for reference in resource.references:
        many = "identifiers" if reference.many else "the identifier"
        yield f"  {reference.pointer} is {many} of {reference.resource} ({reference.because})"
    for link in links:
        target = _line(contract, resources.operations[link.operation])
        yield f"  link {link.pointer} leads to {target} ({link.because})"
    for name in resource.operations:
        yield from _operation(contract, resources.operations[name])
        if not resource.finds(resources.operations[name]):
            yield "          is not kept: neither the item nor the answer tells its key"


def _identifier(identifier: Identifier) -> str:
    where = identifier.pointer or f"{{{identifier.parameter}}} of the path"
    by = "the server or the client" if identifier.assigned_by == "either" else f"the {identifier.assigned_by}"
    return f"identifier {where}, {identifier.type}, given by {by} ({identifier.because})"


def _operation(contract: Contract, operation: ResourceOperation) -> Iterator[str]:
    yield f"  {operation.role:7} {_line(contract, operation)} ({operation.because})"
    if operation.request:
        yield f"          takes {_places(operation.request)}"
        yield from (f"          {line}" for line in dict.fromkeys(_form(operation.request)))
    if operation.updates:
        ways = (f"{update} in {name}" for name, update in operation.updates.items())
        yield f"          changes by {', '.join(ways)}"
    for status, pointers in operation.identifiers.items():
        yield f"          {status} tells the identifier at {', '.join(dict.fromkeys(pointers.values()))}"
    if operation.located:
        yield f"          {', '.join(operation.located)} tells where it is in Location"
    for status, places in operation.responses.items():
        yield f"          {status} holds {_places(places)}"
    shapes = [place for by_type in operation.responses.values() for place in by_type.values()]
    members = {member.pointer: member.kind for shape in shapes for member in shape.members}
    if members:
        yield f"          envelope {', '.join(f'{members[each]} {each}' for each in sorted(members))}"
    if operation.listing is not None:
        yield from (f"          {line}" for line in _listing(operation.listing))


def _form(places: Places) -> Iterator[str]:
    """What is particular to the bodies that are forms."""
    for place in places.values():
        if place.cleared:
            yield f"an empty text takes away {', '.join(place.cleared)}"
        if place.files:
            told = (f"its {fact} at {pointer}" for pointer, fact in place.files.items())
            yield f"a file is told of by {', '.join(told)}"


def _places(places: Places) -> str:
    said: dict[str, list[str]] = {}
    for media_type, place in places.items():
        what = "the items" if place.many else "the item"
        itself = "the items themselves" if place.many else "the item itself"
        said.setdefault(f"{what} at {place.pointer}" if place.pointer else itself, []).append(media_type)
    return "; ".join(f"{what} in {', '.join(names)}" for what, names in said.items())


def _listing(listing: Listing) -> Iterator[str]:
    if listing.paging.parameters:
        parts = ", ".join(f"{part} {_bounded(each)}" for part, each in listing.paging.parameters.items())
        yield f"paging by {listing.paging.style}: {parts}"
    if listing.paging.ranges is not None:
        yield f"a part is written {_range(listing.paging.ranges)}"
    if listing.headers:
        yield "headers " + ", ".join(f"{kind} {name}" for name, kind in sorted(listing.headers.items()))
    if listing.paging.link_header:
        yield "paging by the Link header"
    for each in listing.filters:
        yield f"filter {each.parameter!r}: {each.pointer} {each.operator}{' any of' if each.many else ''}"
    if listing.sort is not None:
        yield f"sort by {listing.sort.because}: {', '.join(listing.sort.by)}"
    if listing.search is not None:
        yield f"search by {listing.search!r}"


def _range(ranges: Ranges) -> str:
    """How a range is written, by an example."""
    if ranges.by_value:
        return "'id a..f; max=10', by any property"
    unit = ranges.unit or "items"
    return repr("0-24" if ranges.is_bare else f"{unit}=0-24") + ("" if ranges.unit else ", in any unit")


def _bounded(parameter: PagingParameter) -> str:
    """A parameter with its default and bounds."""
    bounds = [
        "" if parameter.default is None else f"{parameter.default} by default",
        "" if parameter.minimum is None else f"from {parameter.minimum}",
        "" if parameter.maximum is None else f"at most {parameter.maximum}",
    ]
    told = ", ".join(bound for bound in bounds if bound)
    return f"{parameter.name!r}{f' ({told})' if told else ''}"


def _line(contract: Contract, operation: ResourceOperation) -> str:
    found = contract.by_id[operation.id]
    return f"{found.method.upper()} {found.path}"


def _on(operation: ResourceOperation) -> str:
    return f" (on {operation.resource})" if operation.resource else ""
