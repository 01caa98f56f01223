"""What findings and changes weigh, and when that makes a command fail; where a report is written."""

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

import click

from accord.errors import UsageError
from accord.findings import Severity

_WEIGHTS = {Severity.ERROR: 3, Severity.WARNING: 2, Severity.INFO: 1}
FAILING: Mapping[str, int] = {"error": 3, "warning": 2, "info": 1, "never": 4}
"""What `--fail-on` may say, and from which weight on that fails."""
OFF = "off"
_LEVELS = (*(str(severity) for severity in Severity), OFF)


def is_failing(worst: Severity | None, fail_on: str) -> bool:
    """Does the heaviest of them make the command fail?"""
    return worst is not None and _WEIGHTS[worst] >= FAILING[fail_on]


def worst_of(severities: Collection[Severity]) -> Severity | None:
    """The heaviest; None of none."""
    return max(severities, key=_WEIGHTS.__getitem__, default=None)


def read_levels(written: Sequence[str], rules: Collection[str], command: str) -> Mapping[str, str]:
    """The levels of `--severity RULE=LEVEL` by their rules. Raises UsageError."""
    found = {}
    for each in written:
        rule, _, level = each.partition("=")
        if rule not in rules:
            near = get_close_matches(rule, list(rules), n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"`accord {command} --rules` lists them"
            raise UsageError(f"--severity {each}: there is no rule {rule!r}", hint=hint)
        if level not in _LEVELS:
            raise UsageError(f"--severity {each}: {level!r} is no level", hint=f"one of {', '.join(_LEVELS)}")
        found[rule] = level
    return found


def write(text: str, output: Path | None) -> None:
    """Writes a report into a file, or to standard output. Raises UsageError."""
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror}") from None
