"""A verdict as a report, for the tools that read one."""

import accord
from accord.findings import Finding, Severity
from accord.reporting import Entry, Report
from accord.verifying.causes import Cause
from accord.verifying.verdict import Tally, Verdict


def report_of(verdict: Verdict, target: str) -> Report:
    """Each operation is a subject, and each cause a finding."""
    entries = (*(_entry(cause) for cause in verdict.causes), *_troubled(verdict))
    return Report(
        "accord verify",
        accord.__version__,
        entries,
        {name: tally.seconds for name, tally in verdict.operations.items()},
        {
            "contract": {"title": verdict.contract.title, "version": verdict.contract.version},
            "target": target,
            "kept": verdict.is_kept,
            "ended": list(verdict.reasons),
            "seed": verdict.settings.seed,
            "seconds": round(verdict.seconds, 3),
            "cases": verdict.cases,
            "phases": {name: _facts(tally) for name, tally in verdict.phases.items()},
            "operations": {name: _facts(tally) for name, tally in verdict.operations.items()},
            "untried": list(verdict.untried),
        },
    )


def _facts(tally: Tally) -> dict[str, object]:
    return {
        "cases": tally.cases,
        "failures": tally.failures,
        "seconds": round(tally.seconds, 3),
        "statuses": {str(status): count for status, count in sorted(tally.statuses.items())},
    }


def _entry(cause: Cause) -> Entry:
    failure = cause.failure
    details = {
        "fingerprint": cause.fingerprint,
        "known": cause.known or None,
        "checks": list(cause.checks),
        "kind": failure.kind,
        "side": str(cause.blame.side),
        "why": cause.blame.why,
        "count": cause.count,
        "phase": failure.phase,
        "steps": list(failure.steps),
        "said": failure.message,
    }
    text = "\n".join((failure.kind, "", failure.message, "", *failure.steps))
    return Entry(cause.finding, cause.operations, text, details)


def _troubled(verdict: Verdict) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            Finding("untested", Severity.ERROR, f"{trouble.operation or 'the run'}: {trouble.message}"),
            (trouble.operation,) if trouble.operation else (),
        )
        for trouble in verdict.troubles
    )
