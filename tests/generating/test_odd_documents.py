"""Whatever stands in place of what belongs there: sources that compile, or one clear error."""

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from accord.contract import load_contract
from accord.document import pointers
from accord.errors import ContractError
from accord.generating import generate_package, make_skeletons
from tests.contract_model.test_odd_documents import COLLECTION, OPENAPI, SWAGGER, variants

STEP = 31
"""Every so many of the variants: prime to the number of odd values, so that each value and place comes."""


@pytest.mark.slow
@pytest.mark.parametrize(
    "document", [SWAGGER, OPENAPI | {"openapi": "3.1.0"}, COLLECTION], ids=["2.0", "3.1", "postman"]
)
def test_nothing_odd_in_any_place_keeps_sources_from_compiling(
    document: dict[str, Any], tmp_path: Path
) -> None:
    file, made = tmp_path / "openapi.json", 0
    for place, changed in islice(variants(document), 0, None, STEP):
        file.write_text(json.dumps(changed), encoding="utf-8")
        try:
            sources(str(file))
            made += 1
        except ContractError:
            continue
        except Exception as error:
            error.add_note(f"with {pointers.walk(changed, place)!r} at {place}")
            raise
    assert made > 10


def sources(location: str) -> None:
    contract = load_contract(location, lenient=True)
    package = generate_package(contract)
    made = make_skeletons(
        package.operations, tuple(contract.security_schemes), {}, generated="generated", handlers="handlers"
    )
    for name, text in {**package.files, **made.files}.items():
        if name.endswith(".py"):
            compile(text, name, "exec")


@pytest.mark.parametrize("odd", ["5", "text", "[1]", "[null]", "null"])
def test_schemas_that_are_no_map_are_no_classes(tmp_path: Path, odd: str) -> None:
    file = tmp_path / "openapi.yaml"
    file.write_text(f"openapi: 3.1.0\ninfo: {{}}\npaths: {{}}\ncomponents: {{schemas: {odd}}}\n")
    assert "class" not in generate_package(load_contract(str(file))).files["models.py"]


def test_a_type_that_is_no_name_says_nothing(tmp_path: Path) -> None:
    file = tmp_path / "openapi.yaml"
    schema = "{type: object, properties: {a: {type: {x: 1}}, b: {type: [5, string]}}}"
    file.write_text(f"openapi: 3.1.0\ninfo: {{}}\npaths: {{}}\ncomponents: {{schemas: {{A: {schema}}}}}\n")
    models = generate_package(load_contract(str(file))).files["models.py"]
    assert "a: Any | MISSING = MISSING" in models
    assert "b: str | MISSING = MISSING" in models


def test_a_status_that_is_none_still_names_a_class(tmp_path: Path) -> None:
    file = tmp_path / "openapi.yaml"
    paths = "{/a: {get: {responses: {$ref: 5, '2-0': {description: d}}}}}"
    file.write_text(f"openapi: 3.1.0\ninfo: {{}}\npaths: {paths}\n")
    assert "class Status20:" in generate_package(load_contract(str(file))).files["operations.py"]
