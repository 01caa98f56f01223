"""What a scenario that is on answers, and in which order."""

from typing import Any

import orjson
import pytest

from tests.mocking.conftest import header
from tests.mocking.scenarios.conftest import Plays, rule

LIST = "when: {operation: listPets}"


def test_a_rule_without_an_operation_is_for_all(play: Plays) -> None:
    made = play(rule("{respond: {status: 503, force: true}}"))
    assert (made.call().status, made.create({"name": "Bo"}).status) == (503, 503)


def test_an_answer_is_the_contracts_for_the_status(play: Plays) -> None:
    response = play(rule(f"{{{LIST}, respond: {{status: 503, headers: {{Retry-After: 9}}}}}}")).call()
    assert (response.status, response.body, response.scenario) == (503, b'{"why":"closed"}', "one")
    assert header(response, "retry-after") == "9"


def test_a_merge_is_laid_over_the_answer(play: Plays) -> None:
    response = play(rule(f"{{{LIST}, respond: {{status: 503, merge: {{why: full, more: 1}}}}}}")).call()
    assert orjson.loads(response.body) == {"why": "full", "more": 1}
    assert header(response, "content-length") == str(len(response.body))


def test_without_a_status_it_is_the_mocks_own_answer(play: Plays) -> None:
    made = play(rule("{when: {operation: createPet}, respond: {merge: {name: Other}}}"))
    assert orjson.loads(made.create({"name": "Bo"}).body)["name"] == "Other"
    assert "Bo" in [pet["name"] for pet in orjson.loads(made.call().body)]


def test_a_scenario_answers_where_data_are_generated_for_each_request_too(play: Plays) -> None:
    assert play(rule(f"{{{LIST}, respond: {{status: 503}}}}"), dynamic=True).call().status == 503


def test_an_example_is_chosen_by_its_name(play: Plays) -> None:
    assert play(rule(f"{{{LIST}, respond: {{example: none}}}}")).call().body == b"[]"


def test_a_fault_and_a_delay_go_with_the_answer(play: Plays) -> None:
    fault = play(rule(f"{{{LIST}, respond: {{delay: 2s, fault: reset}}}}")).call().fault
    assert str(fault) == "delay=2s; reset"


def test_a_rate_is_that_of_the_fault_alone(play: Plays) -> None:
    made = play(rule(f"{{{LIST}, respond: {{delay: 2s, fault: reset; rate=50%}}}}"))
    suffered = [str(made.call().fault) for _ in range(20)]
    assert {*suffered} == {"delay=2s", "delay=2s; reset"}


def test_a_rule_answers_so_many_times_and_then_the_next(play: Plays) -> None:
    made = play(
        rule(f"{{{LIST}, respond: {{status: 503}}, times: 2}}\n    - {{{LIST}, respond: {{example: none}}}}")
    )
    assert [made.call().status for _ in range(3)] == [503, 503, 200]
    assert made.call().body == b"[]"


@pytest.mark.parametrize(
    ("afterwards", "statuses"),
    [("end", [503, 503, 200, 200, 200, 200]), ("stay", [503, 503, 200, 200, 200, 200])],
)
def test_a_sequence_goes_on_as_it_is_told(play: Plays, afterwards: str, statuses: list[int]) -> None:
    text = f"{{{LIST}, sequence: [{{status: 503, times: 2}}, {{example: none}}], afterwards: {afterwards}}}"
    made = play(rule(text))
    assert [made.call().status for _ in range(6)] == statuses
    assert (made.call().body == b"[]") is (afterwards == "stay")


def test_a_sequence_that_repeats_begins_anew(play: Plays) -> None:
    made = play(rule(f"{{{LIST}, sequence: [{{status: 503}}, {{}}], afterwards: repeat}}"))
    assert [made.call().status for _ in range(5)] == [503, 200, 503, 200, 503]


def test_a_rule_leads_to_a_step_once_its_answers_are_given(play: Plays) -> None:
    closes = "{when: {operation: createPet, step: start}, respond: {}, times: 2, then: closed}"
    made = play(
        rule(f"{closes}\n    - {{when: {{operation: listPets, step: closed}}, respond: {{status: 503}}}}")
    )
    before = [made.call().status, made.create({"name": "A"}).status, made.call().status]
    assert (before, made.create({"name": "B"}).status, made.call().status) == ([200, 201, 200], 201, 503)


@pytest.mark.parametrize(
    ("when", "body", "fits"),
    [
        ("/kind: cat", {"kind": "cat"}, True),
        ("/kind: cat", {"kind": "dog"}, False),
        ("/kind: {present: false}", {}, True),
        ("/kind: {present: false}", {"kind": "cat"}, False),
        ("/kind: {in: [cat, dog]}", {"kind": "dog"}, True),
        ("/kind: {not: {equals: cat}}", {"kind": "dog"}, True),
        ("/name: {matches: '^A'}", {"name": "Ada"}, True),
        ("/name: {matches: '^A'}", {"name": "Bo"}, False),
        ("/name: {matches: '^(a+)+$'}", {"name": "a" * 60 + "b"}, False),
        ("/tags: {contains: x}", {"tags": ["y", "x"]}, True),
        ("/tags/0: x", {"tags": ["y", "x"]}, False),
        ("/tags: {equals: []}", {"tags": []}, True),
        ("'': {equals: {name: Bo}}", {}, True),
    ],
)
def test_a_rule_holds_where_the_body_fits(play: Plays, when: str, body: Any, *, fits: bool) -> None:
    made = play(rule(f"{{when: {{operation: createPet, body: {{{when}}}}}, respond: {{status: 409}}}}"))
    assert made.findings == ()
    assert made.create({"name": "Bo", **body}).status == (409 if fits else 201)


@pytest.mark.parametrize(
    ("when", "target", "headers", "fits"),
    [
        ("query: {page: 2}", "/pets?page=2", {}, True),
        ("query: {page: 1}", "/pets", {}, True),
        ("query: {page: {minimum: 2}}", "/pets?page=1", {}, False),
        ("query: {key: old}", "/pets?key=old", {}, True),
        ("query: {key: old}", "/pets?key=new", {}, False),
        ("headers: {x-tenant: a}", "/pets", {"x_tenant": "a"}, True),
        ("headers: {X-Other: {present: true}}", "/pets", {"x_other": "1"}, True),
        ("headers: {X-Other: 1}", "/pets", {"x_other": "1"}, True),
        ("headers: {X-Other: {present: true}}", "/pets", {}, False),
    ],
)
def test_a_rule_holds_where_the_parameters_fit(
    play: Plays, when: str, target: str, headers: dict[str, str], *, fits: bool
) -> None:
    made = play(rule(f"{{when: {{operation: listPets, {when}}}, respond: {{status: 503}}}}"))
    assert made.findings == ()
    assert made.call("GET", target, **headers).status == (503 if fits else 200)


def test_of_several_the_one_that_was_turned_on_last_goes_first(play: Plays) -> None:
    made = play(
        f"one: {{rules: [{{{LIST}, respond: {{example: none}}}}]}}\n"
        f"two: {{rules: [{{{LIST}, respond: {{status: 503}}}}]}}\n"
    )
    assert [*made.world.scenarios] == ["one", "two"]
    assert made.call().scenario == "two"


def test_who_prefers_something_gets_that_and_uses_nothing_up(play: Plays) -> None:
    made = play(rule(f"{{{LIST}, respond: {{status: 503}}, times: 1}}"))
    assert made.call(prefer="code=200").status == 200
    assert made.call().status == 503


def test_a_wrong_request_is_refused_and_uses_nothing_up(play: Plays) -> None:
    made = play(rule("{when: {operation: createPet}, respond: {status: 409}, times: 1}"))
    assert made.create({"name": 5}).status == 422
    assert made.create({"name": "Bo"}).status == 409


def test_an_answer_that_breaks_the_contract_says_so(play: Plays) -> None:
    text = rule("{when: {operation: createPet}, respond: {body: {name: 5}}}")
    assert [each.pointer for each in play(text).create({"name": "Bo"}).violations] == ["/name"]
    assert play(text, errors=True).create({"name": "Bo"}).status == 500


def test_how_far_it_has_come_is_of_the_world_and_goes_with_its_copy(play: Plays) -> None:
    made = play(rule(f"{{{LIST}, respond: {{status: 503}}, times: 1, then: over}}"))
    before = made.world.copied("before")
    made.call()
    assert made.world.scenarios["one"] == ("over", (1,))
    assert before.scenarios["one"] == ("start", ())
