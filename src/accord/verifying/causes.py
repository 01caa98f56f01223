"""Failures by what caused them: what breaks one line of the contract is one thing to mend."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from accord.contract import Contract
from accord.findings import Finding, Position, Severity
from accord.verifying.blaming import Blame, Blaming, Side
from accord.verifying.told import Failure

_MOST_NAMED = 4


@dataclass(frozen=True)
class Cause:
    """What failed in one way: the same line of the contract, the same words.

    `failure` is the one that is easiest to repeat, of `count`; `operations` are those that it was seen with,
    `checks` those that saw it.
    """

    blame: Blame
    failure: Failure
    operations: tuple[str, ...]
    checks: tuple[str, ...]
    count: int
    contract: Contract = field(repr=False)

    @property
    def counts(self) -> bool:
        """Is it held against anyone?"""
        return self.blame.side is not Side.NEITHER

    @cached_property
    def position(self) -> Position:
        """The line of the contract that was broken, in the file that people edit."""
        return self.contract.document.locate(self.blame.rule)

    @property
    def finding(self) -> Finding:
        """The cause as a finding."""
        severity = Severity.ERROR if self.counts else Severity.INFO
        return Finding(
            rule=self.failure.check.replace("_", "-"),
            severity=severity,
            message=f"{_named(self.operations)}: {self.blame.what}",
            pointer=self.blame.rule,
            position=self.position,
            hint=f"likely {self.blame.side}: {self.blame.why}",
        )


class Causes:
    """Groups failures as they come."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._blaming = Blaming(contract)
        self._found: dict[tuple[str, str, str], Cause] = {}

    def add(self, failures: Iterable[Failure]) -> None:
        """Puts each failure with those that have its cause."""
        for failure in failures:
            blame = self._blaming.blame(failure)
            key = (blame.side, blame.group or blame.rule, blame.what)
            known = self._found.get(key)
            self._found[key] = self._first(blame, failure) if known is None else _joined(known, failure)

    def _first(self, blame: Blame, failure: Failure) -> Cause:
        operations = (failure.operation,) if failure.operation else ()
        return Cause(blame, failure, operations, (failure.check,), 1, self._contract)

    @property
    def found(self) -> tuple[Cause, ...]:
        """The causes: those that count first, by their place in the contract."""
        return tuple(
            sorted(self._found.values(), key=lambda each: (not each.counts, each.position, each.blame.what))
        )


def _joined(cause: Cause, failure: Failure) -> Cause:
    named = [failure.operation] if failure.operation else []
    return replace(
        cause,
        failure=min(cause.failure, failure, key=_effort),
        operations=tuple(dict.fromkeys((*cause.operations, *named))),
        checks=tuple(dict.fromkeys((*cause.checks, failure.check))),
        count=cause.count + 1,
    )


def _named(operations: tuple[str, ...]) -> str:
    """The operations, of many the first ones."""
    more = len(operations) - _MOST_NAMED
    named = ", ".join(operations[:_MOST_NAMED]) or "the run"
    return f"{named} and {more} more" if more > 0 else named


def _effort(failure: Failure) -> tuple[int, int]:
    """How much there is to repeat: steps, then letters."""
    return len(failure.steps), sum(map(len, failure.steps))
