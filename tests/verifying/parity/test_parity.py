"""Two servers of one contract, asked the same."""

import json
from typing import Any

import pytest

from accord.exchange import Incoming, Outgoing
from accord.verifying.parity import Aspect, Comparison, Parity
from accord.verifying.parity.flows import Flows
from tests.verifying.parity.pets import CONTRACT, JSON, LIFE, MAKE, Pets, asked, compared, found, spoiled


def test_what_one_side_calls_otherwise_is_asked_of_it_by_its_own_name() -> None:
    theirs = Pets("other")
    assert compared(theirs, *LIFE) == Parity(compared=5)
    assert theirs.held == {}


def test_the_flows_of_a_contract_are_alike_on_two_right_servers() -> None:
    ours, theirs = Pets("one"), Pets("other")
    ours(MAKE)
    flows = Flows(CONTRACT, ours, lambda incoming: incoming)
    assert flows.emptied()
    comparison = Comparison(CONTRACT, theirs)
    comparison.compare_all(flows.exchanges())
    assert comparison.parity == Parity(compared=10)
    assert len(theirs.held) == len(ours.held) == 1


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        (lambda answer: answer._replace(status=200), (Aspect.STATUS, "", "201", "200")),
        (
            lambda answer: answer._replace(headers=((b"content-type", b"text/plain"),)),
            (Aspect.MEDIA_TYPE, "", "application/json", "text/plain"),
        ),
        (
            lambda answer: answer._replace(headers=(*JSON, (b"x-kind", b"cat"))),
            (Aspect.HEADER, "X-Kind", "absent", "present"),
        ),
        (
            lambda answer: answer._replace(body=b'{"id": "other-00000001"}'),
            (Aspect.SHAPE, "/name", "string", "absent"),
        ),
        (
            lambda answer: answer._replace(body=b'{"id": "other-00000001", "name": 7}'),
            (Aspect.SHAPE, "/name", "string", "number"),
        ),
    ],
)
def test_each_aspect_that_differs_is_told(change: Any, difference: tuple[Any, ...]) -> None:
    assert found(compared(spoiled("POST", change), MAKE)) == [("makePet", *difference)]


def test_a_list_that_is_shorter_after_the_same_writes_is_told() -> None:
    def forgetful(incoming: Incoming, answer: Outgoing) -> Outgoing:
        is_list = incoming.method == "GET" and incoming.path == "/pets"
        return answer._replace(body=json.dumps(json.loads(answer.body)[:1]).encode()) if is_list else answer

    parity = compared(Pets("other", forgetful), MAKE, MAKE, asked("GET", "/pets"))
    assert found(parity) == [("listPets", Aspect.LENGTH, "", "2", "1")]


def test_it_is_told_which_of_both_keeps_the_contract_and_where_that_speaks_of_it() -> None:
    (difference,) = compared(spoiled("POST", lambda answer: answer._replace(status=200)), MAKE).differences
    assert difference.keeps == "ours"
    assert difference.finding.pointer == "/paths/~1pets/post/responses"
    assert difference.finding.position is not None


def test_what_follows_on_a_write_that_only_one_did_is_passed_over() -> None:
    refusing = spoiled("POST", lambda _answer: Outgoing(500))
    parity = compared(refusing, *LIFE)
    assert (parity.passed_over, len(parity.differences)) == (3, 1)
    assert parity.uncounted == 2


def test_what_one_of_two_right_refusals_says_besides_is_told_and_not_held_against_it() -> None:
    def wordy(incoming: Incoming, answer: Outgoing) -> Outgoing:
        return answer._replace(body=b'{"why": "gone"}') if answer.status == 404 and incoming else answer

    parity = compared(Pets("other", wordy), asked("GET", "/pets/none"))
    assert [each.counts for each in parity.differences] == [False]
    assert parity.is_alike


def test_the_same_difference_is_one_with_a_count() -> None:
    parity = compared(spoiled("POST", lambda answer: answer._replace(status=200)), MAKE, MAKE)
    assert [each.count for each in parity.differences] == [2]
    assert not parity.is_alike
