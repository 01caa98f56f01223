"""What of the answers requests bring about: the properties of items that are written, and lists of them."""

from collections.abc import Iterator, Mapping

from accord.contract import Contract
from accord.document import Document, pointers
from accord.mocking.resources import Place, ResourceOperation, infer_resources
from accord.schemas.composing import composed, mapping, schema_at

_WRITING = frozenset({"create", "replace", "update"})


def written_places(contract: Contract) -> frozenset[str]:
    """The pointers of properties that some request sets, as answers have them, and of lists of items.

    What stands there in an answer is what was sent before. All else in an answer is the server's to decide.
    """
    resources = infer_resources(contract)
    names: dict[str, set[str]] = {}
    for operation in resources.operations.values():
        if operation.role in _WRITING and operation.resource:
            names.setdefault(operation.resource, set()).update(_sent(contract.document, operation))
    found: set[str] = set()
    for operation in resources.operations.values():
        for place in _places(operation.responses):
            found.update(_shown(contract.document, place, names.get(operation.resource or "", set())))
    return frozenset(found)


def _sent(document: Document, operation: ResourceOperation) -> Iterator[str]:
    """The properties of an item that the requests of an operation can set."""
    for place in operation.request.values():
        for _, raw in composed(document, place.schema, forms=True):
            for name in mapping(raw, "properties"):
                yield place.renamed.get(name, name)


def _places(responses: Mapping[str, Mapping[str, Place]]) -> Iterator[Place]:
    for by_type in responses.values():
        yield from by_type.values()


def _shown(document: Document, place: Place, names: set[str]) -> Iterator[str]:
    for at, raw in composed(document, place.schema, forms=True):
        yield from (
            pointers.join(at, "properties", name) for name in mapping(raw, "properties") if name in names
        )
    if place.many:
        above = place.schema.rpartition("/")[0]
        is_array = place.schema.endswith("/items") and isinstance(schema_at(document, above), dict)
        if is_array:
            yield above
