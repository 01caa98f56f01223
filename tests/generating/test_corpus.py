"""Contracts that are not ours: what is generated from them imports, and mypy accepts it."""

import subprocess
import sys
from pathlib import Path

import pytest

from accord.contract import load_contract
from accord.generating import generate_package, write_package

CORPUS = Path(__file__).parents[2] / "../shared/corpus"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the public contracts of ../shared/corpus are not here"),
]

SMALL = (
    "matrix-keys/keys.yaml",
    "oai-api-with-examples30.json",
    "oai-callback30.yaml",
    "oai-petstore20-separate/spec/swagger.json",
    "oai-tictactoe31.yaml",
    "oai-uber20.yaml",
    "realworld.yml",
    "redocly-starter/openapi.yaml",
)
LARGE = (
    "adyen-management.json",
    "argo-workflows20.json",
    "box.json",
    "camara-qod/API_definitions/quality-on-demand.yaml",
    "discord.json",
    "docker-engine20.yaml",
    "eth-beacon/beacon-node-oapi.yaml",
    "figma.yaml",
    "langfuse.yml",
    "meilisearch.json",
    "nhs-pds/personal-demographics.yaml",
    "qdrant.json",
    "tmf639-v5.yaml",
)


def test_small_contracts_generate_packages_that_import_and_type_check(tmp_path: Path) -> None:
    accept(SMALL, tmp_path)


@pytest.mark.slow
def test_large_contracts_generate_packages_that_import_and_type_check(tmp_path: Path) -> None:
    accept(LARGE, tmp_path)


def accept(names: tuple[str, ...], folder: Path) -> None:
    """Generates all, then imports all and runs mypy over all: once each, which saves most of the time."""
    packages = [generated(name, folder) for name in names]
    imports = "import " + ", ".join(f"{package}.operations" for package in packages)
    run(folder, "-W", "error", "-c", imports)
    run(folder, "-m", "mypy", "--strict", *(f"{package}/operations.py" for package in packages))


def generated(name: str, folder: Path) -> str:
    package = "p_" + "".join(sign if sign.isalnum() else "_" for sign in name)
    allow = [str(CORPUS / name.partition("/")[0])] if "/" in name else []
    contract = load_contract(str(CORPUS / name), allow=allow, lenient=True)
    write_package(generate_package(contract).files, folder / package)
    return package


def run(folder: Path, *arguments: str) -> None:
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
