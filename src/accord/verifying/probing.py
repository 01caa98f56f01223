"""What HTTP itself asks of any server, whatever its contract says: of HEAD, and of changes at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from accord.exchange import Incoming, Outgoing
from accord.exchange.credentials import in_header
from accord.exchange.json_text import MalformedJson, read_json
from accord.mocking.texts import to_json
from accord.verifying.exchanges import Exchange, is_success

Ask: TypeAlias = Callable[[Incoming], Exchange]
Together: TypeAlias = Callable[[Sequence[Incoming]], Sequence[Exchange]]
_ROUNDS, _MOST_TRIED = 20, 12
_ACCEPTED, _NOT_ALLOWED = 202, 405


class Broken(NamedTuple):
    """What a probe found: the check that says so, why, and the exchanges that show it, the last one most."""

    check: str
    message: str
    exchanges: tuple[Exchange, ...]


def of_head(ask: Ask, get: Incoming) -> Iterator[Broken]:
    """What is wrong with HEAD, of a path that has GET and no HEAD, by a GET that was accepted.

    A server may answer it as GET without the content (RFC 9110, section 9.3.2), or with 405. But `Allow`
    lists the methods that the path supports (10.2.1): it cannot be answered and left out there.
    """
    head = ask(get._replace(method="HEAD"))
    if head.response is None:
        return
    status, options = head.response.status, ask(get._replace(method="OPTIONS"))
    allowed = _allowed(head.response) or (_allowed(options.response) if options.response else set())
    if status == _NOT_ALLOWED and not _allowed(head.response):
        yield Broken(
            "unsupported_method", "HEAD is answered with 405 and no Allow (RFC 9110, 15.5.6)", (head,)
        )
    elif is_success(head.response) and allowed and "HEAD" not in allowed:
        named = ", ".join(sorted(allowed))
        said = f"HEAD is answered with {status}, and Allow names {named} alone (RFC 9110, 10.2.1)"
        yield Broken("unsupported_method", said, (options, head))
    elif is_success(head.response):
        again = ask(get)
        if again.response is not None and again.response.status != status:
            said = f"HEAD is answered with {status}, and GET with {again.response.status} (RFC 9110, 9.3.2)"
            yield Broken("unsupported_method", said, (again, head))


class Race(NamedTuple):
    """Changes of one item by the properties that they name: `values` has two of each, `fixed` goes along.

    `change` and `read` are requests for the item. `wrapped` is the body around what is stated, `shown` the
    item in the body of an answer.
    """

    change: Incoming
    read: Incoming
    values: Mapping[str, tuple[Any, Any]]
    fixed: Mapping[str, Any]
    wrapped: Callable[[Mapping[str, Any]], Any]
    shown: Callable[[Any], Any]


def of_race(ask: Ask, together: Together, race: Race) -> Iterator[Broken]:
    """The first pair of changes at the same moment, both accepted, of which one did not last.

    Each names a property that the other does not, so that whichever comes first, both have to be there
    afterwards: a change is atomic (RFC 5789, section 2). One may well be refused (409, 412, 428, 429).
    """
    fields = [name for name in list(race.values)[:_MOST_TRIED] if _lasts(ask, race, name)][:2]
    if len(fields) < len(("one", "other")):
        return
    for turn in range(_ROUNDS):
        wanted = {name: race.values[name][turn % 2] for name in fields}
        written = together([_changing(race, {name: value}) for name, value in wanted.items()])
        if not all(each.response is not None and _is_done(each.response) for each in written):
            continue
        seen = ask(race.read)
        if _lost(race, seen, wanted):  # what is read may come from a copy that is a moment late
            seen = ask(race.read)
        if lost := _lost(race, seen, wanted):
            said = f"changes of {' and of '.join(fields)} at once are both accepted, and {lost[0]} is lost"
            yield Broken("lost_update", said, (*written, seen))
            return


def _lost(race: Race, seen: Exchange, wanted: Mapping[str, Any]) -> list[str]:
    """The properties that an item does not have as they are wanted."""
    item = _item(race, seen)
    return [] if item is None else [name for name, value in wanted.items() if item.get(name) != value]


def _lasts(ask: Ask, race: Race, name: str) -> bool:
    """Is each value of a property accepted by itself, and read back as it was sent?"""
    for value in race.values[name]:
        done = ask(_changing(race, {name: value}))
        if done.response is None or not _is_done(done.response):
            return False
        item = _item(race, ask(race.read))
        if item is None or name not in item or item[name] != value:
            return False
    return True


def _changing(race: Race, stated: Mapping[str, Any]) -> Incoming:
    return race.change._replace(body=to_json(race.wrapped({**race.fixed, **stated})))


def _item(race: Race, exchange: Exchange) -> Mapping[str, Any] | None:
    """The item in an answer; None where there is none."""
    if exchange.response is None or not is_success(exchange.response):
        return None
    try:
        item = race.shown(read_json(exchange.response.body))
    except MalformedJson:
        return None
    return item if isinstance(item, dict) else None


def _allowed(response: Outgoing) -> set[str]:
    lines = ",".join(in_header(response.headers, b"allow"))
    return {each.strip().upper() for each in lines.split(",")} - {""}


def _is_done(response: Outgoing) -> bool:
    """Was it done by now?"""
    return is_success(response) and response.status != _ACCEPTED
