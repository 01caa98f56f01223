"""A report as the lines by which a job at GitHub marks what is wrong in the files of a change."""

from accord.findings import Finding, Severity
from accord.reporting.model import Report

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def to_annotations(report: Report) -> str:
    """A workflow command for each finding."""
    return "".join(f"{_command(entry.finding)}\n" for entry in report.entries)


def _command(finding: Finding) -> str:
    position = finding.position
    place = {"file": position.file, "line": position.line, "col": position.column} if position else {}
    stated = {**place, "title": finding.rule}
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in stated.items())
    text = finding.message + (f"\n{finding.hint}" if finding.hint else "")
    return f"::{_COMMANDS[finding.severity]} {properties}::{_escaped(text)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
