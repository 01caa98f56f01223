"""A journal that processes share: whoever asks has all that any of them answered before."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from itertools import count

import pytest

from accord.exchange import Kind, Violation
from accord.mocking.control.rendering import full
from accord.mocking.faulting.reading import read_fault
from accord.mocking.model import Exchange, Request, Response
from accord.mocking.recording import LONGEST_BODY, Record, Records
from accord.mocking.redacting import Secrets
from accord.mocking.sharing import Unreached, logs, records
from accord.mocking.sharing.entries import entry_of, record_of
from accord.mocking.sharing.opening import open_store
from accord.mocking.sharing.places import Place
from accord.mocking.sharing.records import SharedRecords

Journals = Callable[[], SharedRecords]
_MOMENTS = count(1)


@pytest.fixture
async def journals(place: Place) -> AsyncIterator[Journals]:
    """Gives the journal of one place, as another process has it each time."""
    async with AsyncExitStack() as stack:

        def share() -> SharedRecords:
            store = open_store(place)
            stack.push_async_callback(store.close)
            shared = SharedRecords(store.log)
            stack.push_async_callback(shared.close)
            return shared

        yield share


async def answer(journal: SharedRecords, *names: str, world: str = "") -> None:
    """Has a process answer requests for these paths, as the application does."""
    for name in names:
        if not journal.is_awake:
            await journal.wake()
        exchange = Exchange(next(_MOMENTS), 0, Request("GET", f"/{name}"), Response(200, body=name.encode()))
        journal.add(world, exchange)


async def seen(journal: SharedRecords) -> list[str]:
    await journal.catch_up()
    assert [record.id for record in journal] == list(range(journal.last - len(journal) + 1, journal.last + 1))
    return [record.exchange.request.path[1:] for record in journal.in_order(journal)]


async def test_whoever_asks_has_what_any_of_them_answered_before(journals: Journals) -> None:
    one, other = journals(), journals()
    await answer(one, "a", "b")
    assert await seen(other) == ["a", "b"]
    await answer(other, "c")
    await answer(one, "d")
    assert await seen(one) == await seen(other) == await seen(journals()) == ["a", "b", "c", "d"]


async def test_each_of_many_calls_is_there_whoever_is_asked(journals: Journals) -> None:
    three = [journals() for _ in range(3)]
    expected: list[str] = []
    for number in range(60):
        await answer(three[number % 3], str(number))
        expected.append(str(number))
        assert await seen(three[number % 2]) == expected


async def test_to_answer_costs_no_word_to_the_store_but_the_first(
    journals: Journals, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = journals()
    await answer(journal, "a")
    monkeypatch.setattr(journal, "wake", None)
    await answer(journal, *map(str, range(100)))
    assert len(await seen(journals())) == 101


async def test_who_only_asks_is_waited_for_by_nobody(journals: Journals) -> None:
    one, other = journals(), journals()
    await answer(one, "a")
    assert await seen(other) == ["a"]
    assert list(await other._log.said()) == [one._process]


async def test_what_a_quiet_process_had_stays_when_it_is_killed(
    journals: Journals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "_QUIET", 0.05)
    one, other = journals(), journals()
    await answer(one, "a")
    assert one._living is not None
    await one._living
    assert await other._log.said() == {}
    assert await seen(other) == ["a"]


async def test_who_was_killed_is_not_waited_for_long(
    journals: Journals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "_GONE", 0.05)
    one, other = journals(), journals()
    await answer(one, "lost")
    await answer(other, "kept")
    assert one._living is not None
    one._living.cancel()
    assert await seen(other) == ["kept"]
    assert other._process in await other._log.said()
    assert one._process not in await other._log.said()


async def test_a_process_that_was_taken_for_gone_comes_back(journals: Journals) -> None:
    one, other = journals(), journals()
    await answer(one, "a")
    await other._log.leave(one._process)
    await other._log.ask()
    await asyncio.sleep(0.3)  # it looks fifty times a second
    await other._read()
    assert len(other) == 1


async def test_what_is_taken_out_is_taken_out_for_all_and_ids_go_on(journals: Journals) -> None:
    one, other = journals(), journals()
    await answer(one, "a", "b")
    await seen(other)
    await answer(one, "c")
    await other.forget()
    assert await seen(one) == await seen(other) == await seen(journals()) == []
    await answer(one, "d")
    assert await seen(other) == ["d"]
    assert other.last == 4


async def test_only_the_newest_are_kept(journals: Journals, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (logs, records):
        monkeypatch.setattr(module, "MOST_AT_ONCE", 3)
    one, other = journals(), journals()
    for journal in (one, other):
        journal._most = journal._own._most = 10
    await answer(one, *map(str, range(8)))
    assert await seen(other) == [str(number) for number in range(8)]
    await answer(one, *map(str, range(8, 30)))
    assert await seen(other) == [str(number) for number in range(20, 30)]


async def test_news_come_from_other_processes(journals: Journals) -> None:
    one, other = journals(), journals()
    await seen(one)
    waiting = asyncio.create_task(one.news())
    await asyncio.sleep(0)
    await answer(other, "a")
    async with asyncio.timeout(5):
        await waiting
    assert [record.exchange.request.path for record in one.since(0)] == ["/a"]


async def test_a_process_that_ends_writes_what_it_has(journals: Journals) -> None:
    one, other = journals(), journals()
    await answer(one, "a")
    await one.close()
    assert await other._log.said() == {}
    assert await seen(other) == ["a"]


async def test_a_store_that_cannot_be_reached_keeps_no_answer_waiting(
    journals: Journals, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise Unreached("away")

    one, other = journals(), journals()
    with monkeypatch.context() as patched:
        for name in ("say", "asked", "ask"):
            patched.setattr(type(one._log), name, away)
        await answer(one, "a", "b")
        with pytest.raises(Unreached):
            await one.catch_up()
    assert await seen(one) == await seen(other) == ["a", "b"]


def test_an_exchange_comes_back_as_it_is_shown() -> None:
    broken = Violation(Kind.INVALID, "body", "is wrong", "/paths", None, "/name", "text", "7")
    request = Request(
        "POST", "/päts/%C3%A4", b"a=1&key=hidden", [(b"x", b"\xff")], b"\x00\xff", "https", "::1"
    )
    response = Response(422, ((b"y", b"z"),), b"caf\xc3\xa9", "createPet", "why", ("found",), (broken,))
    response = response._replace(faults=(broken,), override=3, fault=read_fault("delay=1s"), scenario="busy")
    kept = Records()
    kept.add("mine", Exchange(1.5, 0.25, request, response))
    (record,) = kept
    back = record_of(record.id, entry_of(record))
    assert back._replace(weight=0, exchange=back.exchange._replace(request=request)) == record._replace(
        weight=0
    )
    assert full(back) == full(record)


def test_credentials_stay_in_their_process() -> None:
    secrets = Secrets(frozenset({"key"}), frozenset({b"authorization"}), frozenset({"session"}))
    headers = [(b"authorization", b"Bearer hidden-1"), (b"cookie", b"session=hidden-2")]
    request = Request("POST", "/hidden-1", b"key=hidden-3", headers, b"hidden-1")
    exchange = Exchange(0, 0, request, Response(401, reason="hidden-2", body=b"hidden-3"), secrets)
    record = Record(1, "", exchange, (8, 8), 0)
    assert b"hidden" not in entry_of(record)
    assert full(record_of(1, entry_of(record))) == full(record)


def test_a_long_body_is_cut_and_its_size_is_known() -> None:
    kept = Records()
    kept.add("", Exchange(0, 0, Request("GET", "/"), Response(200, body=b"x" * (LONGEST_BODY + 1))))
    (record,) = kept
    shown = full(record_of(1, entry_of(record)))["response"]["body"]
    assert (shown["size"], len(shown["text"]), shown["isCut"]) == (LONGEST_BODY + 1, LONGEST_BODY, True)
