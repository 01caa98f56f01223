import pytest
from syrupy.assertion import SnapshotAssertion

from accord.contract import Contract
from accord.generating import Package, generate_package, make_skeletons


@pytest.mark.parametrize("name", ["__init__.py", "models.py", "operations.py"])
def test_the_sample_contract_generates_what_is_recorded(
    package: Package, name: str, snapshot: SnapshotAssertion
) -> None:
    assert package.files[name] == snapshot


def test_its_skeletons_are_what_is_recorded(package: Package, snapshot: SnapshotAssertion) -> None:
    made = make_skeletons(package.operations, ["Key"], {}, generated="generated", handlers="handlers")
    assert made.files == snapshot


def test_generating_twice_gives_the_same_bytes(sample: Contract, package: Package) -> None:
    assert generate_package(sample).files == package.files
