"""Database URLs, as people and hosts write them."""

import os
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from store.errors import UnusableUrl

_SQLITE = frozenset({"sqlite", "sqlite+aiosqlite"})
_POSTGRESQL = frozenset({"postgres", "postgresql", "postgresql+asyncpg"})


def is_sqlite(url: URL) -> bool:
    """Whether this is SQLite; else it is PostgreSQL."""
    return url.drivername == "sqlite+aiosqlite"


def parsed_url(url: str) -> URL:
    """`url` for the asynchronous drivers. Raises UnusableUrl. Makes the folder that SQLite's file is in."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise UnusableUrl("it has to look like sqlite:///FILE or postgresql://USER@HOST/DATABASE") from error
    if parsed.drivername in _SQLITE:
        return _sqlite_url(parsed)
    if parsed.drivername in _POSTGRESQL:
        return _postgresql_url(parsed)
    raise UnusableUrl(f"{parsed.drivername} is neither sqlite nor postgresql")


def _sqlite_url(url: URL) -> URL:
    if url.host:
        raise UnusableUrl("SQLite's file comes after three slashes, an absolute path after four")
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise UnusableUrl("SQLite needs a file here, since several connections share it")
    _make_room(Path(url.database))
    return url.set(drivername="sqlite+aiosqlite")


def _make_room(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UnusableUrl(f"the folder of {file} cannot be made: {error.strerror}") from error
    if file.is_dir():
        raise UnusableUrl(f"{file} is a folder, not a file")
    if not os.access(file if file.exists() else file.parent, os.W_OK):
        raise UnusableUrl(f"{file} cannot be written")


def _postgresql_url(url: URL) -> URL:
    """What asyncpg understands: a socket's folder in `host`, as libpq has it, but `ssl` for its `sslmode`."""
    query = {("ssl" if name == "sslmode" else name): value for name, value in url.query.items()}
    return url.set(drivername="postgresql+asyncpg", query=query)
