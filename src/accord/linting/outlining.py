"""Findings and rules of lint as people read them: text, Markdown."""

from collections.abc import Sequence

from accord.findings import Finding, Severity
from accord.linting.rules import RULES
from accord.reporting import in_markdown


def to_text(contract: str, found: Sequence[Finding]) -> str:
    """A line for each finding, and how many there are."""
    return "".join(f"{finding}\n" for finding in found) + f"{contract}: {_counted(found)}\n"


def to_markdown(contract: str, found: Sequence[Finding]) -> str:
    """A list for a comment or a page."""
    said = [f"# `{contract}`", "", f"{_counted(found).capitalize()}.", *([""] if found else [])]
    return "\n".join([*said, *map(_bullet, found)]) + "\n"


def _bullet(finding: Finding) -> str:
    hint = f" {in_markdown(finding.hint[:1].upper() + finding.hint[1:])}." if finding.hint else ""
    place = f"`{finding.position}`: " if finding.position else ""
    return f"- **{finding.severity}** {place}{in_markdown(finding.message)} (`{finding.rule}`).{hint}"


def _counted(found: Sequence[Finding]) -> str:
    counts = [
        f"{count} {severity}{'s' if count > 1 and severity is not Severity.INFO else ''}"
        for severity in Severity
        if (count := sum(each.severity is severity for each in found))
    ]
    return ", ".join(counts) or "nothing is wrong"


def rules_as(form: str) -> str:
    """All rules: a table in Markdown, else lines of text."""
    if form != "markdown":
        return "".join(f"{rule.severity:<8} {rule.id:<26} {rule.summary}\n" for rule in RULES.values())
    rows = [f"| `{rule.id}` | {rule.severity} | {rule.summary} | {rule.remedy} |" for rule in RULES.values()]
    return "\n".join(["| rule | level | what is wrong | what to do |", "|---|---|---|---|", *rows]) + "\n"
