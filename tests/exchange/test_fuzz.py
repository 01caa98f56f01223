"""Requests of any bytes: each gets a verdict, none an exception."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.contract import Contract
from accord.exchange import Incoming, Judge, Outgoing, Router, problem_of

from .conftest import contract_of

ANYTHING = {
    "type": "object",
    "properties": {"a": {"type": ["array", "string"], "items": {"type": "integer"}}},
}
STYLES = [
    ("form", True),
    ("form", False),
    ("spaceDelimited", False),
    ("pipeDelimited", False),
    ("deepObject", True),
]
TYPES = [
    "application/json",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/jsonl",
    "application/octet-stream",
    "application/xml",
    "application/yaml",
]


def _contract() -> Contract:
    schemas: list[Any] = [{"type": "integer"}, {"type": "array", "items": {"type": "boolean"}}, ANYTHING, {}]
    described = [
        {
            "name": f"{style}{explode}{index}",
            "in": "query",
            "style": style,
            "explode": explode,
            "schema": schema,
        }
        for style, explode in STYLES
        for index, schema in enumerate(schemas)
    ]
    described += [
        {"name": f"{where}{index}", "in": where, "schema": schema}
        for where in ("header", "cookie")
        for index, schema in enumerate(schemas)
    ]
    described += [
        {"name": f"{style}{index}", "in": "path", "required": True, "style": style, "schema": schema}
        for style in ("simple", "label", "matrix")
        for index, schema in enumerate(schemas)
    ]
    content = {key: {"schema": ANYTHING} for key in TYPES}
    return contract_of(
        {
            "openapi": "3.1.1",
            "info": {"title": "Fuzzed", "version": "1"},
            "paths": {
                "/{x}": {
                    "post": {
                        "operationId": "all",
                        "parameters": described,
                        "requestBody": {"content": content},
                        "responses": {"200": {"description": "", "content": content}},
                    }
                }
            },
        }
    )


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(_contract())


NAMES = [
    parameter["name"] for parameter in json.loads(json.dumps(_contract().operations[0].raw))["parameters"]
]
BITS = st.sampled_from(
    ["%", "%zz", "%ff", "%00", "[", "]", "=", "&", ",", ";", ".", "|", "+", "null", "1", "é", "\x00"]
)
SMALL = st.lists(BITS | st.sampled_from(NAMES) | st.text(max_size=5), max_size=8).map("".join)
BODIES = (
    st.binary(max_size=80)
    | SMALL.map(lambda text: text.encode("utf-8", "surrogatepass"))
    | st.sampled_from(
        [
            b'{"a":["x"]}',
            b'{"a":{"a":1}}',
            b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b--\r\n",
        ]
    )
)
HEADERS = st.sampled_from(TYPES).flatmap(
    lambda key: st.sampled_from(["", ";charset=utf-16", ";boundary=b", ';boundary="', ";charset=\xff"]).map(
        lambda rest: (key + rest).encode("latin-1")
    )
) | st.binary(max_size=30)  # fmt: skip


REQUESTS = st.builds(
    Incoming,
    method=st.just("POST"),
    path=st.just("/x"),
    path_parameters=st.dictionaries(st.sampled_from(NAMES), SMALL),
    query=SMALL.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=40),
    headers=st.tuples(
        st.tuples(st.sampled_from([b"header0", b"header1", b"cookie"]), st.binary(max_size=30)),
        st.tuples(st.just(b"content-type"), HEADERS),
    ),
    body=BODIES,
)


@given(REQUESTS)
@settings(max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_request_of_any_bytes_gets_a_verdict(judge: Judge, incoming: Incoming) -> None:
    operation = judge.contract.operations[0]
    judged = judge.request(operation, incoming)
    assert judged.violations, "several path parameters are always missing or malformed"
    assert json.loads(problem_of(judged.violations).to_bytes())["status"] in (400, 415, 422)
    verdict = judge.response(operation, Outgoing(200, incoming.headers, incoming.body))
    assert all(violation.rule for violation in verdict)


@given(path=SMALL, method=st.sampled_from(["GET", "POST", "\x00"]))
@settings(max_examples=300, deadline=None)
def test_a_path_of_any_text_gets_a_route(judge: Judge, path: str, method: str) -> None:
    assert Router(judge.contract).route(method, path) is not None
