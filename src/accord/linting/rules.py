"""Every rule of lint: its id, how much it weighs, and what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from accord.contract import Contract
from accord.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """What a fault is called, how much it weighs where nothing else is set, and what is wrong with it."""

    id: str
    severity: Severity
    summary: str


_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
_OWN = (
    Rule("invalid-example", _WARNING, "an example breaks its schema"),
    Rule("invalid-default", _WARNING, "a default breaks its schema"),
    Rule("unsatisfiable-schema", _ERROR, "no value can satisfy a schema: that is proved"),
    Rule("enum-against-type", _ERROR, "a listed value is of a type that the schema does not allow"),
    Rule("broken-pattern", _ERROR, "a pattern is no regular expression"),
    Rule("risky-pattern", _WARNING, "a pattern for which some texts take exponentially long"),
    Rule("undeclared-required", _WARNING, "a property is required that the schema says nothing about"),
    Rule(
        "lost-discriminator",
        _WARNING,
        "a discriminator leads to no schema, or names a property that may be absent",
    ),
    Rule("missing-operation-id", _WARNING, "an operation has no `operationId`: generated code makes one up"),
    Rule("undocumented-error", _WARNING, "a response that the operation surely gives is not documented"),
    Rule("unknown-security-scheme", _ERROR, "a security requirement names no scheme of the contract"),
    Rule("unknown-scope", _WARNING, "a security requirement names a scope that its OAuth flows do not have"),
    Rule("unused-component", _INFO, "nothing refers to a component"),
    Rule("missing-response", _WARNING, "an operation documents no response of success"),
)
_OF_LOADING = (
    Rule("ambiguous-paths", _ERROR, "two operations have paths that differ in parameter names alone"),
    Rule("equal-operation-ids", _ERROR, "two operations have the same `operationId`"),
    Rule("reference-cycle", _ERROR, "`$ref`s lead in a circle"),
    Rule("unresolved-reference", _ERROR, "a `$ref` points to nothing"),
    Rule("missing-field", _ERROR, "an object lacks a field that OpenAPI requires"),
    Rule("wrong-type", _ERROR, "a field is of a type that OpenAPI does not allow"),
    Rule("wrong-value", _ERROR, "a field's value is none that OpenAPI allows"),
    Rule("structure", _ERROR, "the document breaks OpenAPI's meta-schema in another way"),
    Rule("unknown-field", _WARNING, "a field that OpenAPI does not know"),
    Rule("undeclared-path-parameter", _WARNING, "a path has a name that no parameter declares"),
    Rule("unused-path-parameter", _WARNING, "a path parameter does not stand in its path"),
    Rule("unknown-link-target", _WARNING, "a link leads to no operation"),
)
RULES: Mapping[str, Rule] = MappingProxyType({rule.id: rule for rule in (*_OWN, *_OF_LOADING)})
"""All rules by their id: those of lint, and those that every command tells."""


def finding(contract: Contract, rule: str, pointer: str, message: str, hint: str = "") -> Finding:
    """The finding of a rule at a place."""
    return Finding(rule, RULES[rule].severity, message, pointer, contract.document.locate(pointer), hint)
