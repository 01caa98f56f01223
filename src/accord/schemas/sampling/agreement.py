"""Numbers of an object that speak of what else is in it: how many items there are, and how many pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accord.schemas.sampling.names import plural, words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from accord.schemas.sampling.production import Production
    from accord.schemas.sampling.views import View

_LISTS = words_of(
    "items data results records entries values rows list elements content hits docs "
    "documents objects members "
    "resources edges nodes"
)
_TOTALS = words_of(
    "total total_count count total_items total_results total_records total_elements total_size total_hits "
    "num_results result_count item_count items_count number_of_elements number_of_results num_found length "
    "total_number record_count results_count entries_count total_entries returned matched"
)
_PAGINATION = words_of("meta pagination paging page page_info page_meta pager metadata _meta result_info")
_FIRSTS = words_of("page current_page page_number pages total_pages page_count last_page num_pages")
_PAGE_SIZES = words_of("per_page page_size limit items_per_page page_limit results_per_page")
_STARTS = words_of("offset skip start start_index from start_at")
_AFTER = ("_count", "_total", "_size", "_length")
_BEFORE = ("total_", "number_of_", "number_", "num_", "count_of_", "count_")
_OF_PAGES = _PAGINATION | _TOTALS | _FIRSTS | _PAGE_SIZES | _STARTS
_USUAL_PAGE = 20


def may_agree(plain: Collection[str]) -> bool:
    """Is there something to agree, where an object has properties of these names in snake case?"""
    return any(
        name in _OF_PAGES or (counted := _counted(name)) in plain or (counted and plural(counted) in plain)
        for name in plain
    )


def agreed(production: Production, view: View, value: dict[str, Any]) -> dict[str, Any]:
    """The object, its counts those of its lists where its schema allows."""
    plain = production.words.plain
    lists = {plain(name): items for name, items in value.items() if isinstance(items, list)}
    if not lists:
        return value
    items = _paged(lists)
    names = {name: plain(name) for name, number in value.items() if _is_number(number)}
    for name, number in {**_pages(names, items), **_counts(names, lists)}.items():
        _set(production.reader.child(view, name), value, name, number)
    for name, inner in value.items() if items is not None else ():
        if isinstance(inner, dict) and plain(name) in _PAGINATION:
            child = production.reader.child(view, name)
            within = {of_page: plain(of_page) for of_page, number in inner.items() if _is_number(number)}
            for of_page, number in _pages(within, items).items():
                _set(production.reader.child(child, of_page), inner, of_page, number)
    return value


def _set(view: View, value: dict[str, Any], name: str, number: int) -> None:
    """Puts the number there, as a text where the contract has it so; not in place of an example."""
    new = str(number) if isinstance(value[name], str) else number
    if not view.forms and next(view.every("examples"), None) is None and view.admits(new):
        value[name] = new


def _counts(names: Mapping[str, str], lists: Mapping[str, list[Any]]) -> dict[str, int]:
    """How long the lists are that names such as `tag_count`, `total_tags` or `number_of_tags` count."""
    found = {}
    for name, plain in names.items():
        counted = _counted(plain)
        for listed in (counted, plural(counted)) if counted else ():
            if listed in lists:
                found[name] = len(lists[listed])
    return found


def _counted(plain: str) -> str | None:
    """What a number of that name counts, if it counts anything."""
    counted = next((plain.removesuffix(end) for end in _AFTER if plain.endswith(end)), None)
    return counted or next((plain.removeprefix(start) for start in _BEFORE if plain.startswith(start)), None)


def _paged(lists: Mapping[str, list[Any]]) -> list[Any] | None:
    """The list that the object is a page of: the one of that name, or the only one there is."""
    named = [items for name, items in lists.items() if name in _LISTS]
    return named[0] if named else next(iter(lists.values())) if len(lists) == 1 else None


def _pages(names: Mapping[str, str], items: list[Any] | None) -> dict[str, int]:
    """What numbers say of the one page that there is."""
    if items is None:
        return {}
    stated = ((_TOTALS, len(items)), (_FIRSTS, 1), (_PAGE_SIZES, max(len(items), _USUAL_PAGE)), (_STARTS, 0))
    return {name: number for name, plain in names.items() for words, number in stated if plain in words}


def _is_number(value: Any) -> bool:
    is_integer = isinstance(value, int) and not isinstance(value, bool)
    return is_integer or (isinstance(value, str) and value.isdecimal())
