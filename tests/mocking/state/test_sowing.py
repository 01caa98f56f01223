"""Rows that a team writes for its mock."""

from pathlib import Path
from typing import Any

import pytest

from accord.contract import load_contract
from accord.document.data import read_data
from accord.mocking import Mock
from accord.mocking.state.sowing import Sown, sow
from tests.live import ROOT
from tests.mocking.conftest import contract_of
from tests.mocking.state.test_flows import OWNER, PET, resource

SCHEMAS = {"schemas": {"Pet": PET, "Owner": OWNER}}


@pytest.fixture
def sown(tmp_path: Path) -> Any:
    def of(text: str) -> Sown:
        mock = Mock(contract_of(resource("pets", "Pet"), components=SCHEMAS))
        (tmp_path / "pets.yaml").write_text(text)
        return sow(mock.keeper, [read_data(str(tmp_path / "pets.yaml"))])

    return of


def test_a_row_has_what_it_leaves_out_by_default_or_as_a_server_sets_it(sown: Any) -> None:
    made = sown("pet:\n  - {id: 7, name: Ada}\n  - {name: Bo}\n")
    assert made.findings == ()
    assert [(item.id, item.value["name"], item.value["status"]) for item in made.items["pet"]] == [
        ("7", "Ada", "free"),
        ("8", "Bo", "free"),
    ]
    assert made.items["pet"][0].value["createdAt"] == "2026-06-01T00:00:00.000Z"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("pet:\n  - {id: 1, name: 5}\n", "pets.yaml:2:13", "/name must be"),
        ("pet:\n  - {id: 1, name: A}\n  - {id: 1, name: B}\n", "pets.yaml:3:6", "there is a pet '1' already"),
        ("pets: []\n", "pets.yaml:1:1", "the contract has no resource 'pets'"),
        ("pet: {id: 1}\n", "pets.yaml:1:1", "the rows of pet are no list"),
        ("pet: [1]\n", "pets.yaml:1:7", "a row of pet is no object"),
        ("- pet\n", "pets.yaml:1:1", "rows are expected"),
    ],
)
def test_a_row_that_breaks_the_contract_is_a_finding_with_its_place(
    sown: Any, text: str, place: str, message: str
) -> None:
    finding = sown(text).findings[0]
    assert str(finding.position).endswith(place)
    assert message in finding.message


def test_an_unknown_resource_names_the_nearest_that_there_is(sown: Any) -> None:
    assert sown("pets: []\n").findings[0].hint == "did you mean 'pet'?"


def test_the_rows_of_this_repository_keep_its_contract() -> None:
    keeper = Mock(load_contract(str(ROOT / "openapi.yaml"))).keeper
    made = sow(keeper, [read_data(str(ROOT / "mock/seeds/assistant.yaml"))])
    assert made.findings == ()
    assert len(made.items["assistant"]) == 5
