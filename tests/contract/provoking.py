"""Requests that no fuzzing makes, and what they show: each listed value read back, 403, 406, 413."""

from pathlib import Path
from typing import Any

import httpx

from accord.contract import load_contract
from accord.verifying.capturing import CoverageTransport
from accord.verifying.coverage import Observer
from store.keys import DEVELOPMENT_ORGANISATION
from tests.live import ROOT

PATH = "/api/v1/assistant"
_TOO_LARGE = b" " * (1024 * 1024 + 1)
_FLAGS = ("voice", "custom_voice", "show_images", "hide_ds", "has_human_agent", "use_tools")


def provoked(url: str, full: str, read: str, report: Path) -> None:
    """Asks the server with keys of both roles, and writes what its answers show into the report."""
    contract = load_contract(str(ROOT / "openapi.yaml"))
    observer = Observer(contract)
    schemas = contract.document.content["components"]["schemas"]
    transport = CoverageTransport(observer.see)
    with httpx.Client(transport=transport, base_url=url, params={"api_key": full}, timeout=30) as client:
        for body in bodies(schemas["AssistantType"]["enum"], schemas["LlmModel"]["enum"]):
            live(client, body)
        refuse(client, read)
    report.write_text(observer.coverage.to_json(), encoding="utf-8")


def bodies(types: list[str], models: list[str]) -> list[dict[str, Any]]:
    """Assistants with, among them, each type, each model, and all that can be set."""
    shared = dict.fromkeys(_FLAGS, True) | {"org_id": DEVELOPMENT_ORGANISATION}
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
