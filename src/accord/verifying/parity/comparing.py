"""In what two answers to the same request differ, which both are by nature not the same bytes."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from accord.contract import Operation
from accord.document import pointers
from accord.exchange import Outgoing, parse_media_type
from accord.exchange.bodies import content_type
from accord.exchange.json_text import MalformedJson, read_json


class Aspect(StrEnum):
    """What of two answers differs."""

    STATUS = "status"
    MEDIA_TYPE = "media-type"
    HEADER = "header"
    SHAPE = "shape"
    LENGTH = "length"
    VALUE = "value"
    ORDER = "order"
    IDENTITY = "identity"


class Unlike(NamedTuple):
    """One thing in which two answers differ: what each has, and the place in the contract.

    `is_decided`: the contract says that they have to be alike.
    """

    aspect: Aspect
    place: str
    pointer: str
    ours: str
    theirs: str
    is_decided: bool = True


class Figures(NamedTuple):
    """Where an answer says something of a list: what was asked for, and what only holding the same gives."""

    asked: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()


def unlike(
    operation: Operation,
    ours: Outgoing,
    theirs: Outgoing,
    *,
    counts: bool,
    figures: Figures,
) -> Iterator[Unlike]:
    """In what the answers differ. `counts`: both sides hold the same, so that lists are as long.

    Of identifiers, times and values that are made up, no more is asked than that they are of one type.
    """
    if ours.status != theirs.status:
        at = pointers.join(operation.pointer, "responses")
        yield Unlike(Aspect.STATUS, "", at, str(ours.status), str(theirs.status))
        return
    response = operation.response(ours.status)
    at = pointers.join(operation.pointer, "responses") if response is None else response.pointer
    kinds = [_essence(each) if each.body else "" for each in (ours, theirs)]
    if kinds[0] != kinds[1]:
        yield Unlike(Aspect.MEDIA_TYPE, "", at, kinds[0] or "no body", kinds[1] or "no body")
        return
    for name in response.headers if response is not None else ():
        wanted = name.lower().encode("latin-1", "replace")
        there = [any(key == wanted for key, _ in each.headers) for each in (ours, theirs)]
        if there[0] != there[1]:
            said = ["present" if each else "absent" for each in there]
            yield Unlike(Aspect.HEADER, name, at, said[0], said[1])
    yield from _bodies(at, ours, theirs, counts=counts, figures=figures)


def _bodies(at: str, ours: Outgoing, theirs: Outgoing, *, counts: bool, figures: Figures) -> Iterator[Unlike]:
    values = [value_of(each) for each in (ours, theirs)]
    shapes = [_shape(each, "") for each in values]
    for place in dict.fromkeys((*shapes[0], *shapes[1])):
        if (place.rpartition("/")[0] in shapes[0] and place.rpartition("/")[0] in shapes[1]) or not place:
            one, other = (" or ".join(sorted(shape.get(place, {"absent"}))) for shape in shapes)
            if one != other:
                yield Unlike(Aspect.SHAPE, place, at, one, other)
    for place, (one, other) in _figures(values[0], values[1], figures.asked | figures.counted):
        if one != other and (counts or place in figures.asked):
            yield Unlike(Aspect.LENGTH, place, at, str(one), str(other))


def value_of(outgoing: Outgoing) -> Any:
    """The body as JSON says it; None where it is no JSON."""
    sent = parse_media_type((content_type(outgoing.headers) or b"").decode("latin-1"))
    if sent is None or not sent.is_json or not outgoing.body:
        return None
    try:
        return read_json(outgoing.body)
    except MalformedJson:
        return None


def _essence(outgoing: Outgoing) -> str:
    sent = parse_media_type((content_type(outgoing.headers) or b"").decode("latin-1"))
    return sent.essence if sent is not None else "no media type"


def _shape(value: Any, place: str) -> Mapping[str, set[str]]:
    """The types at each place of a value; all items of an array are at one place, `*`."""
    found: dict[str, set[str]] = {place: {_type(value)}}
    inner = value.items() if isinstance(value, dict) else ()
    listed = [("*", each) for each in value] if isinstance(value, list) else []
    for key, child in (*inner, *listed):
        for at, types in _shape(child, pointers.join(place, key)).items():
            found.setdefault(at, set()).update(types)
    return found


def _type(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    names: Mapping[type, str] = {str: "string", list: "array", dict: "object"}
    return names.get(type(value), "null")


def _figures(
    ours: Any, theirs: Any, figures: frozenset[str], place: str = ""
) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """The lengths of the lists of both, and what is said of lists as a whole."""
    if isinstance(ours, list) and isinstance(theirs, list):
        yield place, (len(ours), len(theirs))
    elif isinstance(ours, dict) and isinstance(theirs, dict):
        for key in ours.keys() & theirs.keys():
            yield from _figures(ours[key], theirs[key], figures, pointers.join(place, key))
    elif place in figures:
        yield place, (ours, theirs)
