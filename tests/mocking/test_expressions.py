"""Runtime expressions, evaluated on one exchange."""

from typing import Any

import pytest

from accord.exchange import ABSENT
from accord.mocking.expressions import Exchange, NoValue, Side, evaluate, fill, fill_known

REQUEST = Side(
    headers=[(b"x-trace", b"7")],
    body={"urls": [{"a/b": "http://127.0.0.1:1/in"}], "count": 2},
    query=b"url=http%3A%2F%2F127.0.0.1&tag=a&tag=b",
    path_parameters={"petId": "a b"},
)
EXCHANGE = Exchange(
    "http://127.0.0.1/pets?x=1",
    "POST",
    201,
    REQUEST,
    Side([(b"location", b"/pets/1")], {"id": 1}),
)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("$url", "http://127.0.0.1/pets?x=1"),
        ("$method", "POST"),
        ("$statusCode", 201),
        ("$request.path.petId", "a b"),
        ("$request.query.url", "http://127.0.0.1"),
        ("$request.query.tag", "a"),
        ("$request.header.X-Trace", "7"),
        ("$request.body", REQUEST.body),
        ("$request.body#/urls/0/a~1b", "http://127.0.0.1:1/in"),
        ("$response.header.Location", "/pets/1"),
        ("$response.body#/id", 1),
    ],
)
def test_an_expression_names_a_part_of_the_exchange(expression: str, value: Any) -> None:
    assert evaluate(expression, EXCHANGE) == value


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("$request.body#/none", "is not in the body"),
        ("$request.query.none", "no such query value was sent"),
        ("$response.path.petId", "no such path value was sent"),
        ("$request.body.urls", "is no runtime expression"),
    ],
)
def test_an_expression_without_a_value_says_why(expression: str, reason: str) -> None:
    with pytest.raises(NoValue, match=reason):
        evaluate(expression, EXCHANGE)


def test_a_body_that_is_not_there_has_no_parts() -> None:
    with pytest.raises(NoValue, match="there is no such body"):
        evaluate("$request.body", Exchange("", "GET", 200, Side(body=ABSENT)))


def test_expressions_in_a_text_are_replaced_by_their_values() -> None:
    text = "{$request.query.url}/{$request.body#/count}/{petId}?status={$statusCode}"
    assert fill(text, EXCHANGE) == "http://127.0.0.1/2/{petId}?status=201"


def test_an_expression_without_a_value_leaves_nothing_where_that_will_do() -> None:
    filled, missing = fill_known("a/{$request.query.none}/{$statusCode}", EXCHANGE)
    assert (filled, [error.expression for error in missing]) == ("a//201", ["$request.query.none"])


def test_a_text_that_is_an_expression_is_its_value() -> None:
    assert fill("$request.query.url", EXCHANGE) == "http://127.0.0.1"
