"""What a run has not seen is asked for in the end."""

from collections.abc import Iterator

import pytest

from accord.contract import Contract, load_contract
from accord.exchange import Incoming, Judge
from accord.testing import Mock
from accord.verifying import Scenario, Settings, choose, made_up
from accord.verifying.aiming import aimed, refused
from accord.verifying.coverage import Observer
from accord.verifying.coverage.planning import OperationGoals
from accord.verifying.running import verify
from tests.live import ROOT

CONTRACT = str(ROOT / "openapi.yaml")
BODY = b'{"assistant_type": "chat", "llm_model": null}'
HEADERS = ((b"content-type", b"application/json"),)


@pytest.fixture(scope="module")
def contract() -> Contract:
    return load_contract(CONTRACT)


@pytest.fixture(scope="module")
def mock() -> Iterator[Mock]:
    with Mock.start(CONTRACT, verbose_level="silent", credential="accord") as started:
        yield started


def goals_and_requests(
    contract: Contract, name: str, base: Incoming
) -> tuple[OperationGoals, list[Incoming]]:
    operation = contract.by_id[name]
    goals, judged = Observer(contract).goals(operation), Judge(contract).request(operation, base)
    return goals, list(aimed(goals, base, judged, lambda _: "made"))


def test_each_listed_value_of_a_body_is_laid_into_an_accepted_one(contract: Contract) -> None:
    base = Incoming("POST", "/api/v1/assistant", {}, b"api_key=a", HEADERS, BODY)
    _, requests = goals_and_requests(contract, "createAssistant", base)
    models = contract.document.content["components"]["schemas"]["LlmModel"]["enum"]
    for model in models:
        assert any(f'"{model}"'.encode() in each.body for each in requests)


def test_a_parameter_is_sent_at_each_of_its_bounds_in_place_of_what_it_was(contract: Contract) -> None:
    base = Incoming("GET", "/api/v1/assistant", {}, b"size=7&api_key=a")
    _, requests = goals_and_requests(contract, "listAssistants", base)
    queries = {each.query for each in requests}
    assert {b"api_key=a&size=1", b"api_key=a&size=100", b"api_key=a"} <= queries


def test_what_was_refused_already_is_not_aimed_at_again(contract: Contract) -> None:
    base = Incoming("GET", "/api/v1/assistant")
    goals, _ = goals_and_requests(contract, "listAssistants", base)
    assert [len(each.body) > 0 for each in refused(goals, base)] == [False, True, True]
    for aim in goals.aims.values():
        aim.is_seen = True
    assert list(refused(goals, base)) == []


def test_a_run_ends_with_what_it_has_not_seen(contract: Contract, mock: Mock) -> None:
    settings = Settings(mock.url, made_up(contract), phases=("coverage", "directed"))
    told = verify(contract, settings, choose(contract, ["listAssistants"]))
    scenarios = [each for each in told if isinstance(each, Scenario)]
    assert [each.phase for each in scenarios][-1] == "directed"
    statuses = [each.response.status for each in scenarios[-1].exchanges if each.response]
    assert 406 in statuses
    assert scenarios[-1].failures == ()
