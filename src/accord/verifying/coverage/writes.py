"""What of the answers requests bring about: what is sent and shown again, lists of it, and pages of these."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from accord.contract import Contract, Operation
from accord.document import Document, pointers
from accord.mocking.resources import Place, ResourceOperation, infer_resources
from accord.schemas.composing import composed, hides, mapping, schema_at, types_of

Written: TypeAlias = Mapping[str, frozenset[str]]
"""By the pointer of a property or array as answers have it, the schemas of what requests put there.

None of them where any value may come to stand there.
"""
_WRITING = frozenset({"create", "replace", "update"})
ASKED: Mapping[str, str] = {"page": "page", "size": "limit", "offset": "offset"}
"""What a list says of itself that its request asked for, by the part of the paging that asks."""
COUNTED = frozenset({"total", "count", "pages", "has_more", "is_last", "remaining"})
"""What a list says of itself that follows from what was made before."""
_TELLING = frozenset({"enum", "const", "$ref", "properties", "oneOf", "anyOf", "allOf", "format", "maximum"})
_DEEPEST, _SHALLOW = 8, 2


@dataclass(eq=False, slots=True)
class _Mirror:
    """Finds where answers show what requests send: at the places that have the same names in both."""

    document: Document
    found: dict[str, set[str]] = field(default_factory=dict)
    _passed: set[tuple[str, str]] = field(default_factory=set)

    def add(self, shown: str, sent: str) -> None:
        """The property or array that is shown has what is sent."""
        self.found.setdefault(shown, set()).add(sent)

    def add_any(self, shown: str) -> None:
        """It may come to have any value."""
        self.found.setdefault(shown, set())

    def hold(self, sent: str, shown: str, renamed: Mapping[str, str], depth: int = 0) -> None:
        """What is in the value of one schema is shown in that of another."""
        if (sent, shown) in self._passed or depth > _DEEPEST:
            return
        self._passed.add((sent, shown))
        names, is_open = self._properties(sent, renamed), self._is_open(sent)
        for at, raw in composed(self.document, shown, forms=True):
            for name in mapping(raw, "properties"):
                place = pointers.join(at, "properties", name)
                if hides(self.document, place, "readOnly"):
                    continue
                if is_open:
                    self.add_any(place)
                for each in names.get(name, ()):
                    self.add(place, each)
                    self.hold(each, place, {}, depth + 1)
            for key in ("items", "additionalProperties"):
                self._hold_inner(sent, pointers.join(at, key), key, depth)

    def _hold_inner(self, sent: str, shown: str, key: str, depth: int) -> None:
        if not isinstance(schema_at(self.document, shown), dict):
            return
        for at, raw in composed(self.document, sent, forms=True):
            if isinstance(raw.get(key), dict):
                inner = pointers.join(at, key)
                self.add(shown, inner)
                self.hold(inner, shown, {}, depth + 1)

    def _is_open(self, sent: str) -> bool:
        """Is what is sent an object of which the contract says no more?"""
        parts = [raw for _, raw in composed(self.document, sent, forms=True)]
        names = ("properties", "patternProperties", "propertyNames")
        is_free = not any(mapping(raw, name) for raw in parts for name in names)
        is_closed = any(raw.get("additionalProperties") is False for raw in parts)
        return is_free and not is_closed and any("object" in types_of(raw) for raw in parts)

    def _properties(self, sent: str, renamed: Mapping[str, str]) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for at, raw in composed(self.document, sent, forms=True):
            for name in mapping(raw, "properties"):
                place = pointers.join(at, "properties", name)
                found.setdefault(renamed.get(name, name), []).append(place)
        return found


def written_places(contract: Contract) -> Written:
    """What stands where in an answer because it was sent before. All else is the server's to decide."""
    resources = infer_resources(contract)
    mirror = _Mirror(contract.document)
    operations = list(resources.operations.values())
    sent: dict[str, list[Place]] = {}
    for operation in operations:
        if operation.role in _WRITING and operation.resource:
            sent.setdefault(operation.resource, []).extend(operation.request.values())
    for operation in operations:
        for shown in _places(operation.responses):
            for each in sent.get(operation.resource or "", ()):
                mirror.hold(each.schema, shown.schema, each.renamed)
            if shown.many and (above := _array_of(contract.document, shown)):
                mirror.add_any(above)
        _page(mirror, contract.by_id[operation.id], operation)
        if operation.role == "action":
            _echo(mirror, contract.by_id[operation.id])
    return {at: frozenset(schemas) for at, schemas in mirror.found.items()}


def _places(responses: Mapping[str, Mapping[str, Place]]) -> Iterator[Place]:
    for by_type in responses.values():
        yield from by_type.values()


def _array_of(document: Document, place: Place) -> str:
    """The array whose items stand at the place; nothing where the schema of one is somewhere else."""
    above = place.schema.rpartition("/")[0]
    return above if place.schema.endswith("/items") and isinstance(schema_at(document, above), dict) else ""


def _page(mirror: _Mirror, operation: Operation, described: ResourceOperation) -> None:
    """What a list says of the page that was asked for, and of how much there is."""
    listing = described.listing
    if listing is None:
        return
    parameters = {(each.location, each.name): each.schema for each in operation.parameters}
    for status, places in described.responses.items():
        for media_type, place in places.items():
            whole = operation.responses[status].content[media_type].schema
            for member in place.members:
                asked = listing.paging.parameters.get(ASKED.get(member.kind, ""))  # type: ignore[call-overload]
                schema = parameters.get((asked.location, asked.name)) if asked is not None else None
                for at in _leading(mirror.document, whole, member.pointer):
                    if schema is not None:
                        mirror.add(at, schema)
                    elif member.kind in COUNTED:
                        mirror.add_any(at)


def _leading(document: Document, schema: str | None, pointer: str) -> Iterable[str]:
    """The schemas of the value at a pointer into the value of a schema."""
    places = [schema] if schema is not None else []
    for name in pointers.split(pointer):
        places = [
            pointers.join(at, "properties", name)
            for place in places
            for at, raw in composed(document, place, forms=True)
            if name in mapping(raw, "properties")
        ]
    return places


def _echo(mirror: _Mirror, operation: Operation) -> None:
    """What an action is told and says again: properties of one name and one schema, outside of lists.

    A schema that is no more than a type says too little for that.
    """
    named: dict[str, list[str]] = {}
    for parameter in operation.parameters:
        if parameter.schema is not None:
            named.setdefault(parameter.name, []).append(parameter.schema)
    body = operation.request_body
    for media_type in body.content.values() if body is not None else ():
        for name, at in _within(mirror.document, media_type.schema, 0):
            named.setdefault(name, []).append(at)
    for status, response in operation.responses.items() if named else ():
        for media_type in response.content.values() if status[0] == "2" else ():
            for name, at in _within(mirror.document, media_type.schema, 0):
                said = schema_at(mirror.document, at)
                for each in named.get(name, ()):
                    if schema_at(mirror.document, each) == said and {*said} & _TELLING:
                        mirror.add(at, each)
                        mirror.hold(each, at, {})


def _within(document: Document, schema: str | None, depth: int) -> Iterator[tuple[str, str]]:
    """The properties of an object, and of the objects in it, by their names."""
    for at, raw in composed(document, schema, forms=True) if schema is not None else ():
        for name in mapping(raw, "properties"):
            place = pointers.join(at, "properties", name)
            yield name, place
            if depth < _SHALLOW:
                yield from _within(document, place, depth + 1)
