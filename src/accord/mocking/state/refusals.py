"""Why an operation cannot be done on what there is."""

from collections.abc import Iterator

from accord.contract import Operation
from accord.document import pointers
from accord.document.pointers import found
from accord.exchange import Kind, Violation
from accord.mocking.state.acts import Act
from accord.mocking.state.outcomes import Refused
from accord.mocking.texts import named

_WRONG = frozenset({"422", "400", "4XX", "4xx", "default"})
_CONFLICT = frozenset({"409", "4XX", "4xx"})
_BEYOND = frozenset({"416", "4XX", "4xx"})
_WRITING = frozenset({"create", "replace", "update"})
_LONGEST = 80


def without_parents(act: Act) -> Iterator[Violation]:
    """What is wrong with the path: a parent that is not there."""
    for name in act.resource.parents:
        held = act.world.collections.get(name)
        if held is not None and name in act.scope and held.find(act.scope[name], act.scope) is None:
            yield _absent(name, act.does.scope[name], act.scope[name], act.operation)


def dangling(act: Act) -> Iterator[Violation]:
    """What is wrong with a body: a reference to an item that is not there, where the contract can say so."""
    is_refused = act.does.role in _WRITING and bool(_WRONG & act.operation.responses.keys())
    for reference in act.resource.references if is_refused and isinstance(act.sent, dict) else ():
        held = act.world.collections.get(reference.resource)
        if held is None:
            continue
        sent = found(act.sent, pointers.split(reference.pointer))
        for name in sent if isinstance(sent, list) else [sent]:
            if isinstance(name, str | int | float) and not held.has(named(name)):
                reason = f"names no {reference.resource.replace('_', ' ')} that exists"
                rule, shown = act.operation.pointer, str(name)[:_LONGEST]
                yield Violation(Kind.INVALID, "body", reason, rule, None, reference.pointer, "", shown)


def missing(act: Act, key: str = "") -> Violation:
    """That the path names no item."""
    return _absent(act.resource.name, act.does.key or "", key or act.key, act.operation)


def taken(act: Act, key: str) -> Violation:
    """That the body names an item which exists already."""
    identifier = act.resource.identifier
    pointer = identifier.pointer if identifier is not None and identifier.pointer else ""
    reason = f"names a {act.resource.name.replace('_', ' ')} that exists already"
    return Violation(Kind.CONFLICT, "body", reason, act.operation.pointer, None, pointer, "", key[:_LONGEST])


def refuses_what_is_there(operation: Operation) -> bool:
    """Does the contract say that nothing is created twice? Otherwise the new takes the place of the old."""
    return bool(_CONFLICT & operation.responses.keys())


def refuses_ranges(operation: Operation) -> bool:
    """Has the contract a status for a range in which nothing is? Otherwise what is there is answered."""
    return bool(_BEYOND & operation.responses.keys())


def beyond(act: Act, told: str) -> Refused:
    """That a list has nothing in the range that was asked for; `told` is how much it has."""
    listing = act.does.listing
    parameter = listing.paging.parameters.get("range") if listing else None
    name, location = (parameter.name, parameter.location) if parameter else ("Range", "header")
    sent = str(act.asked.parameters.get((location, name), ""))[:_LONGEST]
    reason = f"begins after the last item: {told!r} is all there is"
    violation = Violation(Kind.RANGE, location, reason, act.operation.pointer, name, "", "", sent)
    return Refused(violation, ((b"content-range", told.encode()),))


def _absent(resource: str, parameter: str, key: str, operation: Operation) -> Violation:
    shown = key[:_LONGEST]
    reason = f"names no {resource.replace('_', ' ')} that exists: {shown!r}"
    return Violation(Kind.PATH, "path", reason, operation.path_pointer, parameter, "", "", shown)
