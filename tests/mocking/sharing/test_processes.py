"""Several `accord mock` on one store: what was answered is there, whichever of them is asked, and stays."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import httpx
import pytest

from accord.mocking.sharing.places import Place
from accord.testing import Mock
from tests.redis_server import running_redis

CONTRACT = """\
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      operationId: listPets
      parameters: [{name: limit, in: query, schema: {type: integer, default: 1000}}]
      responses:
        '200':
          description: all
          content:
            application/json:
              schema:
                type: object
                required: [items, total]
                properties:
                  items: {type: array, items: {$ref: '#/components/schemas/Pet'}}
                  total: {type: integer}
    post:
      operationId: createPet
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses:
        '201':
          description: made
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get: &one
      operationId: getPet
      responses:
        '200':
          description: one
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
        '404': {description: none}
    put:
      operationId: replacePet
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses:
        '200':
          description: one
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
        '404': {description: none}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        id: {type: integer, readOnly: true}
        name: {type: string}
        weight: {type: integer}
"""


@contextmanager
def mocks(folder: Path, url: str) -> Iterator[Sequence[Mock]]:
    """Two mocks of the contract that share their state, with nothing in it."""
    (folder / "pets.yaml").write_text(CONTRACT)
    with ExitStack() as stack:
        start = partial(Mock.start, folder / "pets.yaml", state=url, folder=folder)
        started = [stack.enter_context(start()) for _ in range(2)]
        started[0].world("default").replace("pet", [])
        yield started


def named(place: Place) -> str:
    """The URL of a place with the name that the mock has there."""
    return f"{place.url}{'&' if '?' in place.url else '?'}name={place.name}"


def write(url: str, client: int, count: int) -> list[int]:
    """Creates pets and changes each of them; the identifiers of those whose change was answered."""
    written: list[int] = []
    with httpx.Client(base_url=url, timeout=20) as http:
        for number in range(count):
            try:
                made = http.post("/pets", json={"name": f"{client} {number}"}).raise_for_status().json()
                changed = {"name": made["name"], "weight": made["id"]}
                http.put(f"/pets/{made['id']}", json=changed).raise_for_status()
            except httpx.TransportError:
                return written
            written.append(made["id"])
    return written


def pets(mock: Mock) -> dict[int, dict[str, object]]:
    body = httpx.get(f"{mock.url}/pets").raise_for_status().json()
    assert body["total"] == len(body["items"])
    return {pet["id"]: pet for pet in body["items"]}


def test_under_load_no_write_is_lost_and_all_agree(tmp_path: Path, place: Place) -> None:
    with mocks(tmp_path, named(place)) as both, ThreadPoolExecutor(8) as clients:
        work = [clients.submit(write, both[client % 2].url, client, 25) for client in range(8)]
        written = [name for each in work for name in each.result()]
        held = pets(both[0])
        assert pets(both[1]) == held
    assert sorted(written) == sorted(held) == list(range(1, 201))
    assert all(pet["weight"] == name for name, pet in held.items())


def test_when_one_is_killed_the_other_goes_on_and_has_what_was_answered(tmp_path: Path, place: Place) -> None:
    with mocks(tmp_path, named(place)) as both, ThreadPoolExecutor(8) as clients:
        counts = [100_000, 40] * 4  # those of the one that goes end with it
        work = [clients.submit(write, both[client % 2].url, client, counts[client]) for client in range(8)]
        while len(pets(both[1])) < 40:
            time.sleep(0.01)
        process = both[0]._process
        assert process is not None
        process._process.kill()
        written = [each.result() for each in work]
        held = pets(both[1])
    assert [len(each) for each in written[1::2]] == [40] * 4
    assert {name for each in written for name in each} <= held.keys()
    assert all(held[name]["weight"] == name for each in written for name in each)


def test_what_is_asked_of_one_mock_itself_holds_for_all(tmp_path: Path, place: Place) -> None:
    with mocks(tmp_path, named(place)) as (one, other):
        httpx.post(f"{one.url}/pets", json={"name": "Tom"}).raise_for_status()
        other.world("default").save("before")
        httpx.post(f"{other.url}/pets", json={"name": "Ada"}).raise_for_status()
        copy = one.world("mine", copy_of="default")
        assert len(other.world("mine").items("pet")) == 2
        names = httpx.get(f"{other.url}/_accord/worlds").json()["worlds"]
        assert [each["name"] for each in names] == ["default", "mine"]
        one.world("default").restore("before")
        assert [pet["name"] for pet in pets(other).values()] == ["Tom"]
        one.when("listPets").respond(503, force=True, times=2)
        statuses = [httpx.get(f"{mock.url}/pets").status_code for mock in (one, other, one, other)]
        assert statuses == [503, 503, 200, 200]
        copy.drop()
        assert httpx.delete(f"{other.url}/_accord/worlds/mine").status_code == 404
        other.reset()
        assert not httpx.get(f"{one.url}/_accord/worlds/default").json()["items"]


def test_while_the_store_is_away_it_says_so_and_goes_on_by_itself(tmp_path: Path) -> None:
    with running_redis("--appendonly", "yes") as server, mocks(tmp_path, server.url) as both:
        httpx.post(f"{both[0].url}/pets", json={"name": "Tom"}).raise_for_status()
        server.stop()
        for mock in both:
            refused = httpx.post(f"{mock.url}/pets", json={"name": "Ada"}, timeout=20)
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
            assert refused.json()["detail"].startswith("The state that this mock shares cannot be asked: ")
            assert httpx.get(f"{mock.url}/_accord/worlds", timeout=20).status_code == 503
        server.start()
        httpx.post(f"{both[1].url}/pets", json={"name": "Eve"}).raise_for_status()
        assert [pet["name"] for pet in pets(both[0]).values()] == ["Tom", "Eve"]


def accord(folder: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    (folder / "pets.yaml").write_text(CONTRACT)
    command = [sys.executable, "-m", "accord", "mock", "pets.yaml", "--port", "0", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    "url", ["redis://me:hidden@127.0.0.1:1/0", "postgresql://me:hidden@127.0.0.1:1/any?password=hidden"]
)
def test_a_store_that_is_not_there_is_wrong_usage_and_no_secret_is_printed(tmp_path: Path, url: str) -> None:
    done = accord(tmp_path, "--state", url)
    assert (done.returncode, "Traceback" in done.stderr, "hidden" in done.stderr) == (2, False, False)
    assert f"no state can be kept at {url.partition(':')[0]}://127.0.0.1:1/" in done.stderr
    assert "hint: start it" in done.stderr


def test_a_password_that_redis_refuses_is_not_printed(tmp_path: Path) -> None:
    with running_redis("--requirepass", "other") as server:
        done = accord(tmp_path, "--state", server.url.replace("//", "//:hidden@"))
    assert (done.returncode, "hidden" in done.stderr) == (2, False)


@pytest.mark.parametrize("url", ["mysql://host/0", "redis://", "redis://host:port", "postgresql://"])
def test_what_is_no_place_for_state_is_wrong_usage(tmp_path: Path, url: str) -> None:
    done = accord(tmp_path, "--state", url)
    assert (done.returncode, "write redis://HOST:6379/0" in done.stderr) == (2, True)


def test_workers_share_a_state_where_it_is_given(tmp_path: Path, redis: str) -> None:
    (tmp_path / "pets.yaml").write_text(CONTRACT)
    url = f"{redis}?name=workers"
    with Mock.start(tmp_path / "pets.yaml", state=url, workers=2, folder=tmp_path) as mock:
        for _ in range(20):  # each on a connection of its own, which either may take
            httpx.post(f"{mock.url}/pets", json={"name": "Tom"}, timeout=60).raise_for_status()
        assert len({tuple(pets(mock)) for _ in range(10)}) == 1
        assert "The state is shared at" in mock.log


def asked_twenty_times(mock: Mock) -> None:
    """Each call is on a connection of its own, which any worker may take, as is what asks for the calls."""
    for number in range(1, 21):
        httpx.post(f"{mock.url}/pets", json={"name": str(number)}, timeout=60).raise_for_status()
        asked = {"operation": "createPet"}
        calls = httpx.get(f"{mock.url}/_accord/calls", params=asked, timeout=60).json()["calls"]
        named = [json.loads(call["request"]["body"]["text"])["name"] for call in calls]
        assert named == [str(each) for each in range(1, number + 1)]


@pytest.mark.parametrize("options", [{"state": True}, {"no_state": True}])
def test_workers_have_a_state_and_a_journal_without_being_given_a_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, bool]
) -> None:
    (tmp_path / "pets.yaml").write_text(CONTRACT)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with Mock.start(tmp_path / "pets.yaml", workers=2, folder=tmp_path, **options) as mock:
        asked_twenty_times(mock)
        held = {len(pets(mock)) for _ in range(10)}
        httpx.delete(f"{mock.url}/_accord/journal").raise_for_status()
        assert mock.calls("createPet") == []
        assert httpx.post(f"{mock.url}/_accord/faults", json={"fault": "delay=1s"}).status_code == 409
    assert (max(held) >= 20, len(held)) == ("state" in options, 1)
    assert not list(tmp_path.glob("accord-*"))


def test_the_journal_is_one_for_all_that_share_a_state(tmp_path: Path, place: Place) -> None:
    with mocks(tmp_path, named(place)) as (one, other):
        for number, mock in enumerate([one, other, one, one, other], 1):
            httpx.post(f"{mock.url}/pets", json={"name": str(number)}).raise_for_status()
        both = [[call.json["name"] for call in mock.calls("createPet")] for mock in (one, other)]
        assert both == [["1", "2", "3", "4", "5"]] * 2
        with httpx.stream("GET", f"{one.url}/_accord/journal/stream") as live:
            httpx.post(f"{other.url}/pets", json={"name": "live"}).raise_for_status()
            assert "createPet" in next(line for line in live.iter_lines() if line.startswith("data: "))


def test_what_is_kept_in_a_file_is_there_when_the_mock_comes_again(tmp_path: Path) -> None:
    (tmp_path / "pets.yaml").write_text(CONTRACT)
    start = partial(Mock.start, tmp_path / "pets.yaml", state="sqlite://./kept", folder=tmp_path)
    with start() as mock:
        httpx.post(f"{mock.url}/pets", json={"name": "Tom"}).raise_for_status()
        before = pets(mock)
    with start() as mock:
        assert pets(mock) == before
        assert [call.status for call in mock.calls("createPet")] == [201]
