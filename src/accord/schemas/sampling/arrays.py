"""Arrays: as many items as are asked for, and a few where nothing is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accord.schemas.sampling.places import Place
    from accord.schemas.sampling.production import Production
    from accord.schemas.sampling.views import Item, View

_MOST_ITEMS = 2_000
_USUAL_ITEMS = 2
_MOST_TRIES = 60
_SHARE_OF_AN_ITEM = 8


def array(production: Production, view: View, place: Place, share: int, guide: Any) -> list[Any]:
    """An array of items that the view admits, as many as were found."""
    guided = guide if isinstance(guide, list) else None
    wanted = _count(production, view, place, share, guided)
    active = place.active | {id(part) for part, _ in view.parts if "items" in part}
    is_unique = any(value is True for value in view.every("uniqueItems"))
    slots = [] if guided is not None else list(_slots(view))
    each = max(1, share // max(1, wanted))
    items: list[Any] = []
    for tries in range(wanted + _MOST_TRIES):
        if len(items) >= wanted:
            break
        element = _element(production, view, len(items), slots)
        given = [guided[tries]] if guided is not None and tries < len(guided) else []
        item = production.value(element, place.element(tries, active), each, *given)
        if not is_unique or not _is_among(item, items):
            items.append(item)
    return items


def _element(production: Production, view: View, at: int, slots: list[Item]) -> View:
    """The view of the item at an index: of the first ones, also what the array must contain."""
    reader = production.reader
    if at < len(slots):
        return reader.view(*view.element_items(at), slots[at])
    full = [part["contains"] for part, _ in view.parts if "contains" in part and "maxContains" in part]
    if full:
        return reader.view(*view.element_items(at), *(reader.negated(schema) for schema in full))
    return reader.element(view, at)


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
    least = max(int(view.most("minItems") or 0), sum(1 for _ in _slots(view)))
    most = _most(view)
    if guided is not None:
        return max(least, min(len(guided), most))
    element = production.reader.element(view, 0)
    left = production.levels - place.depth - 1
    recurs = any(
        id(part) in place.active for part, _ in element.parts if part.keys() & {"properties", "items"}
    )
    if production.is_lean or recurs or left < 0 or not production.reader.fits(element, left):
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
