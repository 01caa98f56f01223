"""`accord lint`: is a contract valid OpenAPI, and a good one for mock, server and tests?"""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click

import accord
from accord.cli.configured import ConfiguredCommand
from accord.cli.options import contracts, with_options
from accord.cli.project import find_project
from accord.cli.weighing import WEIGHING, is_failing, read_levels, weighed, worst_of, write, written_as
from accord.contract import load_contract
from accord.findings import Finding
from accord.linting import RULES
from accord.linting import lint as findings_of
from accord.linting.outlining import rules_as, to_markdown, to_text
from accord.reporting import FORMS, Entry, Report

_TOLD: Mapping[str, Callable[[str, Sequence[Finding]], str]] = {"text": to_text, "markdown": to_markdown}


@click.command(cls=ConfiguredCommand)
@click.argument("contract", required=False, shell_complete=contracts)
@with_options(*written_as(*_TOLD, *FORMS), *WEIGHING)
@click.option("--style", type=click.Choice(["redocly"]), help="Ask this linter about style, too.")
@click.option("--allow", multiple=True, help="A folder or host outside that references may lead to.")
@click.option("--rules", is_flag=True, help="List all rules, and end.")
def lint(
    contract: str | None,
    *,
    form: str,
    output: Path | None,
    fail_on: str,
    severity: tuple[str, ...],
    style: str | None,
    allow: tuple[str, ...],
    rules: bool,
) -> None:
    """Tell what is wrong with CONTRACT, each fault with its place and what to do about it.

    CONTRACT is a file or URL; without it, the contract of the project. Exit 1 where it has an error.
    """
    if rules:
        click.echo(rules_as(form), nl=False)
        return
    project = find_project(Path.cwd(), contract=contract)
    levels = read_levels(severity, RULES, "lint")
    loaded = load_contract(project.contract, allow=(*project.allow, *allow), lenient=True)
    found = [*findings_of(loaded)]
    if style:
        from accord.cli.styling import style_findings  # noqa: PLC0415 - only where it is asked for

        found += style_findings(project.contract)
    found = list(weighed(found, levels))
    write(_rendered(form, found, project.contract), output)
    if is_failing(worst_of([each.severity for each in found]), fail_on):
        sys.exit(1)


def _rendered(form: str, found: list[Finding], contract: str) -> str:
    if form in _TOLD:
        return _TOLD[form](contract, found)
    report = Report(
        "accord lint", accord.__version__, tuple(Entry(each) for each in found), facts={"contract": contract}
    )
    return FORMS[form](report)
