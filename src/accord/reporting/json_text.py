"""A report as JSON, for programs of one's own."""

import json
from collections.abc import Mapping
from typing import Any

from accord.findings import Finding
from accord.reporting.model import Report


def to_json(report: Report) -> str:
    """One object: the command, its facts, its findings."""
    whole = {
        "tool": report.name,
        "version": report.version,
        **report.facts,
        "findings": [
            {**_finding(entry.finding), "subjects": list(entry.subjects), **entry.details}
            for entry in report.entries
        ],
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _finding(finding: Finding) -> Mapping[str, Any]:
    position = finding.position
    place = {"file": position.file, "line": position.line, "column": position.column} if position else {}
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "message": finding.message,
        "hint": finding.hint,
        "pointer": finding.pointer,
        **place,
    }
