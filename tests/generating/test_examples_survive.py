"""Examples in public contracts that their schema admits: a model takes each, and dumps it valid again."""

import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from accord.contract import Contract, MediaType, load_contract
from accord.generating import generate_package, write_package
from accord.generating.stub import is_json
from accord.schemas import Direction, Schemas

CORPUS = Path(__file__).parents[2] / "../shared/corpus"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.slow,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the public contracts of ../shared/corpus are not here"),
]


@pytest.mark.parametrize(
    ("name", "least"),
    [("adyen-management.json", 100), ("meilisearch.json", 100), ("xero-accounting.yaml", 100)],
)
def test_a_valid_example_of_a_response_is_taken_and_dumped_valid(
    name: str, least: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = load_contract(str(CORPUS / name), lenient=True)
    package = f"examples_of_{name.partition('.')[0].replace('-', '_')}"
    write_package(generate_package(contract).files, tmp_path / package)
    monkeypatch.syspath_prepend(tmp_path)
    operations = importlib.import_module(f"{package}.operations")
    schemas, judged = Schemas(contract.document), 0
    for response, media_type, example in valid_examples(contract, operations, schemas):
        adapter = TypeAdapter(response.__annotations__["body"])
        dumped = adapter.dump_json(adapter.validate_json(json.dumps(example), by_name=False), by_alias=True)
        validator = schemas.at(str(media_type.schema), Direction.RESPONSE)
        assert not validator.violations(json.loads(dumped)), media_type.pointer
        judged += 1
    assert judged >= least


def valid_examples(
    contract: Contract, operations: Any, schemas: Schemas
) -> Iterator[tuple[Any, MediaType, Any]]:
    """Each as (class of the response, its only media type, the example)."""
    for field in operations.Handlers.__dataclass_fields__.values():
        stub = field.metadata["operation"]
        documented = contract.by_id[stub.operation_id].responses
        for key, response in documented.items():
            (media_type,) = response.content.values() if len(response.content) == 1 else (None,)
            if media_type is None or media_type.schema is None or not is_json(media_type.essence):
                continue
            for example in examples(media_type):
                if not schemas.at(media_type.schema, Direction.RESPONSE).violations(example, most=1):
                    yield class_of(stub, key), media_type, example


def examples(media_type: MediaType) -> Iterator[Any]:
    if "example" in media_type.raw:
        yield media_type.raw["example"]
    for _, pointer in media_type.children("examples"):
        if "value" in (example := media_type.document.at(pointer)):
            yield example["value"]


def class_of(stub: Any, status: str) -> Any:
    return next(
        member
        for member in vars(stub).values()
        if isinstance(member, type) and str(getattr(member, "status", "")) == status
    )
