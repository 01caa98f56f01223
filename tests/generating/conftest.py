import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from accord.contract import Contract, load_contract
from accord.generating import Package, generate_package, write_package

SAMPLE = Path(__file__).parent / "sample.yaml"


@pytest.fixture(scope="session")
def sample() -> Contract:
    return load_contract(str(SAMPLE))


@pytest.fixture(scope="session")
def package(sample: Contract) -> Package:
    return generate_package(sample)


@pytest.fixture
def contract_of(tmp_path: Path) -> Callable[..., Contract]:
    """A contract with these component schemas and paths."""

    def make(schemas: str = "{}", paths: str = "{}", *, lenient: bool = False) -> Contract:
        file = tmp_path / "openapi.yaml"
        file.write_text(
            "openapi: 3.1.0\ninfo: {title: Made for a test, version: '1'}\n"
            f"paths:\n{_indented(paths, 2)}\ncomponents:\n  schemas:\n{_indented(schemas, 4)}\n",
            encoding="utf-8",
        )
        return load_contract(str(file), lenient=lenient)

    return make


@pytest.fixture
def models_of(
    contract_of: Callable[..., Contract], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Any]]:
    """The module generated from these component schemas, imported."""
    monkeypatch.syspath_prepend(tmp_path)

    def make(schemas: str, paths: str = "{}", module: str = "models") -> ModuleType:
        made = generate_package(contract_of(schemas, paths))
        write_package(made.files, tmp_path / "generated_for_a_test")
        importlib.invalidate_caches()
        return importlib.import_module(f"generated_for_a_test.{module}")

    yield make
    for name in [name for name in sys.modules if name.startswith("generated_for_a_test")]:
        del sys.modules[name]


def _indented(text: str, width: int) -> str:
    return "\n".join(" " * width + line for line in text.strip("\n").splitlines())
