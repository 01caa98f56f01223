"""The faults that a mock is started with: `--fault "createPet: status=503; rate=10%"`."""

from collections.abc import Iterator, Sequence
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


def unsuffered(written: Sequence[str], forwards: Sequence[str], contract: Contract) -> Iterator[str]:
    """What is to be said of faults that no answer suffers: `--forward` passes on all that they are of."""
    passed = [each.partition("=")[0] for each in forwards]
    for each in written if passed else ():
        pattern, colon, _ = each.rpartition(":")
        of = pattern.strip() if colon else ALL
        ids = [one.id for one in contract.operations if fnmatchcase(one.id, of)]
        if all(any(fnmatchcase(one, forward) for forward in passed) for one in ids):
            yield f"--fault {each!r} is suffered by nothing: --forward has the real server answer all of that"


def _check(operation: str, contract: Contract) -> None:
    ids = [each.id for each in contract.operations]
    if operation == ALL or any(each == operation or fnmatchcase(each, operation) for each in ids):
        return
    hint = suggestion(operation, ids, "it is the id of an operation, or a pattern of ids")
    raise UsageError(f"--fault {operation!r} is no operation of the contract", hint=hint)
