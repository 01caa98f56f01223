"""Organisations: who keys and assistants belong to."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import insert, select

from store.database import Database
from store.tables import organisations


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation: its id, which `org_id` speaks of, and the name that people know it by."""

    id: UUID
    name: str


class Organisations:
    """All organisations of the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def enrol(self, name: str) -> Organisation:
        """The organisation of this name or id, made where there is none yet.

        A name that is a UUID is the new organisation's id as well.
        """
        known_id = _as_uuid(name)
        is_it = organisations.c.id == known_id if known_id else organisations.c.name == name
        async with self._database.writing() as connection:
            row = (await connection.execute(select(organisations).where(is_it))).one_or_none()
            if row is None:
                made = insert(organisations).values(id=known_id or uuid4(), name=str(known_id or name))
                row = (await connection.execute(made.returning(organisations))).one()
        return Organisation(row.id, row.name)

    async def names(self) -> Mapping[UUID, str]:
        """The name of each organisation, by its id."""
        async with self._database.reading() as connection:
            rows = await connection.execute(select(organisations))
            return {row.id: row.name for row in rows}


def _as_uuid(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None
