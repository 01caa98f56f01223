"""Operations of public contracts are answered as these say. The full figures: benchmarks/fidelity.py."""

from pathlib import Path

import pytest

from benchmarks.fidelity import measure

CORPUS = Path(__file__).parents[2] / "../shared/corpus"
NAMES = [
    "swagger-petstore30.yaml",
    "spotify.yml",
    "twilio-api.json",
    "docker-engine20.yaml",
    "tmf639-v5.yaml",
]


@pytest.mark.corpus
@pytest.mark.parametrize("name", NAMES)
def test_every_operation_of_a_public_contract_is_answered_as_it_says(name: str) -> None:
    if not CORPUS.is_dir():
        pytest.skip("../shared/corpus is not here")
    tally = measure(CORPUS / name)
    assert (tally.operations > 0, tally.faults, tally.refusal_faults) == (True, [], [])
