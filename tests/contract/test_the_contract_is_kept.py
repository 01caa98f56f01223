"""`accord verify` finds nothing, in every phase and by every check, in whatever answers this contract.

One of Schemathesis's checks, object_level_authorization, needs several users, and knows those by header or
log-in only, not by a key in the query. tests/app holds what it would check: no organisation sees another's.
"""

import json
from pathlib import Path

import pytest

from tests.contract.verifying import ANSWERING, FEWER, covered, verified

CASES = {"examples": 10, "coverage": 300, "fuzzing": 1500, "stateful": 3000, "directed": 3}
"""The least that each phase has to try."""
UNREACHED = """
listAssistants, response 403
listAssistants, response 422
getAssistant, response 403
getAssistant, response 422
deleteAssistant, response 422
"""
"""What this server never answers: each of its roles may read, and a parameter at fault is 400."""


@pytest.mark.slow
@pytest.mark.parametrize("answering", ANSWERING)
def test_thousands_of_cases_of_every_phase_find_nothing(answering: str, tmp_path: Path) -> None:
    """One test for all of it, since the server and its fuzzing take a minute."""
    report = tmp_path / "verdict"
    done = verified(answering, tmp_path, "--report", f"json={report}")
    verdict = json.loads(report.read_text())
    print(f"{answering}: {verdict['cases']} cases in {verdict['seconds']:.0f} s")
    assert (done.returncode, verdict["findings"]) == (0, []), done.stdout
    assert (verdict["untried"], set(verdict["ended"])) == ([], {"completed"})
    assert {
        phase: tally["cases"]
        for phase, tally in verdict["phases"].items()
        if tally["cases"] < CASES[phase] // (FEWER if answering == "mock-postgresql" else 1)
    } == {}
    if answering == "sqlite":
        assert_that_all_is_seen(tmp_path)


def assert_that_all_is_seen(folder: Path) -> None:
    """The contract is seen as a whole, but for what this server never answers."""
    done = covered(folder, "--missing")
    missing = [line.partition(": ")[2] for line in done.stdout.splitlines() if line.endswith("was not seen")]
    assert done.returncode == 0, done.stdout
    assert [line for line in missing if line.partition(": ")[0] not in UNREACHED.splitlines()] == []
