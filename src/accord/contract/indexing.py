"""From a document to the contract: an index of its operations, and what is wrong with them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from accord.contract.model import METHODS, Contract, Operation
from accord.document import Document, pointers, read_document
from accord.errors import UnservableContract
from accord.findings import Finding, Severity

_EXPRESSION = re.compile(r"\{[^{}]*\}")


def load_contract(location: str, *, allow: Sequence[str] = (), lenient: bool = False) -> Contract:
    """The contract at `location`, a file or URL. `allow` is as for `read_document`.

    Raises ContractError where it cannot be loaded. Equal operation ids and paths that no server can
    tell apart are errors too, unless `lenient`: then they are findings, and the first one wins.
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
    paths = document.content.get("paths")
    taken: set[str] = set()
    for path in paths if isinstance(paths, dict) else ():
        if path.startswith("x-"):
            continue
        path_pointer, item = document.resolve(pointers.join("/paths", path))
        for method in METHODS:
            if isinstance(item, dict) and isinstance(item.get(method), dict):
                pointer, raw = document.resolve(pointers.join(path_pointer, method))
                name = raw.get("operationId") or _made_id(method, path, taken)
                taken.add(name)
                yield Operation(document, pointer, str(name), method, path, path_pointer)


def _made_id(method: str, path: str, taken: set[str]) -> str:
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
        other = first.setdefault(operation.id, operation)
        if other is not operation:
            yield _finding(
                "equal-operation-ids",
                operation,
                f"operationId {operation.id!r} is taken by {_line(other)}",
                "give each operation an id of its own",
            )


def _equal_templates(operations: Iterable[Operation]) -> Iterator[Finding]:
    groups: defaultdict[tuple[str, str], list[Operation]] = defaultdict(list)
    for operation in operations:
        groups[operation.method, _EXPRESSION.sub("{}", operation.path)].append(operation)
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
