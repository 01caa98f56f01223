"""HEAD where a path has GET alone, and changes of one item at once."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from accord.contract import Contract
from accord.exchange import Incoming, Outgoing
from accord.mocking.resources import infer_resources
from accord.verifying import Exchange
from accord.verifying.probing import Race, of_head, of_race
from accord.verifying.racing import race_for
from tests.verifying.coverage.conftest import contract_of

ALLOW = ((b"allow", b"GET, POST"),)
WITH_HEAD = ((b"allow", b"GET, HEAD"),)


def found_of_head(**answers: Outgoing) -> list[str]:
    """What is said of a server that answers each method so."""
    probe = of_head(lambda asked: Exchange(asked, answers[asked.method]), Incoming("GET", "/pets"))
    return [each.message.partition(" (")[0] for each in probe]


@pytest.mark.parametrize(
    "answers",
    [
        {"HEAD": Outgoing(405, ALLOW), "OPTIONS": Outgoing(204, ALLOW)},
        {"HEAD": Outgoing(200), "OPTIONS": Outgoing(204, WITH_HEAD), "GET": Outgoing(200)},
        {"HEAD": Outgoing(200), "OPTIONS": Outgoing(404), "GET": Outgoing(200)},
        {"HEAD": Outgoing(404), "OPTIONS": Outgoing(204, ALLOW)},
    ],
)
def test_head_may_be_answered_as_get_or_refused(answers: dict[str, Outgoing]) -> None:
    assert found_of_head(**answers) == []


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (
            {"HEAD": Outgoing(200), "OPTIONS": Outgoing(204, ALLOW)},
            "HEAD is answered with 200, and Allow names GET, POST alone",
        ),
        ({"HEAD": Outgoing(405), "OPTIONS": Outgoing(204, ALLOW)}, "HEAD is answered with 405 and no Allow"),
        (
            {"HEAD": Outgoing(204), "OPTIONS": Outgoing(204, WITH_HEAD), "GET": Outgoing(200)},
            "HEAD is answered with 204, and GET with 200",
        ),
    ],
)
def test_head_that_contradicts_allow_or_get_is_told(answers: dict[str, Outgoing], said: str) -> None:
    assert found_of_head(**answers) == [said]


PET = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string", "enum": ["Rex", "Max"]},
        "is_old": {"type": "boolean"},
        "kind": {"type": "string", "enum": ["cat", "dog"]},
    },
}
NAMED = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
SHOWN = {"200": {"description": "", "content": {"application/json": {"schema": PET}}}}


def contract(media_type: str = "application/merge-patch+json") -> Contract:
    body = {"required": True, "content": {media_type: {"schema": {**PET, "required": ["kind"]}}}}
    return contract_of(
        {
            "/pets": {
                "post": {
                    "operationId": "make",
                    "requestBody": {"content": {"application/json": {"schema": PET}}},
                    "responses": {"201": SHOWN["200"]},
                }
            },
            "/pets/{id}": {
                "parameters": [NAMED],
                "get": {"operationId": "read", "responses": SHOWN},
                "patch": {"operationId": "change", "requestBody": body, "responses": SHOWN},
                "put": {
                    "operationId": "replace",
                    "requestBody": {"content": {"application/json": {"schema": PET}}},
                    "responses": SHOWN,
                },
            },
        }
    )


def race_of(name: str) -> Race | None:
    values: dict[str, list[Any]] = {
        "name": ["Rex", "Max"],
        "is_old": [True, False],
        "kind": ["cat", "dog"],
        "id": ["a", "b"],
    }
    change = Incoming("PATCH", "/pets/1", body=b'{"kind": "cat"}')

    def sample(pointer: str, word: str) -> Any:
        return values[pointer.rpartition("/")[2]][word != "one"]

    known = contract()
    return race_for(known, infer_resources(known), change, known.by_id[name], sample)


class Pet:
    """A server of one pet. `loses`: of changes at once, each writes all that it read before."""

    def __init__(self, *, loses: bool = False, refuses: bool = False, forgets: str = "") -> None:
        self.value: dict[str, Any] = {"id": "1", "kind": "cat", "name": "Rex", "is_old": True}
        self._loses, self._refuses, self._forgets = loses, refuses, forgets

    def ask(self, asked: Incoming) -> Exchange:
        return Exchange(asked, self._written(asked, self.value))

    def together(self, asked: Sequence[Incoming]) -> Sequence[Exchange]:
        before = dict(self.value)
        first = self.ask(asked[0])
        if self._refuses:
            return [first, Exchange(asked[1], Outgoing(409))]
        return [first, Exchange(asked[1], self._written(asked[1], before if self._loses else self.value))]

    def _written(self, asked: Incoming, before: Mapping[str, Any]) -> Outgoing:
        stated = json.loads(asked.body) if asked.method == "PATCH" else {}
        stated.pop(self._forgets, None)
        self.value = {**before, **stated}
        return Outgoing(200, body=json.dumps(self.value).encode())


def test_two_changes_at_once_of_which_one_is_lost_are_told() -> None:
    race, pet = race_of("change"), Pet(loses=True)
    assert race is not None
    (broken,) = of_race(pet.ask, pet.together, race)
    assert broken.check == "lost_update"
    assert broken.message == "changes of name and of is_old at once are both accepted, and name is lost"
    assert [each.request.method for each in broken.exchanges] == ["PATCH", "PATCH", "GET"]


@pytest.mark.parametrize("pet", [Pet(), Pet(loses=True, refuses=True), Pet(loses=True, forgets="name")])
def test_a_server_that_keeps_both_refuses_one_or_stores_otherwise_is_right(pet: Pet) -> None:
    race = race_of("change")
    assert race is not None
    assert list(of_race(pet.ask, pet.together, race)) == []


def test_a_race_leaves_identifiers_alone_and_sends_along_what_a_body_has_to_have() -> None:
    race = race_of("change")
    assert race is not None
    assert set(race.values) == {"name", "is_old"}
    assert race.fixed == {"kind": "cat"}


@pytest.mark.parametrize("name", ["replace", "read"])
def test_there_is_no_race_where_one_change_takes_the_place_of_another(name: str) -> None:
    assert race_of(name) is None
