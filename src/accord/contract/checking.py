"""What is wrong with a contract that loads: its structure, and what its operations leave undeclared."""

import re
from collections.abc import Iterator

from accord.contract.model import Contract, Operation
from accord.document import check_structure
from accord.findings import Finding, Severity

_EXPRESSION = re.compile(r"\{([^{}]*)\}")


def check_contract(contract: Contract) -> tuple[Finding, ...]:
    """All findings of a contract: those of loading it, of its structure and of each operation.

    Parts of operations are made for it, so that commands ask for it and loading does not.
    """
    operations = (finding for operation in contract.operations for finding in _undeclared(operation))
    return (*contract.findings, *check_structure(contract.document), *operations)


def _undeclared(operation: Operation) -> Iterator[Finding]:
    """The names in a path's template and its path parameters have to be the same (OAS 3.1 section 4.8.2)."""
    named = dict.fromkeys(_EXPRESSION.findall(operation.path))
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


def _finding(rule: str, operation: Operation, pointer: str, message: str, hint: str) -> Finding:
    return Finding(rule, Severity.WARNING, message, pointer, operation.document.locate(pointer), hint)
