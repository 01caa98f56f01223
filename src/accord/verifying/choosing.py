"""Which operations of a contract a run is for."""

import difflib
from collections.abc import Sequence
from fnmatch import fnmatchcase

from accord.contract import METHODS, Contract, Operation
from accord.errors import UsageError

_MOST_NAMED = 4


def choose(
    contract: Contract, patterns: Sequence[str] = (), shard: tuple[int, int] = (1, 1)
) -> tuple[Operation, ...]:
    """The operations that a pattern names, in the contract's order, and of these one part of several.

    A pattern is an id or `METHOD /path`, with `*` for any text. The parts of a shard are of one size, and
    neighbours go to different ones. Raises UsageError for a pattern that names nothing.
    """
    chosen = dict.fromkeys(each for pattern in patterns for each in _named(contract, pattern))
    operations = [each for each in contract.operations if not patterns or each in chosen]
    index, count = shard
    return tuple(operations[index - 1 :: count])


def label_of(operation: Operation) -> str:
    """`METHOD /path`, as people and Schemathesis say it."""
    return f"{operation.method.upper()} {operation.path}"


def named(operations: Sequence[str]) -> str:
    """The ids of operations in a sentence, of many the first ones."""
    more = len(operations) - _MOST_NAMED
    told = ", ".join(operations[:_MOST_NAMED]) or "the run"
    return f"{told} and {more} more" if more > 0 else told


def is_callable(operation: Operation) -> bool:
    """Can Schemathesis call it? It knows the methods that OpenAPI has a field for."""
    return operation.method in METHODS


def _named(contract: Contract, pattern: str) -> list[Operation]:
    found = [
        each
        for each in contract.operations
        if pattern in (each.id, label_of(each))
        or fnmatchcase(each.id, pattern)
        or fnmatchcase(label_of(each), pattern)
    ]
    if not found:
        near = difflib.get_close_matches(pattern, contract.by_id, n=3, cutoff=0.4)
        hint = f"did you mean {' or '.join(near)}?" if near else "name an operationId, or METHOD /path"
        raise UsageError(f"the contract has no operation {pattern!r}", hint=hint)
    return found
