"""Which changes of one item can be made at the same moment, by what a contract says of its resources."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from accord.contract import Contract, Operation
from accord.document import pointers
from accord.exchange import Incoming
from accord.exchange.json_text import MalformedJson, read_json
from accord.mocking.resources import Place, Resource, ResourceOperation, Resources
from accord.schemas.composing import composed, mapping, required_of
from accord.verifying.parity.places import answered, at, put
from accord.verifying.probing import Race

Sample = Callable[[str, str], Any]
"""From the pointer of a schema, and a word of chance, to a value that it admits."""
_WORDS = ("one", "other", "third", "fourth")
_OK = 200


def race_for(
    contract: Contract, resources: Resources, change: Incoming, operation: Operation, sample: Sample
) -> Race | None:
    """The race of changes such as this one, which was accepted; None where there cannot be one.

    A change that takes the place of all that was is none: of two of these one is lost by right.
    """
    described, reading = resources.operations[operation.id], _reading(contract, resources, operation)
    kind, place = next(_merging(described), ("", None))
    shown = next(answered(reading, _OK), None) if reading is not None else None
    if place is None or shown is None:
        return None
    around = _body(change)
    sent = at(around, place.pointer)
    required = required_of(contract.document, place.schema)
    fixed = {name: sent[name] for name in required if name in sent} if isinstance(sent, dict) else {}
    own = _own(resources.by_name[described.resource])
    bodiless = [each for each in change.headers if each[0] != b"content-type"]
    return Race(
        change._replace(headers=[*bodiless, (b"content-type", kind.encode())]),
        change._replace(method="GET", headers=bodiless, body=b""),
        dict(_values(contract, place, {*fixed, *own}, sample)),
        fixed,
        lambda stated: put(around, place.pointer, lambda _: dict(stated)),
        lambda value: at(value, shown.pointer),
    )


def _merging(described: ResourceOperation) -> Iterator[tuple[str, Place]]:
    """The JSON media types whose bodies change what they name and no more."""
    for kind, place in described.request.items():
        is_merge = described.role == "update" and described.updates.get(kind) == "merge"
        if is_merge and "json" in kind and not place.renamed:
            yield kind, place


def _reading(contract: Contract, resources: Resources, operation: Operation) -> ResourceOperation | None:
    """What reads the item that the operation changes, at the same path."""
    for other in contract.operations:
        described = resources.operations[other.id]
        if (other.path, other.method, described.role) == (operation.path, "get", "read"):
            return described
    return None


def _own(resource: Resource) -> frozenset[str]:
    """The properties that a change leaves alone: what names the item, and what only a server sets."""
    named = resource.identifier.pointer if resource.identifier is not None else None
    kept = {*resource.read_only, *(each.pointer for each in resource.timestamps), named or ""}
    return frozenset(tokens[0] for each in kept if (tokens := pointers.split(each)))


def _values(
    contract: Contract, place: Place, left_out: Collection[str], sample: Sample
) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """Two values of each property that has no parts, and that a change need not name."""
    properties = [
        (name, pointers.join(pointer, "properties", name))
        for pointer, raw in composed(contract.document, place.schema)
        for name in mapping(raw, "properties")
    ]
    for name, pointer in properties:
        if name in left_out:
            continue
        made = [sample(pointer, word) for word in _WORDS]
        plain = [value for value in made if isinstance(value, str | int)]
        other = next((value for value in plain if value != plain[0]), None)
        if other is not None:
            yield name, (plain[0], other)


def _body(incoming: Incoming) -> Any:
    try:
        return read_json(incoming.body)
    except MalformedJson:
        return None
