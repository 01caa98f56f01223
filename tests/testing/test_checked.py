"""Right requests by a contract, and answers judged by it."""

import httpx
import pytest

from accord.testing import Checked, Mock
from tests.live import ROOT

CONTRACT = Checked.load(ROOT / "openapi.yaml")


@pytest.mark.parametrize("operation", CONTRACT.operations)
def test_a_right_request_gets_an_answer_that_keeps_the_contract(assistants: Mock, operation: str) -> None:
    with assistants.world().client() as client:
        response = CONTRACT.ask(client, operation)
    assert response.status_code < 500
    assert CONTRACT.violations(operation, response) == ()


def test_an_answer_that_breaks_the_contract_is_told_with_the_rule() -> None:
    answer = httpx.Response(200, json={"data": []})
    (violation, *_) = CONTRACT.violations("getAssistant", answer)
    assert violation.rule.startswith("/")
