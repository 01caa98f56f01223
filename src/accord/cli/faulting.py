"""The faults that a mock is started with: `--fault "createPet: status=503; rate=10%"`."""

from collections.abc import Sequence
from fnmatch import fnmatchcase

from accord.contract import Contract
from accord.errors import UsageError
from accord.findings import suggestion
from accord.mocking.faulting.reading import UnusableFault, read_fault
from accord.mocking.faulting.rules import ALL, Rules


def rules_of(written: Sequence[str], contract: Contract) -> Rules:
    """The rules that are written, for all worlds. Raises UsageError for a fault or operation that is none."""
    rules = Rules()
    for each in written:
        pattern, colon, text = each.rpartition(":")
        operation = pattern.strip() if colon else ALL
        _check(operation, contract)
        try:
            fault = read_fault(text)
        except UnusableFault as error:
            raise UsageError(f"--fault {each!r}: {error}") from None
        if fault:
            rules.order(fault, operation)
    return rules


def _check(operation: str, contract: Contract) -> None:
    ids = [each.id for each in contract.operations]
    if operation == ALL or any(each == operation or fnmatchcase(each, operation) for each in ids):
        return
    hint = suggestion(operation, ids, "it is the id of an operation, or a pattern of ids")
    raise UsageError(f"--fault {operation!r} is no operation of the contract", hint=hint)
