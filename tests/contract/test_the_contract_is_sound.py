"""The contract itself, by the ecosystem's validator and by accord's own reading of it."""

import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from accord.contract import check_contract, load_contract
from accord.exchange import Judge
from tests.live import ROOT

CONTRACT = ROOT / "openapi.yaml"


def test_it_passes_openapi_spec_validator() -> None:
    validate(yaml.safe_load(CONTRACT.read_text(encoding="utf-8")), cls=OpenAPIV31SpecValidator)


def test_it_is_read_without_a_finding() -> None:
    assert check_contract(load_contract(str(CONTRACT))) == ()


def test_every_schema_of_its_operations_compiles_as_it_is_written() -> None:
    contract = load_contract(str(CONTRACT))
    judge = Judge(contract)
    for operation in contract.operations:
        judge.prepare(operation)
    assert judge.findings == ()


def test_every_operation_says_what_it_is() -> None:
    for operation in load_contract(str(CONTRACT)).operations:
        assert operation.raw["operationId"] == operation.id
        assert operation.summary
        assert operation.description
        assert operation.tags


def test_links_lead_from_what_is_made_to_reading_changing_and_removing_it() -> None:
    contract = load_contract(str(CONTRACT))
    made = next(operation for operation in contract.operations if operation.id == "createAssistant")
    _, response = contract.document.resolve(f"{made.pointer}/responses/200")
    targets = {link["operationId"] for link in response["links"].values()}
    assert targets == {"getAssistant", "updateAssistant", "deleteAssistant"}
