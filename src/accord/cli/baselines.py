"""Failures that are known when a server is verified first: read, told from new ones, and written."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import click
import yaml

from accord.cli.reporting import write_file
from accord.comparing.approvals import Approval, judge, read_approvals
from accord.document.data import read_data
from accord.errors import UsageError
from accord.findings import Severity
from accord.verifying import SEVERITIES, Cause, Verdict

_DAYS = 90
"""How long a failure may be that was written down: until then it is to be mended, or to have a reason."""


def read_baseline(file: Path | None, *, updates: bool) -> Sequence[Approval]:
    """The failures that are known; none without a file. Raises UsageError for one that cannot be used."""
    if file is None:
        if updates:
            raise UsageError("--baseline-update: which baseline?", hint="give --baseline FILE, too")
        return ()
    if updates and not file.exists():
        return ()
    approvals, findings = read_approvals(read_data(str(file)), SEVERITIES, "verify")
    if findings:
        raise UsageError(f"{file} is no baseline: {findings[0]}")
    return approvals


def judged(verdict: Verdict, approvals: Sequence[Approval], today: date, writes: Path | None) -> Verdict:
    """The verdict with what is known held against nobody, after approvals of no use were told.

    With a path, all that fails is known from now on: the baseline is written there.
    """
    told = judge(verdict.causes, approvals, today, lambda cause: cause.counts)
    known = {id(cause): approval for cause, approval in told.approved}
    if writes is not None:
        new = [_approved(cause, writes, today) for cause in told.counting if cause in verdict.failures]
        known |= {id(cause): approval for cause, approval in new}
        _write(writes, [*dict.fromkeys(known.values())])
    else:
        for finding in told.findings:
            click.echo(str(finding), err=True)
    causes = [_known(cause, known.get(id(cause))) for cause in verdict.causes]
    return replace(verdict, causes=tuple(causes))


def _known(cause: Cause, approval: Approval | None) -> Cause:
    if approval is None:
        return cause
    return replace(cause, severity=Severity.INFO, known=f"{approval.reason} (until {approval.until})")


def _approved(cause: Cause, file: Path, today: date) -> tuple[Cause, Approval]:
    reason = f"known since {today}: {cause.finding.message}"
    position = replace(cause.position, file=str(file))
    until = today + timedelta(days=_DAYS)
    return cause, Approval(reason, until, position, fingerprint=cause.fingerprint)


def _write(file: Path, approvals: Sequence[Approval]) -> None:
    """Writes the baseline, what people had written of an approval as it was."""
    names = ("fingerprint", "rule", "operation", "place", "reason", "until")
    entries = [{name: said for name in names if (said := getattr(each, name))} for each in approvals]
    write_file(file, yaml.safe_dump(entries, sort_keys=False, allow_unicode=True, width=100))
