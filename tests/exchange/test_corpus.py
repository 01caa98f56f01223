"""Every operation of the public contracts: its plan compiles, and what cannot be used of it is a finding."""

from pathlib import Path

import pytest

from accord.contract import Contract, load_contract
from accord.exchange import Incoming, Judge, Outgoing, Routed, Router

CORPUS = Path(__file__).parents[2] / "../shared/corpus"
FAULTS = {
    # Patterns such as `^.{0,262144}$`, larger than the engine compiles: judged without their upper bound.
    "adyen-terminal.json": {"/components/schemas/OutputContent/properties/OutputXHTML/pattern"},
    "beacon-node-oapi.yaml": {
        "/components/schemas/Blob/pattern",
        "/components/schemas/BlockAccessList/pattern",
        "/components/schemas/Transaction/pattern",
    },
}
SLOW = {"stripe.yaml", "kubernetes20.json", "elasticsearch-serverless.json"}


def documents() -> list[object]:
    manifest = CORPUS / "MANIFEST.tsv"
    if not manifest.is_file():
        return [pytest.param(None, marks=pytest.mark.skip(reason="../shared/corpus is not here"))]
    names = [line.partition("\t")[0] for line in manifest.read_text(encoding="utf-8").splitlines()[1:]]
    return [
        pytest.param(CORPUS / name, id=name, marks=[pytest.mark.slow] if name in SLOW else [])
        for name in names
    ]


def load(path: Path) -> Contract:
    """The contract, which may refer to all of its own folder in the corpus."""
    folder = CORPUS / path.relative_to(CORPUS).parts[0]
    return load_contract(str(path), allow=[str(folder)] if folder.is_dir() else (), lenient=True)


@pytest.mark.corpus
@pytest.mark.parametrize("path", documents())
def test_every_operation_of_a_public_contract_can_be_judged(path: Path) -> None:
    judge = Judge(load(path))
    for operation in judge.contract.operations:
        judge.prepare(operation)
        judged = judge.request(operation, Incoming(operation.method.upper(), operation.path))
        assert all(violation.reason and violation.rule for violation in judged.violations)
        judge.response(operation, Outgoing(200, [(b"content-type", b"application/json")], b"{}"))
    assert {finding.pointer for finding in judge.findings} == FAULTS.get(path.name, set())


@pytest.mark.corpus
@pytest.mark.parametrize("path", documents())
def test_every_operation_of_a_public_contract_is_found_by_its_own_path(path: Path) -> None:
    contract = load(path)
    router = Router(contract)
    for operation in contract.operations:
        base = operation.servers[0].base_path if operation.servers else ""
        route = router.route(
            operation.method.upper(), base + operation.path.partition("?")[0].partition("#")[0]
        )
        assert isinstance(route, Routed), operation.path
