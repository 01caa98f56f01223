"""A report as JUnit's XML, which every CI shows: each subject is a test, which findings make fail."""

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from accord.findings import Severity
from accord.reporting.model import Entry, Report

_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold (XML 1.0 section 2.2)."""


def to_junit(report: Report) -> str:
    """One suite. Findings that are no errors stand in the output of their test, and let it pass."""
    names = dict.fromkeys(
        (*report.subjects, *(name for entry in report.entries for name in _subjects(entry)))
    )
    failing = {name for entry in report.entries if _fails(entry) for name in _subjects(entry)}
    suite = Element(
        "testsuite",
        name=report.name,
        tests=str(len(names)),
        failures=str(len(failing)),
        errors="0",
        time=f"{sum(report.subjects.values()):.3f}",
    )
    for name in names:
        of_name = [entry for entry in report.entries if name in _subjects(entry)]
        _add_test(suite, report, name, of_name)
    root = Element("testsuites")
    root.append(suite)
    indent(root)
    return tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _subjects(entry: Entry) -> tuple[str, ...]:
    return entry.subjects or (entry.finding.rule,)


def _fails(entry: Entry) -> bool:
    return entry.finding.severity is Severity.ERROR


def _add_test(suite: Element, report: Report, name: str, entries: list[Entry]) -> None:
    seconds = f"{report.subjects.get(name, 0.0):.3f}"
    test = SubElement(suite, "testcase", classname=report.name, name=_written(name), time=seconds)
    for entry in filter(_fails, entries):
        finding = entry.finding
        failure = SubElement(test, "failure", type=finding.rule, message=_written(finding.message))
        failure.text = _written(f"{finding}\n\n{entry.text}".strip())
    passed = "\n".join(str(entry.finding) for entry in entries if not _fails(entry))
    if passed:
        SubElement(test, "system-out").text = _written(passed)


def _written(text: str) -> str:
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
