"""What a run says in the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from accord.contract import Contract, Operation
from accord.findings import Finding
from accord.verifying.causes import Cause, Causes
from accord.verifying.exchanges import Exchange
from accord.verifying.settings import Settings
from accord.verifying.told import Ended, Scenario, Told, Trouble


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
    answers. `reasons` say of each run why it ended.
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
    def is_kept(self) -> bool:
        """Was nothing found, and nothing kept from being asked?"""
        return not self.broken and not self.troubles and not set(self.reasons) & {"server unavailable"}

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

    def hear(self, told: Told) -> None:
        """Takes in what the run tells."""
        if isinstance(told, Scenario):
            self._count(told)
            self._causes.add(told.failures)
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
