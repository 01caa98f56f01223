"""One report in each of its forms."""

import json
from xml.etree.ElementTree import fromstring

import pytest

from accord.findings import Finding, Position, Severity
from accord.reporting import Entry, Report, to_annotations, to_json, to_junit, to_sarif

PLACE = Position("api.yaml", 3, 5)
REPORT = Report(
    "accord verify",
    "1.0",
    (
        Entry(
            Finding("not-a-server-error", Severity.ERROR, "get: answers 500, 50%", "/paths", PLACE, "why"),
            ("get",),
            "curl \x00",
            {"count": 2},
        ),
        Entry(Finding("odd", Severity.INFO, "put: odd"), ("put",)),
    ),
    {"get": 1.5, "put": 0.5, "post": 0.0},
    {"seed": 1},
)


def test_json_has_facts_findings_and_their_details() -> None:
    whole = json.loads(to_json(REPORT))
    assert (whole["tool"], whole["seed"]) == ("accord verify", 1)
    first = whole["findings"][0]
    assert (first["file"], first["line"], first["count"], first["subjects"]) == ("api.yaml", 3, 2, ["get"])


def test_junit_has_a_test_for_each_subject_of_which_errors_fail() -> None:
    (suite,) = fromstring(to_junit(REPORT))  # noqa: S314 - what we wrote ourselves
    assert (suite.get("tests"), suite.get("failures"), suite.get("time")) == ("3", "1", "2.000")
    assert [test.get("name") for test in suite if test.find("failure") is not None] == ["get"]
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert failure.get("type") == "not-a-server-error"
    assert (failure.text or "").endswith("curl \N{REPLACEMENT CHARACTER}")


def test_sarif_points_to_the_line_and_has_a_fingerprint_that_lines_do_not_change() -> None:
    (run,) = json.loads(to_sarif(REPORT))["runs"]
    result, other = run["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "api.yaml"}, "region": {"startLine": 3, "startColumn": 5}}
    assert (result["level"], other["level"], other["locations"]) == ("error", "note", [])
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]] == {"id": "not-a-server-error"}
    assert len(result["partialFingerprints"]["accord/v1"]) == 16


def test_an_annotation_is_one_line_with_what_must_be_escaped() -> None:
    assert to_annotations(REPORT).splitlines() == [
        "::error file=api.yaml,line=3,col=5,title=not-a-server-error::get: answers 500, 50%25%0Awhy",
        "::notice title=odd::put: odd",
    ]


@pytest.mark.parametrize("write", [to_json, to_junit, to_sarif, to_annotations])
def test_a_report_of_nothing_is_one_too(write: object) -> None:
    assert callable(write)
    assert isinstance(write(Report("accord lint", "1.0", ())), str)
