"""A verdict as it is printed, and the files that are written of it."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from accord.cli.reporting import write_file
from accord.findings import Position, Severity
from accord.reporting import FORMS
from accord.verifying import Cause, Tally, Verdict, report_of
from accord.verifying.pages import Section, to_page

_MOST_ROWS = 60
"""Operations that are listed; of more, those that failed."""
_AROUND = 3
"""Lines of the contract that are shown before and after the one that was broken."""
_WIDEST = 300
_FAMILIES = (2, 3, 4, 5)
_STYLES: Mapping[Severity, str] = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.INFO: "bold",
}


def print_verdict(verdict: Verdict, target: str) -> None:
    """Prints what was found, and the table of what was asked."""
    console = Console(highlight=False, soft_wrap=True)
    for number, cause in enumerate(verdict.causes, 1):
        _print_cause(console, number, cause)
    for trouble in verdict.troubles:
        what = trouble.operation or "the run"
        console.print(f"[red]untested[/] {escape(what)}: {escape(trouble.message)}\n")
    _print_table(console, verdict)
    _print_summary(console, verdict, target)


def _print_cause(console: Console, number: int, cause: Cause) -> None:
    style = _STYLES[cause.severity]
    failure, finding = cause.failure, cause.finding
    console.print(Text.assemble((f"{number}. {finding.message}", style)))
    console.print(
        f"   {cause.position}  {cause.severity}: {', '.join(cause.checks)}, {cause.count} times", markup=False
    )
    console.print(f"   likely {cause.blame.side}: {cause.blame.why}", markup=False)
    for step in failure.steps:
        console.print(f"   {step}", markup=False)
    if failure.exchange and failure.exchange.response:
        response = failure.exchange.response
        console.print(f"   -> {response.status} {_shown(response.body)}", markup=False)
    console.print()


def _shown(body: bytes) -> str:
    text = " ".join(body[:400].decode("utf-8", "replace").split())
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _print_table(console: Console, verdict: Verdict) -> None:
    rows = list(verdict.operations.items())
    if len(rows) > _MOST_ROWS:
        rows = [(name, tally) for name, tally in rows if tally.failures]
    table = Table(box=None, pad_edge=False)
    table.add_column("operation", overflow="fold")
    for heading in ("cases", *(f"{family}xx" for family in _FAMILIES), "failures"):
        table.add_column(heading, justify="right")
    for name, tally in rows:
        table.add_row(escape(name), *_row(tally))
    if rows:
        console.print(table)
        console.print()


def _row(tally: Tally) -> Sequence[str]:
    families = [
        sum(count for status, count in tally.statuses.items() if status // 100 == family)
        for family in _FAMILIES
    ]
    counted = [str(tally.cases), *(str(count or "") for count in families)]
    return [*counted, f"[red]{tally.failures}[/]" if tally.failures else ""]


def _print_summary(console: Console, verdict: Verdict, target: str) -> None:
    phases = ", ".join(f"{name} {tally.cases}" for name, tally in verdict.phases.items())
    rate = verdict.cases / verdict.seconds if verdict.seconds else 0.0
    console.print(
        f"{verdict.cases} cases ({phases}) in {verdict.seconds:.1f} s, {rate:.0f} a second; "
        f"seed {verdict.settings.seed}",
        markup=False,
    )
    for line in _unfinished(verdict):
        console.print(line, markup=False)
    failures, others = len(verdict.failures), len(verdict.broken) - len(verdict.failures)
    beside = f"; {_counted(others, 'finding')} beside that, which fail nothing" if others else ""
    if verdict.is_kept:
        console.print(f"[green]{escape(target)} keeps the contract, as far as it was asked{beside}[/]")
    else:
        what = _counted(failures, "cause") + " of failure" if failures else "not all could be asked"
        console.print(f"[bold red]{escape(target)} does not keep the contract: {what}{beside}[/]")


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'s' if count != 1 else ''}"


def _unfinished(verdict: Verdict) -> Sequence[str]:
    """What is to be known of a run that did not do all that it was to do."""
    lines = []
    stopped = [reason for reason in dict.fromkeys(verdict.reasons) if reason != "completed"]
    if stopped:
        lines.append(f"ended early: {', '.join(stopped)}")
    if verdict.untried:
        named = ", ".join(verdict.untried[:8]) + (", …" if len(verdict.untried) > 8 else "")  # noqa: PLR2004
        lines.append(f"nothing was sent to {len(verdict.untried)} operations: {named}")
    return lines


def write_reports(
    verdict: Verdict,
    target: str,
    wanted: Sequence[tuple[str, str]],
    facts: Mapping[str, Any],
    sections: Sequence[Section],
) -> None:
    """Writes each report to its path; `-` is standard output. Raises UsageError where that cannot be done.

    `facts` and `sections` are what else there is to know, for JSON and for the page.
    """
    if not wanted:
        return
    plain = report_of(verdict, target)
    report = replace(plain, facts={**plain.facts, **facts})
    for form, path in wanted:
        is_page = form == "html"
        text = to_page(verdict, target, _lines_at, sections) if is_page else FORMS[form](report)
        if path == "-":
            click.echo(text, nl=False, file=sys.stdout)
        else:
            write_file(Path(path), text, makes_folders=True)


def _lines_at(position: Position) -> Sequence[tuple[int, str]]:
    """The lines around a place in a file of this machine; none for others."""
    try:
        lines = Path(position.file).read_text(encoding="utf-8", errors="replace").splitlines()
    except (OSError, ValueError):
        return ()
    first = max(position.line - _AROUND, 1)
    around = lines[first - 1 : position.line + _AROUND]
    return [(number, line[:_WIDEST]) for number, line in enumerate(around, first)]
