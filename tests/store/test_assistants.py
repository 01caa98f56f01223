import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest

from store import AssistantNotFound, ForeignOrganisation, OrganisationAssistants, UnknownField

SMALLEST: Mapping[str, Any] = {"assistant_type": "chat", "llm_model": None}


async def names(assistants: OrganisationAssistants, page: int, size: int) -> list[str | None]:
    return [assistant.name for assistant in (await assistants.list_page(page, size)).items]


async def created(assistants: OrganisationAssistants, *given: str) -> list[UUID]:
    return [(await assistants.create({**SMALLEST, "name": name})).id for name in given]


async def test_what_is_created_can_be_read(ours: OrganisationAssistants, organisation: UUID) -> None:
    made = await ours.create({**SMALLEST, "name": "Desk", "org_id": organisation, "voice": True})
    assert (made.name, made.org_id, made.voice) == ("Desk", organisation, True)
    assert await ours.get(made.id) == made


async def test_a_field_that_was_never_given_is_null_or_empty(ours: OrganisationAssistants) -> None:
    made = await ours.create(SMALLEST)
    assert (made.name, made.org_id, made.voice) == (None, None, None)
    assert (made.attributes, made.voice_languages) == ({}, [])


async def test_an_update_changes_only_what_it_is_given(ours: OrganisationAssistants) -> None:
    made = await ours.create({**SMALLEST, "name": "Desk", "description": "Travel", "voice": True})
    changed = await ours.update(made.id, {"name": None, "voice": False})
    assert (changed.name, changed.description, changed.voice) == (None, "Travel", False)
    assert await ours.get(made.id) == changed


async def test_an_update_of_nothing_changes_nothing(ours: OrganisationAssistants) -> None:
    made = await ours.create({**SMALLEST, "name": "Desk"})
    assert await ours.update(made.id, {}) == made


async def test_what_was_deleted_is_given_back_and_gone(ours: OrganisationAssistants) -> None:
    made = await ours.create(SMALLEST)
    assert await ours.delete(made.id) == made
    with pytest.raises(AssistantNotFound, match=str(made.id)):
        await ours.get(made.id)


@pytest.mark.parametrize("change", [{}, {"name": "x"}])
async def test_what_does_not_exist_cannot_be_changed(
    ours: OrganisationAssistants, change: dict[str, Any]
) -> None:
    with pytest.raises(AssistantNotFound):
        await ours.update(uuid4(), change)


async def test_what_does_not_exist_cannot_be_deleted(ours: OrganisationAssistants) -> None:
    with pytest.raises(AssistantNotFound):
        await ours.delete(uuid4())


async def test_another_organisation_finds_nothing_of_ours(
    ours: OrganisationAssistants, theirs: OrganisationAssistants
) -> None:
    made = await ours.create({**SMALLEST, "name": "Desk"})
    for attempt in (theirs.get(made.id), theirs.update(made.id, {"name": "x"}), theirs.delete(made.id)):
        with pytest.raises(AssistantNotFound):
            await attempt
    assert (await theirs.list_page(1, 100)).total == 0
    assert await ours.get(made.id) == made


async def test_a_foreign_org_id_is_refused_and_nothing_is_stored(ours: OrganisationAssistants) -> None:
    foreign = {**SMALLEST, "org_id": uuid4()}
    with pytest.raises(ForeignOrganisation):
        await ours.create(foreign)
    assert (await ours.list_page(1, 1)).total == 0


async def test_a_foreign_org_id_is_refused_in_a_change(ours: OrganisationAssistants) -> None:
    made = await ours.create(SMALLEST)
    with pytest.raises(ForeignOrganisation):
        await ours.update(made.id, {"name": "x", "org_id": uuid4()})
    assert await ours.get(made.id) == made


@pytest.mark.parametrize("name", ["id", "organisation", "sequence", "colour"])
async def test_a_field_that_is_not_an_assistants_is_refused(ours: OrganisationAssistants, name: str) -> None:
    with pytest.raises(UnknownField, match=name):
        await ours.create({**SMALLEST, name: "x"})


async def test_pages_follow_the_order_of_creation(ours: OrganisationAssistants) -> None:
    await created(ours, "a", "b", "c", "d", "e")
    pages = [await names(ours, page, 2) for page in (1, 2, 3, 4)]
    assert pages == [["a", "b"], ["c", "d"], ["e"], []]


async def test_the_order_stays_when_a_row_is_changed(ours: OrganisationAssistants) -> None:
    first, *_ = await created(ours, "a", "b", "c")
    await ours.update(first, {"name": "z"})
    assert await names(ours, 1, 10) == ["z", "b", "c"]


async def test_the_order_stays_when_rows_go_and_come(ours: OrganisationAssistants) -> None:
    ids = await created(ours, "a", "b", "c", "d")
    for gone in (ids[1], ids[3]):
        await ours.delete(gone)
    await created(ours, "e")
    assert await names(ours, 1, 10) == ["a", "c", "e"]


@pytest.mark.parametrize(("size", "pages"), [(1, 3), (2, 2), (3, 1), (100, 1)])
async def test_the_figures_of_a_page_fit_together(
    ours: OrganisationAssistants, size: int, pages: int
) -> None:
    await created(ours, "a", "b", "c")
    page = await ours.list_page(1, size)
    assert (page.total, page.pages, page.size, len(page.items)) == (3, pages, size, min(size, 3))


async def test_an_empty_listing_has_no_pages(ours: OrganisationAssistants) -> None:
    page = await ours.list_page(1, 25)
    assert (page.items, page.total, page.pages) == ((), 0, 0)


async def test_the_last_page_that_the_contract_allows_is_empty(ours: OrganisationAssistants) -> None:
    await created(ours, "a")
    page = await ours.list_page(2147483647, 100)
    assert (page.items, page.total) == ((), 1)


async def test_a_page_and_its_total_are_of_one_moment(ours: OrganisationAssistants) -> None:
    """Rows come and go all the time; in each answer all items fit on the page, so both figures must agree."""
    stop = asyncio.Event()

    async def come_and_go() -> None:
        while not stop.is_set():
            made = await ours.create(SMALLEST)
            await ours.delete(made.id)

    work = [asyncio.create_task(come_and_go()) for _ in range(3)]
    pages = [await ours.list_page(1, 100) for _ in range(40)]
    async with asyncio.timeout(60):
        while len({page.total for page in pages}) == 1:
            pages.append(await ours.list_page(1, 100))
    stop.set()
    await asyncio.gather(*work)
    assert all(page.total == len(page.items) for page in pages)


async def test_concurrent_changes_of_different_fields_all_take_effect(ours: OrganisationAssistants) -> None:
    made = await ours.create(SMALLEST)
    changes: list[dict[str, Any]] = [
        {"name": "n"},
        {"description": "d"},
        {"voice": True},
        {"use_tools": True},
    ]
    await asyncio.gather(*(ours.update(made.id, change) for change in changes * 5))
    last = await ours.get(made.id)
    assert (last.name, last.description, last.voice, last.use_tools) == ("n", "d", True, True)


async def test_many_writers_at_once_all_succeed(ours: OrganisationAssistants) -> None:
    await asyncio.gather(*(ours.create(SMALLEST) for _ in range(100)))
    assert (await ours.list_page(1, 1)).total == 100


async def test_of_two_deletions_of_one_row_one_succeeds(ours: OrganisationAssistants) -> None:
    made = await ours.create(SMALLEST)
    outcomes = await asyncio.gather(*(ours.delete(made.id) for _ in range(4)), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Assistant"] + ["AssistantNotFound"] * 3
