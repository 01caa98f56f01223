"""API keys: made, found, listed, revoked. What is stored of a key cannot be turned back into it.

A key holds 256 random bits. No one can guess or search that, so one round of SHA-256 is enough: the slow
hashes made for passwords guard secrets that people choose, and would cost each request their slowness.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, bindparam, func, insert, select, update

from store.database import Database
from store.errors import AmbiguousPrefix, KeyNotFound
from store.tables import api_keys

_KEY = re.compile(r"in-[A-Za-z0-9_-]{43}\Z")
_SHOWN = len("in-") + 8
_VALID = select(api_keys).where(api_keys.c.digest == bindparam("digest"), api_keys.c.revoked_at.is_(None))


class Role(StrEnum):
    """What a key may do: `read` looks, `full` changes as well."""

    READ = "read"
    FULL = "full"

    @property
    def grants(self) -> frozenset[str]:
        """The roles that operations may ask for and this one satisfies."""
        return frozenset({"read", "full"}) if self is Role.FULL else frozenset({"read"})


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as it is known after it was made: by its first characters, never by itself."""

    prefix: str
    organisation: UUID
    role: Role
    created_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A key that was just made, and the one time that its secret is known."""

    secret: str
    key: ApiKey


class Keyring:
    """All API keys of the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def issue(self, organisation: UUID, role: Role) -> IssuedKey:
        """A new key for the organisation."""
        secret = f"in-{secrets.token_urlsafe(32)}"
        key = ApiKey(secret[:_SHOWN], organisation, role, datetime.now(UTC))
        row = {
            "digest": _digest(secret),
            "prefix": key.prefix,
            "organisation": organisation,
            "role": role.value,
            "created_at": key.created_at,
        }
        async with self._database.writing() as connection:
            await connection.execute(insert(api_keys).values(row))
        return IssuedKey(secret, key)

    async def find(self, secret: str) -> ApiKey | None:
        """The valid key that this is, or None.

        It is looked up by its hash, of which a caller can choose nothing, so the time that this takes says
        nothing of other keys; the last comparison takes the same time wherever the two differ.
        """
        if not _KEY.match(secret):
            return None
        digest = _digest(secret)
        async with self._database.reading() as connection:
            row = (await connection.execute(_VALID, {"digest": digest})).one_or_none()
        return _key(row) if row is not None and hmac.compare_digest(row.digest, digest) else None

    async def all(self) -> tuple[ApiKey, ...]:
        """Every key that was ever made, the oldest first, revoked ones included."""
        async with self._database.reading() as connection:
            rows = await connection.execute(
                select(api_keys).order_by(api_keys.c.created_at, api_keys.c.prefix)
            )
            return tuple(_key(row) for row in rows)

    async def is_empty(self) -> bool:
        """Whether no key was ever made."""
        async with self._database.reading() as connection:
            return not await connection.scalar(select(func.count()).select_from(api_keys))

    async def revoke(self, prefix: str) -> ApiKey:
        """The key that is no longer valid, named by its first characters or by all of them.

        Raises KeyNotFound, or AmbiguousPrefix and revokes nothing.
        """
        chosen = select(api_keys.c.digest).where(_begins(prefix), api_keys.c.revoked_at.is_(None))
        async with self._database.writing() as connection:
            digests = (await connection.execute(chosen)).scalars().all()
            if len(digests) > 1:
                raise AmbiguousPrefix(prefix[:_SHOWN], len(digests))
            change = (
                update(api_keys).where(api_keys.c.digest.in_(digests)).values(revoked_at=datetime.now(UTC))
            )
            row = (await connection.execute(change.returning(api_keys))).one_or_none()
        if row is None:
            raise KeyNotFound(prefix[:_SHOWN])
        return _key(row)


def _begins(prefix: str) -> ColumnElement[bool]:
    if _KEY.match(prefix):
        return api_keys.c.digest == _digest(prefix)
    return api_keys.c.prefix.startswith(prefix, autoescape=True)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _key(row: Row[Any]) -> ApiKey:
    return ApiKey(
        row.prefix,
        row.organisation,
        Role(row.role),
        _utc(row.created_at),
        row.revoked_at and _utc(row.revoked_at),
    )


def _utc(moment: datetime) -> datetime:
    """SQLite gives moments back without their zone; they were stored in UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
