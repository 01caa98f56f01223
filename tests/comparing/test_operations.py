"""What may change of an operation beside its schemas."""

from collections.abc import Mapping
from typing import Any

import pytest

from accord.comparing import RULES
from accord.contract import Contract
from tests.comparing.contracts import TEXT, contract_of, rules, sends, told

DONE = {"description": "done"}
LIMIT: dict[str, Any] = {"name": "limit", "in": "query", "schema": {"type": "integer"}}
LISTED: dict[str, Any] = {**LIMIT, "schema": {"type": "array", "items": TEXT}}
BODY: dict[str, Any] = {"content": {"application/json": {"schema": TEXT}}}
KEY: dict[str, Any] = {"type": "apiKey", "in": "header", "name": "X-Key"}
SCHEMES: dict[str, Any] = {
    "components": {"securitySchemes": {"Key": KEY, "Other": {"type": "http", "scheme": "basic"}}}
}


def answered(**responses: Any) -> dict[str, Any]:
    return {"responses": {status.strip("_"): response for status, response in responses.items()}}


def headed(name: str, *, required: bool) -> dict[str, Any]:
    return answered(_200={**DONE, "headers": {name: {"required": required, "schema": TEXT}}})


OPERATIONS: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "a parameter that has to be sent": (
        {},
        {"parameters": [{**LIMIT, "required": True}]},
        "required-parameter-added",
    ),
    "a parameter that may be sent": ({}, {"parameters": [LIMIT]}, "optional-parameter-added"),
    "a parameter that became required": (
        {"parameters": [LIMIT]},
        {"parameters": [{**LIMIT, "required": True}]},
        "parameter-became-required",
    ),
    "reserved characters": (
        {"parameters": [{**LIMIT, "schema": TEXT, "allowReserved": True}]},
        {"parameters": [{**LIMIT, "schema": TEXT}]},
        "parameter-reserved-refused",
    ),
    "an empty value": (
        {"parameters": [{**LIMIT, "allowEmptyValue": True}]},
        {"parameters": [LIMIT]},
        "parameter-empty-refused",
    ),
    "a deprecated parameter": (
        {"parameters": [LIMIT]},
        {"parameters": [{**LIMIT, "deprecated": True}]},
        "parameter-deprecated",
    ),
    "a parameter's style": (
        {"parameters": [{**LISTED, "explode": True}]},
        {"parameters": [{**LISTED, "explode": False}]},
        "parameter-serialization-changed",
    ),
    "a parameter's default": (
        {"parameters": [{**LIMIT, "schema": {"type": "integer", "default": 1}}]},
        {"parameters": [{**LIMIT, "schema": {"type": "integer", "default": 2}}]},
        "parameter-default-changed",
    ),
    "a body that has to be sent": (
        {},
        {"requestBody": {**BODY, "required": True}},
        "required-request-body-added",
    ),
    "a body that may be sent": ({}, {"requestBody": BODY}, "optional-request-body-added"),
    "a body that became required": (
        {"requestBody": BODY},
        {"requestBody": {**BODY, "required": True}},
        "request-body-became-required",
    ),
    "a media type less": (
        {"requestBody": {"content": {"application/json": {}, "text/plain": {}}}},
        {"requestBody": {"content": {"application/json": {}}}},
        "request-media-type-removed",
    ),
    "a media type of responses less": (
        answered(_200={**DONE, "content": {"application/json": {}, "text/plain": {}}}),
        answered(_200={**DONE, "content": {"application/json": {}}}),
        "response-media-type-removed",
    ),
    "a success less": (answered(_200=DONE, _201=DONE), answered(_200=DONE), "success-response-removed"),
    "a refusal less": (answered(_200=DONE, _404=DONE), answered(_200=DONE), "other-response-removed"),
    "a header less": (headed("X-A", required=True), answered(_200=DONE), "required-response-header-removed"),
    "a header that need not come": (
        headed("X-A", required=True),
        headed("x-a", required=False),
        "response-header-became-optional",
    ),
    "another id": ({"operationId": "a"}, {"operationId": "b"}, "operation-id-changed"),
    "a tag less": ({"tags": ["a", "b"]}, {"tags": ["a"]}, "operation-tag-removed"),
    "deprecated": ({}, {"deprecated": True}, "operation-deprecated"),
    "an earlier end": (
        {"deprecated": True, "x-sunset": "2027-06-01"},
        {"deprecated": True, "x-sunset": "2027-01-01"},
        "sunset-moved-earlier",
    ),
    "no end": ({"deprecated": True, "x-sunset": "2027-06-01"}, {"deprecated": True}, "sunset-removed"),
    "credentials": ({"security": []}, {"security": [{"Key": []}]}, "security-required"),
    "a way in less": (
        {"security": [{"Key": []}, {"Other": []}]},
        {"security": [{"Key": []}]},
        "security-alternative-removed",
    ),
    "a scope more": (
        {"security": [{"Other": ["read"]}]},
        {"security": [{"Other": ["read", "write"]}]},
        "security-scope-required",
    ),
    "a link less": (
        answered(_200={**DONE, "links": {"next": {"operationId": "a"}}}),
        answered(_200=DONE),
        "link-removed",
    ),
    "a callback less": (
        {"callbacks": {"done": {"{$url}": {"post": {"responses": {"200": DONE}}}}}},
        {},
        "callback-removed",
    ),
}
EVENT: dict[str, Any] = {"name": "X-Event", "in": "header", "required": True, "schema": {"type": "string"}}


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_change_falls_under_its_rule_and_the_change_back_under_the_mirror(name: str) -> None:
    old, new, rule = OPERATIONS[name]
    one, other = contract_of(old, **SCHEMES), contract_of(new, **SCHEMES)
    (change,) = told(one, other)
    assert (change.rule, change.severity) == (rule, RULES[rule].severity)
    assert rules(other, one) == [RULES[rule].mirror]


def test_an_operation_that_is_gone_breaks_clients_unless_it_was_announced() -> None:
    new = contract_of({}, "/cats")
    assert rules(contract_of({}), new) == ["operation-removed", "operation-added"]
    over = {"deprecated": True, "x-sunset": "2026-01-01"}
    assert "operation-removed-after-deprecation" in rules(contract_of(over), new)
    early = {"deprecated": True, "x-sunset": "2027-01-01"}
    assert "operation-removed" in rules(contract_of(early), new)


def test_a_path_with_another_name_for_a_parameter_is_the_same_path() -> None:
    old, new = (
        contract_of(
            {"parameters": [{"name": name, "in": "path", "required": True, "schema": TEXT}]},
            f"/pets/{{{name}}}",
        )
        for name in ("id", "pet")
    )
    assert rules(old, new) == ["path-parameter-renamed"]


def test_of_paths_with_other_names_of_parameters_each_is_held_to_its_own() -> None:
    def contract(first: str, second: str) -> Contract:
        return contract_of(
            {},
            first,
            paths={
                first: {"get": {"responses": {"200": DONE}, "operationId": first}},
                second: {"get": {"responses": {"200": DONE}, "operationId": second}},
            },
        )

    assert rules(contract("/pets/{a}", "/pets/{b}"), contract("/pets/{b}", "/pets/{a}")) == []
    assert rules(contract("/pets/{a}", "/pets/{b}"), contract_of({}, "/pets")) == [
        "operation-removed",
        "operation-removed",
        "operation-added",
    ]


@pytest.mark.parametrize("is_required", [True, False])
def test_that_a_default_is_told_breaks_nobody_and_none_counts_where_a_parameter_is_always_sent(
    is_required: bool,  # noqa: FBT001 - pytest passes it
) -> None:
    without, one, other = (
        contract_of(
            {"parameters": [{**LIMIT, "required": is_required, "schema": {"type": "integer", **each}}]}
        )
        for each in ({}, {"default": 1}, {"default": 2})
    )
    assert rules(without, one) == ["parameter-default-added"]
    assert rules(one, without) == ["parameter-default-removed"]
    assert rules(one, other) == ["parameter-default-changed"]
    breaking = [
        change.is_breaking
        for pair in ((without, one), (one, without), (one, other))
        for change in told(*pair)
    ]
    assert breaking == [False, not is_required, not is_required]


@pytest.mark.parametrize("schema", [True, {}, {"description": "anything"}])
def test_a_schema_that_takes_anything_is_no_other_than_none(schema: Any) -> None:
    content: dict[str, Any] = {"application/json": {}}
    one = contract_of({"requestBody": {"content": content}, **answered(_200={**DONE, "content": content})})
    content = {"application/json": {"schema": schema}}
    other = contract_of({"requestBody": {"content": content}, **answered(_200={**DONE, "content": content})})
    assert rules(one, other) == rules(other, one) == []


@pytest.mark.parametrize(
    ("pattern", "told_rules"),
    [
        (".*", ["request-pattern-widened"]),
        ("(a|b*)?", ["request-pattern-widened"]),
        ("^a*$", ["request-pattern-changed"]),
    ],
)
def test_a_pattern_that_is_found_in_every_text_is_none(pattern: str, told_rules: list[str]) -> None:
    old, new = sends({**TEXT, "pattern": "^[b-z]+$"}), sends({**TEXT, "pattern": pattern})
    assert rules(old, new) == told_rules


@pytest.mark.parametrize(
    ("schema", "style", "told_rules"),
    [
        (TEXT, "form", []),
        ({"type": "array", "items": TEXT}, "simple", []),
        ({"type": "array", "items": TEXT}, "form", ["parameter-serialization-changed"]),
        ({"type": "object"}, "simple", ["parameter-serialization-changed"]),
    ],
)
def test_explode_is_told_where_it_decides_how_a_value_is_written(
    schema: Any, style: str, told_rules: list[str]
) -> None:
    location = "header" if style == "simple" else "query"
    old, new = (
        contract_of({"parameters": [{"name": "a", "in": location, "schema": schema, "explode": explode}]})
        for explode in (True, False)
    )
    assert rules(old, new) == told_rules


def test_that_a_text_is_utf_8_is_no_other_media_type() -> None:
    old, new = (
        contract_of(answered(_200={**DONE, "content": {name: {"schema": TEXT}}}))
        for name in ("application/json", "application/json; charset=UTF-8")
    )
    assert rules(old, new) == rules(new, old) == []


def test_default_is_a_success_where_no_other_is_named() -> None:
    named, both = contract_of(answered(_200=DONE)), contract_of(answered(_200=DONE, default=DONE))
    assert rules(both, named) == ["other-response-removed"]
    assert rules(named, both) == ["other-response-added"]
    alone, other = contract_of({"responses": {"default": DONE}}), contract_of(answered(_404=DONE))
    assert "success-response-removed" in rules(named, other)
    assert rules(alone, named) == ["response-status-narrowed"]
    assert rules(named, alone) == ["response-status-widened"]


def test_what_the_server_calls_is_judged_the_other_way_round() -> None:
    old, new = (
        contract_of(
            {},
            webhooks={
                "born": {
                    "post": {
                        "requestBody": {"content": {"application/json": {"schema": each}}},
                        "responses": {"200": DONE},
                    }
                }
            },
        )
        for each in ({"type": "string", "maxLength": 5}, {"type": "string", "maxLength": 9})
    )
    assert rules(old, new) == ["response-max-length-widened"]


@pytest.mark.parametrize(
    ("old", "new", "breaks"),
    [
        ({}, {"parameters": [EVENT]}, False),
        ({"parameters": [EVENT]}, {}, True),
        ({"parameters": [EVENT]}, {"parameters": [{**EVENT, "required": False}]}, True),
        ({"requestBody": {**BODY, "required": True}}, {"requestBody": BODY}, True),
        ({"requestBody": BODY}, {"requestBody": {**BODY, "required": True}}, False),
    ],
)
def test_what_the_server_sends_by_itself_may_become_more_and_not_less(
    old: Any, new: Any, breaks: Any
) -> None:
    one, other = (
        contract_of({}, webhooks={"born": {"post": {**each, "responses": {"200": DONE}}}})
        for each in (old, new)
    )
    assert [change.is_breaking for change in told(one, other)] == [breaks]


def test_a_scheme_that_takes_its_key_elsewhere_breaks_who_needs_it() -> None:
    moved: dict[str, Any] = {"components": {"securitySchemes": {"Key": {**KEY, "name": "X-Other"}}}}
    held: dict[str, Any] = {"components": {"securitySchemes": {"Key": KEY}}}
    needed: dict[str, Any] = {"security": [{"Key": []}]}
    open_: dict[str, Any] = {"security": []}
    assert rules(contract_of(needed, **held), contract_of(needed, **moved)) == ["security-scheme-changed"]
    assert rules(contract_of(open_, **held), contract_of(open_, **moved)) == []


def test_a_policy_asks_for_a_date_that_is_far_enough_away() -> None:
    soon = contract_of({"deprecated": True, "x-sunset": "2026-12-01"})
    assert rules(contract_of({}), soon, days=30) == ["sunset-too-soon", "operation-deprecated"]
    assert rules(contract_of({}), contract_of({"deprecated": True}), days=30)[0] == "sunset-missing"
    assert rules(contract_of({}), soon) == ["operation-deprecated"]


def test_a_sunset_that_is_no_date_is_told() -> None:
    broken = contract_of({"deprecated": True, "x-sunset": "soon"})
    assert rules(contract_of({}), broken) == ["sunset-unreadable", "operation-deprecated"]


@pytest.mark.parametrize(("one", "range_"), [("200", "2XX"), ("404", "4XX"), ("404", "default")])
def test_a_range_of_statuses_stands_for_each_of_them(one: str, range_: str) -> None:
    def contract(status: str, longest: int) -> Contract:
        body = {"content": {"application/json": {"schema": {**TEXT, "maxLength": longest}}}}
        return contract_of({"responses": {"201": DONE, status: {**DONE, **body}}})

    assert rules(contract(one, 5), contract(range_, 5)) == ["response-status-widened"]
    assert rules(contract(range_, 5), contract(one, 5)) == ["response-status-narrowed"]
    longer = told(contract(range_, 5), contract(one, 9))
    assert [change.rule for change in longer] == ["response-max-length-widened", "response-status-narrowed"]
    assert longer[0].place == f"response {one}"


def bodies(sent: str, **contents: Mapping[str, Any]) -> Contract:
    """A contract with bodies of these schemas in one direction, `application_json` for its name."""
    content = {name.replace("_", "/"): {"schema": schema} for name, schema in contents.items()}
    body = {"requestBody": {"content": content}}
    return contract_of(body if sent == "request" else answered(_200={**DONE, "content": content}))


@pytest.mark.parametrize("range_", ["application/*", "*/*"])
@pytest.mark.parametrize("sent", ["request", "response"])
def test_a_media_type_is_held_to_the_range_that_covers_it(sent: str, range_: str) -> None:
    longer = {**TEXT, "maxLength": 9}
    one = bodies(sent, application_json=longer)
    whole = bodies(sent, **{range_: longer})
    narrower = bodies(sent, **{range_: {**TEXT, "maxLength": 5}})
    assert rules(one, whole) == [f"{sent}-media-type-widened"]
    assert rules(whole, one) == [f"{sent}-media-type-narrowed"]
    assert sorted(rules(one, narrower)) == [f"{sent}-max-length-narrowed", f"{sent}-media-type-widened"]


def test_the_nearest_range_counts_and_one_on_both_sides_is_no_change() -> None:
    both = bodies("request", **{"*/*": {}, "text/*": TEXT})
    plain: dict[str, Any] = {"*/*": {}, "text/*": TEXT, "text/plain": {**TEXT, "minLength": 1}}
    with_one = bodies("request", **plain)
    assert rules(both, with_one) == ["request-min-length-narrowed"]
    assert rules(with_one, both) == ["request-min-length-widened"]


def form(encoding: dict[str, Any], of: str = "multipart/form-data", **schema: Any) -> dict[str, Any]:
    """A body that is a form of one part."""
    part = schema or {"type": "array", "items": TEXT}
    media_type = {"schema": {"type": "object", "properties": {"a": part}}, "encoding": {"a": encoding}}
    return {"content": {of: media_type}}


URLENCODED = "application/x-www-form-urlencoded"
TRACED = {"headers": {"X-Trace": {"schema": TEXT}}}
PARTS: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "an image less": (
        form({"contentType": "image/png, image/jpeg"}, type="string"),
        form({"contentType": "image/png"}, type="string"),
        "part-media-type-removed",
    ),
    "another style": (
        form({"style": "form", "explode": True}, URLENCODED),
        form({"style": "pipeDelimited"}, URLENCODED),
        "part-serialization-changed",
    ),
    "not exploded": (
        form({}, URLENCODED),
        form({"explode": False}, URLENCODED),
        "part-serialization-changed",
    ),
    "an object with a style": (
        form({}, URLENCODED, type="object"),
        form({"style": "deepObject", "explode": True}, URLENCODED, type="object"),
        "part-serialization-changed",
    ),
    "reserved characters": (
        form({"allowReserved": True}, URLENCODED),
        form({"allowReserved": False}, URLENCODED),
        "part-reserved-refused",
    ),
    "a header more": (form({}), form(TRACED), "optional-part-header-added"),
    "a header that has to come": (
        form(TRACED),
        form({"headers": {"X-Trace": {"schema": TEXT, "required": True}}}),
        "part-header-became-required",
    ),
}


@pytest.mark.parametrize("sent", ["request", "response"])
@pytest.mark.parametrize("name", PARTS)
def test_how_a_part_of_a_form_is_written_is_compared(name: str, sent: str) -> None:
    before, after, of_part = PARTS[name]
    one, other = (
        contract_of({"requestBody": body} if sent == "request" else answered(_200={**DONE, **body}))
        for body in (before, after)
    )
    rule = of_part.replace("part-", f"{sent}-part-", 1)
    assert rules(one, other) == [rule]
    assert rules(other, one) == [RULES[rule].mirror]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (form({}, type="string"), form({"contentType": "text/plain"}, type="string")),
        (form({}), form({"contentType": "text/*"})),
        (form({}, type="object"), form({"contentType": "application/json"}, type="object")),
        (form({}, URLENCODED), form({"style": "form", "explode": True}, URLENCODED)),
        (
            form({"explode": True}, URLENCODED, type="string"),
            form({"explode": False}, URLENCODED, type="string"),
        ),
        (form({"style": "form"}, "multipart/mixed"), form({"style": "pipeDelimited"}, "multipart/mixed")),
    ],
)
def test_what_a_part_is_by_default_is_no_change_and_breaks_nobody(old: Any, new: Any) -> None:
    one, other = contract_of({"requestBody": old}), contract_of({"requestBody": new})
    assert not [change for change in told(one, other) if change.is_breaking]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_every_rule_has_a_mirror_or_judges_one_contract_alone(rule: Any) -> None:
    if rule.mirror:
        assert rule.mirror in RULES
    else:
        assert rule.id.startswith("sunset-")
