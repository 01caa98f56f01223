"""A mock of which some operations are the real server's."""

from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from accord.errors import UsageError
from accord.mocking import Choices, Mock
from accord.mocking.asgi import Application
from accord.mocking.proxying import Forwarding, Passing, Proxy, Upstream, check_rules
from tests.mocking.conftest import answer, contract_of
from tests.mocking.listening import listening
from tests.mocking.proxying.conftest import PATHS, Server, client_of
from tests.mocking.test_mock_command import mocking, status
from tests.mocking.test_proxy_command import OTHER, SERVED


def test_a_chosen_operation_is_the_servers_and_the_rest_is_mocked() -> None:
    server, mock = Server(pieces=[b'[{"name": "real"}]']), Mock(contract_of(PATHS))
    with ExitStack() as stack:
        upstream = Upstream(stack.enter_context(listening(server)))
        rules = [("list*", Proxy(mock, upstream, Choices(), Passing()))]
        app = Forwarding(Application(mock, Choices()), rules)
        client = stack.enter_context(client_of(stack.enter_context(listening(app))))
        assert client.get("/pets").json() == [{"name": "real"}]
        assert client.get("/_accord/in/mine/pets").json() == [{"name": "real"}]
        assert client.post("/pets", json={"name": "Tom"}).status_code == 201
        assert [scope["raw_path"] for scope, _ in server.asked] == [b"/pets", b"/pets"]
        app.mock = Mock(
            contract_of(
                {"/pets": {"get": {"operationId": "all", "responses": {"200": answer({"const": 1})}}}}
            )
        )
        assert client.get("/pets").json() == 1


def test_a_rule_for_nothing_is_refused_with_the_nearest_operation() -> None:
    with pytest.raises(UsageError, match="'listPet' is no operation") as raised:
        check_rules(contract_of(PATHS), ["create*", "listPet"])
    assert raised.value.hint == "did you mean 'listPets'?"


def test_the_command_forwards(tmp_path: Path) -> None:
    (tmp_path / "server.yaml").write_text(SERVED)
    (tmp_path / "openapi.yaml").write_text(OTHER)
    with (
        mocking(tmp_path, "server.yaml") as (url, _),
        mocking(tmp_path, "--forward", f"listPets={url}", "--errors", name="mock") as (mock, _),
    ):
        assert status(f"{mock}/_accord/in/mine/pets") == 500
        calls = httpx.get(f"{mock}/_accord/calls?operation=listPets&world=mine", trust_env=False).json()
        assert calls["count"] == 1
