"""What a run says in the end."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from accord.contract import Contract, Operation
from accord.findings import Finding, Severity
from accord.verifying.causes import Cause, Causes
from accord.verifying.commands import command_of
from accord.verifying.coverage import Coverage, Observer, Undocumented
from accord.verifying.exchanges import Exchange
from accord.verifying.settings import Settings
from accord.verifying.told import Ended, Failure, Scenario, Told, Trouble


@dataclass(slots=True)
class Tally:
    """How often something was tried and failed; how long its answers took, and with which status."""

    cases: int = 0
    failures: int = 0
    seconds: float = 0.0
    statuses: dict[int, int] = field(default_factory=dict)

    def add(self, exchange: Exchange) -> None:
        """Counts one case."""
        self.cases += 1
        self.seconds += exchange.seconds
        if exchange.response is not None:
            status = exchange.response.status
            self.statuses[status] = self.statuses.get(status, 0) + 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a server keeps its contract, as far as it was asked.

    `untried` are operations that nothing was sent to. `transport` are the seconds that were spent waiting for
    answers. `reasons` say of each run why it ended. `failing` are the severities that make it one that is not
    kept.
    """

    contract: Contract = field(repr=False)
    settings: Settings
    causes: tuple[Cause, ...]
    troubles: tuple[Trouble, ...]
    phases: Mapping[str, Tally]
    operations: Mapping[str, Tally]
    untried: tuple[str, ...]
    reasons: tuple[str, ...]
    seconds: float
    failing: frozenset[Severity] = frozenset({Severity.ERROR})

    @property
    def cases(self) -> int:
        return sum(tally.cases for tally in self.phases.values())

    @property
    def transport(self) -> float:
        return sum(tally.seconds for tally in self.phases.values())

    @property
    def broken(self) -> tuple[Cause, ...]:
        """The causes that are held against the contract or the implementation."""
        return tuple(cause for cause in self.causes if cause.counts)

    @property
    def failures(self) -> tuple[Cause, ...]:
        """Those of them that weigh enough to fail the run."""
        return tuple(cause for cause in self.broken if cause.severity in self.failing)

    @property
    def is_kept(self) -> bool:
        """Was nothing found that weighs enough, and nothing kept from being asked?"""
        is_tried = not self.troubles or Severity.ERROR not in self.failing
        return is_tried and not self.failures and "server unavailable" not in self.reasons

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(cause.finding for cause in self.causes)


class Hearing:
    """Follows a run, and gives the verdict."""

    def __init__(self, contract: Contract, settings: Settings, operations: Sequence[Operation]) -> None:
        self._contract = contract
        self._settings = settings
        self._causes = Causes(contract)
        self._troubles: dict[Trouble, None] = {}
        self._phases = {phase: Tally() for phase in settings.phases}
        self._operations = {operation.id: Tally() for operation in operations}
        self._ended: list[Ended] = []
        self._observer = Observer(contract)

    @property
    def coverage(self) -> Coverage:
        """What was seen of the contract so far."""
        return self._observer.coverage

    def hear(self, told: Told) -> None:
        """Takes in what the run tells."""
        if isinstance(told, Scenario):
            self._count(told)
            self._causes.add(told.failures)
            self._causes.add(self._undocumented(told))
        elif isinstance(told, Trouble):
            self._troubles[told] = None
        elif isinstance(told, Ended):
            self._ended.append(told)

    def _count(self, scenario: Scenario) -> None:
        phase, nobody = self._phases[scenario.phase], Tally()
        for exchange, name in zip(scenario.exchanges, scenario.called, strict=True):
            phase.add(exchange)
            self._operations.get(name, nobody).add(exchange)
        phase.failures += len(scenario.failures)
        for failure in scenario.failures:
            self._operations.get(failure.operation, nobody).failures += 1

    def _undocumented(self, scenario: Scenario) -> Iterator[Failure]:
        """What answers have beside what the contract names."""
        for exchange in scenario.exchanges:
            for each in self._observer.see(exchange):
                check = each.rule.replace("-", "_")
                if check in self._settings.checks:
                    yield self._failure(check, each, scenario.phase, exchange)

    def _failure(self, check: str, each: Undocumented, phase: str, exchange: Exchange) -> Failure:
        operation = self._contract.by_id[each.operation]
        steps = (command_of(self._contract, operation, exchange.request, self._settings.url),)
        kind = check.replace("_", " ").capitalize()
        return Failure(check, kind, each.what, operation.id, phase, steps, exchange, each.pointer)

    def verdict(self, seconds: float) -> Verdict:
        """What is to be said now, so many seconds after the beginning."""
        return Verdict(
            self._contract,
            self._settings,
            self._causes.found,
            tuple(self._troubles),
            self._phases,
            self._operations,
            tuple(name for name, tally in self._operations.items() if not tally.cases),
            tuple(ended.reason for ended in self._ended),
            seconds,
        )
