from pathlib import Path
from typing import Any

import pytest

from accord.contract import Contract, check_contract, load_contract
from accord.errors import UnservableContract

HEAD = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n"


@pytest.fixture
def load(tmp_path: Path) -> Any:
    def loaded(text: str, *, lenient: bool = False) -> Contract:
        file = tmp_path / "openapi.yaml"
        file.write_text(HEAD + text, encoding="utf-8")
        return load_contract(str(file), lenient=lenient)

    return loaded


def ids(contract: Contract) -> list[str]:
    return [operation.id for operation in contract.operations]


def test_operations_stand_in_the_order_of_the_document(load: Any) -> None:
    contract = load("paths: {/b: {post: {operationId: b}}, /a: {get: {operationId: a}}}\n")
    assert ids(contract) == ["b", "a"]


def test_an_operation_without_an_id_gets_one_of_method_and_path(load: Any) -> None:
    contract = load(
        "paths: {'/pets/{petId}': {get: {}}, '/pets/pet-id': {get: {}}, /pets/petId: {get: {}}}\n"
    )
    assert ids(contract) == ["getPetsPetId", "getPetsPetId2", "getPetsPetId3"]


def test_a_made_id_gives_way_to_one_that_is_stated_later(load: Any) -> None:
    contract = load("paths: {/a: {get: {}}, /b: {get: {operationId: getA}}}\n")
    assert ids(contract) == ["getA2", "getA"]


EQUAL = "paths: {/a: {get: {operationId: x}}, /b: {get: {operationId: x}}}\n"


def test_equal_operation_ids_are_refused_with_the_place(load: Any) -> None:
    with pytest.raises(UnservableContract, match=r"openapi\.yaml:3:43: operationId 'x' is taken by GET /a"):
        load(EQUAL)


def test_of_equal_operation_ids_the_first_keeps_it_if_lenient(load: Any) -> None:
    contract = load(EQUAL, lenient=True)
    assert ids(contract) == ["x", "getB"]
    assert [finding.rule for finding in contract.findings] == ["equal-operation-ids"]


AMBIGUOUS = "paths: {'/a/{x}': {get: {}}, '/a/{y}': {get: {}, put: {}}}\n"


def test_ambiguous_paths_are_refused_with_the_place(load: Any) -> None:
    with pytest.raises(UnservableContract, match="cannot be told from") as caught:
        load(AMBIGUOUS)
    assert str(caught.value.position).endswith("openapi.yaml:3:41")


def test_ambiguous_paths_are_findings_if_lenient(load: Any) -> None:
    assert [finding.rule for finding in load(AMBIGUOUS, lenient=True).findings] == ["ambiguous-paths"]


@pytest.mark.parametrize(
    ("first", "second"), [("/a/{x}", "/a/b"), ("/{x}.json", "/{x}.xml"), ("/{x}:run", "/{x}")]
)
def test_paths_that_can_be_told_apart_are_no_fault(load: Any, first: str, second: str) -> None:
    assert load(f"paths: {{'{first}': {{get: {{}}}}, '{second}': {{get: {{}}}}}}\n").findings == ()


@pytest.mark.parametrize("path", ["/a/{id.value}", "/{id.value}.json", "/{id.value}:run"])
def test_an_undeclared_path_parameter_is_a_finding(load: Any, path: str) -> None:
    contract = load(f"paths: {{'{path}': {{get: {{responses: {{}}}}}}}}\n")
    (finding,) = [each for each in check_contract(contract) if each.rule == "undeclared-path-parameter"]
    assert "'id.value'" in finding.message


def test_a_path_parameter_that_is_not_in_the_path_is_a_finding(load: Any) -> None:
    contract = load("paths: {/a: {get: {parameters: [{name: x, in: path, required: true, schema: {}}]}}}\n")
    assert "unused-path-parameter" in [finding.rule for finding in check_contract(contract)]


def test_an_operation_without_responses_has_none(load: Any) -> None:
    (operation,) = load("paths: {/a: {get: {}}}\n").operations
    assert operation.responses == {}
    assert operation.response(200) is None


def test_operations_by_other_methods_of_3_2_are_indexed(load: Any) -> None:
    contract = load("paths: {/a: {additionalOperations: {COPY: {operationId: copy}}}}\n")
    assert [(operation.method, operation.id) for operation in contract.operations] == [("COPY", "copy")]


def test_parameters_of_an_operation_override_those_of_its_path(load: Any) -> None:
    shared = "parameters: [{name: q, in: query, required: true}, {name: r, in: query}]"
    text = f"paths: {{/a: {{{shared}, get: {{parameters: [{{name: q, in: query}}]}}}}}}\n"
    (operation,) = load(text).operations
    assert [(each.name, each.required) for each in operation.parameters] == [("q", False), ("r", False)]


def test_a_webhook_is_called_by_its_name(load: Any) -> None:
    contract = load(
        "webhooks: {new: {$ref: '#/components/pathItems/new'}, old: {put: {}, post: {operationId: o}}}\n"
        "components: {pathItems: {new: {post: {}}}}\n"
    )
    found = {name: [each.id for each in called] for name, called in contract.webhooks.items()}
    assert found == {"new": ["new"], "old": ["put old", "o"]}


def test_a_callback_has_an_expression_as_its_path(load: Any) -> None:
    contract = load(
        "paths: {/a: {post: {callbacks: {done: {$ref: '#/components/callbacks/done'}}}}}\n"
        "components: {callbacks: {done: {'{$request.query.url}/done': {post: {}}, x-more: {}}}}\n"
    )
    (called,) = contract.operations[0].callbacks["done"]
    assert (called.id, called.method, called.path) == ("done", "post", "{$request.query.url}/done")


def test_a_contract_without_calls_has_none(load: Any) -> None:
    contract = load("paths: {/a: {post: {}}}\n")
    assert (contract.webhooks, contract.operations[0].callbacks) == ({}, {})


def test_a_link_that_leads_to_no_operation_is_a_finding_with_the_nearest(load: Any) -> None:
    contract = load(
        "paths: {/pets: {get: {operationId: listPets, responses: {'200': {description: d, links: {\n"
        "  first: {operationId: listPet}, gone: {operationRef: '#/paths/~1none/get'},\n"
        "  own: {operationId: listPets}, there: {operationRef: '#/paths/~1pets/get'}}}}}}}\n"
    )
    found = [finding for finding in check_contract(contract) if finding.rule == "unknown-link-target"]
    assert [finding.message for finding in found] == [
        "the link 'first' leads to operationId 'listPet', which is no operation",
        "the link 'gone' leads to operationRef '#/paths/~1none/get', which is no operation",
    ]
    assert found[0].hint == "did you mean 'listPets'?"
