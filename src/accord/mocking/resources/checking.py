"""What is wrong with the `x-accord` of a contract: its entries, and what they lead to."""

from collections.abc import Iterable, Iterator
from typing import Any

from accord.contract import Contract, Operation
from accord.document import pointers
from accord.findings import Finding, Severity
from accord.mocking.resources.corrections import EXTENSION, Correction, correction_of, faults_of, nearest
from accord.mocking.resources.fields import Fields, Reader
from accord.mocking.resources.inferring import infer_resources
from accord.mocking.resources.links import HOLDERS
from accord.mocking.resources.model import Resource, Resources


def check_corrections(contract: Contract, resources: Resources | None = None) -> tuple[Finding, ...]:
    """What is wrong with the `x-accord` of a contract's path items, operations and items' schemas.

    `resources` are those of the contract, where they were inferred already.
    """
    if resources is None:
        if not _is_corrected(contract):
            return ()
        resources = infer_resources(contract)
    reader = Reader(contract.document)
    found: list[Finding] = []
    for path in dict.fromkeys(operation.path_pointer for operation in contract.operations):
        found += faults_of(contract.document, path, "path item")
    for operation in contract.operations:
        found += faults_of(contract.document, operation.pointer, "operation")
        found += _misleading(reader, operation, correction_of(operation))
    for place in dict.fromkeys(place for each in resources.resources for place in _schemas(reader, each)):
        found += faults_of(contract.document, place, "schema")
        found += _referring_to_nothing(contract, place, "references", ("resource", tuple(resources.by_name)))
        found += _referring_to_nothing(contract, place, "link", ("operation", tuple(contract.by_id)))
    return (*found, *_without_property(contract, reader, resources))


def _is_corrected(contract: Contract) -> bool:
    """Is there an `x-accord` at all, on a path, an operation, or a component's schema or its properties?"""
    components = contract.document.content.get("components")
    schemas = components.get("schemas") if isinstance(components, dict) else None
    holders = [contract.document.at(operation.path_pointer) for operation in contract.operations]
    holders += [operation.raw for operation in contract.operations]
    holders += schemas.values() if isinstance(schemas, dict) else ()
    inside = _inside(holders)
    return any(isinstance(each, dict) and EXTENSION in each for each in (*holders, *inside, *_inside(inside)))


def _inside(schemas: Iterable[Any]) -> list[Any]:
    """What stands at the properties of schemas."""
    named = (each.get("properties") for each in schemas if isinstance(each, dict))
    return [each for held in named if isinstance(held, dict) for each in held.values()]


def _schemas(reader: Reader, resource: Resource) -> Iterator[str]:
    """The pointers of the schemas that an item is composed of, of its properties, and of its links."""
    for pointer, raw in reader.read(resource.schema).parts:
        yield pointer
        named = raw.get("properties")
        for name in named if isinstance(named, dict) else ():
            place = pointers.join(pointer, "properties", name)
            yield place
            if name in HOLDERS:
                yield from reader.read(place).properties.values()


def _misleading(reader: Reader, operation: Operation, said: Correction) -> Iterator[Finding]:
    """The places of items that lead to nothing in any body of the operation."""
    answers = [
        media_type.schema
        for status, response in operation.responses.items()
        if status.startswith(("2", "d"))
        for media_type in response.content.values()
    ]
    body = operation.request_body
    asked = [media_type.schema for media_type in body.content.values()] if body else []
    for key, pointer, schemas in (
        ("item", said.item, answers),
        ("items", said.items, answers),
        ("body", said.body, asked),
    ):
        missing = (
            None if pointer is None else lost_name(reader, [schema for schema in schemas if schema], pointer)
        )
        if missing is not None:
            message = f"{EXTENSION}: {key} leads to nothing, there is no {missing[0]!r}"
            yield _finding(operation, pointers.join(operation.pointer, EXTENSION, key), message, missing)


def lost_name(reader: Reader, schemas: Iterable[str], pointer: str) -> tuple[str, tuple[str, ...]] | None:
    """The first name of a pointer that no schema has there, and those that there are; None: all are there."""
    missing: tuple[str, tuple[str, ...]] | None = ("", ())
    for schema in schemas:
        missing = _lost(reader, reader.read(schema), pointer)
        if missing is None:
            return None
    return missing


def _lost(reader: Reader, fields: Fields, pointer: str) -> tuple[str, tuple[str, ...]] | None:
    for name in pointers.split(pointer):
        if name not in fields.properties:
            return name, tuple(fields.properties)
        fields = reader.child(fields, name)
    return None


def _referring_to_nothing(
    contract: Contract, place: str, key: str, known: tuple[str, tuple[str, ...]]
) -> Iterator[Finding]:
    """What is wrong with an entry that has to name one of what is `known`."""
    raw = contract.document.at(place)
    said = raw.get(EXTENSION) if isinstance(raw, dict) else None
    name, (what, names) = said.get(key) if isinstance(said, dict) else None, known
    if isinstance(name, str) and name and name not in names:
        message = f"{EXTENSION}: {key} names no {what}, there is no {name!r}"
        at = pointers.join(place, EXTENSION, key)
        yield _finding(contract.operations[0], at, message, (name, names))


def _without_property(contract: Contract, reader: Reader, resources: Resources) -> Iterator[Finding]:
    """The identifiers that are no property of the items."""
    holders: dict[str, tuple[Resource, str]] = {}
    for resource in resources.resources:
        for operation in (contract.by_id[name] for name in resource.operations):
            for holder in (operation.path_pointer, operation.pointer):
                said = contract.document.at(holder).get(EXTENSION)
                name = said.get("identifier") if isinstance(said, dict) else None
                if isinstance(name, str) and name:
                    holders[pointers.join(holder, EXTENSION, "identifier")] = resource, name
    for at, (resource, name) in holders.items():
        pointer = name if name.startswith("/") else pointers.join("", name)
        missing = _lost(reader, reader.read(resource.schema), pointer)
        if missing is not None:
            message = f"{EXTENSION}: identifier is no property of {resource.name}, there is no {missing[0]!r}"
            yield _finding(contract.operations[0], at, message, missing)


def _finding(operation: Operation, at: str, message: str, missing: tuple[str, tuple[str, ...]]) -> Finding:
    position = operation.document.locate(at)
    return Finding("wrong-correction", Severity.WARNING, message, at, position, nearest(*missing))
