"""The faults that a mock is started with."""

import pytest

from accord.cli.faulting import rules_of, unsuffered
from accord.errors import UsageError
from tests.mocking.conftest import contract_of

CONTRACT = contract_of({"/pets": {"get": {"operationId": "listPets", "responses": {}}}})


def test_faults_are_those_of_all_operations_of_one_or_of_a_pattern() -> None:
    written = ["delay=1s", "listPets: reset", "*Pets:drop; rate=5%", "none"]
    rules = [(rule.operation, str(rule.fault)) for rule in rules_of(written, CONTRACT)]
    assert rules == [("*", "delay=1s"), ("listPets", "reset"), ("*Pets", "drop; rate=5%")]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("listPet: reset", "'listPet' is no operation"),
        ("listPets: rest", "--fault 'listPets: rest': A fault has"),
    ],
)
def test_what_makes_no_sense_is_wrong_usage(written: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        rules_of([written], CONTRACT)


@pytest.mark.parametrize(("forward", "is_said"), [("*Pets=http://b", True), ("getPet=http://b", False)])
def test_a_fault_of_operations_that_are_all_passed_on_is_said(forward: str, *, is_said: bool) -> None:
    said = [*unsuffered(["listPets: reset"], [forward], CONTRACT)]
    assert [line.partition(":")[0] for line in said] == ["--fault 'listPets"] * is_said
