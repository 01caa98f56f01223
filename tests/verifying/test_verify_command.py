"""`accord verify`, against an application that keeps its contract or has one fault."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.verifying.conftest import HERE

APP = ("--app", "shop:app", "--max-examples", "15")


def test_an_application_that_breaks_nothing_but_lacks_a_documented_400_is_told_so(
    verify: Callable[..., Any],
) -> None:
    done, report = verify(*APP)
    (finding,) = report["findings"]
    assert (done.returncode, finding["check"]) == (1, "status_code_conformance"), done.stdout
    assert (finding["side"], finding["line"]) == ("contract", 21)
    assert finding["message"] == "getItem: answers 400, and the contract documents 200, 401, 405"


@pytest.mark.parametrize(
    ("fault", "check", "line", "message"),
    [
        ("nameless", "response_schema_conformance", 33, "getItem: body /name is required"),
        ("fails", "not_a_server_error", 17, "getItem: answers 500"),
        ("unlimited", "negative_data_rejection", 10, "listItems: takes what the contract forbids"),
        ("open", "ignored_auth", 4, "listItems, getItem: "),
    ],
)
def test_a_fault_is_found_with_the_line_that_it_breaks(
    verify: Callable[..., Any], fault: str, check: str, line: int, message: str
) -> None:
    done, report = verify(*APP, faults=fault)
    found = [each for each in report["findings"] if each["check"] == check]
    assert done.returncode == 1
    assert {each["line"] for each in found} == {line}, done.stdout
    assert found[0]["message"].startswith(message)
    assert found[0]["side"] == "implementation"


def test_the_mock_of_a_contract_passes_every_phase(verify: Callable[..., Any]) -> None:
    done, report = verify("--mock", "--max-examples", "15", "--operation", "listItems")
    assert (done.returncode, report["findings"], report["ended"]) == (0, [], ["completed"] * 3), done.stdout
    assert report["operations"]["listItems"]["cases"] > 20
    assert list(report["phases"]) == ["examples", "coverage", "fuzzing", "stateful"]


def test_a_server_that_is_not_there_is_an_error_of_one_line(verify: Callable[..., Any]) -> None:
    done, report = verify("--server", "http://127.0.0.1:1")
    assert (done.returncode, report) == (2, {})
    assert done.stderr == (
        "accord: http://127.0.0.1:1 cannot be reached: connection refused\n  hint: is the server running?\n"
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "nothing is named to be asked"),
        (("--mock", "--serve"), "--mock and --serve exclude each other"),
        (("--server", "localhost"), "--server localhost: a URL is expected"),
        (("--app", "shop"), "--app shop: MODULE:NAME is expected"),
        (("--mock", "--operation", "getItems"), "did you mean getItem or listItems?"),
        (("--mock", "--shard", "3/2"), "'3/2' is not a part of several"),
        (("--mock", "--report", "pdf=x"), "'pdf' is none of"),
        (("--mock", "--phases", "fuzz"), "'fuzz' is none of"),
    ],
)
def test_what_makes_no_sense_is_said(verify: Callable[..., Any], options: tuple[str, ...], said: str) -> None:
    done, _ = verify(*options)
    assert done.returncode == 2
    assert said in done.stderr


def test_an_application_that_cannot_be_started_is_said_with_its_own_words(verify: Callable[..., Any]) -> None:
    done, _ = verify("--app", "shop:nothing")
    assert done.returncode == 1
    assert "shop:nothing ended with " in done.stderr
    assert 'Attribute "nothing" not found' in done.stderr


def test_a_contract_that_cannot_be_loaded_exits_with_3(verify: Callable[..., Any]) -> None:
    assert verify("--mock", contract=str(HERE / "none.yaml"))[0].returncode == 3
