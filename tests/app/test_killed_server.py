"""The server is killed in the middle of its work, as by a power cut of the process: kill -9."""

import asyncio
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from tests.app.conftest import PATH, issue_keys
from tests.live import Server, running

WRITERS = 8
WRITES_BEFORE_THE_KILL = 150
BODY = {"assistant_type": "chat", "llm_model": None}


async def write_until_it_dies(http: httpx.AsyncClient, acknowledged: dict[str, str]) -> None:
    """Fills `acknowledged` with the name that the server last said each assistant has."""
    try:
        while True:
            created = (await http.post(PATH, json=BODY | {"name": "created"})).json()["data"]
            acknowledged[created["id"]] = "created"
            changed = await http.put(f"{PATH}/{created['id']}", json={"name": "changed"})
            assert changed.status_code == 200
            acknowledged[created["id"]] = "changed"
    except httpx.TransportError:
        return


async def write_and_kill(server: Server, key: str) -> dict[str, str]:
    """The acknowledged writes of a server that was killed while it was busy with more."""
    acknowledged: dict[str, str] = {}
    async with httpx.AsyncClient(base_url=server.url, params={"api_key": key}, timeout=20) as http:
        writers = [asyncio.create_task(write_until_it_dies(http, acknowledged)) for _ in range(WRITERS)]
        while len(acknowledged) < WRITES_BEFORE_THE_KILL:
            assert server.process.poll() is None
            await asyncio.sleep(0.01)
        server.process.kill()
        await asyncio.gather(*writers)
    return acknowledged


async def stored(server: Server, key: str) -> dict[str, str]:
    """The name of every assistant that the server has."""
    found: dict[str, str] = {}
    async with httpx.AsyncClient(base_url=server.url, params={"api_key": key, "size": 100}) as http:
        pages = (await http.get(PATH)).json()["data"]["pages"]
        for page in range(1, pages + 1):
            items = (await http.get(PATH, params={"page": page})).json()["data"]["items"]
            found |= {item["id"]: item["name"] for item in items}
    return found


@pytest.mark.slow
async def test_a_killed_server_lost_no_acknowledged_write_and_starts_again(url: str, tmp_path: Path) -> None:
    environment = {"DATABASE_URL": url}
    with running(environment=environment, log=tmp_path / "first.log") as server:
        key = await full_key(url)
        acknowledged = await write_and_kill(server, key)
        assert server.process.wait(timeout=10) == -9
    with running(environment=environment, log=tmp_path / "second.log") as server:
        found = await stored(server, key)
        await still_writes(server, key)
    assert len(acknowledged) >= WRITES_BEFORE_THE_KILL
    assert {name: found.get(name) for name in acknowledged} == acknowledged | in_flight(acknowledged, found)
    assert len(found) - len(acknowledged) <= WRITERS


def in_flight(acknowledged: dict[str, str], found: dict[str, str]) -> dict[str, str]:
    """Changes that were stored and not yet acknowledged: at most one for each writer."""
    early = {name: "changed" for name, last in acknowledged.items() if last == "created" and name in found}
    ahead = {name: found[name] for name in early if found[name] == "changed"}
    assert len(ahead) <= WRITERS
    return ahead


async def still_writes(server: Server, key: str) -> None:
    async with httpx.AsyncClient(base_url=server.url, params={"api_key": key}) as http:
        answer = await http.post(PATH, json=BODY)
        assert (answer.status_code, UUID(answer.json()["data"]["id"]).version) == (200, 4)


async def full_key(url: str) -> str:
    key = (await issue_keys(url))[0][0]
    assert key is not None
    return key
