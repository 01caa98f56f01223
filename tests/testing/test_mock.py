"""The mock in tests: started, told what to answer, asked what was called."""

import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from accord.errors import NotStarted, UsageError
from accord.testing import Mock, World
from tests.testing.conftest import KEY, NEW

CREATE = "/api/v1/assistant"


@pytest.fixture
def world(assistants: Mock) -> World:
    return assistants.world()


def test_each_world_has_a_state_of_its_own(assistants: Mock) -> None:
    one, other = assistants.world(), assistants.world()
    with one.client(params=KEY) as client:
        assert client.post(CREATE, json={**NEW, "name": "Bo"}).status_code == 200
    assert "Bo" in [each["name"] for each in one.items("assistant")]
    assert "Bo" not in [each["name"] for each in other.items("assistant")]


def test_a_request_below_the_url_of_a_world_is_for_it(world: World) -> None:
    httpx.post(f"{world.url}{CREATE}", params=KEY, json=NEW)
    assert [call.status for call in world.calls("createAssistant")] == [200]


def test_what_was_called_is_told(world: World) -> None:
    with world.client(params=KEY) as client:
        client.post(CREATE, json=NEW)
        client.post(CREATE, json={})
    first, second = world.calls("createAssistant")
    assert (first.json, first.query, first.headers["x-accord-world"]) == (
        NEW,
        "api_key=[redacted]",
        world.name,
    )
    assert {each["pointer"] for each in second.violations} == {"/assistant_type", "/llm_model"}


def test_an_operation_is_answered_as_it_was_ordered(world: World) -> None:
    with world.client(params=KEY) as client:
        world.when("createAssistant").respond(422, times=1)
        assert [client.post(CREATE, json=NEW).status_code for _ in range(2)] == [422, 200]


def test_an_order_holds_for_its_block(world: World) -> None:
    with world.client(params=KEY) as client:
        with world.when("createAssistant").respond(503, {"a": None}, force=True):
            assert client.post(CREATE, json=NEW).json() == {"a": None}
        assert client.post(CREATE, json=NEW).status_code == 200


def test_an_order_that_the_contract_does_not_have_is_wrong_usage(world: World) -> None:
    with pytest.raises(UsageError, match="418 is not documented"):
        world.when("createAssistant").respond(418)
    with pytest.raises(UsageError, match="the nearest are: createAssistant"):
        world.when("createAssistants").respond(422)


def test_a_snapshot_is_restored(world: World) -> None:
    count = len(world.items("assistant"))
    world.save()
    with world.client(params=KEY) as client:
        client.post(CREATE, json=NEW)
    assert len(world.items("assistant")) == count + 1
    world.restore()
    assert len(world.items("assistant")) == count


def test_items_are_put_replaced_and_removed(world: World) -> None:
    value = world.items("assistant")[0]
    world.replace("assistant", [value])
    world.put("assistant", value["id"], {**value, "name": "Ada"})
    assert [each["name"] for each in world.items("assistant")] == ["Ada"]
    world.remove("assistant", value["id"])
    assert world.items("assistant") == []
    with pytest.raises(UsageError, match="/value/"):
        world.put("assistant", value["id"], {"id": value["id"]})


def test_a_world_is_a_copy_of_another(assistants: Mock, world: World) -> None:
    world.replace("assistant", [])
    assert assistants.world(copy_of=world.name).items("assistant") == []


def test_a_reset_forgets_state_orders_and_calls(assistants: Mock) -> None:
    assistants.when("createAssistant").respond(422)
    httpx.post(f"{assistants.url}{CREATE}", params=KEY, json=NEW)
    assert len(assistants.calls("createAssistant")) == 1
    assistants.reset()
    assert assistants.calls("createAssistant") == []
    assert httpx.post(f"{assistants.url}{CREATE}", params=KEY, json=NEW).status_code == 200


def test_a_mock_that_cannot_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(NotStarted, match=r"ended with 3: accord: none\.yaml"):
        Mock.start("none.yaml", folder=tmp_path)


def test_a_mock_that_was_stopped_listens_no_longer(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text("openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\n")
    with Mock.start("api.yaml", folder=tmp_path, cors=False) as mock:
        assert "access-control-allow-origin" not in httpx.get(f"{mock.url}/none").headers
    with pytest.raises(httpx.ConnectError):
        httpx.get(mock.url)


def test_a_mock_ends_with_who_started_it_even_when_that_is_killed(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text("openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\n")
    script = "from accord.testing import Mock; print(Mock.start('api.yaml').url, flush=True); input()"
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        url = parent.stdout.readline().decode().strip()
        assert httpx.get(url).status_code == 200
        parent.kill()
    assert ends(url)


def ends(url: str) -> bool:
    """Does what listens there go within some seconds?"""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            httpx.get(url)
        except httpx.ConnectError:
            return True
        except httpx.TransportError:
            continue  # it is about to go
        time.sleep(0.05)
    return False


def test_an_operation_fails_so_many_times(world: World) -> None:
    with world.client(params=KEY) as client:
        world.when("createAssistant").fails("reset", times=1)
        with pytest.raises(httpx.ReadError, match="reset"):
            client.post(CREATE, json=NEW)
        assert client.post(CREATE, json=NEW).status_code == 200
    assert [call.fault for call in world.calls("createAssistant")] == ["reset", ""]


def test_all_answers_of_a_world_suffer_for_a_block(world: World) -> None:
    with world.client(params=KEY) as client:
        with world.faults(status=503, rate=1.0):
            assert client.post(CREATE, json=NEW).status_code == 503
        assert client.post(CREATE, json=NEW).status_code == 200


def test_a_fault_that_makes_no_sense_is_wrong_usage(world: World) -> None:
    with pytest.raises(UsageError, match="did you mean 'reset'"):
        world.when("createAssistant").fails("rest")
    with pytest.raises(UsageError, match="documents no response 418"):
        world.when("createAssistant").fails(status=418)


def test_an_answer_to_order_suffers_a_fault(world: World) -> None:
    with world.client(params=KEY) as client:
        world.when("createAssistant").respond(422, fault="truncate=50%")
        with pytest.raises(httpx.RemoteProtocolError, match="received 189 bytes"):
            client.post(CREATE, json=NEW)
