"""Every command that the documentation shows is run, and gives what it shows."""

import asyncio
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.databases import empty_database
from tests.docs.pages import begins_in, blocks_of, commands_of, pages
from tests.docs.shell import pattern_of, shell
from tests.live import ACCORD, ROOT

PROJECT = (
    "Makefile",
    "README.md",
    "openapi.yaml",
    "pyproject.toml",
    "requirements.txt",
    "generated",
    "handlers",
    "mock",
    "store",
)
STORES = re.compile(r"(?:postgresql|redis)://[\w:@.]+\.internal[\w:/]*")
_LATER = time.time() + 3600
FOLLOWED = [page for page in pages(ROOT) if any(blocks_of(page.read_text(encoding="utf-8")))]


@pytest.mark.parametrize("page", FOLLOWED, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_commands_of_a_page_give_what_it_shows(
    page: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    text = page.read_text(encoding="utf-8")
    folder = tmp_path / "here"
    folder.mkdir()
    if begins_in(text) == "repository":
        copy_project(folder)
    elif begins_in(text) == "notes":
        folder = write_notes(folder)
    with shell(folder, tmp_path / "state") as reader:
        reader.words |= {shown: lent(shown, request) for shown in set(STORES.findall(text))}
        for block in blocks_of(text):
            reader.follow(block)


def lent(shown: str, request: pytest.FixtureRequest) -> str:
    """The URL of a real store, with nothing in it, in place of one that a page shows."""
    if shown.startswith("redis"):
        return str(request.getfixturevalue("redis"))
    return asyncio.run(empty_database(request.getfixturevalue("postgresql")))


def copy_project(folder: Path) -> None:
    """Copies this repository's contract project, with the environment that `make` would build."""
    for name in PROJECT:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        copy(ROOT / name, folder / name)
    lend_environment(folder)


def write_notes(folder: Path) -> Path:
    """The project that `accord new notes` writes, with an environment."""
    subprocess.run([ACCORD, "new", "notes"], cwd=folder, check=True, capture_output=True, timeout=60)
    lend_environment(folder / "notes")
    return folder / "notes"


def lend_environment(folder: Path) -> None:
    """Has `make` find the environment that runs this test, and never build another."""
    (folder / ".venv").mkdir()
    for name in ("bin", "lib", "pyvenv.cfg"):
        (folder / ".venv" / name).symlink_to(Path(sys.prefix) / name)
    (folder / ".venv/.ready").touch()
    os.utime(folder / ".venv/.ready", (_LATER, _LATER))


def test_output_that_is_not_as_shown_is_found(tmp_path: Path) -> None:
    page = "```console\n$ echo one two\none three\n```\n"
    with (
        shell(tmp_path, tmp_path / "state") as reader,
        pytest.raises(AssertionError, match="but gives\none two"),
    ):
        reader.follow(next(blocks_of(page)))


def test_a_command_that_fails_is_found(tmp_path: Path) -> None:
    page = "```sh\ntrue\nfalse\n```\n"
    with shell(tmp_path, tmp_path / "state") as reader, pytest.raises(AssertionError, match="line 3: false"):
        reader.follow(next(blocks_of(page)))


def test_a_word_that_differs_is_used_in_later_commands(tmp_path: Path) -> None:
    blocks = blocks_of(
        "<!-- differs: abc -->\n```console\n$ echo key $$\nkey abc\n```\n```sh\ntest abc -gt 0\n```\n"
    )
    with shell(tmp_path, tmp_path / "state") as reader:
        for block in blocks:
            reader.follow(block)


def test_a_command_goes_on_after_a_backslash() -> None:
    page = "```sh\none \\\n  two\nthree  # said\n```\n"
    assert [each.text for each in commands_of(next(blocks_of(page)))] == ["one \\\n  two", "three"]


def test_dots_stand_for_anything_and_line_breaks_do_not_count() -> None:
    assert re.fullmatch(pattern_of('{"a":1,\n "b":…}'), '{"a":1,"b":[2,3]}')
