"""Every rule of lint: its id, how much it weighs, and what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from accord.contract import Contract
from accord.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """What a fault is called, how much it weighs where nothing else is set, what is wrong, what to do."""

    id: str
    severity: Severity
    summary: str
    remedy: str


_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
_OWN = (
    Rule("invalid-example", _WARNING, "an example breaks its schema",
         "correct it: documentation shows it, and the mock answers with it"),
    Rule("invalid-default", _WARNING, "a default breaks its schema",
         "correct it: who leaves the value out is taken to have sent it"),
    Rule("unsatisfiable-schema", _ERROR, "no value can satisfy a schema: that is proved",
         "find the keywords that contradict each other; what is excluded on purpose is `not: {}`"),
    Rule("enum-against-type", _ERROR, "a listed value is of a type that the schema does not allow",
         "correct the value, or the type; quote texts that YAML reads as numbers or booleans"),
    Rule("broken-pattern", _ERROR, "a pattern is no regular expression",
         "patterns are ECMA-262 regular expressions: `(?P<name>…)`, `\\A` and `\\Z` are none"),
    Rule("risky-pattern", _WARNING, "a pattern for which some texts take exponentially long",
         "let no repetition hold another of the same characters, or bound it"),
    Rule("undeclared-required", _WARNING, "a property is required that the schema says nothing about",
         "declare it among the properties, or correct its name"),
    Rule("lost-discriminator", _WARNING,
         "a discriminator leads to no schema",
         "name a schema of the contract in its mapping"),
    Rule("missing-operation-id", _WARNING, "an operation has no `operationId`: generated code makes one up",
         "add one: names of generated code change with the path otherwise"),
    Rule("undocumented-error", _WARNING, "a response that the operation surely gives is not documented",
         "document the status, `4XX` or `default`: contract tests provoke 400, 401, 404 and 415"),
    Rule("unknown-security-scheme", _ERROR, "a security requirement names no scheme of the contract",
         "correct the name, or add the scheme to `components/securitySchemes`"),
    Rule("unknown-scope", _WARNING, "a security requirement names a scope that its OAuth flows do not have",
         "correct the name, or add the scope to a flow"),
    Rule("unused-component", _INFO, "nothing refers to a component", "remove it, or refer to it"),
    Rule("missing-response", _WARNING, "an operation documents no response of success",
         "say what a request that is right is answered with"),
)  # fmt: skip
_OF_LOADING = (
    Rule("ambiguous-paths", _ERROR, "two operations have paths that differ in parameter names alone",
         "make one operation of both, or tell their paths apart: no server can choose"),
    Rule("equal-operation-ids", _ERROR, "two operations have the same `operationId`",
         "give one of them another: generated code has one name for each"),
    Rule("reference-cycle", _ERROR, "`$ref`s lead in a circle", "let one of them lead to a schema"),
    Rule("dynamic-reference", _WARNING,
         "a `$dynamicRef` is read as a `$ref`, though several schemas have that anchor",
         "refer by `$ref` to the schema that is meant: none that extends it takes its place there"),
    Rule("unresolved-reference", _ERROR, "a `$ref` points to nothing",
         "correct it: the nearest names that there are stand in the hint"),
    Rule("missing-field", _ERROR, "an object lacks a field that OpenAPI requires", "add it"),
    Rule("wrong-type", _ERROR, "a field is of a type that OpenAPI does not allow",
         "write it as the finding says; texts that look like numbers want quotes in YAML"),
    Rule("wrong-value", _ERROR, "a field's value is none that OpenAPI allows", "write one of those it names"),
    Rule("structure", _ERROR, "the document breaks OpenAPI's meta-schema in another way",
         "compare the place with the specification of the version that the document names"),
    Rule("unknown-field", _WARNING, "a field that OpenAPI does not know",
         "correct its name, move it to where it belongs, or begin it with `x-`"),
    Rule("undeclared-path-parameter", _WARNING, "a path has a name that no parameter declares",
         "add the parameter, `in: path`"),
    Rule("unused-path-parameter", _WARNING, "a path parameter does not stand in its path",
         "correct its name, or remove it"),
    Rule("unknown-link-target", _WARNING, "a link leads to no operation",
         "correct its `operationId` or `operationRef`"),
)  # fmt: skip
RULES: Mapping[str, Rule] = MappingProxyType({rule.id: rule for rule in (*_OWN, *_OF_LOADING)})
"""All rules by their id: those of lint, and those that every command tells."""


def finding(contract: Contract, rule: str, pointer: str, message: str, hint: str = "") -> Finding:
    """The finding of a rule at a place."""
    return Finding(rule, RULES[rule].severity, message, pointer, contract.document.locate(pointer), hint)
