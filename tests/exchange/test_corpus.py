"""Every operation of the public contracts: its plan compiles, and what cannot be used of it is a finding."""

from pathlib import Path

import pytest

from accord.contract import load_contract
from accord.exchange import Incoming, Judge, Outgoing, Routed, Router

CORPUS = Path(__file__).parents[2] / "../shared/corpus"
ENTRIES = ("openapi", "swagger", "index", "main", "DigitalOcean", "specification")
FAULTS = {
    # `.{0,262144}` is larger than the engine compiles: the one pattern of all contracts that is not judged.
    "adyen-terminal.json": {"/components/schemas/OutputContent/properties/OutputXHTML/pattern"},
}
SLOW = {"stripe.yaml", "kubernetes20.json", "elasticsearch-serverless.json"}


def documents() -> list[object]:
    if not CORPUS.is_dir():
        return [pytest.param(None, marks=pytest.mark.skip(reason="../shared/corpus is not here"))]
    files = sorted(path for path in CORPUS.iterdir() if path.suffix in {".json", ".yaml", ".yml"})
    return [
        pytest.param(path, id=path.name, marks=[pytest.mark.slow] if path.name in SLOW else [])
        for path in files
    ]


@pytest.mark.corpus
@pytest.mark.parametrize("path", documents())
def test_every_operation_of_a_public_contract_can_be_judged(path: Path) -> None:
    judge = Judge(load_contract(str(path), lenient=True))
    for operation in judge.contract.operations:
        judge.prepare(operation)
        judged = judge.request(operation, Incoming(operation.method.upper(), operation.path))
        assert all(violation.reason and violation.rule for violation in judged.violations)
        judge.response(operation, Outgoing(200, [(b"content-type", b"application/json")], b"{}"))
    assert {finding.pointer for finding in judge.findings} == FAULTS.get(path.name, set())


@pytest.mark.corpus
@pytest.mark.parametrize("path", documents())
def test_every_operation_of_a_public_contract_is_found_by_its_own_path(path: Path) -> None:
    contract = load_contract(str(path), lenient=True)
    router = Router(contract)
    for operation in contract.operations:
        base = operation.servers[0].base_path if operation.servers else ""
        route = router.route(
            operation.method.upper(), base + operation.path.partition("?")[0].partition("#")[0]
        )
        assert isinstance(route, Routed), operation.path
