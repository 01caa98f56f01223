"""Stores in real servers, and several processes' views of the worlds in one."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from uuid import uuid4

import pytest

from accord.mocking.sharing.opening import open_store
from accord.mocking.sharing.places import Place, place_of
from accord.mocking.sharing.shared import Shared
from accord.mocking.state.world import World
from tests.databases import empty_database

Sharing = Callable[..., Shared]


@pytest.fixture(params=["redis", "postgresql", "sqlite"])
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A place for state with nothing in it."""
    is_file = request.param == "sqlite"
    url = f"sqlite://{tmp_path}/state" if is_file else request.getfixturevalue(request.param)
    if request.param == "postgresql":
        url = await empty_database(url)
    place = place_of(url, f"test {uuid4().hex}")
    store = open_store(place)
    await store.prepare()
    await store.close()
    return place


@pytest.fixture
async def sharing(place: Place) -> AsyncIterator[Sharing]:
    """Gives the worlds of one place, as another process has them each time."""
    async with AsyncExitStack() as stack:

        def share(make: Callable[[str], World] = World) -> Shared:
            shared = Shared(open_store(place), make)
            stack.push_async_callback(shared.close)
            return shared

        yield share
