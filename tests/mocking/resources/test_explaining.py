"""The explanation says of everything what it is and from what that was inferred."""

from collections.abc import Mapping
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from accord.contract import load_contract
from accord.mocking.resources import explain, infer_resources
from tests.live import ROOT
from tests.mocking.resources.conftest import NEW_PET, Infer, body, operation

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


@pytest.mark.parametrize(
    ("method", "terms", "reason"),
    [
        (
            "post",
            {"requestBody": body({"type": "object"})},
            "its body has no properties that could be an item's",
        ),
        (
            "post",
            {"requestBody": body(NEW_PET)},
            "neither its body nor its answer has an item that is read or listed",
        ),
        ("get", {}, "its answer has no body"),
        ("delete", {}, "what it removes is read and listed nowhere"),
    ],
)
def test_it_is_said_why_an_operation_is_answered_without_state(
    infer: Infer, method: str, terms: Mapping[str, Any], reason: str
) -> None:
    found = infer({"/mood": {method: operation("one", **terms)}}).operations["one"]
    assert (found.role, found.because) == ("action", reason)
