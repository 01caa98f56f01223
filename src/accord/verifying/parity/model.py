"""What parity says: values."""

from dataclasses import dataclass

from accord.exchange import Incoming, Outgoing
from accord.findings import Finding, Severity
from accord.verifying.parity.comparing import Unlike


@dataclass(frozen=True, slots=True)
class Difference:
    """A request that two servers answered differently, the first of several alike.

    `asked` and `asked_theirs` are the request as each got it. `keeps` says which of both keeps the contract:
    `both`, `ours`, `theirs` or `neither`.
    """

    operation: str
    unlike: Unlike
    asked: Incoming
    asked_theirs: Incoming
    ours: Outgoing
    theirs: Outgoing
    keeps: str
    finding: Finding
    count: int = 1

    @property
    def counts(self) -> bool:
        """Is it held against them? What only one of two right refusals says besides is told, and no more."""
        return self.finding.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class Parity:
    """How many requests were compared, and how many passed over: only one side had what they were about."""

    compared: int = 0
    passed_over: int = 0
    uncounted: int = 0
    """Requests whose lists were not counted, since the sides did not hold the same by then."""
    differences: tuple[Difference, ...] = ()

    @property
    def is_alike(self) -> bool:
        """Did both answer all of it alike?"""
        return not any(each.counts for each in self.differences)
