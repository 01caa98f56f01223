"""What responses show of their operation, and what they have that the contract has not."""

from typing import Any

from accord.verifying.coverage.undocumented import findings_of
from tests.verifying.coverage.conftest import Stand, answering, exchange, stand


def rules(made: Stand) -> list[tuple[str, str, str]]:
    return [(each.rule, each.pointer, each.name) for each in made.coverage.undocumented]


def test_a_status_its_media_type_and_its_headers_are_seen() -> None:
    response = {
        "description": "",
        "headers": {"X-Total": {"schema": {"type": "integer"}}},
        "content": {"application/json": {}},
    }
    made = stand({"/a": {"get": {"operationId": "get", "responses": {"200": response, "404": response}}}})
    made.see(exchange("GET", "/a", answer={}, headers={"X-Total": "1"}))
    assert made.seen == {
        "response 200: 200 200",
        "response 200 application/json: application~1json answered",
        "response 200: X-Total with X-Total",
    }


def test_a_range_is_seen_by_a_status_in_it() -> None:
    made = answering({}, "4XX")
    made.see(exchange("GET", "/things", 418, answer=1))
    assert "response 4XX: 4XX 4XX" in made.seen


def test_a_refused_method_counts_for_the_operations_of_the_path_that_document_it() -> None:
    responses = {"405": {"description": ""}}
    made = stand({"/a": {"get": {"operationId": "get", "responses": responses}}})
    made.see(exchange("DELETE", "/a", 405))
    assert "response 405: 405 405" in made.seen


def test_a_body_that_breaks_its_schema_shows_nothing_of_it() -> None:
    schema = {"type": "object", "properties": {"a": {"enum": [1]}, "b": {"enum": [1]}}}
    made = answering(schema)
    made.see(exchange("GET", "/things", answer={"a": 1, "b": 2}))
    assert not any("enum" in each for each in made.seen)


def test_what_a_server_decides_is_excused_until_it_is_seen() -> None:
    made = answering({"type": "object", "properties": {"hint": {"type": "string"}}})
    made.see(exchange("GET", "/things", answer={}))
    excused = {goal.what: reason for goal, reason in made.report.excused.items()}
    assert excused == {"present": "no request of the contract sets it"}
    assert made.report.total.share_of_provokable == 100


def test_an_error_of_the_server_and_too_many_requests_are_excused() -> None:
    responses: Any = {each: {"description": ""} for each in ("200", "429", "503")}
    made = stand({"/a": {"get": {"operationId": "get", "responses": responses}}})
    made.see(exchange("GET", "/a"))
    reasons = {goal.what: reason for goal, reason in made.report.excused.items()}
    assert set(reasons) == {"429", "503"}
    assert (made.report.total.missing, made.report.total.share) == (0, 100 / 3)


def test_what_requests_write_can_be_provoked_in_answers() -> None:
    pet = {
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "string"}, "kind": {"enum": ["cat", "dog"]}, "tag": {"type": "string"}},
    }
    new = {"type": "object", "properties": {"kind": {"enum": ["cat", "dog"]}}}
    shown = {
        "200": {
            "description": "",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
        }
    }
    body = {"content": {"application/json": {"schema": new}}}
    made = stand(
        {
            "/pets": {"post": {"operationId": "make", "requestBody": body, "responses": shown}},
            "/pets/{id}": {"get": {"operationId": "read", "responses": shown}},
        },
        components={"schemas": {"Pet": pet}},
    )
    told = {(goal.operation, goal.what) for goal in made.report.missing if goal.place.startswith("response")}
    assert {("read", '"cat"'), ("read", '"dog"')} <= told
    assert not any(goal.pointer.endswith("/tag") for goal in made.report.missing)


def reasons(made: Stand) -> dict[tuple[str, str], str]:
    return {
        (goal.pointer.rpartition("properties/")[2], goal.what): reason
        for goal, reason in made.report.excused.items()
    }


def things(item: Any, new: Any, **page: Any) -> Stand:
    """Things that are made of `new`, shown as `item`, and listed with the members of `page` around them."""

    def said(schema: Any) -> Any:
        return {"200": {"description": "", "content": {"application/json": {"schema": schema}}}}

    listed = {"items": {"type": "array", "items": {"$ref": "#/components/schemas/Item"}}, **page}
    sizes = [{"name": "size", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 50}}]
    many = said({"type": "object", "required": [*listed], "properties": listed})
    body = {"content": {"application/json": {"schema": new}}}
    made = said({"$ref": "#/components/schemas/Item"})
    methods = {
        "post": {"operationId": "make", "requestBody": body, "responses": made},
        "get": {"operationId": "list", "parameters": sizes, "responses": many},
    }
    paths = {"/things": methods, "/things/{id}": {"get": {"operationId": "read", "responses": made}}}
    return stand(paths, components={"schemas": {"Item": item}})


def test_a_value_that_no_request_may_send_and_what_is_read_only_are_excused() -> None:
    kind, owner = (
        {"enum": ["cat", "dog", "ghost"]},
        {"type": "object", "properties": {"name": {}, "rank": {}}},
    )
    item = {"type": "object", "required": ["id", "kind", "owner"], "properties": {
        "id": {"type": "string"}, "kind": kind, "owner": owner, "born": {"type": "string", "readOnly": True},
    }}  # fmt: skip
    sent = {"kind": {"enum": ["cat", "dog"]}, "owner": {"type": "object", "properties": {"name": {}}}}
    excused = reasons(things(item, {"type": "object", "properties": sent}))
    assert excused == {
        ("kind/enum", '"ghost"'): "no request of the contract takes this value",
        **{(name, what): "no request of the contract sets it"
           for name in ("rank", "born") for what in ("present", "absent")},
    }  # fmt: skip


def test_what_a_list_says_of_the_page_that_was_asked_for_can_be_provoked() -> None:
    item = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
    number = {"type": "integer", "minimum": 0, "maximum": 50}
    made = things(item, {"type": "object"}, size=number, total=number)
    assert reasons(made) == {("size/minimum", "at 0"): "no request of the contract takes this value"}


def test_what_an_action_repeats_can_be_provoked() -> None:
    unit, note = {"enum": ["km", "mi"]}, {"enum": ["fair", "foul"]}
    parameters = [{"name": "unit", "in": "query", "schema": unit}]
    schema = {"type": "object", "required": ["unit", "note"], "properties": {"unit": unit, "note": note}}
    answer = {"200": {"description": "", "content": {"application/json": {"schema": schema}}}}
    made = stand({"/far": {"get": {"operationId": "far", "parameters": parameters, "responses": answer}}})
    assert {name for name, _ in reasons(made)} == {"note/enum"}


def test_a_branch_that_no_value_takes_is_excused() -> None:
    never = {"type": "integer", "minimum": 2, "maximum": 1}
    made = answering({"type": "object", "properties": {"a": {"oneOf": [{"type": "string"}, never]}}})
    made.see(exchange("GET", "/things", answer={"a": "x"}), exchange("GET", "/things", answer={}))
    assert made.report.missing == ()


def test_an_undocumented_status_media_type_header_and_property_are_told_with_their_place() -> None:
    made = answering({"type": "object", "properties": {"a": {"type": "integer"}}})
    made.see(
        exchange("GET", "/things", 500),
        exchange("GET", "/things", answer={}, media_type="text/csv"),
        exchange("GET", "/things", answer={"a": 1, "b": 2}, headers={"X-Extra": "1", "Date": "today"}),
    )
    at = "/paths/~1things/get/responses"
    assert rules(made) == [
        ("undocumented-status", at, "500"),
        ("undocumented-media-type", f"{at}/200/content", "text/csv"),
        ("undocumented-property", f"{at}/200/content/application~1json/schema", "b"),
        ("undocumented-header", f"{at}/200", "x-extra"),
    ]


def test_what_many_answers_have_beside_the_contract_is_one_finding_with_its_weight() -> None:
    problem = {"type": "object", "properties": {"title": {}}}
    response = {
        "description": "",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    paths = {f"/{name}": {"get": {"operationId": name, "responses": {"400": response}}} for name in "ab"}
    made = stand(paths, components={"schemas": {"Problem": problem}})
    for name in "ab":
        made.see(exchange("GET", f"/{name}", 400, answer={"code": 1}, headers={"X-Extra": "1"}))
    made.see(exchange("GET", "/a", 500))
    found = [*findings_of(made.contract, made.coverage.undocumented)]
    assert [(each.severity, each.message, each.pointer) for each in found] == [
        ("warning", "a, b: answers with an undocumented header, x-extra", "/paths/~1a/get/responses/400"),
        ("warning", "a, b: answers with an undocumented property, code", "/components/schemas/Problem"),
        ("error", "a: answers 500, which is not documented", "/paths/~1a/get/responses"),
    ]


def test_a_header_that_http_itself_has_needs_no_documentation() -> None:
    made = answering({})
    general = ("Date", "Server", "Cache-Control", "Vary", "ETag", "X-Frame-Options", "Access-Control-Max-Age")
    made.see(exchange("GET", "/things", answer=1, headers=dict.fromkeys(general, "1")))
    assert rules(made) == []


def test_a_map_welcomes_any_property() -> None:
    made = answering({"type": "object", "properties": {"a": {}}, "additionalProperties": True})
    made.see(exchange("GET", "/things", answer={"b": 2}))
    assert rules(made) == []


def test_a_property_of_any_part_of_a_composition_is_documented() -> None:
    parts = [{"properties": {"a": {}}}, {"anyOf": [{"properties": {"b": {}}}, {"properties": {"c": {}}}]}]
    made = answering({"allOf": parts})
    made.see(exchange("GET", "/things", answer={"a": 1, "b": 2, "d": 3}))
    assert [name for _, _, name in rules(made)] == ["d"]
