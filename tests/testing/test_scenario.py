"""Scenarios of this repository, as tests turn them on."""

from collections.abc import Iterator

import httpx
import pytest

from accord.errors import UsageError
from accord.testing import Mock, World
from tests.live import ROOT
from tests.testing.conftest import KEY, NEW

PATH = "/api/v1/assistant"


@pytest.fixture(scope="module")
def mock() -> Iterator[Mock]:
    with Mock.start(folder=ROOT, verbose_level="warn", scenario="read-only key") as running:
        yield running


@pytest.fixture
def client(mock: Mock) -> Iterator[tuple[World, httpx.Client]]:
    world = mock.world()
    world.scenario("read-only key").off()
    with world.client(params=KEY) as client:
        yield world, client


def test_a_scenario_is_on_from_the_start(mock: Mock) -> None:
    assert "15 scenarios, on at first: read-only key" in mock.log
    assert mock.scenario("read-only key").is_on
    assert httpx.post(f"{mock.url}{PATH}", params=KEY, json=NEW).status_code == 403


def test_a_scenario_holds_while_it_is_on(client: tuple[World, httpx.Client]) -> None:
    world, http = client
    limit = world.scenario("assistant limit reached").on()
    refused = http.post(PATH, json=NEW)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "3600")
    assert (limit.used, limit.step) == ([1], "start")
    limit.off()
    assert http.post(PATH, json=NEW).status_code == 200


def test_a_scenario_holds_for_its_block(client: tuple[World, httpx.Client]) -> None:
    world, http = client
    with world.scenario("expired key"):
        assert http.get(PATH).status_code == 401
    assert http.get(PATH).status_code == 200


def test_a_first_call_fails_and_the_second_works_each_time_it_begins(
    client: tuple[World, httpx.Client],
) -> None:
    world, http = client
    fails = world.scenario("first create fails").on()
    assert [http.post(PATH, json=NEW).status_code for _ in range(2)] == [503, 200]
    fails.reset()
    assert [http.post(PATH, json=NEW).status_code for _ in range(2)] == [503, 200]


def test_a_scenario_is_turned_on_at_a_step(client: tuple[World, httpx.Client]) -> None:
    world, http = client
    assert world.scenario("key expires").on(step="revoked").step == "revoked"
    assert http.get(PATH).status_code == 401


def test_an_answer_is_lost_and_the_work_is_done_all_the_same(client: tuple[World, httpx.Client]) -> None:
    world, http = client
    world.scenario("lost answer").on()
    before = len(world.items("assistant"))
    with pytest.raises(httpx.TransportError):
        http.post(PATH, json=NEW)
    assert len(world.items("assistant")) == before + 1


def test_a_scenario_that_is_not_there_is_wrong_usage(mock: Mock) -> None:
    with pytest.raises(UsageError, match="did you mean 'slow list'"):
        mock.world().scenario("slow lists").on()
