"""Arrays: as many items as are asked for, and a few where nothing is said."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from accord.schemas.sampling.reading import HIGHEST
from accord.schemas.sampling.settled import maker_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from accord.schemas.sampling.places import Place
    from accord.schemas.sampling.production import Production
    from accord.schemas.sampling.settled import Maker
    from accord.schemas.sampling.views import Item, View

_MOST_ITEMS = 2_000
_USUAL_ITEMS = 2
_MOST_TRIES = 60
_TRIES_OF_AN_ITEM = 8
_SHARE_OF_AN_ITEM = 8


@dataclass(frozen=True, slots=True)
class _Terms:
    """What decides about the items of an array beside chance."""

    slots: Mapping[int, Sequence[Item]]
    wanted: int
    each: int
    """What may be spent on each."""
    place: Place
    active: frozenset[int]
    is_unique: bool
    must_repeat: bool
    makers: Sequence[Maker]
    """What makes each item, while none was made that was there already; none where there is a guide."""


def array(production: Production, view: View, place: Place, share: int, guide: Any) -> list[Any]:
    """An array of items that the view admits, as many as were found."""
    guided = guide if isinstance(guide, list) else None
    find = partial(_terms, production, view, place, share, guided)
    key = "array", view, share, production.way.terms
    terms = place.once(key, find) if guided is None else find()
    items: list[Any] = []
    repeated = 0
    for tries in range(terms.wanted * _TRIES_OF_AN_ITEM + _MOST_TRIES):
        if len(items) >= terms.wanted:
            break
        if terms.makers and not repeated:
            item = terms.makers[tries](production)
        else:
            element = _element(production, view, len(items), terms.slots)
            given = [guided[tries]] if guided is not None and tries < len(guided) else []
            at = terms.place.element(tries, terms.active, repeated)
            item = production.value(element, at, terms.each, *given)
        if not terms.is_unique or not _is_among(item, items):
            items.append(item)
        else:
            repeated += 1
    if len(items) > 1 and terms.must_repeat:
        items[-1] = copy.deepcopy(items[0])
    return items


def _terms(production: Production, view: View, place: Place, share: int, guided: list[Any] | None) -> _Terms:
    slots = {} if guided is not None else _assigned(production, view)
    wanted = max(_count(production, view, place, share, guided), max(slots, default=-1) + 1)
    each = max(1, share // max(1, wanted))
    place = place.described(view.text("description"))
    active = place.active | {id(part) for part, _ in view.parts if "items" in part}
    makers = [
        maker_of(production, _element(production, view, at, slots), place.element(at, active), each)
        for at in range(wanted if guided is None else 0)
    ]
    return _Terms(
        slots,
        wanted,
        each,
        place,
        active,
        any(value is True for value in view.every("uniqueItems")),
        any(isinstance(each, dict) and bool(each.get("uniqueItems")) for each in view.excluded),
        makers,
    )


def _element(production: Production, view: View, at: int, slots: Mapping[int, Sequence[Item]]) -> View:
    """The view of the item at an index: of some, also what the array must contain."""
    reader = production.reader
    if at in slots:
        return reader.view(*view.element_items(at), *slots[at])
    if "maxContains" in view.keywords:
        full = [part["contains"] for part, _ in view.parts if "contains" in part and "maxContains" in part]
        return reader.view(*view.element_items(at), *(reader.negated(schema) for schema in full))
    return reader.element(view, at)


def _assigned(production: Production, view: View) -> dict[int, list[Item]]:
    """Where the items stand that the array must contain: each in the first place that may have it."""
    slots = list(_slots(view))
    if not slots:
        return {}
    prefix = max((len(value) for value in view.every("prefixItems") if isinstance(value, list)), default=0)
    places = range(min(_most(view), prefix + len(slots)))
    found: dict[int, list[Item]] = {}
    for slot in slots:
        free = sorted(places, key=lambda at: at in found)
        at = next(
            (at for at in free if _may_be(production, view, at, [*found.get(at, ()), slot])), len(found)
        )
        found.setdefault(at, []).append(slot)
    return found


def _may_be(production: Production, view: View, at: int, slots: Sequence[Item]) -> bool:
    """May there be an item at an index that is all of these, too?"""
    element = production.reader.view(*view.element_items(at), *slots)
    return element.choices != () and production.reader.height(element) < HIGHEST


def _is_among(item: Any, items: list[Any]) -> bool:
    """Is an equal item there already? A number and a truth value are not equal in JSON."""
    return any(item == other and isinstance(item, bool) == isinstance(other, bool) for other in items)


def _slots(view: View) -> Iterator[Item]:
    """What the array must contain, each as often as it must."""
    for part, pointer in view.parts:
        if "contains" in part:
            least = part.get("minContains", 1)
            count = least if isinstance(least, int) else 1
            yield from [(part["contains"], f"{pointer}/contains" if pointer else "")] * min(
                count, _MOST_ITEMS
            )


def _count(production: Production, view: View, place: Place, share: int, guided: list[Any] | None) -> int:
    """How many items: what is asked for or was given, else a few while there is room."""
    least = int(view.most("minItems") or 0)
    most = _most(view)
    if guided is not None:
        return max(least, min(len(guided), most))
    element = production.reader.element(view, 0)
    left = production.way.levels - place.depth - 1
    recurs = any(
        id(part) in place.active for part, _ in element.parts if part.keys() & {"properties", "items"}
    )
    if production.way.is_lean or recurs or left < 0 or not production.reader.fits(element, left):
        return min(least, _MOST_ITEMS)
    return min(max(least, min(_usual(view, element, place, share), most)), _MOST_ITEMS)


def _usual(view: View, element: View, place: Place, share: int) -> int:
    """How many items people would show: each of a tuple, few of what is large."""
    prefix = max((len(value) for value in view.every("prefixItems") if isinstance(value, list)), default=0)
    is_composite = bool(element.forms) or bool({"object", "array"}.intersection(element.kinds[:1]))
    is_crowded = share < _USUAL_ITEMS * _SHARE_OF_AN_ITEM or place.depth > 1
    return prefix or (1 if is_composite and is_crowded else _USUAL_ITEMS)


def _most(view: View) -> int:
    """The most items that are allowed."""
    most = view.least("maxItems")
    ends = [_closed(part) for part, _ in view.parts]
    return min([_MOST_ITEMS if most is None else int(most), *(end for end in ends if end is not None)])


def _closed(part: Any) -> int | None:
    """After how many items a part allows no more."""
    prefix = part.get("prefixItems")
    if part.get("items") is False or (part.get("unevaluatedItems") is False and isinstance(prefix, list)):
        return len(prefix) if isinstance(prefix, list) else 0
    return None
