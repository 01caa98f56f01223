"""The files of the console, as browsers get them."""

import re
from collections.abc import Iterator
from importlib.resources import files

import httpx
import pytest

from accord.mocking import Choices, Mock
from accord.mocking.asgi import Application
from tests.mocking.conftest import answer, contract_of
from tests.mocking.listening import listening

PATHS = {"/pets": {"get": {"operationId": "listPets", "responses": {"200": answer({"type": "array"})}}}}
NAMES = [each.name for each in files("accord.mocking.console").iterdir() if not each.name.startswith("__")]
SENT = [name for name in NAMES if not name.endswith(".py")]


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with (
        listening(Application(Mock(contract_of(PATHS)), Choices())) as url,
        httpx.Client(base_url=url) as own,
    ):
        yield own


def test_the_page_runs_its_own_scripts_alone(client: httpx.Client) -> None:
    page = client.get("/_accord/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self'" in policy
    assert "unsafe" not in policy
    assert re.findall(r"<script(?![^>]*\bsrc=)| style=| on\w+=", page.text) == []


@pytest.mark.parametrize("name", SENT)
def test_each_file_comes_with_its_type_and_names_no_other_host(client: httpx.Client, name: str) -> None:
    sent = client.get(f"/_accord/console/{name}")
    kinds = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
    assert sent.headers["content-type"].startswith(kinds[name.rpartition(".")[2]])
    assert re.findall(r"(?:src|href|from|import|url)\W{1,3}(?:https?:)?//", sent.text) == []


def test_nothing_but_the_files_of_the_page_is_sent(client: httpx.Client) -> None:
    for name in ("files.py", "__init__.py", "none.js", "..%2Fmodel.py", ""):
        assert client.get(f"/_accord/console/{name}").status_code == 404


def test_what_does_not_end_with_a_slash_is_sent_on(client: httpx.Client) -> None:
    sent = client.get("/_accord")
    assert (sent.status_code, sent.headers["location"]) == (308, "/_accord/")


def test_the_page_is_read_and_not_written_to(client: httpx.Client) -> None:
    assert client.head("/_accord/").status_code == 200
    assert client.post("/_accord/").status_code == 405


def test_pages_of_other_sites_do_not_get_it(client: httpx.Client) -> None:
    assert client.get("/_accord/", headers={"origin": "http://example.com"}).status_code == 403


def test_the_start_page_links_to_it(client: httpx.Client) -> None:
    assert '<a href="/_accord/">' in client.get("/").text


def test_what_a_contract_has_at_its_place_goes_first() -> None:
    paths = {"/_accord/": PATHS["/pets"]}
    with listening(Application(Mock(contract_of(paths)), Choices())) as url:
        assert isinstance(httpx.get(f"{url}/_accord/").json(), list)
