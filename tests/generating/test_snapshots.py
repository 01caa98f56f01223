import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from accord.contract import Contract
from accord.generating import Package, generate_package, make_skeletons
from tests.generating.conftest import SAMPLE


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


def test_another_process_with_other_hashes_elsewhere_gives_the_same_bytes(
    package: Package, tmp_path: Path
) -> None:
    for seed in ("1", "2"):
        folder = tmp_path / seed / "deep"
        folder.mkdir(parents=True)
        shutil.copy(SAMPLE, folder)
        command = [sys.executable, "-m", "accord", "generate", SAMPLE.name, "--output", "made"]
        subprocess.run(
            command, cwd=folder, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True
        )
        made = {file.name: file.read_text(encoding="utf-8") for file in (folder / "made").iterdir()}
        assert made == package.files
