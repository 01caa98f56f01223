"""Violations are told to programs in the words that these know."""

import orjson

from accord.exchange import Kind, Problem, Violation
from accord.mocking.diagnosing import told, validation, with_validation

MISSING = Violation(Kind.INVALID, "body", "is required", "/schema/required", pointer="/pet/name")
WRONG = Violation(Kind.INVALID, "header", "must be an integer", "/schema/type", "X-Page")
MEDIA_TYPE = Violation(Kind.MEDIA_TYPE, "header", "is not taken here", "/content", "Content-Type")


def test_what_is_missing_is_located_where_it_is_missing_from() -> None:
    assert validation([MISSING])[0]["location"] == ["body", "pet"]


def test_a_header_is_located_by_its_name_in_lower_case() -> None:
    assert validation([WRONG])[0]["location"] == ["header", "x-page"]


def test_the_code_is_the_keyword_or_else_the_status() -> None:
    assert [each["code"] for each in validation([MISSING, WRONG, MEDIA_TYPE])] == ["required", "type", 415]


def test_a_message_says_what_is_wrong_and_where() -> None:
    assert validation([MISSING])[0]["message"] == "Request body property pet.name is required"
    assert validation([WRONG], "response")[0]["message"] == "Response header X-Page must be an integer"


def test_request_and_response_are_told_apart_in_both_headers() -> None:
    ours, theirs = (orjson.loads(value) for _, value in told([WRONG], [MISSING]))
    assert [each["location"][0] for each in theirs] == ["request", "response"]
    assert [each.get("message") for each in ours] == [None, "response"]


def test_a_deprecated_parameter_is_a_warning_and_nothing_else() -> None:
    (name, value), *others = told((), (), [("query", "page")])
    assert (name, others) == (b"sl-violations", [])
    assert orjson.loads(value)[0]["severity"] == "Warning"


def test_a_header_names_ten_violations_at_most_and_only_in_ascii() -> None:
    strange = Violation(Kind.INVALID, "body", "must be ü", "/schema/const", pointer="/ü")
    for _, value in told([strange] * 11):
        assert value.isascii()
        assert len(orjson.loads(value)) == 10


def test_a_problem_has_them_beside_its_own_errors() -> None:
    members = with_validation(Problem(422, "Wrong", errors=(MISSING,))).as_dict()
    assert (len(members["errors"]), members["validation"][0]["code"]) == (1, "required")
