from pathlib import Path

import pytest

from store import UnusableUrl, database_url
from store.urls import is_sqlite, parsed_url


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_every_way_to_write_postgresql_is_understood(scheme: str) -> None:
    parsed = parsed_url(f"{scheme}://user:pass@db.example.com:6432/assistants")
    assert parsed.drivername == "postgresql+asyncpg"
    assert (parsed.host, parsed.port, parsed.database) == ("db.example.com", 6432, "assistants")


def test_a_sockets_folder_is_kept() -> None:
    assert parsed_url("postgresql://postgres:@/postgres?host=/run/pg").query == {"host": "/run/pg"}


def test_libpqs_sslmode_becomes_asyncpgs_ssl() -> None:
    assert parsed_url("postgres://u@db.example.com/a?sslmode=require").query == {"ssl": "require"}


def test_sqlites_folder_is_made(tmp_path: Path) -> None:
    parsed = parsed_url(f"sqlite:///{tmp_path}/new/folder/a.sqlite3")
    assert is_sqlite(parsed)
    assert (tmp_path / "new" / "folder").is_dir()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "has to look like"),
        ("assistants.db", "has to look like"),
        ("mysql://u@db.example.com/a", "mysql is neither"),
        ("postgresql+psycopg://u@db.example.com/a", "psycopg is neither"),
        ("postgresql://u@db.example.com:port/a", "has to look like"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("sqlite://host/a.sqlite3", "three slashes"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_reason(url: str, reason: str) -> None:
    with pytest.raises(UnusableUrl, match=reason):
        parsed_url(url)


def test_a_refusal_never_shows_a_password() -> None:
    with pytest.raises(UnusableUrl) as refused:
        parsed_url("mysql://user:hunter2@db.example.com/a")
    assert "hunter2" not in str(refused.value)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnusableUrl, match="cannot be made"):
        parsed_url(f"sqlite:///{tmp_path}/file/a.sqlite3")


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(UnusableUrl, match="is a folder"):
        parsed_url(f"sqlite:///{tmp_path}")


def test_the_default_is_the_projects_own_file() -> None:
    assert database_url({}).endswith("/.state/assistant.sqlite3")
    assert database_url({"DATABASE_URL": ""}) == database_url({})
    assert database_url({"DATABASE_URL": "postgres://db.example.com/a"}) == "postgres://db.example.com/a"
