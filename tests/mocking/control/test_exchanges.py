"""The journal of exchanges: listed, filtered, read, counted, followed."""

import json
import threading
from typing import Any

import pytest

from tests.mocking.control.conftest import Stage


def ids(stage: Stage, **query: Any) -> list[int]:
    return [each["id"] for each in stage.own.get("/journal", params=query).json()["exchanges"]]


def test_every_exchange_is_in_the_journal_and_what_is_asked_of_the_mock_is_not(stage: Stage) -> None:
    stage.client.get("/pets?page=1")
    stage.client.get("/cats")
    stage.own.get("/worlds")
    first, second = stage.own.get("/journal").json()["exchanges"]
    assert (first["operation"], first["query"], first["status"]) == ("listPets", "page=1", 200)
    assert (second["path"], second["status"], "no path /cats" in second["reason"]) == ("/cats", 404, True)


def test_an_exchange_is_read_with_what_was_sent_and_what_was_wrong(stage: Stage) -> None:
    stage.client.post("/pets", json={"name": 5}, headers={"x-accord-world": "mine"})
    told = stage.own.get("/journal/1").json()
    assert (told["world"], told["request"]["body"]["text"]) == ("mine", '{"name":5}')
    (violation,) = told["violations"]
    assert (violation["message"], violation["pointer"]) == ("request", "/name")
    assert violation["rule"] == "/components/schemas/Pet/properties/name/type"
    assert json.loads(told["response"]["body"]["text"]) == {"why": "so"}


def test_a_long_body_is_cut_and_its_size_told(stage: Stage) -> None:
    stage.client.post("/pets", content=b'{"name": "' + b"a" * 100_000 + b'"}')
    body = stage.own.get("/journal/1").json()["request"]["body"]
    assert (body["size"], body["isCut"], len(body["text"])) == (100_012, True, 65_536)


def test_bytes_that_are_no_text_are_told_in_base64(stage: Stage) -> None:
    stage.client.post("/pets", content=b"\xff\x00")
    assert stage.own.get("/journal/1").json()["request"]["body"]["base64"] == "/wA="


def test_no_credential_is_told(stage: Stage) -> None:
    headers = {"authorization": "Bearer secret-t", "x-key": "secret-h", "cookie": "a=b; cake=secret-c"}
    stage.client.get("/pets?key=secret%2Dq&text=secret-t", headers=headers)
    told = stage.own.get("/journal/1").json()
    assert "secret" not in json.dumps(told) + stage.own.get("/journal").text
    sent = {each["name"]: each["value"] for each in told["request"]["headers"]}
    assert (sent["authorization"], sent["x-key"]) == ("Bearer [redacted]", "[redacted]")
    assert sent["cookie"] == "a=b; cake=[redacted]"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"operation": "createPet"}, [2, 3]),
        ({"world": "mine"}, [3]),
        ({"world": "default"}, [1, 2, 4]),
        ({"status": "404"}, [4]),
        ({"status": "2XX"}, [1, 2, 3]),
        ({"method": "post"}, [2, 3]),
        ({"text": '"BO"'}, [2]),
        ({"since": 2}, [3, 4]),
        ({"before": 3}, [1, 2]),
        ({"limit": 2}, [3, 4]),
        ({"since": 1, "limit": 2}, [2, 3]),
    ],
)
def test_the_journal_is_searched(stage: Stage, query: Any, found: list[int]) -> None:
    stage.names()
    stage.add("Bo")
    stage.add("Cy", "mine")
    stage.client.get("/none")
    assert ids(stage, **query) == found


def test_the_journal_is_cleared_and_its_numbers_go_on(stage: Stage) -> None:
    stage.names()
    assert stage.own.delete("/journal").status_code == 204
    assert stage.own.get("/journal/1").status_code == 404
    stage.names()
    assert ids(stage) == [2]


def test_the_calls_of_an_operation_are_counted(stage: Stage) -> None:
    stage.add("Bo")
    stage.add("Cy", "mine")
    calls = stage.own.get("/calls?operation=createPet&world=mine").json()
    assert (calls["count"], calls["calls"][0]["request"]["body"]["text"]) == (1, '{"name":"Cy"}')
    assert stage.own.get("/calls?operation=createPet").json()["count"] == 2
    assert stage.own.get("/calls?operation=createPets").status_code == 404


def test_exchanges_are_followed_as_they_come(stage: Stage) -> None:
    stage.names()
    adding = threading.Timer(0.3, stage.add, args=("Bo",))
    adding.start()
    with stage.own.stream("GET", "/journal/stream", timeout=10) as response:
        lines = response.iter_lines()
        told = [line for line in (next(lines) for _ in range(5)) if line]
    adding.join()
    assert told[:3] == ["retry: 1000", "id: 2", "event: exchange"]
    assert json.loads(told[3].removeprefix("data: "))["operation"] == "createPet"


def test_who_comes_back_is_told_what_came_meanwhile(stage: Stage) -> None:
    stage.names()
    stage.names()
    with stage.own.stream("GET", "/journal/stream", headers={"last-event-id": "1"}, timeout=10) as response:
        lines = response.iter_lines()
        assert "id: 2" in [next(lines) for _ in range(3)]


def test_another_machines_page_cannot_read_the_journal(stage: Stage) -> None:
    refused = stage.own.get("/journal", headers={"origin": "https://foreign.invalid"})
    assert refused.status_code == 403
