"""Assistants, seen from one organisation: nothing here can reach another's."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, Select, and_, bindparam, delete, func, insert, select, true, update

from store.database import Database
from store.errors import AssistantNotFound, ForeignOrganisation, UnknownField
from store.tables import assistants


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistant:
    """An assistant as it is stored."""

    id: UUID
    assistant_type: str | None
    llm_model: str | None
    name: str | None
    description: str | None
    attributes: dict[str, Any]
    system_prompt: str | None
    voice: bool | None
    custom_voice: bool | None
    voice_languages: list[Any]
    org_id: UUID | None
    show_images: bool | None
    hide_ds: bool | None
    webhook_id: UUID | None
    has_human_agent: bool | None
    use_tools: bool | None
    conversation_flow_id: UUID | None


@dataclass(frozen=True, slots=True)
class AssistantPage:
    """One page of an organisation's assistants; all its figures speak of the same moment."""

    items: tuple[Assistant, ...]
    total: int
    page: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages of this size there are."""
        return -(-self.total // self.size)


_STORED = tuple(field.name for field in fields(Assistant))
_COLUMNS = tuple(assistants.c[name] for name in _STORED)
_EMPTY: Mapping[str, Any] = MappingProxyType(
    dict.fromkeys(_STORED[1:]) | {"attributes": {}, "voice_languages": []}
)

# Statements are made once; each is bound to an organisation when it is run.
_MINE = assistants.c.organisation == bindparam("owner")
_IS_IT = and_(_MINE, assistants.c.id == bindparam("wanted"))
_ONE = select(*_COLUMNS).where(_IS_IT)
_ADDITION = insert(assistants).returning(*_COLUMNS)
_REMOVAL = delete(assistants).where(_IS_IT).returning(*_COLUMNS)


def _page() -> Select[Any]:
    """One page and the total in one statement: from one snapshot, also where the page is empty."""
    counted = select(func.count().label("total")).select_from(assistants).where(_MINE).subquery()
    ordered = select(assistants).where(_MINE).order_by(assistants.c.sequence)
    chosen = ordered.limit(bindparam("size")).offset(bindparam("skipped")).subquery()
    return (
        select(counted.c.total, *(chosen.c[name] for name in _STORED))
        .select_from(counted.outerjoin(chosen, true()))
        .order_by(chosen.c.sequence)
    )


_PAGE = _page()


class OrganisationAssistants:
    """The assistants of one organisation. Every statement that it makes is bound to that organisation.

    Each method is one statement, so it is atomic and sees one snapshot, without an explicit transaction.
    """

    def __init__(self, database: Database, organisation: UUID) -> None:
        self._database = database
        self._organisation = organisation

    async def create(self, values: Mapping[str, Any]) -> Assistant:
        """The new assistant. A field that `values` leaves out is null, or empty where null cannot stand."""
        self._check(values)
        row = {**_EMPTY, **values, "id": uuid4(), "organisation": self._organisation}
        async with self._database.writing() as connection:
            return _assistant((await connection.execute(_ADDITION, row)).one())

    async def get(self, assistant_id: UUID) -> Assistant:
        """The assistant. Raises AssistantNotFound, also where another organisation has it."""
        async with self._database.reading() as connection:
            result = await connection.execute(_ONE, self._which(assistant_id))
            return _found(result.one_or_none(), assistant_id)

    async def update(self, assistant_id: UUID, values: Mapping[str, Any]) -> Assistant:
        """The assistant after the change of just those fields. Raises AssistantNotFound.

        Only the given columns are written, so that changes of different fields never undo each other.
        """
        self._check(values)
        if not values:
            return await self.get(assistant_id)
        statement = update(assistants).where(_IS_IT).values(dict(values)).returning(*_COLUMNS)
        async with self._database.writing() as connection:
            result = await connection.execute(statement, self._which(assistant_id))
            return _found(result.one_or_none(), assistant_id)

    async def delete(self, assistant_id: UUID) -> Assistant:
        """The assistant that was removed. Raises AssistantNotFound."""
        async with self._database.writing() as connection:
            result = await connection.execute(_REMOVAL, self._which(assistant_id))
            return _found(result.one_or_none(), assistant_id)

    async def list_page(self, page: int, size: int) -> AssistantPage:
        """Page `page`, counted from 1, in the order of creation; empty after the last one."""
        which = {"owner": self._organisation, "size": size, "skipped": (page - 1) * size}
        async with self._database.reading() as connection:
            rows = (await connection.execute(_PAGE, which)).all()
        items = tuple(_assistant(row) for row in rows if row.id is not None)
        return AssistantPage(items, rows[0].total, page, size)

    def _which(self, assistant_id: UUID) -> dict[str, UUID]:
        return {"owner": self._organisation, "wanted": assistant_id}

    def _check(self, values: Mapping[str, Any]) -> None:
        if unknown := values.keys() - _EMPTY.keys():
            raise UnknownField(unknown)
        org_id = values.get("org_id")
        if org_id is not None and org_id != self._organisation:
            raise ForeignOrganisation(org_id)


def _assistant(row: Row[Any]) -> Assistant:
    return Assistant(**{name: getattr(row, name) for name in _STORED})


def _found(row: Row[Any] | None, assistant_id: UUID) -> Assistant:
    if row is None:
        raise AssistantNotFound(assistant_id)
    return _assistant(row)
