"""Findings in the forms that people and their tools read. Pure: what is rendered is written elsewhere."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from accord.reporting.annotations import to_annotations
from accord.reporting.json_text import to_json
from accord.reporting.junit import to_junit
from accord.reporting.markdown import in_markdown
from accord.reporting.model import Entry, Report
from accord.reporting.sarif import to_sarif

FORMS: Mapping[str, Callable[[Report], str]] = MappingProxyType(
    {"junit": to_junit, "json": to_json, "sarif": to_sarif, "github": to_annotations}
)
"""What a report can be written as, for programs, by the name that commands have for it."""

__all__ = ["FORMS", "Entry", "Report", "in_markdown", "to_annotations", "to_json", "to_junit", "to_sarif"]
