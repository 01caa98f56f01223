"""Scenarios in the interface: listed, turned on and off in a world, reset, and led from step to step."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from accord.document.data import read_data
from accord.mocking.control.desk import Interface
from accord.mocking.scenarios.model import begun
from accord.mocking.scenarios.reading import read_scenarios
from accord.mocking.state.world import World, Worlds
from tests.mocking.conftest import contract_of
from tests.mocking.control.conftest import PATHS, SECURED, Stage, staged

FILE = """\
no pet fits:
  title: No pet is taken
  rules:
    - when: {operation: createPet, body: {/name: {matches: ^B}}}
      respond: {status: 422}
then it closes:
  active: true
  rules:
    - when: {operation: createPet, step: start}
      respond: {}
      then: closed
    - when: {operation: listPets, step: closed}
      respond: {body: []}
"""
FITS, CLOSES = "/worlds/mine/scenarios/no%20pet%20fits", "/worlds/mine/scenarios/then%20it%20closes"


@pytest.fixture
def stage(interface: Interface, tmp_path: Path) -> Iterator[Stage]:
    (tmp_path / "all.yaml").write_text(FILE)
    contract = contract_of(PATHS, **SECURED)
    terms = {"worlds": Worlds(lambda name: World(name, None, begun(found)))}
    with staged(interface, contract, **terms) as running:
        found, _ = read_scenarios(running.mock, [read_data(str(tmp_path / "all.yaml"))])
        running.mock.scenarios = found
        yield running


def test_scenarios_are_listed_with_what_they_do(stage: Stage) -> None:
    fits, closes = stage.own.get("/worlds/mine/scenarios").json()["scenarios"]
    assert (fits["name"], fits["title"], fits["on"], closes["on"]) == (
        "no pet fits",
        "No pet is taken",
        False,
        True,
    )
    assert fits["rules"] == [
        {
            "operations": ["createPet"],
            "conditions": ["body /name matches ^B"],
            "answers": ["422"],
            "times": None,
            "then": None,
            "used": 0,
        }
    ]
    assert (closes["steps"], closes["place"].endswith("all.yaml:6:1")) == (["start", "closed"], True)


def test_a_scenario_is_on_in_its_world_alone_until_it_is_turned_off(stage: Stage) -> None:
    assert stage.own.patch(FITS, json={"on": True}).json()["on"]
    assert (stage.add("Bo", "mine").status_code, stage.add("Bo", "other").status_code) == (422, 201)
    assert stage.own.get(FITS).json()["rules"][0]["used"] == 1
    assert not stage.own.patch(FITS, json={"on": False}).json()["on"]
    assert stage.add("Bo", "mine").status_code == 201


def test_the_step_of_a_scenario_is_told_and_begun_anew(stage: Stage) -> None:
    stage.add("Ada", "mine")
    assert (stage.own.get(CLOSES).json()["step"], stage.names("mine")) == ("closed", [])
    assert stage.own.post(f"{CLOSES}/reset").json()["step"] == "start"
    assert stage.names("mine") != []


def test_a_scenario_goes_on_at_the_step_that_is_said(stage: Stage) -> None:
    assert stage.own.patch(CLOSES, json={"step": "closed"}).json()["step"] == "closed"
    assert stage.names("mine") == []
    refused = stage.own.patch(CLOSES, json={"step": "close"})
    assert (refused.status_code, "did you mean 'closed'?" in refused.json()["detail"]) == (422, True)
    assert stage.own.patch(FITS, json={"step": "start"}).status_code == 409


def test_a_scenario_that_is_not_there_is_404_with_the_nearest(stage: Stage) -> None:
    refused = stage.own.patch("/worlds/mine/scenarios/no%20pets%20fit", json={"on": True})
    assert (refused.status_code, "'no pet fits'" in refused.json()["detail"]) == (404, True)


def test_a_world_tells_which_are_on_and_all_are_turned_off(stage: Stage) -> None:
    stage.own.patch(FITS, json={"on": True})
    assert stage.own.get("/worlds/mine").json()["scenarios"] == ["no pet fits", "then it closes"]
    assert stage.own.delete("/worlds/mine/scenarios").status_code == 204
    assert stage.own.get("/worlds/mine").json()["scenarios"] == []


def test_scenarios_are_reset_with_their_world_and_restored_with_its_snapshot(stage: Stage) -> None:
    stage.add("Ada", "mine")
    stage.own.put("/worlds/mine/snapshots/closed")
    stage.own.patch(FITS, json={"on": True})
    stage.own.post("/worlds/mine/reset")
    assert (stage.own.get(CLOSES).json()["step"], stage.own.get(FITS).json()["on"]) == ("start", False)
    stage.own.post("/worlds/mine/snapshots/closed/restore")
    assert stage.own.get(CLOSES).json()["step"] == "closed"


def test_the_journal_says_which_scenario_answered(stage: Stage) -> None:
    stage.add("Bo", "mine")
    assert stage.own.get("/journal").json()["exchanges"][0]["scenario"] == "then it closes"
    assert stage.own.get("/journal/1").json()["scenario"] == "then it closes"
