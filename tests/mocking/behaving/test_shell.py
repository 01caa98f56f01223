"""The shell waits for behaviours, with a state of its own and with one that processes share."""

import asyncio
from typing import Any

import httpx
import pytest

from accord.mocking import Choices
from accord.mocking.asgi import Application
from accord.mocking.behaving import Mocked
from accord.mocking.sharing.shared import Shared
from accord.mocking.sharing.stores import Loaded
from accord.mocking.state.world import Worlds
from generated.operations import CreateAssistant, GetAssistant
from tests.mocking.behaving.conftest import KNOWN, NEW, PATH, Stages


async def get_assistant(_: GetAssistant.Request, mock: Mocked[GetAssistant.Response]) -> Any:
    await asyncio.sleep(0.001)
    return mock.default()


async def create_assistant(_: CreateAssistant.Request, mock: Mocked[CreateAssistant.Response]) -> Any:
    mock.items("assistant").create(NEW)
    return mock.default()


class Memory:
    """A store of one version, kept in this process."""

    log: Any = None

    async def names(self) -> list[str]:
        return []

    async def load(self, *_: Any) -> Loaded:
        return Loaded("", {}, is_whole=False)

    async def commit(self, *_: Any) -> bool:
        return True

    async def remove(self, *_: Any) -> None: ...
    async def prepare(self) -> None: ...
    async def close(self) -> None: ...


def client_of(app: Application) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app)
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", params={"api_key": "k"})


async def test_the_application_answers_by_behaviours(stage: Stages) -> None:
    mock = stage(get_assistant, create_assistant).mock
    async with client_of(Application(mock, Choices(), worlds=Worlds())) as client:
        before = (await client.get(PATH)).json()["data"]["total"]
        assert (await client.get(f"{PATH}/{KNOWN}")).status_code == 200
        await client.post(PATH, json=NEW)
        assert (await client.get(PATH, params={"api_key": "k", "page": 1})).json()["data"][
            "total"
        ] == before + 2


@pytest.mark.parametrize(("method", "path"), [("POST", ""), ("GET", f"/{KNOWN}")])
async def test_behaviours_may_wait_with_a_state_in_common_too(stage: Stages, method: str, path: str) -> None:
    mock, store = stage(get_assistant, create_assistant).mock, Memory()
    app = Application(mock, Choices(), shared=Shared(store))
    async with client_of(app) as client:
        answer = await client.request(method, PATH + path, json=NEW if method == "POST" else None)
    assert answer.status_code == 200
