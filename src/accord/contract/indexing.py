"""From a document to the contract: an index of its operations, and what is wrong with them."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from accord.contract.model import EXPRESSION, Contract, Operation, followed, operations_of, stated_id
from accord.document import Document, pointers, read_document
from accord.errors import UnservableContract
from accord.findings import Finding, Severity


def load_contract(location: str, *, allow: Sequence[str] = (), lenient: bool = False) -> Contract:
    """The contract at `location`, a file or URL. `allow` is as for `read_document`.

    Raises ContractError where it cannot be loaded. References to nothing, equal operation ids and paths
    that no server can tell apart are errors too, unless `lenient`: then they are findings, the first of
    equal ids keeps it, and the others get one made of method and path.
    """
    contract = index_contract(read_document(location, allow, lenient=lenient))
    faults = [finding for finding in contract.findings if finding.severity is Severity.ERROR]
    if faults and not lenient:
        raise UnservableContract(faults)
    return contract


def index_contract(document: Document) -> Contract:
    """The contract that a document states, with the document's findings and those of its operations."""
    operations = tuple(_operations(document))
    findings = (*document.findings, *_equal_ids(operations), *_equal_templates(operations))
    return Contract(document, operations, findings)


def _operations(document: Document) -> Iterator[Operation]:
    written = list(_written(document))
    stated = {stated_id(each.raw) for each in written}
    taken: set[str] = set()
    for pointer, raw, method, path, path_pointer, item in written:
        name = stated_id(raw)
        if not name or name in taken:
            name = _made_id(method, path, taken | stated)
        taken.add(name)
        yield Operation(document, pointer, name, method, path, path_pointer, raw, item)


class _Written(NamedTuple):
    """An operation as it stands in the document, references followed."""

    pointer: str
    raw: Mapping[str, Any]
    method: str
    path: str
    path_pointer: str
    path_item: Mapping[str, Any]


def _written(document: Document) -> Iterator[_Written]:
    paths = document.content.get("paths")
    for path, value in paths.items() if isinstance(paths, dict) else ():
        path_pointer, item = followed(document, pointers.join("/paths", path), value)
        if path.startswith("x-") or not isinstance(item, dict):
            continue
        for method, pointer, raw in operations_of(document, item, path_pointer):
            yield _Written(pointer, raw, method, path, path_pointer, item)


def _made_id(method: str, path: str, taken: Collection[str]) -> str:
    """An id for an operation that has none: `get /pets/{petId}` becomes `getPetsPetId`."""
    words = re.findall(r"[A-Za-z0-9]+", path)
    made = base = method + "".join(word[0].upper() + word[1:] for word in words)
    suffix = 2
    while made in taken:
        made, suffix = f"{base}{suffix}", suffix + 1
    return made


def _equal_ids(operations: Iterable[Operation]) -> Iterator[Finding]:
    first: dict[str, Operation] = {}
    for operation in operations:
        stated = stated_id(operation.raw)
        other = first.setdefault(stated, operation)
        if stated and other is not operation:
            yield _finding(
                "equal-operation-ids",
                operation,
                f"operationId {stated!r} is taken by {_line(other)}",
                f"give each operation an id of its own, such as {operation.id!r}",
            )


def _equal_templates(operations: Iterable[Operation]) -> Iterator[Finding]:
    groups: defaultdict[tuple[str, str], list[Operation]] = defaultdict(list)
    for operation in operations:
        groups[operation.method, EXPRESSION.sub("{}", operation.path)].append(operation)
    for first, *others in groups.values():
        for operation in others:
            yield _finding(
                "ambiguous-paths",
                operation,
                f"{_line(operation)} cannot be told from {_line(first)}",
                "paths that differ only in a parameter's name are the same path: merge them",
            )


def _line(operation: Operation) -> str:
    return f"{operation.method.upper()} {operation.path}"


def _finding(rule: str, operation: Operation, message: str, hint: str) -> Finding:
    position = operation.document.locate(operation.pointer)
    return Finding(rule, Severity.ERROR, message, operation.pointer, position, hint)
