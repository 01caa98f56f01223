"""Real contracts, read as they are. The folder they stand in is allowed: some refer to sibling folders."""

import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from accord.contract import Contract, check_contract, load_contract
from accord.document import Document, pointers, read_document
from accord.document.grammar import OAS3, Kind, walk

CORPUS = Path(__file__).parents[2] / "../shared/corpus"
SECONDS = 15.0
"""The bound for one load: ten times what the largest takes, since test machines are busy."""

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the public contracts are not at ../shared/corpus"),
]


def manifest() -> list[tuple[str, int, str]]:
    """Each document as (file, number of operations, version), as the corpus counts them."""
    if not CORPUS.is_dir():
        return []
    rows = [row.split("\t") for row in (CORPUS / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    return [(row[0], int(row[7]), row[5]) for row in rows]


@cache
def loaded(file: str) -> tuple[Contract, float]:
    """The contract and the seconds that it took."""
    started = time.perf_counter()
    contract = load_contract(str(CORPUS / file), allow=[str(CORPUS)], lenient=True)
    return contract, time.perf_counter() - started


@pytest.fixture(params=manifest(), ids=lambda row: row[0])
def row(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture
def document(row: tuple[str, int, str]) -> Document:
    return loaded(row[0])[0].document


def references(document: Document) -> Iterator[tuple[str, str]]:
    for node in walk(document.content, Kind.OPENAPI, OAS3):
        if node.reference is not None:
            yield node.pointer, node.reference


def test_it_loads_with_every_operation(row: tuple[str, int, str]) -> None:
    contract, seconds = loaded(row[0])
    assert seconds < SECONDS
    assert len(contract.operations) == row[1]
    assert contract.document.version == row[2]


def test_every_reference_is_local_and_resolves(document: Document) -> None:
    for place, reference in references(document):
        assert reference.startswith("#/"), place
        document.resolve(place)


def test_it_is_in_normal_form(document: Document) -> None:
    for node in walk(document.content, Kind.OPENAPI, OAS3):
        if node.kind is Kind.SCHEMA:
            assert not {"nullable", "x-nullable", "example"} & node.value.keys(), node.pointer
            assert not isinstance(node.value.get("exclusiveMinimum"), bool), node.pointer
            assert not isinstance(node.value.get("items"), list), node.pointer


def test_each_operation_is_placed_where_its_method_stands(row: tuple[str, int, str]) -> None:
    contract, _ = loaded(row[0])
    texts: dict[str, list[str]] = {}
    for operation in contract.operations:
        position = contract.document.locate(operation.pointer)
        if position.file not in texts:
            texts[position.file] = Path(position.file).read_text(encoding="utf-8").split("\n")
        line = texts[position.file][position.line - 1]
        whole_file = position.column == 1 and position.file != contract.document.files[0]
        assert whole_file or f"{operation.method}" in line.partition(":")[0], (
            f"{operation.pointer}: {position}"
        )


def test_each_operation_id_stands_where_it_is_placed(row: tuple[str, int, str]) -> None:
    contract, _ = loaded(row[0])
    texts: dict[str, list[str]] = {}
    for operation in contract.operations:
        if "operationId" in operation.raw:
            position = contract.document.locate(pointers.join(operation.pointer, "operationId"))
            if position.file not in texts:
                texts[position.file] = Path(position.file).read_text(encoding="utf-8").split("\n")
            line = texts[position.file][position.line - 1]
            assert "operationId" in line
            assert str(operation.raw["operationId"]) in line


def test_its_parts_and_findings_can_be_made(row: tuple[str, int, str]) -> None:
    contract, _ = loaded(row[0])
    assert all(finding.position and finding.message for finding in check_contract(contract))
    for operation in contract.operations:
        assert all(parameter.name for parameter in operation.parameters)
        assert all(response.content is not None for response in operation.responses.values())


def test_only_two_have_paths_that_no_server_can_tell_apart() -> None:
    rules = {file: {finding.rule for finding in loaded(file)[0].findings} for file, _, _ in manifest()}
    assert {file: found for file, found in rules.items() if found} == {
        "elasticsearch-serverless.json": {"ambiguous-paths"},
        "xero-accounting.yaml": {"ambiguous-paths"},
    }


@pytest.mark.parametrize("file", [file for file, _, _ in manifest()])
def test_it_is_read_without_leniency(file: str) -> None:
    assert read_document(str(CORPUS / file), allow=[str(CORPUS)]).findings == ()
