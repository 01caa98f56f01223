from collections.abc import Sequence

import pytest

from accord.exchange import Kind, Violation

from .conftest import Convene

JSON = [(b"content-type", b"application/json")]
THING = {
    "type": "object",
    "required": ["n", "secret"],
    "properties": {"n": {"type": "integer"}, "secret": {"type": "string", "writeOnly": True}},
}
RESPONSES = {
    "200": {"description": "", "content": {"application/json": {"schema": THING}}},
    "204": {"description": ""},
    "4XX": {"description": "", "content": {"application/problem+json": {"schema": {"type": "object"}}}},
}


def kinds(violations: Sequence[Violation]) -> list[str]:
    return [violation.kind.value for violation in violations]


def test_a_documented_response_has_no_violation(convene: Convene) -> None:
    assert convene({"responses": RESPONSES}).response(200, b'{"n":1}', JSON) == ()


def test_a_status_falls_under_the_exact_key_then_its_range_then_the_default(convene: Convene) -> None:
    court = convene({"responses": RESPONSES})
    problem = [(b"content-type", b"application/problem+json")]
    assert court.response(404, b"{}", problem) == ()
    (undocumented,) = court.response(500)
    assert (undocumented.kind, undocumented.location) == (Kind.UNKNOWN, "status")
    lenient = convene({"responses": {**RESPONSES, "default": {"description": ""}}})
    assert lenient.response(500) == ()


def test_a_body_that_breaks_its_schema_is_a_violation(convene: Convene) -> None:
    (violation,) = convene({"responses": RESPONSES}).response(200, b'{"n":"x"}', JSON)
    assert (violation.pointer, violation.rule.rpartition("/")[2]) == ("/n", "type")


def test_a_write_only_property_is_not_required_and_not_answered(convene: Convene) -> None:
    (violation,) = convene({"responses": RESPONSES}).response(200, b'{"n":1,"secret":"s3cr3t"}', JSON)
    assert violation.pointer == "/secret"
    assert "s3cr3t" not in violation.received


@pytest.mark.parametrize(
    ("body", "headers", "kind"),
    [
        (b"", JSON, "malformed"),
        (b"{", JSON, "malformed"),
        (b"{}", [], "media-type"),
        (b"{}", [(b"content-type", b"text/html")], "media-type"),
    ],
)
def test_a_body_of_another_kind_is_a_violation(
    convene: Convene, body: bytes, headers: list[tuple[bytes, bytes]], kind: str
) -> None:
    assert kinds(convene({"responses": RESPONSES}).response(200, body, headers)) == [kind]


def test_a_response_that_has_no_body_by_its_status_may_not_carry_one(convene: Convene) -> None:
    court = convene({"responses": RESPONSES})
    assert court.response(204) == ()
    assert kinds(court.response(204, b"{}", JSON)) == ["unknown"]


def test_a_response_to_head_has_no_body(convene: Convene) -> None:
    court = convene({"responses": RESPONSES}, method="head")
    assert court.response(200, b"", JSON) == ()
    assert kinds(court.response(200, b'{"n":1}', JSON)) == ["unknown"]


def test_headers_are_required_and_judged_by_their_schema(convene: Convene) -> None:
    header = {"required": True, "schema": {"type": "integer", "minimum": 1}}
    responses = {"200": {"description": "", "headers": {"X-Rate": header, "Content-Type": header}}}
    court = convene({"responses": responses})
    assert court.response(200, b"", [(b"x-rate", b"5")]) == ()
    (missing,) = court.response(200)
    assert (missing.kind, missing.name, missing.location) == (Kind.MISSING, "X-Rate", "header")
    (low,) = court.response(200, b"", [(b"x-rate", b"0")])
    assert low.rule == "/paths/~1things/post/responses/200/headers/X-Rate/schema/minimum"
