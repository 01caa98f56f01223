"""A behaviour reads and writes the items of the world that it is asked in."""

from typing import Any
from uuid import UUID

import orjson
import pytest

from accord.mocking.behaving import Mocked, Stateless, UnusableItem
from accord.mocking.state.world import World
from generated import models
from generated.operations import GetAssistant
from tests.mocking.behaving.conftest import KNOWN, NEW, Stage, Stages

Does = Any


@pytest.fixture
def done(stage: Stages) -> Any:
    """Does something in a behaviour, after an assistant was created, and gives what it gave."""

    def do(what: Does, world: World | None = None, *, keeps: bool = True) -> tuple[Any, Stage]:
        given: list[Any] = []

        def get_assistant(_: GetAssistant.Request, mock: Mocked[GetAssistant.Response]) -> Any:
            given.append(what(mock))
            return mock.default()

        mocked = stage(get_assistant)
        mocked.world = (world or World()) if keeps else None
        response = mocked.send("GET", f"/{KNOWN}")
        if not given:
            raise AssertionError(orjson.loads(response.body)["detail"])
        return given[0], mocked

    return do


def created(mock: Mocked[Any], **fields: Any) -> models.IAssistantRead:
    return mock.items("assistant", models.IAssistantRead).create({**NEW, **fields})


def test_a_created_item_has_what_a_server_adds_and_is_read_back(done: Any) -> None:
    item, mocked = done(lambda mock: created(mock, name="made"))
    assert isinstance(item, models.IAssistantRead)
    assert (item.voice, isinstance(item.id, UUID)) == (False, True)
    assert mocked.data("GET", query="api_key=k&page=1")["items"][-1]["name"] == "made"


def test_an_item_is_got_by_its_identifier_of_any_type(done: Any) -> None:
    def both(mock: Mocked[Any]) -> Any:
        items, item = mock.items("assistant", models.IAssistantRead), created(mock)
        return items.get(item.id) == items.get(str(item.id)) == item, items.get("none")

    assert done(both)[0] == (True, None)


def test_what_is_put_takes_the_place_of_what_was_there(done: Any) -> None:
    def put(mock: Mocked[Any]) -> Any:
        items = mock.items("assistant", models.IAssistantRead)
        item, before = created(mock), len(items.list())
        item.name = "changed"
        unchanged = items.get(item.id)
        items.put(item)
        changed = items.get(item.id)
        assert unchanged is not None
        assert changed is not None
        return unchanged.name, changed.name, len(items.list()) - before

    assert done(put)[0] == (None, "changed", 0)


def test_an_item_that_breaks_the_contract_is_not_kept(done: Any) -> None:
    def put(mock: Mocked[Any]) -> Any:
        items = mock.items("assistant")
        with pytest.raises(UnusableItem, match="assistant cannot be kept: /voice"):
            items.put({**items.create(NEW), "voice": "loud"})
        return True

    assert done(put)[0]


def test_a_removed_item_is_gone(done: Any) -> None:
    def remove(mock: Mocked[Any]) -> Any:
        items, item = mock.items("assistant"), created(mock)
        return items.remove(item.id) is not None, items.get(item.id), items.remove(item.id)

    assert done(remove)[0] == (True, None, None)


def test_without_a_model_items_are_objects_that_nobody_else_has(done: Any) -> None:
    def change(mock: Mocked[Any]) -> Any:
        item = mock.items("assistant").create(NEW)
        item["attributes"]["a"] = 1
        kept = mock.items("assistant").get(item["id"]) or {}
        return kept["attributes"]

    assert done(change)[0] == {}


def test_worlds_have_items_of_their_own(done: Any) -> None:
    _, mocked = done(created, World("one"))
    written = list(mocked.world.collections)
    assert (written, list(done(lambda mock: mock.world, World("two"))[1].world.collections)) == (
        ["assistant"],
        [],
    )


def test_a_resource_that_is_not_there_is_told_with_those_that_are(done: Any) -> None:
    def ask(mock: Mocked[Any]) -> None:
        with pytest.raises(Stateless, match="'assistants'; its resources are: assistant"):
            mock.items("assistants")

    done(ask)


def test_a_mock_without_state_has_no_items(done: Any) -> None:
    def ask(mock: Mocked[Any]) -> None:
        with pytest.raises(Stateless, match="--no-state"):
            mock.items("assistant")

    done(ask, keeps=False)
