"""Scenarios are checked by the contract when they are read."""

import pytest

from accord.contract import load_contract
from accord.document.data import read_data
from accord.mocking import Mock
from accord.mocking.scenarios.reading import read_scenarios
from tests.live import ROOT
from tests.mocking.scenarios.conftest import Plays, rule


def place_in(text: str, at: str) -> str:
    """What stands at a line and column."""
    line, column = map(int, at.split(":"))
    return text.splitlines()[line - 1][column - 1 :]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("- one\n", "- one", "scenarios are expected by their names"),
        ("one: 5\n", "one:", "the scenario 'one' is no object"),
        ("one: {}\n", "one:", "the scenario 'one' has no rules"),
        ("one: {headline: x, rules: []}\n", "headline", "a scenario has no 'headline'"),
        (rule("{respond: {status: 503}, often: 2}"), "often", "a rule has no 'often'"),
        (
            rule("{when: {operation: listPet}, respond: {}}"),
            "operation: listPet",
            "the contract has no operation 'listPet'",
        ),
        (
            rule("{when: {operation: '*Dog'}, respond: {}}"),
            "operation: '*Dog'",
            "no operation of the contract fits '*Dog'",
        ),
        (rule("{when: {operation: listPets}}"), "{when", "a rule says nothing of the answer"),
        (
            rule("{when: {operation: listPets, query: {pag: 1}}, respond: {}}"),
            "pag:",
            "no query parameter 'pag'",
        ),
        (
            rule("{when: {operation: listPets, query: {page: 0}}, respond: {}}"),
            "page: 0",
            "no right request has 0",
        ),
        (rule("{when: {operation: createPet, body: {/age: x}}, respond: {}}"), "/age", "has no /age"),
        (rule("{when: {operation: createPet, body: {/kind: fox}}, respond: {}}"), "/kind", 'has "fox" here'),
        (
            rule("{when: {operation: createPet, body: {kind: cat}}, respond: {}}"),
            "kind: cat",
            "is no JSON pointer",
        ),
        (rule("{when: {operation: listPets, body: {/a: 1}}, respond: {}}"), "/a", "listPets takes no body"),
        (rule("{when: {body: {/name: {matches: '('}}}, respond: {}}"), "matches", "is no regular expression"),
        (
            rule("{when: {body: {/name: {matches: 'a{99999999999999999999}'}}}, respond: {}}"),
            "matches",
            "is no regular expression",
        ),
        (rule("{when: {operation: []}, respond: {}}"), "operation", "operation names none"),
        (rule("{when: {body: {/name: {is: 1}}}, respond: {}}"), "is: 1", "a condition has no 'is'"),
        (rule("{when: {step: gone}, respond: {}}"), "step: gone", "no rule leads to the step 'gone'"),
        (rule("{when: {operation: listPets}, respond: {status: 404}}"), "status: 404", "has no response 404"),
        (rule("{when: {operation: listPets}, respond: {status: 99}}"), "status: 99", "99 is no status"),
        (
            rule("{when: {operation: listPets}, respond: {example: all}}"),
            "example: all",
            "has no example 'all'",
        ),
        (
            rule("{when: {operation: createPet}, respond: {body: {name: 5}}}"),
            "name: 5",
            "/name must be a string",
        ),
        (
            rule("{when: {operation: createPet}, respond: {merge: {name: 5}}}"),
            "name: 5",
            "/name must be a string",
        ),
        (
            rule("{when: {operation: listPets}, respond: {status: 503, headers: {Retry-After: soon}}}"),
            "Retry-After",
            "the header Retry-After must be an integer",
        ),
        (rule("{respond: {fault: rest}}"), "fault: rest", "a fault has no 'rest'"),
        (rule("{respond: {fault: status=503}}"), "fault: status", "the fault status=503 is of other answers"),
        (rule("{respond: {delay: 3}}"), "delay: 3", "delay is no text"),
        (rule("{respond: {}, times: 0}"), "times: 0", "times is less than once"),
        (rule("{sequence: [], times: 1}"), "times: 1", "a rule with a sequence has no times"),
        (rule("{sequence: [{}], afterwards: loop}"), "afterwards", "afterwards is no 'loop'"),
    ],
)
def test_what_breaks_the_contract_is_a_finding_with_its_place(
    play: Plays, text: str, place: str, message: str
) -> None:
    said = [(place_in(text, at), each) for at, each in play(text).said()]
    assert any(at.startswith(place) and message in each for at, each in said), said


@pytest.mark.parametrize(
    "when",
    ["[]", "{query: []}", "{operation: [listPets, listDogs]}", "{queries: {page: 1}}", "{body: {/: {}}}"],
)
def test_a_rule_that_says_wrongly_what_it_is_for_answers_nothing(play: Plays, when: str) -> None:
    made = play(rule(f"{{when: {when}, respond: {{status: 503, force: true}}}}"))
    assert made.findings != ()
    assert made.call().status == 200


def test_a_name_that_is_nearly_right_is_told(play: Plays) -> None:
    (finding,) = play(rule("{when: {operation: listPet}, respond: {}}")).findings
    assert finding.hint == "did you mean 'listPets'?"


def test_what_is_forced_need_not_be_in_the_contract(play: Plays) -> None:
    made = play(rule("{when: {operation: listPets}, respond: {status: 502, body: Bad, force: true}}"))
    assert made.findings == ()
    assert made.call().status == 502


def test_a_name_that_is_there_already_says_where(play: Plays, tmp_path: object) -> None:
    made = play(rule("{respond: {}}"))
    file = read_data(f"{tmp_path}/scenarios.yaml")
    (finding,) = read_scenarios(made.mock, [file, file]).findings
    assert finding.message == "there is a scenario 'one' already"
    assert finding.hint.endswith("scenarios.yaml:1:1")


def test_what_a_rule_says_of_many_operations_is_told_once(play: Plays) -> None:
    made = play(rule("{when: {operation: '*'}, respond: {status: 418}}"))
    assert [message for _, message in made.said()] == ["listPets has no response 418"]


def test_the_scenarios_of_this_repository_keep_its_contract() -> None:
    files = sorted((ROOT / "mock/scenarios").iterdir())
    made = read_scenarios(
        Mock(load_contract(str(ROOT / "openapi.yaml"))), [read_data(str(each)) for each in files]
    )
    assert made.findings == []
    assert {"slow list", "expired key", "assistant limit reached"} <= made.by_name.keys()
