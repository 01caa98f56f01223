"""A handful of the mutants of benchmarks/mutants.py: one for each way in which they are found."""

import pytest

import benchmarks.faults  # noqa: F401 - it adds them
from benchmarks.mutants import judge_all
from benchmarks.mutations import MUTATIONS

FOUND = {
    "mock_created_as_201": "checks",
    "secret_shown": "coverage",
    "any_organisation": "parity",
    "role_not_checked": "own requests",
}


@pytest.mark.slow
def test_a_fault_is_found_by_what_is_there_to_find_it() -> None:
    found = {each.name: each.by for each in judge_all(list(FOUND), 1, print)}
    assert found == FOUND


def test_there_are_mutants_of_server_and_mock() -> None:
    sides = [mutation.of for mutation in MUTATIONS.values()]
    assert sides.count("server") >= 40
    assert sides.count("mock") >= 15
