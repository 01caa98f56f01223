"""What changed between two contracts: operations, callbacks, webhooks, servers, security schemes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from accord.comparing.changes import Change
from accord.comparing.described import both
from accord.comparing.lifecycle import Policy, removed_operation
from accord.comparing.operations import OperationComparison
from accord.comparing.paths import route_of
from accord.comparing.sameness import Sameness
from accord.comparing.security import turned_schemes
from accord.comparing.told import Told
from accord.contract import Contract, Operation
from accord.findings import Severity

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def compare(old: Contract, new: Contract, policy: Policy) -> tuple[Change, ...]:
    """The changes from `old` to `new`: what breaks clients first, each once, with all operations that it
    concerns.
    """
    sameness = Sameness(old.document, new.document)
    compared = OperationComparison(sameness, policy)
    changes = (
        *_operations(old.operations, new.operations, compared, policy),
        *_all_called("webhook", old.webhooks, new.webhooks, compared, Told()),
        *_servers(old, new),
        *turned_schemes(old, new),
    )
    return tuple(sorted(_gathered(changes), key=lambda change: _ORDER[change.severity]))


def _gathered(changes: Iterable[Change]) -> Iterator[Change]:
    """Each change once: one of a component that many operations use is one change."""
    found: dict[tuple[str, str, str, str], Change] = {}
    for change in changes:
        key = (change.rule, change.old, change.new, change.message)
        known = found.get(key)
        if known is None:
            found[key] = change
        elif not set(change.operations) <= set(known.operations):
            found[key] = replace(known, operations=(*known.operations, *change.operations))
    yield from found.values()


def _operations(
    old: Sequence[Operation], new: Sequence[Operation], compared: OperationComparison, policy: Policy
) -> Iterator[Change]:
    for one, other in _paired(old, new):
        if one and other:
            told = Told(_called(other))
            yield from compared.of(one, other, told)
            yield from _all_called("callback", one.callbacks, other.callbacks, compared, told)
        elif one:
            yield removed_operation(one, Told(_called(one)), policy)
        elif other:
            message = "the operation was added"
            yield Told(_called(other)).change("operation-added", message, new=other.pointer)


def _paired(
    old: Sequence[Operation], new: Sequence[Operation]
) -> Iterator[tuple[Operation | None, Operation | None]]:
    """Each operation with what it is on the other side: that of its very path, else one whose path differs
    in the names of parameters alone.
    """
    after = {_called(each): each for each in new}
    kept = after.keys() & {_called(each) for each in old}
    spare: dict[str, list[Operation]] = {}
    for each in new:
        if _called(each) not in kept:
            spare.setdefault(_route(each), []).append(each)
    for each in old:
        alike = [after[_called(each)]] if _called(each) in kept else spare.get(_route(each), [])
        yield each, alike.pop(0) if alike else None
    yield from ((None, each) for left in spare.values() for each in left)


def _route(operation: Operation) -> str:
    return f"{operation.method.upper()} {route_of(operation.path)}"


def _called(operation: Operation) -> str:
    return f"{operation.method.upper()} {operation.path}"


def _all_called(
    kind: str,
    old: Mapping[str, Sequence[Operation]],
    new: Mapping[str, Sequence[Operation]],
    compared: OperationComparison,
    told: Told,
) -> Iterator[Change]:
    """What changed of what the server calls by itself."""
    for name, (before, after) in both(old, new).items():
        ones, others = ({_called(each): each for each in side or ()} for side in (before, after))
        for called, (one, other) in both(ones, others).items():
            method = called.partition(" ")[0]
            at = told.at(f"{kind} {name} ({method})")
            if one and other:
                yield from compared.called(one, other, at)
            elif one:
                yield at.change(f"{kind}-removed", f"the {kind} was removed", old=one.pointer)
            elif other:
                yield at.change(f"{kind}-added", f"the {kind} was added", new=other.pointer)


def _servers(old: Contract, new: Contract) -> Iterator[Change]:
    before, after = _urls(old), _urls(new)
    for url in before - after:
        yield Told().change("server-removed", f"the server {url} was removed", old="/servers")
    for url in after - before:
        yield Told().change("server-added", f"the server {url} was added", new="/servers")


def _urls(contract: Contract) -> set[str]:
    listed = contract.document.content.get("servers")
    urls = (each.get("url") for each in listed if isinstance(each, dict)) if isinstance(listed, list) else ()
    return {str(url) for url in urls if url}
