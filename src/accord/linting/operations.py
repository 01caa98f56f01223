"""What operations lack: an id, and responses that they surely give."""

from collections.abc import Iterator

from accord.contract import Contract, Operation
from accord.findings import Finding
from accord.linting.rules import finding


def faulty_operations(contract: Contract) -> Iterator[Finding]:
    """The faults of each operation."""
    for operation in contract.operations:
        if not operation.raw.get("operationId"):
            hint = f"add operationId: {operation.id}"
            yield _of(contract, "missing-operation-id", operation, "the operation has no operationId", hint)
        yield from _responses(contract, operation)


def _of(contract: Contract, rule: str, operation: Operation, message: str, hint: str) -> Finding:
    line = f"{operation.method.upper()} {operation.path}: {message}"
    return finding(contract, rule, operation.pointer, line, hint)


def _responses(contract: Contract, operation: Operation) -> Iterator[Finding]:
    statuses = {status.upper() for status in operation.responses}
    if not any(status.startswith(("1", "2", "3")) or status == "DEFAULT" for status in statuses):
        hint = "say what a request that is right is answered with"
        yield _of(contract, "missing-response", operation, "no response of success is documented", hint)
    for status, why in _sure(operation):
        if not {status, f"{status[0]}XX", "DEFAULT"} & statuses and not _stands_for(status, statuses):
            hint = f"document {status}, 4XX or default: contract tests will provoke it"
            message = f"{status} is not documented, and {why}"
            yield _of(contract, "undocumented-error", operation, message, hint)


def _stands_for(status: str, statuses: set[str]) -> bool:
    """A refusal of what is invalid may be told as 422, too."""
    return status == "400" and "422" in statuses


def _sure(operation: Operation) -> Iterator[tuple[str, str]]:
    """The statuses that any server of the operation gives, with the reason."""
    body = operation.request_body
    judged = [
        each
        for each in operation.parameters
        if each.location != "path" and (each.required or _says(each.raw))
    ]
    if judged or (body is not None and body.content):
        yield "400", "its parameters or its body may be wrong"
    if operation.security and all(way.schemes for way in operation.security):
        yield "401", "its credentials may be missing"
    if any(each.location == "path" for each in operation.parameters):
        yield "404", "what its path names may not be there"
    if body is not None and body.content and "*/*" not in body.content:
        yield "415", "its body may be of another media type"


def _says(raw: object) -> bool:
    """Can a value of the parameter be wrong at all?"""
    schema = raw.get("schema") if isinstance(raw, dict) else None
    content = raw.get("content") if isinstance(raw, dict) else None
    return bool(content) or (isinstance(schema, dict) and _restricts(schema))


def _restricts(schema: dict[str, object]) -> bool:
    free = {"type": "string"}
    silent = ("description", "title", "default", "example", "examples", "deprecated")
    said = {key: value for key, value in schema.items() if key not in silent and not key.startswith("x-")}
    return said not in ({}, free)
