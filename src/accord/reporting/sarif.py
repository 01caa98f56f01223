"""A report as SARIF 2.1.0, which code hosts show beside the lines of the contract."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from accord.findings import Finding, Position, Severity
from accord.reporting.model import Entry, Report

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def to_sarif(report: Report) -> str:
    """One run with its rules and results."""
    rules = sorted({entry.finding.rule for entry in report.entries})
    driver = {"name": report.name, "version": report.version, "rules": [{"id": rule} for rule in rules]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(entry, rules) for entry in report.entries],
    }
    whole = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _result(entry: Entry, rules: list[str]) -> Mapping[str, Any]:
    finding = entry.finding
    text = "\n\n".join(part for part in (finding.message, finding.hint, entry.text) if part)
    return {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [_location(finding.position)] if finding.position else [],
        "partialFingerprints": {"accord/v1": _fingerprint(finding)},
    }


def _location(position: Position) -> Mapping[str, Any]:
    region = {"startLine": position.line, "startColumn": position.column}
    return {"physicalLocation": {"artifactLocation": {"uri": position.file}, "region": region}}


def _fingerprint(finding: Finding) -> str:
    """What tells the finding from others, and stays when lines are added above it."""
    told = f"{finding.rule}\0{finding.pointer}\0{finding.message}"
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]
