"""The explanation says of everything what it is and from what that was inferred."""

import pytest
from syrupy.assertion import SnapshotAssertion

from accord.contract import load_contract
from accord.mocking.resources import explain, infer_resources
from tests.live import ROOT

SHAPES = ROOT / "tests" / "mocking" / "state" / "shapes"
PETS = ROOT / "tests" / "mocking" / "resources" / "pets.yaml"


def test_the_assistant_api_is_explained_as_recorded(snapshot: SnapshotAssertion) -> None:
    contract = load_contract(str(ROOT / "openapi.yaml"))
    assert "\n".join(explain(contract, infer_resources(contract))) == snapshot


def test_a_contract_of_many_styles_is_explained_as_recorded(snapshot: SnapshotAssertion) -> None:
    contract = load_contract(str(PETS))
    assert "\n".join(explain(contract, infer_resources(contract))) == snapshot


@pytest.mark.parametrize("shape", ["hal", "json-api", "forms"])
def test_a_contract_of_a_shape_is_explained_as_recorded(shape: str, snapshot: SnapshotAssertion) -> None:
    contract = load_contract(str(SHAPES / f"{shape}.yaml"))
    assert "\n".join(explain(contract, infer_resources(contract))) == snapshot
