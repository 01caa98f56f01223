"""Which answer a request gets that suffers: by its header, by rules, within limits and over them."""

from collections.abc import Mapping
from typing import Any

import httpx
import orjson
import pytest

from accord.mocking import Choices, Mock, Request, Response, respond
from accord.mocking.asgi import Application
from accord.mocking.faulting.answering import suffering_of
from accord.mocking.faulting.reading import read_fault
from accord.mocking.faulting.rules import Rules
from accord.mocking.sharing.shared import Shared
from accord.mocking.sharing.stores import Loaded
from accord.mocking.state.world import World
from tests.mocking.conftest import answer, contract_of, header

NUMBER: Any = {"schema": {"type": "integer"}}
LIMITS: Any = dict.fromkeys(("X-RateLimit-Limit", "X-RateLimit-Remaining", "RateLimit-Reset"), NUMBER)
EPOCH: Any = {"X-RateLimit-Reset": {"schema": {"type": "integer"}, "example": 1_700_000_000}}
POLICY: Any = {name: {"schema": {"type": "string"}} for name in ("RateLimit", "RateLimit-Policy")}
PATHS: Any = {
    "/pets": {
        "get": {
            "operationId": "listPets",
            "parameters": [{"name": "size", "in": "query", "schema": {"type": "integer"}}],
            "responses": {
                "200": {**answer({"const": "pets"}), "headers": {**LIMITS, **POLICY}},
                "429": {**answer({"const": "slow down"}), "headers": {**LIMITS, **EPOCH}},
                "502": answer({"const": "gone"}),
                "504": answer({"const": "late"}),
            },
        },
        "post": {"operationId": "createPet", "responses": {"201": answer({"const": 1})}},
    }
}


class Caller:
    """Asks a mock at moments that a test chooses."""

    def __init__(self, *common: str, seed: str = "s") -> None:
        self.mock, self.choices = Mock(contract_of(PATHS), seed), Choices()
        self.world, self.common = World(), Rules()
        for fault in common:
            self.common.order(read_fault(fault))

    def ask(
        self,
        stated: str | None = None,
        *,
        target: str = "/pets",
        method: str = "GET",
        now: float = 0,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        path, _, query = target.partition("?")
        pairs = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
        if stated is not None:
            pairs.append((b"x-accord-fault", stated.encode()))
        request = Request(method, path, query.encode(), pairs)
        world = self.world
        terms: Any = {"faults": world.faults, "common": self.common}
        suffering = suffering_of(self.mock, request, self.choices, now, **terms)
        answered = suffering.failed or respond(self.mock, request, self.choices, world, now)
        return suffering.laid(answered)


def test_the_header_states_the_fault_of_one_request() -> None:
    caller = Caller()
    assert [str(caller.ask(each).fault) for each in ("reset", None)] == ["reset", "None"]


def test_a_header_that_cannot_be_read_is_a_422_that_pages_of_other_origins_can_read() -> None:
    refused = Caller().ask("rest", headers={"origin": "http://a"})
    assert (refused.status, header(refused, "access-control-allow-origin")) == (422, "http://a")
    assert (
        orjson.loads(refused.body)["detail"] == "X-Accord-Fault: A fault has no 'rest': did you mean 'reset'?"
    )


def test_none_in_the_header_keeps_all_faults_away() -> None:
    assert Caller("status=502").ask("none").status == 200


def test_members_are_laid_together_the_header_first_and_then_the_world() -> None:
    caller = Caller("delay=1s; truncate=1B; speed=1B")
    caller.world.faults.rules.order(read_fault("delay=2s; truncate=2B"))
    assert str(caller.ask("delay=3s").fault) == "delay=3s; truncate=2B; speed=1B"


def test_what_is_said_of_one_operation_comes_before_what_is_said_of_all() -> None:
    caller = Caller()
    for operation, time in (("listPets", 1), ("list*", 2), ("*", 3)):
        caller.world.faults.rules.order(read_fault(f"delay={time}s"), operation)
    assert str(caller.ask().fault) == "delay=1s"
    assert str(caller.ask(method="POST").fault) == "delay=3s"


def test_a_status_is_answered_in_the_contracts_words() -> None:
    failed = Caller().ask("status=502")
    assert (failed.status, failed.body, str(failed.fault)) == (502, b'"gone"', "status=502")


def test_of_a_range_the_lowest_documented_status_is_sent_or_none() -> None:
    caller = Caller("status=5XX")
    assert (caller.ask().status, caller.ask(method="POST").status) == (502, 201)


@pytest.mark.parametrize(("target", "said"), [("/pets", "createPet documents no"), ("/none", "was ordered")])
def test_a_status_that_is_not_documented_is_a_problem_of_that_status(target: str, said: str) -> None:
    failed = Caller().ask("status=503", method="POST", target=target)
    assert (failed.status, said in failed.reason, b"503" in failed.body) == (503, True, True)


def test_a_fault_comes_before_the_request_is_judged() -> None:
    caller = Caller()
    assert caller.ask(target="/pets?size=x").status == 422
    assert caller.ask("status=502", target="/pets?size=x").status == 502


def test_the_same_requests_with_the_same_seed_suffer_the_same() -> None:
    def run(seed: str) -> list[int]:
        caller = Caller("status=502; rate=30%", seed=seed)
        return [caller.ask().status for _ in range(100)]

    assert run("a") == run("a")
    assert run("a") != run("b")
    assert 15 < run("a").count(502) < 45


def test_over_a_limit_a_request_is_429_until_the_time_is_over() -> None:
    caller = Caller("limit=2/10s")
    assert [caller.ask(now=now).status for now in (100, 101, 102, 109.9, 110)] == [200, 200, 429, 429, 200]


def test_a_refusal_over_the_limit_says_when_to_come_again() -> None:
    caller = Caller("limit=1/10s")
    caller.ask(now=100)
    refused = caller.ask(now=102.5, headers={"origin": "http://a"})
    assert (refused.body, str(refused.fault)) == (b'"slow down"', "limit=1/10s")
    assert header(refused, "retry-after") == "8"
    assert "retry-after" in (header(refused, "access-control-expose-headers") or "")


def test_the_contracts_own_headers_say_how_a_request_stands() -> None:
    caller = Caller("limit=5/10s")
    within = caller.ask(now=100)
    names = ("x-ratelimit-limit", "x-ratelimit-remaining", "ratelimit-reset", "ratelimit", "ratelimit-policy")
    told = [header(within, name) for name in names]
    assert told == ["5", "4", "10", '"default";r=4;t=10', '"default";q=5;w=10']
    assert header(within, "retry-after") is None
    assert within.fault is None


def test_a_reset_that_is_documented_as_a_moment_is_one() -> None:
    caller = Caller("limit=1/10s")
    caller.ask(now=1_800_000_000)
    assert header(caller.ask(now=1_800_000_001), "x-ratelimit-reset") == "1800000010"


def test_where_429_is_not_documented_it_is_a_problem_with_retry_after() -> None:
    caller = Caller("limit=0/10s")
    refused = caller.ask(method="POST")
    assert (refused.status, header(refused, "content-type")) == (429, "application/problem+json")
    assert header(refused, "retry-after") == "10"


def test_a_limit_of_the_header_is_counted_for_each_operation() -> None:
    caller = Caller()
    seen = [caller.ask("limit=1/10s", method=method).status for method in ("GET", "POST", "GET")]
    assert seen == [200, 201, 429]


def test_the_oldest_counts_go_where_too_many_limits_are_stated() -> None:
    caller = Caller()
    assert [caller.ask("limit=1/1h").status for _ in range(2)] == [200, 429]
    for seconds in range(1_000):
        caller.ask(f"limit=1/{seconds + 1}s")
    assert caller.ask("limit=1/1h").status == 200


def test_preflights_suffer_nothing() -> None:
    asked = {"origin": "http://a", "access-control-request-method": "GET"}
    assert Caller("status=502").ask(method="OPTIONS", headers=asked).status == 204


class Forestalled:
    """A store of one world to which another process is always sooner once."""

    turns = 0
    log: Any = None

    async def load(self, *_: Any) -> Loaded:
        return Loaded("", {}, is_whole=False)

    async def commit(self, *_: Any) -> bool:
        self.turns += 1
        return self.turns % 2 == 0

    async def names(self) -> list[str]:
        return []

    async def remove(self, *_: Any) -> None: ...
    async def prepare(self) -> None: ...
    async def close(self) -> None: ...


async def test_a_fault_of_all_worlds_counts_once_where_an_answer_is_made_anew() -> None:
    rules, store = Rules(), Forestalled()
    once = rules.order(read_fault("status=504"), times=1)
    app = Application(Mock(contract_of(PATHS)), Choices(), shared=Shared(store), rules=rules)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        statuses = [(await client.get("/pets")).status_code for _ in range(2)]
    assert store.turns >= 2
    assert (statuses, once.used) == ([504, 200], 1)
