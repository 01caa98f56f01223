"""A function that fits no operation is a finding with its place, and answers nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from accord.contract import Contract
from accord.mocking.behaving.checking import read_behaviours
from generated.operations import DeleteAssistant, GetAssistant, Handlers
from tests.mocking.behaving.conftest import Stages, module_of


def create_assistants(request: object) -> Any: ...
def createassistant(request: object, mock: object) -> Any: ...


def no_argument() -> Any: ...
def three_arguments(one: object, two: object, three: object) -> Any: ...
def other_request(request: DeleteAssistant.Request) -> Any: ...
def other_response(request: GetAssistant.Request) -> DeleteAssistant.Ok: ...  # type: ignore[empty-body]
def unreadable(request: "Nowhere") -> Any: ...  # type: ignore[name-defined]  # noqa: F821


@pytest.mark.parametrize("function", [create_assistants, createassistant])
def test_a_name_that_no_handler_has_is_a_finding(stage: Stages, function: Callable[..., Any]) -> None:
    found = stage(function).findings
    assert [(each.rule, each.hint) for each in found] == [
        ("unknown-behaviour", "did you mean 'create_assistant'?")
    ]
    assert str(found[0].position).endswith(f"conftest.py:{function.__code__.co_firstlineno}:1")


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (no_argument, "takes neither (request) nor (request, mock)"),
        (three_arguments, "takes neither (request) nor (request, mock)"),
        (other_request, "takes DeleteAssistant.Request, and is given GetAssistant.Request"),
        (other_response, "gives DeleteAssistant.Ok, which is none of: GetAssistant.Ok, Shared.BadRequest"),
        (unreadable, "cannot be read: name 'Nowhere' is not defined"),
    ],
)
def test_a_signature_that_does_not_fit_is_a_finding(
    contract: Contract, function: Callable[..., Any], said: str
) -> None:
    module = module_of()
    module.get_assistant = function  # type: ignore[attr-defined]
    function.__module__ = module.__name__
    read = read_behaviours(contract, Handlers, {"b.py": module})
    assert [(each.rule, said in each.message) for each in read.findings] == [("wrong-behaviour", True)]
    assert read.behaviours == {}


def test_functions_of_the_modules_own_are_let_be(stage: Stages) -> None:
    def _get() -> None: ...

    assert stage(_get).findings == ()


def test_a_second_function_for_an_operation_is_a_finding(contract: Contract) -> None:
    def get_assistant(request: GetAssistant.Request) -> Any: ...

    module = module_of(get_assistant)
    read = read_behaviours(contract, Handlers, {"a.py": module, "b.py": module})
    assert [str(each.position).partition(":")[0] for each in read.findings] == ["b.py"]
    assert list(read.behaviours) == ["getAssistant"]


@pytest.mark.parametrize(
    ("name", "metadata", "said"),
    [
        ("assistant_id", {"in": "path", "name": "assistant_id"}, "it has other responses"),
        ("other", {"in": "path", "name": "other"}, "it has a parameter 'other' in the path"),
    ],
)
def test_a_stub_that_is_older_than_the_contract_is_a_finding(
    contract: Contract, name: str, metadata: Any, said: str
) -> None:
    class Stale:
        operation_id = "getAssistant"
        Request: Any = dataclass(
            type("Request", (), {"__annotations__": {name: str}, name: field(metadata=metadata)})
        )
        Response = GetAssistant.Ok

    @dataclass
    class OldHandlers:
        get_assistant: object = field(metadata={"operation": Stale})

    def get_assistant(request: object) -> Any: ...

    read = read_behaviours(contract, OldHandlers, {"b.py": module_of(get_assistant)})
    assert any(said in each.message for each in read.findings)
    assert {each.hint for each in read.findings} == {"run `accord generate`"}
