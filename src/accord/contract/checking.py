"""What is wrong with a contract that loads: its structure, and what its operations leave undeclared."""

from collections.abc import Iterator

from accord.contract.model import EXPRESSION, Contract, Operation
from accord.document import check_structure, pointers
from accord.findings import Finding, Severity, suggestion


def check_contract(contract: Contract) -> tuple[Finding, ...]:
    """All findings of a contract: those of loading it, of its structure and of each operation.

    Parts of operations are made for it, so that commands ask for it and loading does not.
    """
    operations = (finding for operation in contract.operations for finding in _undeclared(operation))
    return (*contract.findings, *check_structure(contract.document), *operations, *_lost_links(contract))


def _undeclared(operation: Operation) -> Iterator[Finding]:
    """The names in a path's template and its path parameters have to be the same (OAS 3.1 section 4.8.2)."""
    named = dict.fromkeys(EXPRESSION.findall(operation.path))
    declared = {each.name: each for each in operation.parameters if each.location == "path"}
    line = f"{operation.method.upper()} {operation.path}"
    for name in named:
        if name not in declared:
            message = f"{line} does not declare its path parameter {name!r}"
            hint = f"add a parameter with name: {name}, in: path, required: true"
            yield _finding("undeclared-path-parameter", operation, operation.pointer, message, hint)
    for name, parameter in declared.items():
        if name not in named:
            message = f"the path parameter {name!r} does not stand in {operation.path}"
            hint = f"write {{{name}}} where it belongs in the path, or remove it"
            yield _finding("unused-path-parameter", operation, parameter.pointer, message, hint)


def _lost_links(contract: Contract) -> Iterator[Finding]:
    """The links that lead to no operation of the contract (OAS 3.1 section 4.8.20), each once."""
    links = {
        link.pointer: (operation, name, link.raw)
        for operation in contract.operations
        for response in operation.responses.values()
        for name, link in response.links.items()
    }
    for pointer, (operation, name, raw) in links.items():
        for keyword in ("operationId", "operationRef"):
            target = raw.get(keyword)
            if isinstance(target, str) and not _leads(contract, keyword, target):
                message = f"the link {name!r} leads to {keyword} {target!r}, which is no operation"
                hint = suggestion(target, contract.by_id, "name an operation of this contract")
                yield _finding(
                    "unknown-link-target", operation, pointers.join(pointer, keyword), message, hint
                )


def _leads(contract: Contract, keyword: str, target: str) -> bool:
    """Is there such an operation? One in another document is taken to be there."""
    if keyword == "operationId":
        return target in contract.by_id
    if not target.startswith("#"):
        return True
    try:
        return isinstance(contract.document.at(pointers.from_fragment(target)), dict)
    except LookupError:
        return False


def _finding(rule: str, operation: Operation, pointer: str, message: str, hint: str) -> Finding:
    return Finding(rule, Severity.WARNING, message, pointer, operation.document.locate(pointer), hint)
