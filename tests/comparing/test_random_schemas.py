"""Comparisons of schemas that nobody thought of, held to each other and to another validator."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from accord.comparing import RULES
from accord.comparing.rules import ASPECTS
from tests.comparing.contracts import contract_of, gives, sends, told

_SETTINGS = settings(
    max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=[*HealthCheck]
)
_SMALL = st.integers(0, 3)
_EITHER = st.booleans()


def _typed(name: str, **keywords: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    said = st.fixed_dictionaries({}, optional=keywords)
    types = _EITHER.map(lambda nullable: [name, "null"] if nullable else name)
    return st.tuples(types, said).map(lambda both: {"type": both[0], **both[1]})


_LEAVES = st.one_of(
    _typed("integer", minimum=_SMALL, maximum=_SMALL, multipleOf=st.just(2)),
    _typed("number", exclusiveMinimum=_SMALL, maximum=_SMALL),
    _typed("string", minLength=_SMALL, maxLength=_SMALL, pattern=st.sampled_from(["^a", "^ab?$", "b"])),
    st.lists(st.sampled_from(["a", "b", 1, True, None]), min_size=1, max_size=3, unique_by=repr).map(
        lambda values: {"enum": values}
    ),
    st.just({"type": "boolean"}),
)


def _composed(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    names = st.sampled_from(["a", "b"])
    return st.one_of(
        _typed(
            "object",
            properties=st.dictionaries(names, inner, min_size=2, max_size=2),
            required=st.lists(names, unique=True, max_size=2),
            maxProperties=_SMALL,
        ),
        _typed("array", items=inner, minItems=_SMALL, maxItems=_SMALL, uniqueItems=_EITHER),
        st.lists(inner, min_size=2, max_size=2).map(lambda arms: {"anyOf": arms}),
        st.lists(inner, min_size=2, max_size=2).map(lambda parts: {"allOf": parts}),
    )


SCHEMAS = st.recursive(_LEAVES, _composed, max_leaves=4)
_PLAIN: tuple[Any, ...] = (None, True, False, 0, 1, 2, 3, 4, 0.5, 1.5, 2.5, "", "a", "b", "ab", "aab", "bbbb")
VALUES: tuple[Any, ...] = (
    *_PLAIN,
    *({"a": one} for one in _PLAIN),
    *({"a": one, "b": other} for one in _PLAIN[:12:2] for other in _PLAIN[1::3]),
    *([one] * count for one in _PLAIN[::2] for count in (1, 2, 4)),
    {},
    [],
    ["a", 1],
    [0, 2, "a"],
)


def _accepts(schema: dict[str, Any], value: Any) -> bool:
    return bool(Draft202012Validator(schema).is_valid(value))


@_SETTINGS
@given(SCHEMAS, SCHEMAS)
def test_what_a_request_loses_is_what_a_response_gains_the_other_way(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    there = {
        (each.rule, each.is_breaking) for each in told(sends(one), sends(other)) if _is_of_values(each.rule)
    }
    back = {
        (each.rule, each.is_breaking) for each in told(gives(other), gives(one)) if _is_of_values(each.rule)
    }
    swapped = {(RULES[rule].mirror.replace("request-", "response-"), breaking) for rule, breaking in there}
    assert swapped == back


def _is_of_values(rule: str) -> bool:
    """Is it of what a schema accepts? Clients have to ignore properties that they do not know."""
    aspect = rule.partition("-")[2].rpartition("-")[0]
    return aspect in ASPECTS and aspect != "additional-properties"


@_SETTINGS
@given(SCHEMAS, SCHEMAS)
def test_a_value_that_is_taken_no_more_breaks_requests_and_a_witness_is_one(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    changes = told(sends(one), sends(other))
    lost = [value for value in VALUES if _accepts(one, value) and not _accepts(other, value)]
    if lost:
        assert any(change.is_breaking for change in changes), lost[0]
    for change in changes:
        if change.witness and change.place == "request body":
            assert _accepts(one, change.witness.value)
            assert not _accepts(other, change.witness.value)


@_SETTINGS
@given(SCHEMAS)
def test_a_schema_behind_a_reference_is_no_change(schema: dict[str, Any]) -> None:
    def sent(written: dict[str, Any]) -> Any:
        body = {"content": {"application/json": {"schema": written}}}
        return contract_of({"requestBody": body}, components={"schemas": {"It": schema}})

    assert told(sent(schema), sent({"$ref": "#/components/schemas/It"})) == ()
    assert told(sent({"allOf": [{"$ref": "#/components/schemas/It"}]}), sent(schema)) == ()
