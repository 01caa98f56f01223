"""What a proxy writes of what it saw."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import yaml

from accord.mocking import Choices, Mock
from accord.mocking.proxying import Passing, Proxy, Recorder, Upstream
from accord.mocking.proxying.secrets import is_secret
from tests.mocking.conftest import contract_of
from tests.mocking.listening import listening
from tests.mocking.proxying.conftest import PATHS, Client, Server, client_of

SCHEMES = {
    "key": {"type": "apiKey", "in": "query", "name": "k"},
    "session": {"type": "apiKey", "in": "cookie", "name": "sid"},
    "own": {"type": "apiKey", "in": "header", "name": "X-Own"},
}
Recording = Callable[..., Client]


@pytest.fixture
def recording(tmp_path: Path) -> Iterator[Recording]:
    """Makes a client of a proxy that records into `tmp_path / "seen"`."""
    with ExitStack() as stack:

        def make(server: Server, *, every: bool = False) -> Client:
            upstream = Upstream(stack.enter_context(listening(server)))
            mock = Mock(contract_of(PATHS, components={"securitySchemes": SCHEMES}))
            recorder = Recorder(tmp_path / "seen", every=every)
            app = Proxy(mock, upstream, Choices(), Passing(), recorder=recorder)
            return stack.enter_context(client_of(stack.enter_context(listening(app))))

        yield make


def text_of(folder: Path, name: str) -> str:
    """The text of a recording, once it is there: it is written after the client has its answer."""
    file, deadline = folder / "seen" / name, time.monotonic() + 10
    while not (file.exists() and file.read_bytes()):
        assert time.monotonic() < deadline, f"{name} was not written"
        time.sleep(0.01)
    return file.read_text(encoding="utf-8")


def read(folder: Path, name: str) -> Any:
    return yaml.safe_load(text_of(folder, name))


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in (folder / "seen").iterdir())


def test_an_exchange_is_written_as_people_read_it(recording: Recording, tmp_path: Path) -> None:
    server = Server(status=201)
    server.zip(b'{"name": "J\xc3\xbcrgen"}')
    recording(server).post("/pets?a=1&a=2", json={"name": "Tom"}, headers={"x-other": "1"})
    assert read(tmp_path, "createPet-201.yaml") == {
        "operation": "createPet",
        "request": {
            "method": "POST",
            "path": "/pets",
            "query": {"a": ["1", "2"]},
            "headers": {"accept": "*/*", "content-type": "application/json"},
            "body": {"name": "Tom"},
        },
        "response": {
            "status": 201,
            "headers": {"content-type": "application/json"},
            "body": {"name": "Jürgen"},
        },
    }


def test_no_secret_is_written(recording: Recording, tmp_path: Path) -> None:
    body = b'{"name": "q-secret-1", "password": "p-secret-2", "nested": {"access_token": ["t-secret-3"]}}'
    cookies = [(b"set-cookie", b"id=c-secret-4; Path=/"), (b"x-auth-token", b"h-secret-5")]
    server = Server(status=201, headers=[(b"content-type", b"application/json"), *cookies], pieces=[body])
    recording(server).post(
        "/pets?k=q-secret-1&token=q-secret-6",
        headers={"authorization": "Bearer a-secret-7", "cookie": "sid=s-secret-8", "x-own": "o-secret-9"},
        json={
            "name": "Tom",
            "password": "p-secret-0",
            "note": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.secret-x",
        },
    )
    text = text_of(tmp_path, "createPet-201.yaml")
    assert "secret-" not in text
    assert "id=[redacted]; Path=/" in text
    assert "token: '[redacted]'" in text


@pytest.mark.parametrize("name", ["password", "accessToken", "client_secret", "X-Api-Key", "refresh-token"])
def test_a_name_tells_a_secret(name: str) -> None:
    assert is_secret(name)


@pytest.mark.parametrize("name", ["name", "nextPageToken", "max_tokens", "token_type", "keyboard"])
def test_a_name_that_only_sounds_like_one_tells_none(name: str) -> None:
    assert not is_secret(name)


def test_each_operation_and_status_is_written_once_and_what_is_there_stays(
    recording: Recording, tmp_path: Path
) -> None:
    server = Server()
    client = recording(server)
    client.get("/pets?limit=1")
    client.get("/pets?limit=2")
    server.status = 404
    client.get("/pets")
    client.get("/unknown")
    text_of(tmp_path, "listPets-404.yaml")
    assert names(tmp_path) == ["listPets-200.yaml", "listPets-404.yaml"]
    assert read(tmp_path, "listPets-200.yaml")["request"]["query"] == {"limit": "1"}


def test_all_exchanges_are_written_where_that_is_asked_for(recording: Recording, tmp_path: Path) -> None:
    client = recording(Server(), every=True)
    client.get("/pets")
    client.get("/pets")
    text_of(tmp_path, "listPets-200-2.yaml")
    assert names(tmp_path) == ["listPets-200-2.yaml", "listPets-200.yaml"]


def test_bytes_are_written_as_base64(recording: Recording, tmp_path: Path) -> None:
    headers = {"content-type": "application/octet-stream"}
    recording(Server(pieces=[b"1"])).put("/files", content=b"\xff\x00", headers=headers)
    assert read(tmp_path, "save-200.yaml")["request"]["base64"] == "/wA="


def test_what_the_mock_answered_is_not_written(recording: Recording, tmp_path: Path) -> None:
    server = Server(status=501)
    client = recording(server)
    assert client.get("/pets").status_code == 200
    server.status = 404
    client.get("/pets")
    text_of(tmp_path, "listPets-404.yaml")
    assert names(tmp_path) == ["listPets-404.yaml"]
