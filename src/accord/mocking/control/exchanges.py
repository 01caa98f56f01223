"""The journal: exchanges listed, followed, and counted."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from itertools import islice

from accord.mocking.control.asked import Answering, Asked, Impossible, json_answer, no_content
from accord.mocking.control.rendering import full, summary
from accord.mocking.model import Response
from accord.mocking.places import named
from accord.mocking.recording import Record, Records
from accord.mocking.sending import Stream
from accord.mocking.texts import to_json

_HEARTBEAT = 15.0
"""Seconds of silence after which a stream says that it is still there."""
Fits = Callable[[Record], bool]


async def _list(asked: Asked) -> Response:
    """The list is rendered in a thread: ten thousand take long enough for others to wait."""
    await asked.records.catch_up()
    return await asyncio.to_thread(_listed, asked, _sought(asked), asked.records.last, len(asked.records))


def _listed(asked: Asked, sought: Iterable[Record], last: int, held: int) -> Response:
    tests, limit = list(_tests(asked)), int(asked.query("limit"))
    found = list(islice((each for each in sought if all(fits(each) for fits in tests)), limit + 1))
    exchanges = found[:limit] if asked.query("since") is not None else found[:limit][::-1]
    return json_answer(
        {
            "exchanges": [summary(record) for record in asked.records.in_order(exchanges)],
            "isAll": len(found) <= limit,
            "last": last,
            "held": held,
        }
    )


def _sought(asked: Asked) -> Iterable[Record]:
    """The exchanges to look at as they are now: after `since` the oldest first, else the newest first."""
    since, before = asked.query("since"), asked.query("before")
    held = asked.records.since(0)[::-1] if since is None else asked.records.since(int(since))
    return held if before is None else [record for record in held if record.id < before]


def _tests(asked: Asked) -> Iterator[Fits]:
    """What an exchange has to be like."""
    if (world := asked.query("world")) is not None:
        wanted = named(world)
        yield lambda record: record.world == wanted
    if (operation := asked.query("operation")) is not None:
        yield lambda record: record.exchange.response.operation == operation
    if (method := asked.query("method")) is not None:
        upper = method.upper()
        yield lambda record: record.exchange.request.method == upper
    if (status := asked.query("status")) is not None:
        digits = status.removesuffix("XX")
        yield lambda record: str(record.exchange.response.status).startswith(digits)
    if text := asked.query("text"):
        lower = text.lower()
        yield lambda record: _has(record, lower)


def _has(record: Record, text: str) -> bool:
    """Does an exchange have this text in it?"""
    request, response = record.exchange.request, record.exchange.response
    line = f"{request.method} {request.path} {response.status} {response.operation} {response.reason}"
    if response.fault:
        line += f" fault: {response.fault}"
    if text in line.lower():
        return True
    sought = text.encode()
    return any(sought in part.lower() for part in (request.query, request.body, response.body))


async def _get(asked: Asked) -> Response:
    await asked.records.catch_up()
    record = asked.records.get(int(asked.path("exchange")))
    if record is None:
        raise Impossible.of(404, f"There is no exchange {asked.path('exchange')} in the journal.")
    return json_answer(full(record))


async def _clear(asked: Asked) -> Response:
    await asked.records.forget()
    return no_content()


async def _calls(asked: Asked) -> Response:
    operation = asked.operation(asked.query("operation"))
    await asked.records.catch_up()
    return await asyncio.to_thread(
        _called, asked, operation.id, asked.records.since(int(asked.query("since")))
    )


def _called(asked: Asked, operation: str, sought: Iterable[Record]) -> Response:
    tests = list(_tests(asked))
    found = (each for each in sought if all(fits(each) for fits in tests))
    calls = [full(each) for each in asked.records.in_order(found)]
    return json_answer({"operation": operation, "count": len(calls), "calls": calls})


async def _stream(asked: Asked) -> Stream:
    await asked.records.catch_up()
    records, since = asked.records, asked.query("since")
    resumed = asked.request.header(b"last-event-id") or ""
    if resumed.isascii() and resumed.isdecimal():
        since = int(resumed)
    headers = ((b"content-type", b"text/event-stream"), (b"cache-control", b"no-store"))
    start = records.last if since is None else min(int(since), records.last)
    return Stream(200, headers, _events(records, start, list(_tests(asked))))


async def _events(records: Records, since: int, tests: list[Fits]) -> AsyncIterator[bytes]:
    """Each exchange as an event, as they come."""
    yield b"retry: 1000\n\n"
    while True:
        found = records.since(since)
        if found:
            since = found[-1].id
            yield b"".join(_event(each) for each in found if all(fits(each) for fits in tests))
            continue
        try:
            async with asyncio.timeout(_HEARTBEAT):
                await records.news()
        except TimeoutError:
            yield b": still there\n\n"


def _event(record: Record) -> bytes:
    return b"id: %d\nevent: exchange\ndata: %s\n\n" % (record.id, to_json(summary(record)))


OPERATIONS: Mapping[str, Answering] = {
    "listExchanges": _list,
    "getExchange": _get,
    "clearJournal": _clear,
    "listCalls": _calls,
    "streamExchanges": _stream,
}
