"""What is sent is decided by the seed, the contract and the answers alone."""

from collections.abc import Iterator
from functools import partial

import pytest

from accord.contract import Contract, load_contract
from accord.testing import Mock
from accord.verifying import Ended, Scenario, Settings, choose, made_up
from accord.verifying.exchanges import Exchange
from accord.verifying.running import verify
from accord.verifying.spreading import spread
from tests.live import ROOT

CONTRACT = str(ROOT / "openapi.yaml")


@pytest.fixture(scope="module")
def contract() -> Contract:
    return load_contract(CONTRACT)


@pytest.fixture(scope="module")
def mock() -> Iterator[Mock]:
    with Mock.start(CONTRACT, verbose_level="silent", credential="accord") as started:
        yield started


def exchanges(contract: Contract, mock: Mock, seed: int) -> list[Exchange]:
    mock.reset()
    settings = Settings(mock.url, made_up(contract), max_examples=10, seed=seed)
    told = verify(contract, settings, choose(contract, ["createAssistant"]))
    return [exchange for each in told if isinstance(each, Scenario) for exchange in each.exchanges]


def test_the_same_seed_sends_the_same_requests_and_another_others(contract: Contract, mock: Mock) -> None:
    first, again, other = ([each.request for each in exchanges(contract, mock, seed)] for seed in (1, 1, 2))
    assert len(first) > 50
    assert first == again
    assert first != other


def test_an_exchange_has_the_contracts_own_path_wherever_the_server_is(
    contract: Contract, mock: Mock
) -> None:
    settings = Settings(f"{mock.url}/_accord/in/other", made_up(contract), phases=("coverage",))
    told = list(verify(contract, settings, choose(contract, ["listAssistants"])))
    seen = [exchange for each in told if isinstance(each, Scenario) for exchange in each.exchanges]
    assert {each.request.path for each in seen} == {"/api/v1/assistant"}
    assert 200 in {each.response.status for each in seen if each.response}


def test_a_time_limit_ends_the_run_and_says_so(contract: Contract, mock: Mock) -> None:
    settings = Settings(
        mock.url, made_up(contract), max_examples=100_000, phases=("fuzzing",), time_limit=0.5
    )
    ended = list(verify(contract, settings, choose(contract)))[-1]
    assert isinstance(ended, Ended)
    assert ended.reason == "time limit"
    assert ended.seconds < 10


def test_processes_ask_the_same_of_each_operation_as_one_does(contract: Contract, mock: Mock) -> None:
    """But for calls in a row, which are divided among them."""
    settings = Settings(mock.url, made_up(contract), max_examples=10, phases=("coverage",))
    names = ["listAssistants", "createAssistant"]  # neither changes what the other is answered
    asked = [
        {
            (exchange.request.method, exchange.request.path, exchange.request.query)
            for each in told
            if isinstance(each, Scenario)
            for exchange in each.exchanges
            if exchange.request.method in ("GET", "POST")  # others are tried once for a path, in each run
        }
        for told in (
            list(verify(contract, settings, choose(contract, names))),
            list(spread(partial(load_contract, CONTRACT), settings, names, 2)),
        )
    ]
    assert asked[0] == asked[1]
    assert len(asked[0]) > 20
