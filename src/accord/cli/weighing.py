"""What findings and changes weigh, and when that makes a command fail; where a report is written."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from accord.cli.options import Option
from accord.cli.reporting import write_file
from accord.errors import UsageError
from accord.findings import Finding, Severity, suggestion

if TYPE_CHECKING:
    from accord.comparing import Change
    from accord.verifying import Cause

_WEIGHTS = {Severity.ERROR: 3, Severity.WARNING: 2, Severity.INFO: 1}
FAILING: Mapping[str, int] = {"error": 3, "warning": 2, "info": 1, "never": 4}
"""What `--fail-on` may say, and from which weight on that fails."""
OFF = "off"
_LEVELS = (*(str(severity) for severity in Severity), OFF)
WEIGHING: Sequence[Option] = (
    click.option(
        "--fail-on",
        type=click.Choice([*FAILING]),
        default="error",
        help="The least weight that makes the exit code 1.",
    ),
    click.option(
        "--severity",
        multiple=True,
        metavar="RULE=LEVEL",
        help="What a rule weighs: error, warning, info, off.",
    ),
)
"""What rules weigh, and when that is too much."""
FAIL_UNDER: Option = click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Exit with 1 where less was seen of what can be provoked.",
)

_Weighing = TypeVar("_Weighing", "Change", "Cause", Finding)


def written_as(*forms: str) -> Sequence[Option]:
    """Options that say in which of these forms a report is written, and where; text unless said."""
    return (
        click.option("--format", "form", type=click.Choice(forms), default="text", help="What is written."),
        click.option(
            "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write into this file."
        ),
    )


def is_failing(worst: Severity | None, fail_on: str) -> bool:
    """Does the heaviest of them make the command fail?"""
    return worst is not None and _WEIGHTS[worst] >= FAILING[fail_on]


def failing(fail_on: str) -> frozenset[Severity]:
    """The severities that make the command fail."""
    return frozenset(each for each in Severity if is_failing(each, fail_on))


def worst_of(severities: Collection[Severity]) -> Severity | None:
    """The heaviest; None of none."""
    return max(severities, key=_WEIGHTS.__getitem__, default=None)


def read_levels(written: Sequence[str], rules: Collection[str], command: str) -> Mapping[str, str]:
    """The levels of `--severity RULE=LEVEL` by their rules. Raises UsageError."""
    found = {}
    for each in written:
        rule, _, level = each.partition("=")
        if rule not in rules:
            hint = suggestion(rule, list(rules), f"`accord {command} --rules` lists them")
            raise UsageError(f"--severity {each}: there is no rule {rule!r}", hint=hint)
        if level not in _LEVELS:
            raise UsageError(f"--severity {each}: {level!r} is no level", hint=f"one of {', '.join(_LEVELS)}")
        found[rule] = level
    return found


def weighed(found: Iterable[_Weighing], levels: Mapping[str, str]) -> Iterator[_Weighing]:
    """What was found, each with the weight that its rule was given, without those whose rule is off."""
    for each in found:
        level = levels.get(each.rule)
        if level != OFF:
            yield replace(each, severity=Severity(level)) if level else each


def write(text: str, output: Path | None) -> None:
    """Writes a report into a file, or to standard output. Raises UsageError."""
    if output is None:
        click.echo(text, nl=False)
        return
    write_file(output, text)
