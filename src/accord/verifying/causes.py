"""Failures by what caused them: what breaks one line of the contract is one thing to mend."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256

from accord.contract import Contract
from accord.findings import Finding, Position, Severity
from accord.verifying.blaming import Blame, Blaming, Side
from accord.verifying.choosing import named
from accord.verifying.settings import CHECKS, SEVERITIES, rule_of
from accord.verifying.told import Failure

_ITEM = re.compile(r"/\d+(?![^\s/])")


@dataclass(frozen=True)
class Cause:
    """What failed in one way: the same line of the contract, the same words.

    `failure` is the one that is easiest to repeat, of `count`; `operations` are those that it was seen with,
    `checks` those that saw it, the most telling first.
    """

    blame: Blame
    failure: Failure
    operations: tuple[str, ...]
    checks: tuple[str, ...]
    count: int
    contract: Contract = field(repr=False)
    severity: Severity
    known: str = ""
    """Why it may be, and until when, where somebody approved it."""

    @property
    def counts(self) -> bool:
        """Is it held against anyone?"""
        return self.blame.side is not Side.NEITHER and not self.known

    @property
    def fingerprint(self) -> str:
        """What tells it from others, whatever found it first, and stays the same where only lines move."""
        parts = (self.blame.group or self.blame.rule, _ITEM.sub("/*", self.blame.what))
        return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]

    @property
    def place(self) -> str:
        """The place in the contract."""
        return self.blame.rule

    @property
    def rule(self) -> str:
        """The rule of its finding."""
        return rule_of(self.checks[0])

    @cached_property
    def position(self) -> Position:
        """The line of the contract that was broken, in the file that people edit."""
        return self.contract.document.locate(self.blame.rule)

    @property
    def finding(self) -> Finding:
        """The cause as a finding."""
        return Finding(
            rule=self.rule,
            severity=self.severity,
            message=f"{named(self.operations)}: {self.blame.what}",
            pointer=self.blame.rule,
            position=self.position,
            hint=f"known: {self.known}" if self.known else f"likely {self.blame.side}: {self.blame.why}",
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
        counts = blame.side is not Side.NEITHER
        severity = SEVERITIES[rule_of(failure.check)] if counts else Severity.INFO
        return Cause(blame, failure, operations, (failure.check,), 1, self._contract, severity)

    @property
    def found(self) -> tuple[Cause, ...]:
        """The causes: the heaviest first, by their place in the contract."""
        return tuple(sorted(self._found.values(), key=_order))


def _joined(cause: Cause, failure: Failure) -> Cause:
    named = [failure.operation] if failure.operation else []
    checks = sorted({*cause.checks, failure.check}, key=CHECKS.index)
    return replace(
        cause,
        failure=min(cause.failure, failure, key=_effort),
        operations=tuple(dict.fromkeys((*cause.operations, *named))),
        checks=tuple(checks),
        count=cause.count + 1,
    )


def _order(cause: Cause) -> tuple[int, Position, str]:
    return [*Severity].index(cause.severity), cause.position, cause.blame.what


def _effort(failure: Failure) -> tuple[int, int]:
    """How much there is to repeat: steps, then letters."""
    return len(failure.steps), sum(map(len, failure.steps))
