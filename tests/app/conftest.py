"""The whole application in process: contract, Connexion, handlers, store; no socket in between."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest

from accord.contract import load_contract
from accord.serving import Options, create_app
from accord.serving.front import Application
from handlers import build
from store import Keyring, Role, migrate, open_database
from store.organisations import Organisations
from tests.databases import url
from tests.live import ROOT

__all__ = ["url"]

PATH = "/api/v1/assistant"


@dataclass(frozen=True)
class Client:
    """Somebody with a key (or without) who asks the application."""

    http: httpx.AsyncClient
    key: str | None
    organisation: UUID

    async def ask(self, method: str, path: str = "", **options: Any) -> httpx.Response:
        """The answer to a request for `/api/v1/assistant` and what `path` adds."""
        params = {"api_key": self.key} if self.key is not None else {}
        given = options.pop("params", {})
        return await self.http.request(method, PATH + path, params=params | given, **options)

    async def create(self, **fields: Any) -> dict[str, Any]:
        """The assistant that was created."""
        answer = await self.ask("POST", json={"assistant_type": "chat", "llm_model": None} | fields)
        assert answer.status_code == 200, answer.text
        created: dict[str, Any] = answer.json()["data"]
        return created


@dataclass(frozen=True)
class Clients:
    """One organisation's clients of both roles, another organisation's, and nobody's."""

    full: Client
    read: Client
    foreign: Client
    nobody: Client


@pytest.fixture
def settings() -> dict[str, str]:
    """What stands in the environment beside the database."""
    return {}


@pytest.fixture
async def clients(url: str, settings: dict[str, str]) -> AsyncIterator[Clients]:
    await migrate(url)
    issued = await issue_keys(url)
    service = build(settings | {"DATABASE_URL": url})
    app = create_app(
        load_contract(str(ROOT / "openapi.yaml")), service, options=Options(validate_responses=True)
    )
    async with lifespan(app), client_of(app) as http:
        yield Clients(*(Client(http, key, organisation) for key, organisation in issued))


async def issue_keys(address: str) -> list[tuple[str | None, UUID]]:
    database = open_database(address)
    organisations, keyring = Organisations(database), Keyring(database)
    ours, theirs = [(await organisations.enrol(name)).id for name in ("ours", "theirs")]
    made = [(ours, Role.FULL), (ours, Role.READ), (theirs, Role.FULL)]
    issued = [(await keyring.issue(organisation, role)).secret for organisation, role in made]
    await database.close()
    return [*zip(issued, [ours, ours, theirs], strict=True), (None, ours)]


def client_of(app: Application) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://127.0.0.1")


@asynccontextmanager
async def lifespan(app: Application) -> AsyncIterator[None]:
    """The application between its startup and its shutdown, as a server runs it."""
    to_app: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    from_app: asyncio.Queue[Any] = asyncio.Queue()
    scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
    running = asyncio.ensure_future(app(scope, to_app.get, from_app.put))
    await to_app.put({"type": "lifespan.startup"})
    assert (await from_app.get())["type"] == "lifespan.startup.complete"
    yield
    await to_app.put({"type": "lifespan.shutdown"})
    assert (await from_app.get())["type"] == "lifespan.shutdown.complete"
    await running
