"""Answers by recordings: read from files, checked by the contract, chosen by what is asked."""

import json
import subprocess
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from accord.document.data import read_data
from accord.mocking import Choices, Mock
from accord.mocking.recordings import read_recordings
from tests.mocking.conftest import Stand, answer, contract_of, header
from tests.mocking.test_mock_command import command, mocking, status
from tests.mocking.test_proxy_command import OTHER

NAMED = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
EVENTS = answer(None, "text/event-stream", itemSchema={"type": "integer"})
PATHS = {
    "/pets": {
        "get": {
            "operationId": "list",
            "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer"}}],
            "responses": {"200": answer({"type": "array"}), "500": answer({"type": "string"})},
        },
        "post": {
            "operationId": "create",
            "requestBody": {"content": {"application/json": {"schema": NAMED}}},
            "responses": {"201": answer(NAMED)},
        },
    },
    "/pets/{id}": {"get": {"operationId": "read", "parameters": [ID], "responses": {"200": answer(NAMED)}}},
    "/events": {"get": {"operationId": "events", "responses": {"200": EVENTS}}},
}
JSON = {"content-type": "application/json"}


def seen(operation: str, path: str, answered: Any, *, status: int = 200, **request: Any) -> Any:
    response = {"status": status, "headers": JSON, "body": answered}
    return {"operation": operation, "request": {"path": path, **request}, "response": response}


@pytest.fixture
def replaying(tmp_path: Path) -> Callable[..., tuple[Stand, list[str]]]:
    """Makes a mock that replays these recordings, with what was found to be wrong with them."""

    def make(*recordings: Any, choices: Choices | None = None) -> tuple[Stand, list[str]]:
        files = [tmp_path / f"{number}.yaml" for number in range(len(recordings))]
        for file, recording in zip(files, recordings, strict=True):
            file.write_text(yaml.safe_dump(recording, sort_keys=False))
        mock = Mock(contract_of(PATHS))
        mock.recordings, findings = read_recordings(mock, [read_data(str(file)) for file in files])
        found = [
            f"{Path(each.position.file).name}:{each.position.line} {each.message}"
            for each in findings
            if each.position
        ]
        return Stand(mock, choices or Choices()), found

    return make


Replaying = Callable[..., tuple[Stand, list[str]]]


def test_the_recorded_answer_comes_byte_by_byte_with_its_headers(replaying: Replaying) -> None:
    recording = seen("list", "/pets", [1, {"b": None}])
    recording["response"]["headers"] = JSON | {"x-own": "2"}
    stand, found = replaying(recording)
    response = stand.get("/pets")
    assert (response.body, header(response, "x-own"), found) == (b'[1,{"b":null}]', "2", [])
    assert header(response, "content-type") == "application/json"


def test_only_the_same_path_parameters_are_answered(replaying: Replaying) -> None:
    stand, _ = replaying(
        seen("read", "/pets/7", {"name": "seven"}), seen("read", "/pets/8", {"name": "eight"})
    )
    assert stand.json("/pets/8") == {"name": "eight"}
    assert stand.json("/pets/9")["name"] not in ("seven", "eight")


def test_the_recording_whose_query_is_most_alike_answers(replaying: Replaying) -> None:
    stand, _ = replaying(
        seen("list", "/pets", [1], query={"limit": "1"}), seen("list", "/pets", [2], query={"limit": "2"})
    )
    assert stand.json("/pets?limit=2") == [2]
    assert stand.json("/pets?limit=3") == [1]


def test_the_recording_whose_body_is_most_alike_answers(replaying: Replaying) -> None:
    asked = [{"name": "Tom", "age": 1}, {"name": "Ann", "age": 2}]
    stand, _ = replaying(
        *(
            seen("create", "/pets", {"name": each["name"]}, status=201, headers=JSON, body=each)
            for each in asked
        )
    )
    response = stand.call("POST", "/pets", headers=JSON, body=b'{"name": "new", "age": 2}')
    assert (response.status, json.loads(response.body)) == (201, {"name": "Ann"})


def test_a_failure_answers_only_what_it_was_the_answer_to(replaying: Replaying) -> None:
    stand, _ = replaying(seen("list", "/pets", "broken", status=500, query={"limit": "0"}))
    assert stand.get("/pets?limit=0").status == 500
    assert stand.get("/pets").status == 200


def test_a_refusal_of_credentials_is_not_replayed(replaying: Replaying) -> None:
    stand, _ = replaying(seen("list", "/pets", "who?", status=401))
    assert stand.get("/pets").status == 200


def test_what_was_taken_out_of_a_recording_equals_anything(replaying: Replaying) -> None:
    one = seen("create", "/pets", {"name": "one"}, status=201, headers=JSON, body={"name": "Tom", "pin": "1"})
    two = seen(
        "create", "/pets", {"name": "two"}, status=201, headers=JSON, body={"name": "[redacted]", "pin": "2"}
    )
    response = replaying(one, two)[0].call("POST", "/pets", headers=JSON, body=b'{"name": "Tom", "pin": "2"}')
    assert json.loads(response.body) == {"name": "two"}


def test_what_the_caller_prefers_or_does_not_accept_is_not_replayed(replaying: Replaying) -> None:
    stand, _ = replaying(seen("list", "/pets", ["seen"]))
    assert stand.json("/pets", Prefer="dynamic=true") != ["seen"]
    assert stand.get("/pets", Accept="text/csv").status == 406


def test_what_breaks_the_contract_is_found_in_its_place_and_said_with_the_answer(
    replaying: Replaying,
) -> None:
    stand, found = replaying(seen("read", "/pets/7", {"name": 7}))
    assert found == ["0.yaml:9 body /name must be a string"]
    response = stand.get("/pets/7")
    assert response.body == b'{"name":7}'
    assert "response" in (header(response, "sl-violations") or "")
    strict, _ = replaying(seen("read", "/pets/7", {"name": 7}), choices=Choices(errors=True))
    assert strict.get("/pets/7").status == 500


def test_what_was_taken_out_breaks_nothing(replaying: Replaying) -> None:
    assert replaying(seen("list", "/pets", "[redacted]"))[1] == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"operation": "reed"}, "0.yaml:1 the contract has no operation 'reed'"),
        ({"operation": "list"}, "0.yaml:3 /pets/7 is no path of list"),
        ({"request": []}, "0.yaml:2 a recording has an object here"),
        ({"response": {"status": "200"}}, "0.yaml:5 a recording has a number here"),
        ({"response": {"status": 200, "base64": "?"}}, "0.yaml:6 it is no base64"),
        ({"response": {"status": 204}}, "0.yaml:5 status 204 is not documented; documented are: 200"),
    ],
)
def test_what_is_no_recording_is_found_in_its_place(replaying: Replaying, change: Any, found: str) -> None:
    assert replaying(seen("read", "/pets/7", {"name": "Tom"}) | change)[1] == [found]


def test_events_are_replayed_one_by_one(replaying: Replaying) -> None:
    recording = seen("events", "/events", "data: 1\n\ndata: 2\n\n")
    recording["response"]["headers"] = {"content-type": "text/event-stream"}
    stand, found = replaying(recording)
    response = stand.get("/events")
    assert (response.parts, found) == ((b"data: 1\n\n", b"data: 2\n\n"), [])
    assert header(response, "content-length") is None


def test_the_command_replays_what_the_proxy_recorded(tmp_path: Path) -> None:
    (tmp_path / "openapi.yaml").write_text(OTHER)
    with (
        mocking(tmp_path) as (server, _),
        mocking(tmp_path, "--upstream", server, "--record", "seen", name="proxy") as (url, _),
    ):
        assert status(f"{url}/pets") == 200
    file = tmp_path / "seen" / "listPets-200.yaml"
    recorded = yaml.safe_load(file.read_text())
    recorded["response"]["headers"]["x-own"] = "changed"
    file.write_text(yaml.safe_dump(recorded))
    with mocking(tmp_path, "--replay", "seen") as (url, _), urllib.request.urlopen(f"{url}/pets") as response:  # noqa: S310 - loopback
        assert response.headers["x-own"] == "changed"


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    (tmp_path / "openapi.yaml").write_text(OTHER)
    done = subprocess.run(
        command("--replay", "none"), cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, "none is no folder" in done.stderr) == (2, True)
