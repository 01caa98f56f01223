"""Requests that no fuzzing makes, and what they show: each listed value read back, 403, 406, 413, 429."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from accord.contract import load_contract
from accord.exchange import Judge
from accord.verifying import Exchange
from accord.verifying.capturing import CoverageTransport
from accord.verifying.coverage import Observer
from tests.live import ROOT

PATH = "/api/v1/assistant"
ORGANISATION = "8f14e45f-ceea-467a-9575-2e3d1b0f6a11"
"""That of the mock's seeds, so that mock and server take the same `org_id`."""
_TOO_LARGE = b" " * (1024 * 1024 + 1)
_MOST_ASKED = 6
"""Requests in a row, more than a limit of one a second lets pass."""
_FLAGS = ("voice", "custom_voice", "show_images", "hide_ds", "has_human_agent", "use_tools")


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of one organisation, and one of another, which has an assistant of its own."""

    full: str
    read: str
    foreign: str


def provoked(url: str, keys: Keys, report: Path) -> None:
    """Asks the server with each of the keys, and writes what its answers show into the report.

    Raises AssertionError where it answers otherwise than it is to, HTTPStatusError where it refuses.
    """
    contract = load_contract(str(ROOT / "openapi.yaml"))
    observer = Observer(contract)
    schemas = contract.document.content["components"]["schemas"]
    transport = CoverageTransport(observer.see)
    with httpx.Client(transport=transport, base_url=url, params={"api_key": keys.full}, timeout=30) as client:
        for body in bodies(schemas["AssistantType"]["enum"], schemas["LlmModel"]["enum"]):
            live(client, body)
        change(client)
        leaf(client)
        refuse(client, keys.read)
        hide(client, keys.foreign)
    report.write_text(observer.coverage.to_json(), encoding="utf-8")


def limited(url: str, keys: Keys, report: Path) -> None:
    """Asks a server that has a limit until it refuses, and writes what that shows into the report.

    Raises AssertionError where it does not refuse, or not as the contract has it: `Retry-After` is due.
    """
    contract = load_contract(str(ROOT / "openapi.yaml"))
    seen = list[Exchange]()
    transport = CoverageTransport(seen.append)
    with httpx.Client(transport=transport, base_url=url, params={"api_key": keys.full}, timeout=30) as client:
        for _ in range(_MOST_ASKED):
            client.get(PATH)
    answers = [each.response for each in seen if each.response is not None]
    assert answers[-1].status == httpx.codes.TOO_MANY_REQUESTS, "the limit is passed over"
    violations = Judge(contract).response(contract.by_id["listAssistants"], answers[-1])
    assert not violations, f"429: {violations[0].name} {violations[0].reason}"
    observer = Observer(contract)
    observer.see_all(seen)
    report.write_text(observer.coverage.to_json(), encoding="utf-8")


def bodies(types: list[str], models: list[str]) -> list[dict[str, Any]]:
    """Assistants with, among them, each type, each model, and all that can be set."""
    shared = dict.fromkeys(_FLAGS, True) | {"org_id": ORGANISATION}
    texts = {"name": "Desk", "description": "Answers", "system_prompt": "Be brief."}
    lists = {"attributes": {"floor": 1}, "voice_languages": ["en-US"]}
    return [
        {"assistant_type": types[index % len(types)], "llm_model": model, **shared, **texts, **lists}
        for index, model in enumerate(models)
    ]


def live(client: httpx.Client, body: dict[str, Any]) -> None:
    """Makes an assistant, reads it in all ways, changes and removes it."""
    made = client.post(PATH, json=body).raise_for_status().json()["data"]
    item = f"{PATH}/{made['id']}"
    read = client.get(item).raise_for_status().json()["data"]
    listed = client.get(PATH, params={"size": 100}).raise_for_status().json()["data"]["items"]
    changed = client.put(item, json=body).raise_for_status().json()["data"]
    removed = client.delete(item).raise_for_status().json()["data"]
    assert body.items() <= made.items()
    assert made == read == listed[-1] == changed == removed


def refuse(client: httpx.Client, read: str) -> None:
    """Has each operation refused for its size and for what is accepted, and writing for the key's role."""
    body = {"assistant_type": "chat", "llm_model": None}
    item = f"{PATH}/{client.post(PATH, json=body).raise_for_status().json()['data']['id']}"
    for method, path in (("POST", PATH), ("GET", PATH), ("PUT", item), ("GET", item), ("DELETE", item)):
        answers = {
            406: client.request(method, path, headers={"accept": "text/csv"}, json=body),
            413: client.request(
                method, path, content=_TOO_LARGE, headers={"content-type": "application/json"}
            ),
        }
        if method != "GET":
            answers[403] = client.request(method, path, params={"api_key": read}, json=body)
        assert {status: answer.status_code for status, answer in answers.items()} == {
            each: each for each in answers
        }
    client.delete(item).raise_for_status()


def change(client: httpx.Client) -> None:
    """Has a change keep what it leaves out, clear what it says is null, and hold."""
    made = client.post(
        PATH, json={"assistant_type": "chat", "llm_model": None, "name": "a" * 300, "voice": True}
    )
    item = f"{PATH}/{made.raise_for_status().json()['data']['id']}"
    client.put(item, json={"name": None}).raise_for_status()
    read = client.get(item).raise_for_status().json()["data"]
    assert (read["name"], read["voice"], read["assistant_type"]) == (None, True, "chat")
    client.put(item, json={"name": "b" * 300}).raise_for_status()
    assert client.get(item).raise_for_status().json()["data"]["name"] == "b" * 300
    client.delete(item).raise_for_status()


def leaf(client: httpx.Client) -> None:
    """Has pages follow on each other, the oldest first, with the right figures."""
    bodies = [{"assistant_type": "chat", "llm_model": None, "name": str(name)} for name in range(100)]
    made = [client.post(PATH, json=body).raise_for_status().json()["data"] for body in bodies]
    total = client.get(PATH).raise_for_status().json()["data"]["total"]
    size = 40
    pages = [client.get(PATH, params={"page": page, "size": size}) for page in range(1, total // size + 3)]
    leaves = [page.raise_for_status().json()["data"] for page in pages]
    assert [leaf["page"] for leaf in leaves] == list(range(1, len(leaves) + 1))
    assert {(leaf["total"], leaf["pages"], leaf["size"]) for leaf in leaves} == {
        (total, -(-total // size), size)
    }
    listed = [item["id"] for leaf in leaves for item in leaf["items"]]
    ids = [item["id"] for item in made]
    assert listed[-100:] == ids
    full = client.get(PATH, params={"size": 100, "page": 1}).raise_for_status().json()["data"]["items"]
    assert [item["id"] for item in full] == listed[:100]
    assert (len(listed), leaves[-1]["items"]) == (total, [])
    for item in made:
        client.delete(f"{PATH}/{item['id']}").raise_for_status()


def hide(client: httpx.Client, foreign: str) -> None:
    """Has what another organisation owns be as if it were not there."""
    theirs = client.get(PATH, params={"api_key": foreign}).raise_for_status().json()["data"]["items"]
    assert theirs
    for item in theirs:
        found = client.get(f"{PATH}/{item['id']}"), client.delete(f"{PATH}/{item['id']}")
        assert [answer.status_code for answer in found] == [404, 404]
    assert not [item for item in client.get(PATH).json()["data"]["items"] if item in theirs]
