from uuid import uuid4

import pytest

from accord.errors import UsageError
from handlers.access import Caller
from handlers.limiting import RateLimit, rate_limit
from store import Database, OrganisationAssistants, Role, open_database
from tests.app.conftest import Clients

OPERATION = "getAssistant"


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def caller() -> Caller:
    organisation = uuid4()
    return Caller(organisation, Role.READ, OrganisationAssistants(NOWHERE, organisation))


NOWHERE: Database = open_database("postgresql://nobody@127.0.0.1:1/nothing")


async def test_two_seconds_worth_of_requests_may_come_at_once() -> None:
    limit, somebody = RateLimit(5, clock=Clock()), caller()
    waits = [await limit(somebody, OPERATION) for _ in range(11)]
    assert waits[:10] == [None] * 10
    assert waits[10] == pytest.approx(0.2)


async def test_after_the_time_that_was_named_the_next_request_goes_on() -> None:
    clock = Clock()
    limit, somebody = RateLimit(0.5, clock=clock), caller()
    assert await limit(somebody, OPERATION) is None
    wait = await limit(somebody, OPERATION)
    assert wait == pytest.approx(2)
    clock.now += 2
    assert await limit(somebody, OPERATION) is None


async def test_one_organisation_does_not_use_up_what_another_may_make() -> None:
    limit, busy = RateLimit(1, clock=Clock()), caller()
    waits = [await limit(busy, OPERATION) for _ in range(3)]
    assert waits[2] is not None
    assert await limit(caller(), OPERATION) is None


async def test_a_long_rest_saves_no_more_than_two_seconds_worth() -> None:
    clock = Clock()
    limit, somebody = RateLimit(1, clock=clock), caller()
    await limit(somebody, OPERATION)
    clock.now += 3600
    assert [await limit(somebody, OPERATION) is None for _ in range(3)] == [True, True, False]


def test_without_a_setting_there_is_no_limit() -> None:
    assert rate_limit({}) is None
    assert rate_limit({"RATE_LIMIT": ""}) is None


@pytest.mark.parametrize("given", ["0", "-1", "many", "inf", "nan"])
def test_a_setting_that_is_no_rate_is_refused(given: str) -> None:
    with pytest.raises(UsageError, match=given):
        rate_limit({"RATE_LIMIT": given})


@pytest.mark.parametrize("settings", [{"RATE_LIMIT": "1"}])
async def test_too_many_requests_are_answered_429_with_the_seconds_to_wait(clients: Clients) -> None:
    answers = [await clients.read.ask("GET") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["retry-after"] == "1"
    assert answers[2].headers["content-type"] == "application/problem+json"
    assert (await clients.foreign.ask("GET")).status_code == 200
