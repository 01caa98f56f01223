"""The command, run as people run it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from store.keys import DEVELOPMENT_ORGANISATION

ROOT = Path(__file__).parents[2]
SECRET = re.compile(r"^in-[\w-]{43}$", re.MULTILINE)


def keys(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "store.keys", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, capture_output=True, text=True, check=False
    )


@pytest.fixture
def file(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'keys.sqlite3'}"


def test_a_new_key_stands_alone_on_standard_output(url: str) -> None:
    made = keys(url, "create", "--organisation", "acme", "--role", "read")
    assert (made.returncode, made.stdout.count("\n")) == (0, 1)
    assert SECRET.match(made.stdout)
    assert "(acme), role read" in made.stderr


def test_a_listed_key_shows_its_first_characters_only(file: str) -> None:
    secret = keys(file, "create", "--organisation", "acme", "--role", "full").stdout.strip()
    listed = keys(file, "list").stdout
    assert listed.startswith(secret[:11])
    assert secret not in listed
    assert "acme" in listed


def test_a_revoked_key_is_listed_as_revoked(file: str) -> None:
    secret = keys(file, "create", "--organisation", "acme", "--role", "full").stdout.strip()
    assert keys(file, "revoke", secret[:11]).returncode == 0
    assert "revoked" in keys(file, "list").stdout


def test_the_development_key_is_made_once(file: str) -> None:
    first, second = keys(file, "ensure-development"), keys(file, "ensure-development")
    assert SECRET.search(first.stdout)
    assert DEVELOPMENT_ORGANISATION in first.stderr
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")


def test_where_any_key_exists_no_development_key_is_made(file: str) -> None:
    keys(file, "create", "--organisation", "acme", "--role", "read")
    assert keys(file, "ensure-development").stdout == ""


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["create", "--organisation", "acme"], 2, "--role"),
        (["create", "--organisation", "acme", "--role", "admin"], 2, "'admin' is not one of"),
        (["create", "--organisation", " ", "--role", "read"], 2, "has a name or an id"),
        (["revoke", "in-"], 2, "more of its first characters"),
        (["revoke", "in-unknown"], 1, "no valid key begins with 'in-unknown'"),
        (["--database", "mysql://u:hunter2@db.example.com/a", "list"], 1, "neither sqlite nor postgresql"),
        (["--database", "postgresql://u:hunter2@127.0.0.1:1/a", "list"], 1, "does not answer"),
    ],
)
def test_a_mistake_gets_one_clear_error(file: str, arguments: list[str], status: int, message: str) -> None:
    done = keys(file, *arguments)
    assert (done.returncode, done.stdout) == (status, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert "hunter2" not in done.stderr
