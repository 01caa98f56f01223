"""A mock of this repository's own contract, started once."""

from collections.abc import Iterator

import pytest

from accord.testing import Mock
from tests.live import ROOT

KEY = {"api_key": "any"}
NEW = {"assistant_type": None, "llm_model": None}


@pytest.fixture(scope="session")
def assistants() -> Iterator[Mock]:
    with Mock.start(ROOT / "openapi.yaml", verbose_level="warn") as mock:
        yield mock
