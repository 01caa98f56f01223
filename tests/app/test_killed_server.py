"""The server is killed in the middle of its work, as by a power cut of the process: kill -9."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from tests.app.conftest import PATH, issue_keys
from tests.live import Server, running

WRITERS = 8
WRITES_BEFORE_THE_KILL = 150
BODY = {"assistant_type": "chat", "llm_model": None}


@dataclass(frozen=True)
class Known:
    """The name that each assistant was last said to have, and was last asked to have; None: it is removed."""

    said: dict[str, str | None] = field(default_factory=dict)
    asked: dict[str, str | None] = field(default_factory=dict)


async def write_until_it_dies(http: httpx.AsyncClient, known: Known) -> None:
    """Creates assistants, changes each, and removes every third."""
    try:
        while True:
            made = (await http.post(PATH, json=BODY | {"name": "created"})).json()["data"]["id"]
            known.said[made] = "created"
            known.asked[made] = "changed"
            assert (await http.put(f"{PATH}/{made}", json={"name": "changed"})).status_code == 200
            known.said[made] = "changed"
            if len(known.said) % 3 == 0:
                known.asked[made] = None
                assert (await http.delete(f"{PATH}/{made}")).status_code == 200
                known.said[made] = None
    except httpx.TransportError:
        return


async def write_and_kill(server: Server, key: str) -> Known:
    """What is known of a server that was killed while it was busy with more."""
    known = Known()
    async with httpx.AsyncClient(base_url=server.url, params={"api_key": key}, timeout=20) as http:
        writers = [asyncio.create_task(write_until_it_dies(http, known)) for _ in range(WRITERS)]
        while len(known.said) < WRITES_BEFORE_THE_KILL:
            assert server.process.poll() is None
            await asyncio.sleep(0.01)
        server.process.kill()
        await asyncio.gather(*writers)
    return known


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
        known = await write_and_kill(server, key)
        assert server.process.wait(timeout=10) == -9
    with running(environment=environment, log=tmp_path / "second.log") as server:
        found = await stored(server, key)
        await still_writes(server, key)
    # Each is what was acknowledged, or what was being done to it at that moment; nothing else came to be.
    wrong = {made for made in known.said if found.get(made) not in {known.said[made], known.asked[made]}}
    assert wrong == set()
    assert set(known.said.values()) >= {"changed", None}
    assert len(found.keys() - known.said.keys()) <= WRITERS
    assert sum(found.get(made) != said for made, said in known.said.items()) <= WRITERS


async def still_writes(server: Server, key: str) -> None:
    async with httpx.AsyncClient(base_url=server.url, params={"api_key": key}) as http:
        answer = await http.post(PATH, json=BODY)
        assert (answer.status_code, UUID(answer.json()["data"]["id"]).version) == (200, 4)


async def full_key(url: str) -> str:
    key = (await issue_keys(url))[0][0]
    assert key is not None
    return key
