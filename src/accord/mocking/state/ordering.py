"""In which order a list has its items."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from accord.document import pointers
from accord.document.pointers import found
from accord.mocking.resources import Sort
from accord.mocking.state.world import Item

Parameters: TypeAlias = Mapping[tuple[str, str], Any]
"""A request's parameters by location and name, as the judge decoded them."""
Rank: TypeAlias = tuple[int, float, str]
_DESCENDING = frozenset({"desc", "descending", "-1", "dsc"})
_DIRECTIONS = _DESCENDING | {"asc", "ascending"}


def ordered(items: list[Item], sort: Sort, parameters: Parameters) -> list[Item]:
    """The items by what the parameters name: by the last of it first, since sorting keeps equal ones."""
    asked = parameters.get(("query", sort.parameter)) if sort.parameter else None
    direction = str(parameters.get(("query", sort.direction), "")) if sort.direction else ""
    keys = asked if isinstance(asked, list) else str(asked).split(",") if asked else []
    if not keys and sort.default and direction:
        keys = [sort.default]
    if keys and str(keys[-1]).lower() in _DIRECTIONS and str(keys[-1]) not in sort.by:
        *keys, direction = map(str, keys)  # Spring writes `name,desc`
    for key in reversed(keys):
        name, is_down = _key(str(key).strip(), sort.by)
        pointer = sort.by.get(name)
        if pointer is not None:
            tokens = pointers.split(pointer)
            items = sorted(
                items,
                key=lambda item, tokens=tokens: rank_of(found(item.value, tokens)),  # type: ignore[misc]
                reverse=is_down or direction.lower() in _DESCENDING,
            )
    return items


def _key(text: str, by: Mapping[str, str]) -> tuple[str, bool]:
    """What to sort by and whether downwards, in any of the ways that this is written."""
    if text in by:
        return text, False
    if text[:1] in "+-":
        return text[1:], text[0] == "-"
    for separator in (":", " ", ".", "_"):
        name, _, direction = text.rpartition(separator)
        if name in by and direction.lower() in _DIRECTIONS:
            return name, direction.lower() in _DESCENDING
    return text, False


def rank_of(value: Any) -> Rank:
    """What orders values of any type: nothing first, then numbers, then text."""
    if value is None:
        return 0, 0, ""
    if isinstance(value, int | float):
        return 1, float(value), ""
    return 2, 0, str(value).casefold()
