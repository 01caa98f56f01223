"""Arrays: as many items as are asked for, and a few where nothing is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accord.schemas.validators import verdict_of

if TYPE_CHECKING:
    from accord.schemas.sampling.places import Place
    from accord.schemas.sampling.production import Production
    from accord.schemas.sampling.views import Item, View

_MOST_ITEMS = 2_000
_USUAL_ITEMS = 2
_MOST_TRIES = 60


def array(production: Production, view: View, place: Place, share: int, guide: Any) -> list[Any] | None:
    """An array that the view admits. None where none was found."""
    if isinstance(guide, list):
        count, most = _bounds(view)
        wanted = max(count, min(len(guide), most))
    else:
        wanted = _count(production, view, place, share)
    items: list[Any] = []
    active = place.active | {id(part) for part, _ in view.parts if "items" in part}
    is_unique = any(value is True for value in view.every("uniqueItems"))
    contained = _contained(view)
    tries = 0
    while len(items) < wanted and tries < wanted + _MOST_TRIES:
        at = len(items)
        element = production.reader.element(view, at)
        if contained and at < contained[1] and not isinstance(guide, list):
            element = production.reader.view(*view.element_items(at), *contained[0])
        where = place.element(tries, active)
        given = [guide[at]] if isinstance(guide, list) and tries < len(guide) else []
        item = production.value(element, where, max(1, share // max(1, wanted)), *given)
        tries += 1
        if not is_unique or not _is_among(item, items):
            items.append(item)
    return items


def _is_among(item: Any, items: list[Any]) -> bool:
    """Is an equal item there already? Numbers and truth values differ in JSON."""
    equal = verdict_of({"const": item})
    return any(item == other and equal(other) for other in items)


def _bounds(view: View) -> tuple[int, int]:
    """The fewest and the most items."""
    least = int(view.most("minItems") or 0)
    for wanted in view.every("contains"):
        least = max(least, int(view.most("minContains") or 1) if wanted is not False else 0)
    most = view.least("maxItems")
    closed = [_closed(part) for part, _ in view.parts]
    most = min([_MOST_ITEMS if most is None else int(most), *(end for end in closed if end is not None)])
    return least, most


def _closed(part: Any) -> int | None:
    """After how many items a part allows no more."""
    if part.get("items") is False or part.get("unevaluatedItems") is False:
        prefix = part.get("prefixItems")
        if isinstance(prefix, list) or part.get("items") is False:
            return len(prefix) if isinstance(prefix, list) else 0
    return None


def _count(production: Production, view: View, place: Place, share: int) -> int:
    """How many items: what is asked for, else a few while there is room."""
    least, most = _bounds(view)
    left = production.levels - place.depth - 1
    element = production.reader.element(view, 0)
    recurs = any(
        id(part) in place.active for part, _ in element.parts if "properties" in part or "items" in part
    )
    if production.is_lean or recurs or left < 0 or share < 1 or not production.reader.fits(element, left):
        return min(least, _MOST_ITEMS)
    prefix = max((len(value) for value in view.every("prefixItems") if isinstance(value, list)), default=0)
    is_composite = bool({"object", "array"}.intersection(element.kinds[:1]))
    usual = prefix or (1 if is_composite and (share < _USUAL_ITEMS * 8 or place.depth > 1) else _USUAL_ITEMS)
    return max(least, min(usual, most))


def _contained(view: View) -> tuple[list[Item], int] | None:
    """The schemas of what an array must contain, and how many times."""
    found: list[Item] = []
    count = 0
    for part, pointer in view.parts:
        if "contains" in part:
            found.append((part["contains"], f"{pointer}/contains" if pointer else ""))
            wanted = part.get("minContains", 1)
            count = max(count, wanted if isinstance(wanted, int) else 1)
    return (found, count) if found else None
