"""Requests and what a contract has them answered with: one file in `cases` each."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from yaml_rs import loads as read_yaml

from accord.contract import load_contract
from accord.exchange import Outgoing, Routed
from accord.mocking import Choices, Mock, Request, Response, respond
from accord.mocking.state.world import World
from tests.mocking.conftest import header

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
DOCUMENT = {"info": {"title": "Case", "version": "1"}}


def answered(case: dict[str, Any], folder: Path, world: World | None) -> tuple[Mock, Response]:
    """The mock of a case's contract, and what it answers to the request of the case."""
    contract = case["contract"]
    version = {} if "swagger" in contract else {"openapi": case.get("openapi", "3.0.3")}
    (folder / "contract.json").write_bytes(orjson.dumps({**version, **DOCUMENT, **contract}))
    mock = Mock(load_contract(str(folder / "contract.json"), lenient=True))
    method, _, target = case["request"].partition(" ")
    path, _, query = target.partition("?")
    headers = {"Content-Type": "application/json"} if "json" in case else {}
    headers |= case.get("headers", {})
    pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    body = orjson.dumps(case["json"]) if "json" in case else case.get("body", "").encode()
    choices = Choices(**case.get("choices", {}))
    return mock, respond(mock, Request(method, path, query.encode(), pairs, body), choices, world, 0)


@pytest.mark.parametrize("world", [None, World()], ids=["without state", "with state"])
@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_a_request_is_answered_as_its_case_says(path: Path, world: World | None, tmp_path: Path) -> None:
    case: Any = read_yaml(path.read_text())
    mock, response = answered(case, tmp_path, world and World())
    said = orjson.loads(header(response, "sl-violations") or "[]")
    assert response.status == case["status"]
    sends = case.get("sends", {})
    assert {name: header(response, name) for name in sends} == sends
    assert "text" not in case or response.body == case["text"].encode()
    assert "value" not in case or orjson.loads(response.body) == case["value"]
    assert "told" not in case or [each["location"] for each in said] == case["told"]
    assert "codes" not in case or [each["code"] for each in said] == case["codes"]
    assert "keeps" not in case or not faults(mock, case["request"], response)


def faults(mock: Mock, request: str, response: Response) -> object:
    """What the judge of responses has against a response."""
    method, _, target = request.partition(" ")
    route = mock.route(method, target.partition("?")[0])
    assert isinstance(route, Routed)
    outgoing = Outgoing(response.status, response.headers, response.body)
    return mock.judge.response(route.operation, outgoing)
