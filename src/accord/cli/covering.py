"""A coverage as it is printed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from accord.cli.weighing import is_failing, read_levels, weighed, worst_of
from accord.contract import Contract
from accord.verifying import SEVERITIES
from accord.verifying.coverage import Coverage
from accord.verifying.coverage.goals import Goal, Kind
from accord.verifying.coverage.reports import Report, Tally
from accord.verifying.coverage.undocumented import findings_of

_MOST = 20
"""Goals that are listed where not all are asked for."""


def print_share(report: Report) -> None:
    """Prints how much was seen, in one line."""
    total, seen = report.total, report.coverage
    elsewhere = f" ({seen.elsewhere} for no operation)" if seen.elsewhere else ""
    Console(highlight=False, soft_wrap=True).print(
        f"[bold]{total.share_of_provokable:.1f} % of what can be provoked[/] was seen ({total.seen} of "
        f"{total.goals - total.excused}), {total.share:.1f} % of all, in {seen.exchanges} exchanges"
        f"{elsewhere}"
    )


def tell_undocumented(contract: Contract, seen: Coverage, severity: Sequence[str], fail_on: str) -> bool:
    """Whether answers had nothing of weight that the contract has not, after what they had was printed.

    Raises UsageError for what `--severity` cannot say.
    """
    levels = read_levels(severity, SEVERITIES, "verify")
    found = [*weighed(findings_of(contract, seen.undocumented), levels)]
    for finding in found:
        click.echo(str(finding))
    return not is_failing(worst_of([each.severity for each in found]), fail_on)


def print_coverage(
    contract: Contract, report: Report, *, lists_all: bool = False, lists_excused: bool = False
) -> None:
    """Prints how much was seen of each operation, what was not, and why."""
    console = Console(highlight=False, soft_wrap=True)
    _print_table(console, report)
    _print_missing(console, contract, report.missing, lists_all=lists_all)
    for reason, count in Counter(report.excused.values()).most_common():
        console.print(f"{count} not seen: {reason}", markup=False)
        for goal in (at for at, why in report.excused.items() if lists_excused and why == reason):
            console.print(f"  {contract.document.locate(goal.pointer)}: {goal}", markup=False)
    if report.stale:
        console.print(f"{report.stale} were seen that the contract does not have", markup=False)
    print_share(report)


def _print_table(console: Console, report: Report) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("operation", overflow="fold")
    for heading in ("seen", "missing", "not to be provoked", "%"):
        table.add_column(heading, justify="right")
    table.add_column("answers", overflow="fold")
    answers = _answers(report)
    for name, tally in report.by_operation.items():
        table.add_row(escape(name), *_row(tally), answers.get(name, ""))
    console.print(table)
    console.print()


def _row(tally: Tally) -> Iterable[str]:
    missing = f"[yellow]{tally.missing}[/]" if tally.missing else ""
    return str(tally.seen), missing, str(tally.excused or ""), f"{tally.share_of_provokable:.0f}"


def _answers(report: Report) -> Mapping[str, str]:
    """The statuses of each operation, with how often they came."""
    found: dict[str, Counter[int]] = {}
    for answer, count in report.coverage.answers.items():
        found.setdefault(answer.operation, Counter())[answer.status] += count
    return {
        name: ", ".join(f"{status} x{count}" for status, count in sorted(counts.items()))
        for name, counts in found.items()
    }


def _print_missing(
    console: Console, contract: Contract, missing: tuple[Goal, ...], *, lists_all: bool
) -> None:
    missing = tuple(_outermost(missing))
    listed = missing if lists_all else missing[:_MOST]
    for goal in listed:
        position = contract.document.locate(goal.pointer)
        console.print(f"{position}: {goal} was not seen", markup=False)
    if len(listed) < len(missing):
        console.print(f"… and {len(missing) - len(listed)} more: --missing lists them", markup=False)


def _outermost(missing: Iterable[Goal]) -> Iterator[Goal]:
    """The goals without those that are within a response which did not come at all."""
    listed = list(missing)
    absent = {(goal.operation, goal.place) for goal in listed if goal.kind is Kind.STATUS}
    for goal in listed:
        place = " ".join(goal.place.split(" ")[:2])
        if goal.kind is Kind.STATUS or (goal.operation, place) not in absent:
            yield goal
