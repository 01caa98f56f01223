"""Whether two lists come in one order, and whether the contract says in which."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

from accord.contract import Operation
from accord.verifying.parity.comparing import Aspect, Unlike
from accord.verifying.parity.identities import Identities
from accord.verifying.parity.places import Shown, at, name_of

_MOST_SHOWN = 12
_SAYS_ORDER = re.compile(
    r"\b(?:oldest|newest|latest|earliest|(?:most|least) recent\w*)(?: \w+){0,3} (?:first|last)\b"
    r"|\b(?:sorted|ordered) (?:by|in|from)\b|\bin (?:reverse |ascending |descending )?"
    r"(?:chronological|alphabetical|ascending|descending) order\b",
    re.IGNORECASE,
)
"""How a text says in which order a list comes."""


def misordered(shown: Shown, operation: Operation, identities: Identities) -> list[Unlike]:
    """The lists of both answers that have their items in another order, or others where both hold the same.

    Where a request has a list sorted by something, what is equal in that has no order.
    """
    found = []
    by = _sorted_by(shown)
    for place, ours, theirs in shown.places():
        if not (place.many and isinstance(ours, list) and isinstance(theirs, list)):
            continue
        mine = [
            (identities.mapped(shown.resource.name, name_of(shown.resource, each)), each) for each in ours
        ]
        yours = [(str(name_of(shown.resource, each)), each) for each in theirs]
        is_whole = shown.counts and len(ours) == len(theirs) and all(name is not None for name, _ in mine)
        if by or not is_whole:
            both = {name for name, _ in mine} & {name for name, _ in yours}
            mine, yours = (
                [each for each in mine if each[0] in both],
                [each for each in yours if each[0] in both],
            )
        orders = [
            [identities.text(str(at(item, by))) if by else str(name) for name, item in each]
            for each in (mine, yours)
        ]
        if orders[0] != orders[1]:
            decided = is_ordered(shown, operation)
            found.append(Unlike(Aspect.ORDER, place.pointer, shown.rule, *_in_figures(*orders), decided))
    return found


def is_ordered(shown: Shown, operation: Operation) -> bool:
    """Does the contract say in which order a list comes? Of times of their own nothing follows."""
    if by := _sorted_by(shown):
        return by not in {each.pointer for each in shown.resource.timestamps}
    return any(_SAYS_ORDER.search(str(operation.raw.get(key, ""))) for key in ("summary", "description"))


def _sorted_by(shown: Shown) -> str:
    """The property that a request has its list sorted by first; empty where it says nothing of that."""
    sort = shown.described.listing.sort if shown.described.listing is not None else None
    asked = dict(parse_qsl(shown.query)).get(sort.parameter or "", "") if sort is not None else ""
    first = asked.split(",")[0]
    named = [key for key in sort.by if key in first] if sort is not None else []
    return sort.by[max(named, key=len)] if sort is not None and named else ""


def _in_figures(ours: Sequence[Any], theirs: Sequence[Any]) -> tuple[str, str]:
    """Both orders, each item as the number that it has in ours."""
    numbers = {name: str(index) for index, name in reversed(list(enumerate(ours, 1)))}
    told = [" ".join(numbers.get(name, "?") for name in names[:_MOST_SHOWN]) for names in (ours, theirs)]
    return told[0], told[1]
