"""`accord coverage`: how much of a contract was seen, in tests, in runs of `accord verify` and in traffic."""

import sys
from pathlib import Path

import click

from accord.cli.configured import ConfiguredCommand
from accord.cli.options import with_options
from accord.cli.project import find_project
from accord.cli.reporting import write_file
from accord.cli.weighing import FAIL_UNDER, WEIGHING
from accord.contract import load_contract

_FILE = click.Path(path_type=Path)
_OPTIONS = (
    click.option("--contract", metavar="CONTRACT", help="A file or URL; else the contract of the project."),
    click.option("-o", "--output", type=_FILE, help="Write what was seen in all of them into this file."),
    FAIL_UNDER,
    click.option(
        "--missing", is_flag=True, help="List every goal that was not seen, not the first 20 alone."
    ),
    click.option(
        "--excused", is_flag=True, help="List every goal that nobody can provoke, below the reason for it."
    ),
    click.option("--allow", multiple=True, help="A folder or host outside that references may lead to."),
)


@click.command(cls=ConfiguredCommand)
@click.argument("files", nargs=-1, required=True, type=_FILE)
@with_options(*_OPTIONS, *WEIGHING)
def coverage(
    *,
    files: tuple[Path, ...],
    contract: str | None,
    output: Path | None,
    fail_under: float | None,
    missing: bool,
    excused: bool,
    fail_on: str,
    severity: tuple[str, ...],
    allow: tuple[str, ...],
) -> None:
    """Merge what FILES show of the contract, and say what is missing.

    FILES are what accord verify --coverage-to and pytest --accord-coverage wrote, HTTP archives (HAR), and
    folders of recordings of accord proxy --record. Exits with 1 where less was seen than --fail-under, or
    where answers had what the contract has not.
    """
    from accord.cli.covering import print_coverage, tell_undocumented  # noqa: PLC0415 - rich and schemas are for this alone
    from accord.verifying.coverage.reports import report_of  # noqa: PLC0415
    from accord.verifying.coverage.sources import coverage_from  # noqa: PLC0415

    project = find_project(Path.cwd(), contract=contract)
    loaded = load_contract(project.contract, allow=(*project.allow, *allow), lenient=True)
    seen = coverage_from(loaded, files)
    if output is not None:
        write_coverage(output, seen.to_json())
    report = report_of(loaded, seen)
    is_documented = tell_undocumented(loaded, seen, severity, fail_on)
    print_coverage(loaded, report, lists_all=missing, lists_excused=excused)
    is_seen = fail_under is None or report.total.share_of_provokable >= fail_under
    sys.exit(0 if is_seen and is_documented else 1)


def write_coverage(path: Path, text: str) -> None:
    """Writes what was seen into a file. Raises UsageError where that cannot be done."""
    write_file(path, f"{text}\n", makes_folders=True)
