"""What requests show of their operation."""

from dataclasses import replace

from accord.exchange import Incoming
from accord.verifying import Exchange
from tests.verifying.coverage.conftest import Stand, exchange, stand, taking


def sent(target: str, status: int = 200, team: str | None = "abc") -> Exchange:
    made = exchange("GET", target, status)
    pairs = [] if team is None else [(b"x-team", team.encode())]
    return replace(made, request=made.request._replace(headers=pairs))


def test_a_parameter_is_seen_sent_and_at_its_edges(listing: Stand) -> None:
    listing.see(sent("/things?size=1"), sent("/things?size=100"))
    assert {"query size: 0 sent", "query size: minimum at 1", "query size: maximum at 100"} <= listing.seen
    assert "query size: 0 absent" not in listing.seen


def test_an_absent_parameter_is_not_seen_by_its_default(listing: Stand) -> None:
    listing.see(sent("/things"))
    assert "query size: 0 absent" in listing.seen
    assert "query size: 0 sent" not in listing.seen


def test_each_value_of_an_enumeration_is_a_goal(listing: Stand) -> None:
    listing.see(sent("/things?sort=up"))
    assert 'query sort: enum "up"' in listing.seen
    assert 'query sort: enum "down"' in listing.missing


def test_a_rule_is_seen_broken_where_nothing_else_is_wrong(listing: Stand) -> None:
    listing.see(sent("/things?size=0", 400), sent("/things?size=ten", 400))
    assert {"query size: minimum broken", "query size: type broken"} <= listing.seen


def test_two_faults_at_once_show_neither(listing: Stand) -> None:
    listing.see(sent("/things?size=0&sort=sideways", 400))
    assert not any("broken" in each for each in listing.seen)


def test_a_missing_header_is_a_fault_that_is_seen(listing: Stand) -> None:
    listing.see(sent("/things", 400, team=None), sent("/things", 400, team="ab"))
    assert {"header X-Team: required missing", "header X-Team: minLength broken"} <= listing.seen


def test_a_right_request_that_was_refused_shows_nothing_of_what_it_sent(listing: Stand) -> None:
    listing.see(sent("/things?size=1", 401))
    assert "query size: minimum at 1" not in listing.seen


def test_a_fault_that_was_answered_401_was_never_looked_at(listing: Stand) -> None:
    listing.see(sent("/things?size=0", 401))
    assert "query size: minimum broken" not in listing.seen


def test_a_body_shows_optional_properties_present_and_absent() -> None:
    made = taking({"type": "object", "properties": {"name": {"type": "string"}, "age": {"type": "integer"}}})
    made.see(exchange("POST", "/things", 204, body={"name": "x"}))
    assert {"request application/json: name present", "request application/json: age absent"} <= made.seen
    assert {"request application/json: name absent", "request application/json: age present"} <= made.missing


def test_what_is_required_has_no_branch_but_a_fault() -> None:
    made = taking({"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}})
    made.see(exchange("POST", "/things", 422, body={}))
    assert "request application/json: required without name" in made.seen
    assert "request application/json: name absent" not in made.missing


def test_what_an_all_of_requires_is_required_of_what_it_refers_to() -> None:
    base = {"type": "object", "properties": {"name": {"type": "string"}}}
    made = taking(
        {"allOf": [{"$ref": "#/components/schemas/Base"}, {"required": ["name"]}]},
        components={"schemas": {"Base": base}},
    )
    assert not any("name" in each and "absent" in each for each in made.missing)


def test_each_form_is_seen_by_a_value_that_has_it() -> None:
    made = taking({"oneOf": [{"type": "string", "title": "Word"}, {"type": "integer", "title": "Count"}]})
    made.see(exchange("POST", "/things", 204, body="x"))
    assert "request application/json: 0 as Word" in made.seen
    assert "request application/json: 1 as Count" in made.missing


def test_a_value_of_none_of_the_forms_is_one_fault() -> None:
    made = taking({"oneOf": [{"type": "string"}, {"type": "integer"}]})
    made.see(exchange("POST", "/things", 422, body=[]))
    assert "request application/json: oneOf broken" in made.seen


def test_within_the_one_form_beside_null_faults_are_told_apart() -> None:
    form = {"type": "object", "properties": {"age": {"type": "integer", "minimum": 0}}}
    made = taking({"anyOf": [form, {"type": "null"}]})
    made.see(exchange("POST", "/things", 422, body={"age": -1}))
    assert "request application/json: minimum broken" in made.seen


def test_a_recursive_schema_has_each_goal_once() -> None:
    node = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Node"}}}
    made = taking({"$ref": "#/components/schemas/Node"}, components={"schemas": {"Node": node}})
    made.see(exchange("POST", "/things", 204, body={"next": {"next": {}}}))
    assert {"request application/json: next present", "request application/json: next absent"} <= made.seen


def test_what_is_read_only_is_no_goal_of_a_request() -> None:
    made = taking({"type": "object", "properties": {"id": {"type": "string", "readOnly": True}}})
    assert not any(": id" in each for each in made.missing)


def test_a_request_may_come_with_or_without_the_base_path() -> None:
    responses = {"200": {"description": ""}}
    paths = {"/a": {"get": {"operationId": "get", "responses": responses}}}
    made = stand(paths, servers=[{"url": "https://example.com/v1"}])
    made.see(exchange("GET", "/v1/a"), exchange("GET", "/a"), exchange("GET", "/b"))
    assert [*made.coverage.answers.values()] == [2]
    assert (made.coverage.exchanges, made.coverage.elsewhere) == (3, 1)


def test_a_body_that_cannot_be_read_is_a_fault() -> None:
    made = taking({"type": "object"})
    made.see(exchange("POST", "/things", 422, body=b"{"))
    assert any("unreadable" in each for each in made.seen)


def test_a_request_that_nothing_answered_shows_nothing() -> None:
    made = taking({"type": "object"})
    unanswered = replace(exchange("POST", "/things", body={}), response=None)
    assert isinstance(unanswered.request, Incoming)
    assert made.see(unanswered).seen == set()
