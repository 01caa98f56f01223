"""What of a problem the mock says where the contract has a schema for it."""

from typing import Any

import pytest

from accord.contract import index_contract
from accord.document import Document
from accord.exchange import Kind, Problem, Violation
from accord.findings import Position
from accord.mocking import Mock
from accord.mocking.diagnosing import with_validation
from accord.mocking.errors import error_value

TITLED = {"type": "object", "required": ["title"], "properties": {"title": {}, "detail": {}}}
WRONG = with_validation(
    Problem(422, "Wrong", "It is wrong.", (Violation(Kind.INVALID, "body", "is wrong", "/a"),))
)


def said(schema: dict[str, Any]) -> Any:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    responses = {"422": {"description": "", "content": content}}
    document: dict[str, Any] = {
        "openapi": "3.1.1",
        "info": {"title": "Test", "version": "1"},
        "paths": {"/a": {"get": {"operationId": "get", "responses": responses}}},
        "components": {"schemas": {"Problem": schema}},
    }
    contract = index_contract(Document(document, "3.1.1", (), lambda pointer: Position(pointer, 1, 1)))
    (operation,) = contract.operations
    media_type = operation.responses["422"].content["application/problem+json"]
    return error_value(media_type, WRONG, Mock(contract, "seed").values, "get 422")


def test_a_problem_has_the_members_that_the_contract_names_and_no_others() -> None:
    assert said(TITLED) == {"title": "Wrong", "detail": "It is wrong."}


@pytest.mark.parametrize("schema", [{"type": "object"}, {**TITLED, "additionalProperties": True}])
def test_it_has_all_where_the_contract_names_none_or_welcomes_others(schema: dict[str, Any]) -> None:
    assert set(said(schema)) == {"type", "title", "status", "detail", "errors", "validation"}


def test_a_schema_that_names_none_of_its_members_is_filled_by_its_own_words() -> None:
    made = said({"type": "object", "required": ["message"], "properties": {"message": {"type": "string"}}})
    assert made == {"message": "It is wrong."}
