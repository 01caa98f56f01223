"""`accord verify`, against an application that keeps its contract or has one fault."""

from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import CHROMIUM, browsing
from tests.verifying.conftest import Verify

APP = ("--app", "shop:app", "--max-examples", "15")


def test_an_application_that_breaks_nothing_but_lacks_a_documented_400_is_told_so(
    verify: Verify,
) -> None:
    done, report = verify(*APP)
    (finding,) = report["findings"]
    assert (done.returncode, finding["checks"]) == (1, ["status_code_conformance"]), done.stdout
    assert (finding["side"], finding["line"]) == ("contract", 21)
    assert finding["message"] == "getItem: the contract has no answer with 400"


CHATTY = (
    *APP,
    "--phases",
    "coverage",
    "--operation",
    "getItem",
    "--exclude-checks",
    "status_code_conformance",
)


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        ((), 0, "keeps the contract, as far as it was asked; 2 findings beside that, which fail nothing"),
        (("--fail-on", "warning"), 1, "does not keep the contract: 2 causes of failure"),
        (("--severity", "undocumented-header=error"), 1, "1 cause of failure; 1 finding beside that"),
    ],
)
def test_what_answers_have_beside_the_contract_fails_a_run_if_it_weighs_enough(
    verify: Verify, options: tuple[str, ...], code: int, said: str
) -> None:
    done, report = verify(*CHATTY, *options, faults="chatty")
    assert (done.returncode, said in done.stdout) == (code, True), done.stdout
    header, body = sorted(report["findings"], key=lambda each: str(each["rule"]))
    assert header["message"] == "getItem: answers with an undocumented header, x-trace"
    assert body["message"] == "getItem: answers with an undocumented property, cost"
    assert (body["pointer"], body["line"]) == ("/components/schemas/Item", 31)
    assert body["steps"][0].startswith("curl -X GET http://127.0.0.1:")


@pytest.fixture(scope="module")
def faulty(verify: Verify, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, dict[str, Any], Path]:
    """The verdict on an application with four faults, and its page."""
    page = tmp_path_factory.mktemp("page") / "page.html"
    return *verify(*APP, "--report", f"html={page}", faults="nameless,fails,unlimited,open"), page


@pytest.mark.parametrize(
    ("check", "line", "message"),
    [
        ("response_schema_conformance", 33, "getItem: body /name is required"),
        ("not_a_server_error", 17, "getItem: answers 500"),
        (
            "negative_data_rejection",
            10,
            "listItems: takes what the contract forbids: query 'limit' must be at",
        ),
        ("ignored_auth", 4, "listItems, getItem: answers 200 without credentials, or with wrong ones"),
    ],
)
def test_a_fault_is_found_with_the_line_that_it_breaks(
    faulty: tuple[Any, dict[str, Any], Path], check: str, line: int, message: str
) -> None:
    done, report, _ = faulty
    found = [each for each in report["findings"] if each["message"].startswith(message)]
    assert done.returncode == 1
    assert {each["line"] for each in found} == {line}, done.stdout
    assert {each["side"] for each in found} == {"implementation"}
    assert check in found[0]["checks"]
    assert found[0]["steps"][0].startswith("curl ")


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
def test_the_page_shows_each_cause_with_the_line_in_light_and_dark(
    faulty: tuple[Any, dict[str, Any], Path], tmp_path: Path
) -> None:
    with browsing(tmp_path) as page:
        page.open(faulty[2].as_uri())
        assert "shop:app does not keep the contract" in page.text("header")
        assert page.text("details.cause mark") == "4security: [{Key: []}]"
        colours = []
        for scheme in ("light", "dark"):
            page.scheme(scheme)
            colours.append(page.value("getComputedStyle(document.body).backgroundColor"))
        assert len(set(colours)) == 2
        page.write("#search", "getitem")
        rows = "[...document.querySelectorAll('#asked tbody tr')].filter((row) => !row.hidden).length"
        assert page.value(rows) == 1
        for width in (1440, 420):
            page.call(
                "Emulation.setDeviceMetricsOverride",
                width=width,
                height=900,
                deviceScaleFactor=1,
                mobile=False,
            )
            assert page.value("document.documentElement.scrollWidth <= innerWidth"), width
        assert page.thrown == []


def test_the_mock_of_a_contract_passes_every_phase(verify: Verify) -> None:
    done, report = verify("--mock", "--max-examples", "15", "--operation", "listItems")
    assert (done.returncode, report["findings"], report["ended"]) == (0, [], ["completed"] * 4), done.stdout
    assert report["operations"]["listItems"]["cases"] > 20
    assert list(report["phases"]) == ["examples", "coverage", "fuzzing", "stateful", "directed"]
    assert 0 < report["coverage"]["seen"] < report["coverage"]["goals"]
    assert list(report["coverage"]["operations"]) == ["listItems"]


def test_a_server_that_is_not_there_is_an_error_of_one_line(verify: Verify) -> None:
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
        (("--serve", "--against", "http://localhost"), "give --mock, too"),
        (("--mock", "--workers", "2", "--against", "http://localhost"), "needs one worker"),
        (("--mock", "--phases", "fuzz"), "'fuzz' is none of"),
    ],
)
def test_what_makes_no_sense_is_said(verify: Verify, options: tuple[str, ...], said: str) -> None:
    done, _ = verify(*options)
    assert done.returncode == 2
    assert said in done.stderr


def test_an_application_that_cannot_be_started_is_said_with_its_own_words(verify: Verify) -> None:
    done, _ = verify("--app", "shop:nothing")
    assert done.returncode == 1
    assert "shop:nothing ended with " in done.stderr
    assert 'Attribute "nothing" not found' in done.stderr


def test_a_contract_that_cannot_be_loaded_exits_with_3(verify: Verify) -> None:
    assert verify("--mock", contract="none.yaml")[0].returncode == 3
