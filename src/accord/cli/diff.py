"""`accord diff`: what changed between two contracts, and whether it breaks clients."""

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

import accord
from accord.cli.configured import ConfiguredCommand
from accord.cli.options import contracts, with_options
from accord.cli.project import find_project
from accord.cli.revisions import Version, is_unborn, version_of
from accord.cli.weighing import WEIGHING, is_failing, read_levels, weighed, worst_of, write, written_as
from accord.comparing import RULES, Change, Policy, compare
from accord.comparing.approvals import Approval, Judged, judge, read_approvals
from accord.comparing.outlining import Line, Outline, rules_as, shown, to_html, to_markdown, to_text
from accord.contract import Contract, load_contract
from accord.document.data import read_data
from accord.errors import UsageError
from accord.findings import Finding, Position, Severity
from accord.reporting import FORMS, Entry, Report

_TOLD: Mapping[str, Callable[[Outline], str]] = {"text": to_text, "markdown": to_markdown, "html": to_html}


@click.command(cls=ConfiguredCommand)
@click.argument("old", required=False, shell_complete=contracts)
@click.argument("new", required=False, shell_complete=contracts)
@with_options(*written_as(*_TOLD, *FORMS), *WEIGHING)
@click.option("--approvals", metavar="FILE", help="Changes that may be, each with a reason and an end date.")
@click.option("--deprecation-days", type=click.IntRange(0), default=0, help="What a deprecation has to last.")
@click.option("--breaking", is_flag=True, help="Show what breaks clients, or may, alone.")
@click.option("--lenient", is_flag=True, help="Go on where a contract has broken references or equal ids.")
@click.option("--allow", multiple=True, help="A folder or host outside that references may lead to.")
@click.option("--rules", is_flag=True, help="List all rules with their levels and mirrors, and end.")
def diff(
    old: str | None,
    new: str | None,
    *,
    form: str,
    output: Path | None,
    fail_on: str,
    severity: tuple[str, ...],
    approvals: str | None,
    deprecation_days: int,
    breaking: bool,
    lenient: bool,
    allow: tuple[str, ...],
    rules: bool,
) -> None:
    """Tell what changed from the contract OLD to NEW, and whether it breaks clients.

    Each is a file, a URL, or a file at a revision of git: main:openapi.yaml. Without NEW it is the
    project's contract. Exit 1 where something breaks clients.
    """
    if rules:
        click.echo(rules_as(form), nl=False)
        return
    project = find_project(Path.cwd())
    if old is None:
        raise UsageError("which contract is the old one?", hint="accord diff main:openapi.yaml")
    if is_unborn(old):
        click.echo(f"{old}: nothing is committed yet, so there is no client to break", err=True)
        return
    levels = read_levels(severity, RULES, "diff")
    today = datetime.now(UTC).date()
    known, findings = _approvals(approvals, project.root)
    with ExitStack() as stack:
        before, after = (stack.enter_context(version_of(each)) for each in (old, new or project.contract))
        allowed = (*project.allow, *allow)
        one, other = (
            load_contract(each.location, allow=(*allowed, *_own(each)), lenient=lenient)
            for each in (before, after)
        )
        changes = compare(one, other, Policy(today, deprecation_days))
        judged = judge(weighed(changes, levels), known, today, lambda change: change.is_breaking)
        outline = Outline(old, new or project.contract, tuple(_lines(judged, (one, before), (other, after))))
    for finding in (*findings, *judged.findings):
        click.echo(str(finding), err=True)
    write(_rendered(form, _narrowed(outline, breaking=breaking)), output)
    worst = worst_of([line.change.severity for line in outline.lines if not line.approved])
    if findings or is_failing(worst, fail_on):
        sys.exit(1)


def _own(version: Version) -> tuple[str, ...]:
    """The folder of a revision: its contract may refer to all that is in it."""
    return (version.folder,) if version.folder else ()


def _approvals(file: str | None, root: Path) -> tuple[Sequence[Approval], Sequence[Finding]]:
    """The approvals of a file, or of the project's own, if it has one."""
    own = root / "approvals.yaml"
    location = file or (str(own) if own.is_file() else None)
    return read_approvals(read_data(location)) if location else ((), ())


def _lines(
    judged: Judged[Change], old: tuple[Contract, Version], new: tuple[Contract, Version]
) -> list[Line]:
    approved = {id(change): approval for change, approval in judged.approved}
    return [
        Line(
            change, _position(old, change.old), _position(new, change.new), _reason(approved.get(id(change)))
        )
        for change in (*judged.counting, *(change for change, _ in judged.approved))
    ]


def _reason(approval: Approval | None) -> str:
    return f"{approval.reason} (until {approval.until})" if approval else ""


def _position(side: tuple[Contract, Version], pointer: str) -> Position | None:
    contract, version = side
    return version.called(contract.document.locate(pointer)) if pointer else None


def _narrowed(outline: Outline, *, breaking: bool) -> Outline:
    if not breaking:
        return outline
    return replace(outline, lines=tuple(line for line in outline.lines if line.change.is_breaking))


def _rendered(form: str, outline: Outline) -> str:
    return _TOLD[form](outline) if form in _TOLD else FORMS[form](_report(outline))


def _report(outline: Outline) -> Report:
    entries = tuple(_entry(line) for line in outline.lines)
    facts = {"old": outline.old, "new": outline.new, "summary": outline.summary}
    return Report("accord diff", accord.__version__, entries, facts=facts)


def _entry(line: Line) -> Entry:
    """The change as a finding. One that is approved is told, and weighs no more than that."""
    change = line.change
    severity = Severity.INFO if line.approved else change.severity
    place = f"{change.place}: " if change.place else ""
    witness = shown(change.witness) if change.witness else ""
    message = f"{place}{change.message}"
    hint = f"approved: {line.approved}" if line.approved else ""
    finding = Finding(change.rule, severity, message, change.new or change.old, line.position, hint)
    details = {
        "fingerprint": change.fingerprint,
        "operations": list(change.operations),
        "place": change.place,
        "breaking": change.is_breaking and not line.approved,
        "old": _place(change.old, line.old),
        "new": _place(change.new, line.new),
        "approved": line.approved or None,
        **(
            {"witness": {"value": change.witness.value, "accepted_by": change.witness.accepted_by}}
            if change.witness
            else {}
        ),
    }
    return Entry(finding, change.operations, witness, details)


def _place(pointer: str, position: Position | None) -> Mapping[str, str] | None:
    return {"pointer": pointer, "position": str(position)} if pointer and position else None
