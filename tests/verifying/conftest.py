import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from accord.contract import Contract, load_contract

HERE = Path(__file__).parent
SHOP = str(HERE / "shop.yaml")


@pytest.fixture(scope="session")
def shop() -> Contract:
    return load_contract(SHOP)


Verify = Callable[..., tuple[subprocess.CompletedProcess[str], dict[str, Any]]]


@pytest.fixture(scope="session")
def verify(tmp_path_factory: pytest.TempPathFactory) -> Verify:
    """Runs `accord verify` on the shop: how it ended, and its report."""

    def run(
        *options: str, faults: str = "", contract: str = "shop.yaml"
    ) -> tuple[subprocess.CompletedProcess[str], dict[str, Any]]:
        report = tmp_path_factory.mktemp("verify") / "report.json"
        command = [sys.executable, "-m", "accord", "verify", contract, "--report", f"json={report}", *options]
        environment = os.environ | {"FAULTS": faults, "ACCORD_AUTH_KEY": "secret"}
        done = subprocess.run(
            command, cwd=HERE, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        return done, json.loads(report.read_text()) if report.exists() else {}

    return run
