"""Findings in the forms that people and their tools read. Pure: what is rendered is written elsewhere."""

from accord.reporting.annotations import to_annotations
from accord.reporting.json_text import to_json
from accord.reporting.junit import to_junit
from accord.reporting.model import Entry, Report
from accord.reporting.sarif import to_sarif

__all__ = ["Entry", "Report", "to_annotations", "to_json", "to_junit", "to_sarif"]
