"""A saved contract takes the place of the one before, in a mock that answers meanwhile."""

import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from accord.cli.reloading import reload_on_change
from accord.contract import Contract, load_contract

CONTRACT = """\
openapi: 3.1.0
info: {title: First, version: '1'}
paths:
  /things: {$ref: things.yaml}
"""
THINGS = "get: {operationId: list, responses: {'200': {description: ok}}}\n"


class Watched:
    """A contract of two files that is watched, and what was loaded of it since."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("openapi.yaml", CONTRACT)
        self.write("things.yaml", THINGS)
        self.loaded: list[Contract] = []
        reload_on_change(self.load(), self.load, self.loaded.append)
        time.sleep(0.3)  # until the system watches

    def load(self) -> Contract:
        return load_contract(str(self.folder / "openapi.yaml"))

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)

    def has_loaded(self, count: int) -> bool:
        return len(self.loaded) >= count

    def within(self, seconds: float, holds: Callable[[], bool]) -> bool:
        deadline = time.monotonic() + seconds
        while not holds() and time.monotonic() < deadline:
            time.sleep(0.01)
        return holds()


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "operation"),
    [
        ("openapi.yaml", CONTRACT + "  /more: {get: {operationId: more, responses: {}}}\n", "more"),
        ("things.yaml", THINGS.replace("list", "all"), "all"),
    ],
)
def test_a_save_of_any_file_of_it_is_loaded(watched: Watched, name: str, text: str, operation: str) -> None:
    watched.write(name, text)
    assert watched.within(5, lambda: bool(watched.loaded))
    assert operation in watched.loaded[-1].by_id


def test_an_editor_may_replace_the_file(watched: Watched) -> None:
    for count, title in enumerate(("Second", "Third"), 1):
        watched.write("new", CONTRACT.replace("First", title))
        (watched.folder / "new").rename(watched.folder / "openapi.yaml")
        assert watched.within(5, partial(watched.has_loaded, count))
    assert watched.loaded[-1].title == "Third"


def test_a_broken_save_is_said_and_the_next_one_is_loaded(
    watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    watched.write("openapi.yaml", "openapi: [")
    assert watched.within(5, lambda: "the last good one stays" in caplog.text)
    assert "openapi.yaml:1" in caplog.text
    assert watched.loaded == []
    watched.write("openapi.yaml", CONTRACT.replace("First", "Second"))
    assert watched.within(5, lambda: [c.title for c in watched.loaded] == ["Second"])


def test_a_file_that_was_missing_is_loaded_once_it_is_there(watched: Watched) -> None:
    watched.write("openapi.yaml", CONTRACT.replace("things.yaml", "others.yaml"))
    time.sleep(0.3)
    watched.write("others.yaml", THINGS.replace("list", "others"))
    assert watched.within(5, lambda: any("others" in contract.by_id for contract in watched.loaded))


def test_a_contract_without_files_is_not_watched() -> None:
    before = threading.active_count()
    contract = load_contract(str(Path(__file__).parents[2] / "openapi.yaml"))
    object.__setattr__(contract.document, "files", ("https://example.com/openapi.yaml",))
    reload_on_change(contract, lambda: contract, lambda _: None)
    assert threading.active_count() == before


def test_a_fault_that_stays_is_said_once(watched: Watched, caplog: pytest.LogCaptureFixture) -> None:
    watched.write("openapi.yaml", "openapi: [")
    assert watched.within(5, lambda: "the last good one stays" in caplog.text)
    for at in range(3):
        watched.write("log", f"{at}")
        time.sleep(0.2)
    assert caplog.text.count("the last good one stays") == 1


def test_the_log_names_what_was_saved(watched: Watched, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    watched.write("things.yaml", THINGS.replace("list", "all"))
    assert watched.within(5, lambda: "things.yaml was saved: 1 operations" in caplog.text)
