"""Requests made from the contract are those that its judge takes."""

from typing import Any

import pytest

from accord.exchange import Incoming, Routed
from accord.mocking.calling import request_of
from accord.mocking.mock import Mock
from accord.schemas import Direction
from tests.mocking.conftest import contract_of

LIST = {"type": "array", "const": ["a;b", "c"]}
OBJECT = {"type": "object", "const": {"a": "x", "b": "y"}, "properties": {"a": {}, "b": {}}}
STYLES = [
    ("path", "simple"),
    ("path", "label"),
    ("path", "matrix"),
    ("query", "form"),
    ("query", "spaceDelimited"),
    ("query", "pipeDelimited"),
    ("header", "simple"),
    ("cookie", "form"),
]


def violations(operation: dict[str, Any], *, path: str = "/things", **terms: Any) -> object:
    """What the judge has against a request that was made for an operation."""
    mock = Mock(contract_of({path: {"post": {"responses": {}, **operation}}}, **terms))
    values = mock.values.towards(Direction.REQUEST)
    request = request_of(mock.contract, mock.contract.operations[0], values)
    route = mock.route("POST", request.path)
    assert isinstance(route, Routed)
    incoming = Incoming(
        "POST", request.path, route.path_parameters, request.query, request.headers, request.body
    )
    return mock.judge.request(route.operation, incoming).violations


CASES = [
    (location, style, schema, explode)
    for location, style in STYLES
    for schema in ({"const": "a,b c"}, LIST, OBJECT)
    for explode in (True, False)
    # OpenAPI defines no exploded object for these.
    if not (schema is OBJECT and explode and (location == "cookie" or style.endswith("Delimited")))
]


@pytest.mark.parametrize(("location", "style", "schema", "explode"), CASES)
def test_a_parameter_is_written_as_its_style_is_read(
    location: str, style: str, schema: dict[str, Any], *, explode: bool
) -> None:
    parameter = {"name": "p", "in": location, "style": style, "explode": explode, "required": True}
    path = "/things/{p}" if location == "path" else "/things"
    assert violations({"parameters": [{**parameter, "schema": schema}]}, path=path) == ()


def test_an_object_in_deep_style_is_written_as_it_is_read() -> None:
    parameter = {"name": "p", "in": "query", "style": "deepObject", "explode": True, "required": True}
    assert violations({"parameters": [{**parameter, "schema": OBJECT}]}) == ()


@pytest.mark.parametrize(
    "media_type",
    ["application/json", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain"],
)
def test_a_body_is_written_as_its_media_type_is_read(media_type: str) -> None:
    fields = {
        "name": {"type": "string"},
        "count": {"type": "integer"},
        "tags": {"type": "array", "items": {}},
    }
    form = {"type": "object", "properties": fields, "required": ["name", "count"]}
    schema = {"type": "string"} if media_type == "text/plain" else form
    body = {"required": True, "content": {media_type: {"schema": schema}}}
    assert violations({"requestBody": body}) == ()


def test_a_path_parameter_that_nobody_declared_is_filled_all_the_same() -> None:
    assert violations({}, path="/things/{id}") == ()
