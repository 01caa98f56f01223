"""What lint finds, and what it lets pass: one fault at a time in a contract that has no other."""

from typing import Any

import pytest

from accord.contract import index_contract, load_contract
from accord.document import Document
from accord.findings import Position, Severity
from accord.linting import RULES, lint
from accord.linting.patterns import runs_away
from tests.live import ROOT

DONE = {"description": "done"}
TEXT = {"type": "string"}
LONE = {"$ref": "#/components/schemas/Lone"}
CORPUS = ROOT.parent / "shared" / "corpus"


def rules(operation: dict[str, Any] | None = None, path: str = "/pets", **more: Any) -> list[str]:
    """The rules of all findings of a contract of one operation: GET."""
    made = {"operationId": "listPets", "responses": {"200": DONE}, **(operation or {})}
    content = {
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1"},
        "paths": {path: {"get": made}},
        **more,
    }
    document = Document(
        content, "3.1.0", ("pets.yaml",), lambda pointer: Position("pets.yaml", len(pointer) + 1, 1)
    )
    return [finding.rule for finding in lint(index_contract(document))]


def _placed(pointer: str) -> Position:
    return Position("pets.yaml", len(pointer) + 1, 1)


def answers(schema: Any, **media_type: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": schema, **media_type}}
    return {"responses": {"200": {**DONE, "content": content}}}


def takes(schema: Any, **parameter: Any) -> dict[str, Any]:
    made = {"name": "q", "in": "query", "schema": schema, **parameter}
    return {"parameters": [made], "responses": {"200": DONE, "400": DONE}}


FAULTS: dict[str, tuple[str, dict[str, Any]]] = {
    "an example of another type": ("invalid-example", answers(TEXT, example=1)),
    "a named example": ("invalid-example", answers(TEXT, examples={"one": {"value": 1}})),
    "a schema's example": ("invalid-example", answers({**TEXT, "examples": [1]})),
    "an example below a name like a number": (
        "invalid-example",
        answers({"additionalProperties": {"anyOf": [TEXT, {"type": "integer"}]}, "examples": [{"01": []}]}),
    ),
    "a parameter's example": ("invalid-example", takes({"type": "integer"}, example="a")),
    "a default": ("invalid-default", answers({"type": "integer", "default": "a"})),
    "bounds that cross": ("unsatisfiable-schema", answers({"type": "integer", "minimum": 3, "maximum": 1})),
    "no listed value": ("unsatisfiable-schema", answers({"type": "string", "enum": []})),
    "a listed number among texts": ("enum-against-type", answers({"type": "string", "enum": ["a", 1]})),
    "a pattern that is none": ("broken-pattern", answers({**TEXT, "pattern": "("})),
    "a pattern that runs away": ("risky-pattern", answers({**TEXT, "pattern": "^(a+)+$"})),
    "a required name that nothing declares": (
        "undeclared-required",
        answers({"type": "object", "properties": {"name": TEXT}, "required": ["title"]}),
    ),
    "a tag that leads nowhere": (
        "lost-discriminator",
        answers({"discriminator": {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat"}}}),
    ),
    "no id": ("missing-operation-id", {"operationId": ""}),
    "no success": ("missing-response", {"responses": {"404": DONE}}),
    "no answer to a wrong parameter": (
        "undocumented-error",
        {"parameters": [{"name": "q", "in": "query", "schema": {"type": "integer"}}]},
    ),
    "a scheme that is not there": (
        "unknown-security-scheme",
        {"security": [{"Key": []}], "responses": {"200": DONE, "401": DONE}},
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_and_no_other(name: str) -> None:
    rule, operation = FAULTS[name]
    assert rules(operation) == [rule]


RIGHT: dict[str, dict[str, Any]] = {
    "an example that keeps its schema": answers(TEXT, example="a"),
    "a read-only example": answers({"type": "object", "properties": {"id": {**TEXT, "readOnly": True}}},
                                   example={"id": "a"}),
    "a write-only example of a schema": takes(
        {"type": "object", "properties": {"a": {**TEXT, "writeOnly": True}}, "example": {"a": "b"}}
    ),
    "an example in XML as text": {
        "responses": {"200": {**DONE, "content": {"application/xml": {"schema": {"type": "object"},
                                                                       "example": "<a/>"}}}}
    },
    "nothing on purpose": answers({"type": "object", "properties": {"gone": {"not": {}}}}),
    "a pattern of words": answers({**TEXT, "pattern": "^[a-z]+(-[a-z]+)*$"}),
    "a parameter that cannot be wrong": {"parameters": [{"name": "q", "in": "query", "schema": TEXT}]},
    "default for all": {**takes({"type": "integer"}), "responses": {"default": DONE}},
    "a range for all": {**takes({"type": "integer"}), "responses": {"200": DONE, "4XX": DONE}},
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_passes(name: str) -> None:
    assert rules(RIGHT[name]) == []


def test_what_contract_tests_provoke_has_to_be_documented() -> None:
    body = {"content": {"application/json": {"schema": TEXT}}}
    key = {"securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}}}
    where = {"name": "id", "in": "path", "required": True, "schema": TEXT}
    operation = {"parameters": [where], "requestBody": body, "security": [{"Key": []}]}
    assert rules(operation, "/pets/{id}", components=key) == ["undocumented-error"] * 4


def test_components_are_unused_where_nothing_that_is_done_needs_them() -> None:
    schemas = {
        "Used": {"$ref": "#/components/schemas/Deep"},
        "Deep": TEXT,
        "Lone": {"$ref": "#/components/schemas/Lone"},
    }
    assert rules(answers({"$ref": "#/components/schemas/Used"}), components={"schemas": schemas}) == [
        "unused-component"
    ]


def test_a_scope_that_no_flow_has_is_found() -> None:
    flows = {"clientCredentials": {"tokenUrl": "https://example.com/token", "scopes": {"read": "Read"}}}
    schemes = {"securitySchemes": {"OAuth": {"type": "oauth2", "flows": flows}}}
    operation = {"security": [{"OAuth": ["reads"]}], "responses": {"200": DONE, "401": DONE}}
    assert rules(operation, components=schemes) == ["unknown-scope"]


@pytest.mark.parametrize("pattern", ["(a+)+", "^(a|ab)*$", "([a-z]+)*x", r"(\w+\s*)+$", "(.*a){25}", "(a*)*"])
def test_a_repetition_that_can_be_cut_in_many_ways_is_risky(pattern: str) -> None:
    assert runs_away(pattern)


@pytest.mark.parametrize(
    "pattern",
    ["a+b+", "^([a-z]+-)*$", "^(a|b)+$", r"^\d{3}(,\d{3})*$", "(ab+c)*", "^[^/]+(/[^/]+)*$", "(a+){2}"],
)
def test_a_repetition_with_one_way_is_not(pattern: str) -> None:
    assert not runs_away(pattern)


def test_the_contract_of_this_repository_has_no_finding() -> None:
    assert lint(load_contract(str(ROOT / "openapi.yaml"))) == ()


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs the public contracts in ../shared/corpus")
@pytest.mark.parametrize(
    ("name", "rule"), [("discord.json", "unsatisfiable-schema"), ("spotify.yml", "undeclared-required")]
)
def test_public_contracts_have_real_faults(name: str, rule: str) -> None:
    found = lint(load_contract(str(CORPUS / name), lenient=True))
    assert rule in {finding.rule for finding in found}
    assert all(finding.position for finding in found)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_every_rule_says_what_is_wrong(rule: Any) -> None:
    assert rule.summary
    assert rule.severity in Severity
