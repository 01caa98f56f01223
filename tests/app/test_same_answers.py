"""The Assistant API's flow gives the same answers on the mock and on the server."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from accord.cli.behaviours import behaving, behaviour_files
from accord.cli.project import find_project
from accord.contract import load_contract
from accord.mocking import Choices, Mock
from accord.mocking.asgi import Application
from accord.mocking.state.world import Collection, World, Worlds
from accord.serving import create_app
from accord.testing import Mock as Running
from handlers import build
from store import migrate
from tests.app.conftest import PATH, client_of, issue_keys, lifespan
from tests.live import ROOT

OURS = "8f14e45f-ceea-467a-9575-2e3d1b0f6a11"
NOBODYS = "00000000-0000-4000-8000-000000000001"
NEW = {"assistant_type": "chat", "llm_model": None}
MOCK_KEYS = {"full": "in-a", "read": "in-read", "revoked": "in-revoked"}
_SAID_ALIKE = frozenset({"content-type", "allow", "www-authenticate", "x-request-id"})


class Ask(NamedTuple):
    """A request of the flow. `{0}` in a path is the identifier of the first that was created."""

    method: str
    path: str = ""
    sent: Any = None
    query: str = ""
    key: str | None = "full"
    headers: dict[str, str] = {}  # noqa: RUF012 - nobody changes it


@dataclass
class Side:
    """One of the two, and what the other knows by another name: keys, organisation, identifiers."""

    http: httpx.AsyncClient
    keys: dict[str, str]
    organisation: str
    made: list[str] = field(default_factory=list)

    async def ask(self, asked: Ask) -> Any:
        """The answer as both are to have it."""
        path = PATH + asked.path.format(*self.made, nobody=NOBODYS)
        key = [] if asked.key is None else [f"api_key={self.keys.get(asked.key, asked.key)}"]
        target = f"{path}?{'&'.join([*key, *filter(None, [asked.query])])}"
        headers = {"X-Request-Id": "r-1", **asked.headers}
        sent = {"json": asked.sent} if isinstance(asked.sent, dict | list) else {"content": asked.sent}
        if isinstance(asked.sent, dict) and asked.sent.get("org_id") == OURS:
            sent = {"json": {**asked.sent, "org_id": self.organisation}}
        answer = await self.http.request(asked.method, target, headers=headers, **sent)
        if asked.method == "POST" and answer.status_code == 200:
            self.made.append(answer.json()["data"]["id"])
        return {
            "status": answer.status_code,
            "headers": {name: answer.headers[name] for name in sorted(_SAID_ALIKE & answer.headers.keys())},
            "body": _seen(answer.status_code, self._renamed(answer.json() if answer.content else None)),
        }

    def _renamed(self, body: Any) -> Any:
        if isinstance(body, dict):
            return {name: self._renamed(value) for name, value in body.items() if name != "validation"}
        if isinstance(body, list):
            return [self._renamed(value) for value in body]
        if not isinstance(body, str):
            return body
        names = {self.organisation: "ours"} | {made: f"#{at}" for at, made in enumerate(self.made)}
        return re.sub("|".join(map(re.escape, names)), lambda found: names[found[0]], body)


def _seen(status: int, body: Any) -> Any:
    """What of a body both have alike: these refusals are told in words, and each side has its own."""
    if status not in (401, 403, 404, 405, 406) or body is None:
        return body
    return {name: value for name, value in body.items() if name not in ("detail", "errors")}


FLOW = [
    Ask("GET"),
    Ask("POST", "", {**NEW, "name": "one", "attributes": {"a": [1, None, {"b": 2.5}]}, "org_id": OURS}),
    Ask(
        "POST", "", {"assistant_type": None, "llm_model": "o3-mini", "voice": None, "voice_languages": ["de"]}
    ),
    Ask("POST", "", {**NEW, "name": "three", "webhook_id": NOBODYS, "system_prompt": None}),
    Ask("GET", "/{0}"),
    Ask("GET", "/{1}", key="read"),
    Ask("GET"),
    Ask("GET", query="page=2&size=2"),
    Ask("GET", query="page=9&size=100"),
    Ask("GET", query="size=1", key="read"),
    Ask("PUT", "/{0}", {"name": "renamed", "description": None, "attributes": {}}),
    Ask("GET", "/{0}"),
    Ask("PUT", "/{1}", {}),
    Ask("PUT", "/{1}", {"org_id": OURS, "voice": True}),
    Ask("DELETE", "/{2}"),
    Ask("GET", "/{2}"),
    Ask("DELETE", "/{2}"),
    Ask("PUT", "/{2}", {"name": "gone"}),
    Ask("GET", query="page=2&size=1"),
]
REFUSED = [
    Ask("GET", key=None),
    Ask("GET", key=""),
    Ask("GET", key="revoked"),
    Ask("POST", "", NEW, key="revoked"),
    Ask("POST", "", NEW, key="read"),
    Ask("PUT", "/{nobody}", {}, key="read"),
    Ask("DELETE", "/{nobody}", key="read"),
    Ask("GET", "/{nobody}"),
    Ask("PUT", "/{nobody}", {}),
    Ask("DELETE", "/{nobody}"),
    Ask("GET", "/no-uuid"),
    Ask("GET", query="page=0"),
    Ask("GET", query="page=x"),
    Ask("GET", query="size=101"),
    Ask("GET", query="page=1&page=2"),
    Ask("POST"),
    Ask("POST", "", {}),
    Ask("POST", "", []),
    Ask("POST", "", {**NEW, "other": 1}),
    Ask("POST", "", {**NEW, "voice": "loud", "voice_languages": {}}),
    Ask("POST", "", {**NEW, "org_id": NOBODYS}),
    Ask("PUT", "/{nobody}", {"llm_model": "none"}),
    Ask("PUT", "/{nobody}", {"org_id": NOBODYS}),
    Ask("POST", "", "{", headers={"content-type": "application/json"}),
    Ask("POST", "", "a=b", headers={"content-type": "application/x-www-form-urlencoded"}),
    Ask("POST", "", "{}"),
    Ask("PATCH"),
    Ask("POST", "/{nobody}", {}),
    Ask("HEAD"),
    Ask("GET", headers={"accept": "text/html"}),
    Ask("GET", headers={"accept": "application/problem+json"}),
]


@pytest.fixture
def url(tmp_path: Path) -> str:
    """One database is enough here: tests of the server try both."""
    return f"sqlite:///{tmp_path / 'assistant.sqlite3'}"


@pytest.fixture
async def sides(url: str) -> AsyncIterator[tuple[Side, Side]]:
    await migrate(url)
    (full, ours), (read, _), *_ = await issue_keys(url)
    server = create_app(load_contract(str(ROOT / "openapi.yaml")), build({"DATABASE_URL": url}))
    async with lifespan(server), client_of(server) as real, client_of(mock_app()) as mocked:
        keys = {"full": str(full), "read": str(read), "revoked": "in-unknown"}
        yield Side(real, keys, str(ours)), Side(mocked, MOCK_KEYS, OURS)


def mock_app() -> Application:
    """The mock of the project, without its rows."""
    mock = Mock(load_contract(str(ROOT / "openapi.yaml")))
    behaving(find_project(ROOT), behaviour_files(ROOT, None))(mock)
    return Application(mock, Choices(), worlds=Worlds(lambda name: World(name, {"assistant": Collection()})))


async def test_what_is_created_is_read_listed_changed_and_removed_alike(sides: tuple[Side, Side]) -> None:
    for asked in FLOW:
        server, mock = [await side.ask(asked) for side in sides]
        assert mock == server, asked


@pytest.mark.parametrize("asked", REFUSED, ids=str)
async def test_what_is_refused_is_refused_alike(sides: tuple[Side, Side], asked: Ask) -> None:
    server, mock = [await side.ask(asked) for side in sides]
    assert mock == server


async def test_a_path_that_is_not_there_is_a_problem_on_both(sides: tuple[Side, Side]) -> None:
    server, mock = [await side.ask(Ask("GET", "/{nobody}/more")) for side in sides]
    assert (mock["status"], mock["body"]) == (server["status"], server["body"])


async def test_both_say_which_methods_a_path_has(sides: tuple[Side, Side]) -> None:
    server, mock = [await side.ask(Ask("OPTIONS", "/{nobody}")) for side in sides]
    assert mock["headers"]["allow"] == server["headers"]["allow"] == "DELETE, GET, PUT"
    assert mock["status"] == server["status"] == 204


async def test_over_the_wire_the_flow_is_the_same(sides: tuple[Side, Side]) -> None:
    server, _ = sides
    with Running.start(folder=ROOT) as running:
        async with httpx.AsyncClient(base_url=running.url, timeout=30) as http:
            emptied = await http.put("/_accord/worlds/default/state/assistant", json={"items": []})
            assert emptied.json()["items"] == []
            mock = Side(http, MOCK_KEYS, OURS)
            for asked in FLOW:
                assert await mock.ask(asked) == await server.ask(asked), asked
