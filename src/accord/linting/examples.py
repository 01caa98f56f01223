"""Examples and defaults that break the schemas that they are to explain."""

from collections.abc import Iterator, Sequence
from typing import Any

from accord.contract import Contract, Element, MediaType, Operation
from accord.document import pointers
from accord.findings import Finding
from accord.linting.places import Placed
from accord.linting.rules import finding
from accord.schemas import Direction, Schemas, SchemaViolation

_LONGEST = 60


def broken_examples(contract: Contract, schemas: Sequence[Placed]) -> Iterator[Finding]:
    """The examples of media types, parameters and headers; the examples and defaults of schemas."""
    judged = Schemas(contract.document, refuse_hidden=False)
    for operation in contract.operations:
        yield from _of_operation(contract, judged, operation)
    for placed in schemas:
        yield from _of_schema(contract, judged, placed)


def _of_operation(contract: Contract, schemas: Schemas, operation: Operation) -> Iterator[Finding]:
    for parameter in operation.parameters:
        yield from _of_described(contract, schemas, parameter, parameter.schema, Direction.REQUEST)
        for media_type in parameter.content.values():
            yield from _of_media_type(contract, schemas, media_type, Direction.REQUEST)
    for media_type in operation.request_body.content.values() if operation.request_body else ():
        yield from _of_media_type(contract, schemas, media_type, Direction.REQUEST)
    for response in operation.responses.values():
        for media_type in response.content.values():
            yield from _of_media_type(contract, schemas, media_type, Direction.RESPONSE)
        for header in response.headers.values():
            yield from _of_described(contract, schemas, header, header.schema, Direction.RESPONSE)


def _of_media_type(
    contract: Contract, schemas: Schemas, media_type: MediaType, direction: Direction
) -> Iterator[Finding]:
    """An example that is a text may be the body as it is sent, which another media type than JSON has."""
    if media_type.essence.endswith("json") or "form" in media_type.essence:
        yield from _of_described(contract, schemas, media_type, media_type.schema, direction)


def _of_described(
    contract: Contract, schemas: Schemas, holder: Element, schema: str | None, direction: Direction
) -> Iterator[Finding]:
    if schema is None:
        return
    for pointer, value in _examples(contract, holder):
        violations = schemas.at(schema, direction).violations(value, most=1)
        for violation in violations:
            where = f" at {violation.pointer}" if violation.pointer else ""
            message = f"the example breaks its schema{where}: {violation.reason}"
            yield finding(contract, "invalid-example", pointer, message, _hint(value))


def _examples(contract: Contract, holder: Element) -> Iterator[tuple[str, Any]]:
    if "example" in holder.raw:
        yield pointers.join(holder.pointer, "example"), holder.raw["example"]
    for _, pointer in holder.children("examples"):
        entry = contract.document.at(pointer)
        if isinstance(entry, dict):
            for key in ("value", "dataValue"):
                if key in entry:
                    yield pointers.join(pointer, key), entry[key]


def _of_schema(contract: Contract, schemas: Schemas, placed: Placed) -> Iterator[Finding]:
    """What a schema shows is right where it is so in one direction at least."""
    shown = [("default", placed.schema["default"], "invalid-default")] if "default" in placed.schema else []
    if "example" in placed.schema:
        shown.append(("example", placed.schema["example"], "invalid-example"))
    listed = placed.schema.get("examples")
    for at, value in enumerate(listed if isinstance(listed, list) else ()):
        shown.append((f"examples/{at}", value, "invalid-example"))
    for key, value, rule in shown:
        violation = _in_both_directions(schemas, placed.pointer, value)
        if violation:
            where = f" at {violation.pointer}" if violation.pointer else ""
            word = "default" if rule == "invalid-default" else "example"
            message = f"the {word} breaks its schema{where}: {violation.reason}"
            yield finding(contract, rule, f"{placed.pointer}/{key}", message, _hint(value))


def _in_both_directions(schemas: Schemas, pointer: str, value: Any) -> SchemaViolation | None:
    """The first violation in requests, if there is one in responses, too."""
    first = None
    for direction in Direction:
        violations = schemas.at(pointer, direction).violations(value, most=1)
        if not violations:
            return None
        first = first or violations[0]
    return first


def _hint(value: Any) -> str:
    text = repr(value)
    return f"it is {text if len(text) <= _LONGEST else text[:_LONGEST] + '…'}"
