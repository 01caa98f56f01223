"""Objects: what is required, what there is room for, and entries of maps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from accord.schemas.sampling.names import snake
from accord.schemas.sampling.synthesis import matching

if TYPE_CHECKING:
    from accord.schemas.sampling.places import Place
    from accord.schemas.sampling.production import Production
    from accord.schemas.sampling.views import View

_MOST_MADE = 200
_ENTRIES = 2
_LEAST_SHARE = 2


def object_of(production: Production, view: View, place: Place, share: int, guide: Any) -> dict[str, Any]:
    """An object; its properties in the contract's order. Raises Unsatisfied where one cannot be made."""
    active = place.active | {id(part) for part, _ in view.parts if "properties" in part}
    guided = guide if isinstance(guide, dict) else None
    names = _names(production, view, place, share, guided, active)
    composite = sum(_is_composite(production.reader.child(view, name)) for name in names)
    each = max(1, (share - len(names)) // max(1, composite))
    result: dict[str, Any] = {}
    for name in names:
        child = production.reader.child(view, name)
        given = [guided[name]] if guided is not None and name in guided else []
        result[name] = production.value(child, place.member(name, active), each, *given)
    return result


def _names(
    production: Production,
    view: View,
    place: Place,
    share: int,
    guide: dict[str, Any] | None,
    active: frozenset[int],
) -> list[str]:
    """The names of the properties that the object gets."""
    required = _required(view)
    if guide is None:
        optional = {
            name for name in view.declared
            if name not in required and _has_room(production, view, name, place, share, active)
        }  # fmt: skip
    else:
        optional = {name for name in guide if name not in required and _may_be(production, view, name)}
    chosen = _with_dependants(view, {*required, *optional})
    names = [name for name in (guide or view.declared) if name in chosen]
    names += [name for name in (*view.declared, *required, *sorted(chosen)) if name in chosen]
    names = _trimmed(view, list(dict.fromkeys(names)), required)
    wanted = _wanted_count(production, view, place, share, names, guide)
    return [*names, *_made(production, view, place, set(names), wanted)]


def _required(view: View) -> dict[str, None]:
    """The names that must be there, and those that must be there because of them."""
    return dict.fromkeys(_with_dependants(view, set(view.required)), None) if view.required else {}


def _with_dependants(view: View, names: set[str]) -> set[str]:
    """The names, with those that `dependentRequired` asks for beside them."""
    tables = [value for value in view.every("dependentRequired") if isinstance(value, dict)]
    waiting = list(names) if tables else []
    while waiting:
        name = waiting.pop()
        for table in tables:
            fresh = [other for other in table.get(name, ()) if other not in names]
            names.update(fresh)
            waiting += fresh
    return names


def _may_be(production: Production, view: View, name: str) -> bool:
    """May a property of that name be there at all?"""
    child = production.reader.child(view, name)
    if child.is_impossible or not child.kinds or name in view.avoided or _is_excluded(view, name):
        return False
    return not production.reader.is_hidden(child) and _is_named_rightly(production, view, name)


def _is_excluded(view: View, name: str) -> bool:
    """Does a `not` forbid the property: `not: {required: [name]}`, alone or as one of `anyOf`?"""
    for each in view.excluded:
        if not isinstance(each, dict):
            continue
        forms = each.get("anyOf", [each])
        for form in forms if isinstance(forms, list) else ():
            if isinstance(form, dict) and set(form) == {"required"} and form["required"][-1:] == [name]:
                return True
    return False


def _has_room(
    production: Production, view: View, name: str, place: Place, share: int, active: frozenset[int]
) -> bool:
    """Is an optional property made? Not where it recurs, leads too deep, or nothing is left to spend."""
    if production.is_lean or not _may_be(production, view, name):
        return False
    child = production.reader.child(view, name)
    if not _is_composite(child):
        return True
    left = production.levels - place.depth - 1
    recurs = any(id(part) in active for part, _ in child.parts if "properties" in part)
    return share >= _LEAST_SHARE and not recurs and left >= 0 and production.reader.fits(child, left)


def _is_composite(view: View) -> bool:
    return bool(view.forms) or bool({"object", "array"}.intersection(view.kinds[:1]))


def _trimmed(view: View, names: list[str], required: dict[str, None]) -> list[str]:
    """No more names than `maxProperties`: the last optional ones go."""
    most = view.least("maxProperties")
    while most is not None and len(names) > most:
        optional = [name for name in names if name not in required]
        if not optional:
            break
        names.remove(optional[-1])
    return names


def _wanted_count(
    production: Production, view: View, place: Place, share: int, names: list[str], guide: Any
) -> int:
    """How many more properties are made: what `minProperties` lacks, or a few entries of a map."""
    lacking = max(0, int(view.most("minProperties") or 0) - len(names))
    if lacking or names or view.declared or guide is not None or production.is_lean:
        return min(lacking, _MOST_MADE)
    is_map = any(isinstance(value, dict) and value for value in view.every("additionalProperties"))
    is_map = is_map or any(value for value in view.every("patternProperties"))
    most = view.least("maxProperties")
    if not is_map or share < _LEAST_SHARE:
        return 0
    return _ENTRIES if most is None else min(_ENTRIES, int(most))


def _made(production: Production, view: View, place: Place, taken: set[str], count: int) -> Iterator[str]:
    """New names for so many entries, such as the contract allows."""
    left = production.levels - place.depth - 1
    for name in _free_names(production, view, place) if count else ():
        if count <= 0:
            return
        child = production.reader.child(view, name)
        recurs = any(id(part) in place.active for part, _ in child.parts if "properties" in part)
        may_be = name not in taken and _may_be(production, view, name) and (
            int(view.most("minProperties") or 0) > len(taken) or (not recurs and production.reader.fits(child, left)))  # fmt: skip
        if may_be:
            taken.add(name)
            count -= 1
            yield name


def _free_names(production: Production, view: View, place: Place) -> Iterator[str]:
    """Candidates for names, those first that patterns and propertyNames ask for."""
    yield from (name for name in view.declared)
    for schema in view.every("propertyNames"):
        if isinstance(schema, dict):
            names = production.reader.view((schema, ""))
            yield from (choice for choice in names.choices or () if isinstance(choice, str))
            for at in range(_MOST_MADE):
                named = production.value(names, place.member(f"name{at}", frozenset()), 1)
                if isinstance(named, str):
                    yield named
    dice = production.dice(f"{place.path} names")
    for patterned in view.every("patternProperties"):
        for pattern in patterned if isinstance(patterned, dict) else ():
            yield from matching(pattern, 1, 40, dice)
    for _ in range(_MOST_MADE):
        yield snake(production.words.sentence(dice)).partition("_")[0]
    yield from (f"key_{at}" for at in range(_MOST_MADE))


def _is_named_rightly(production: Production, view: View, name: str) -> bool:
    """Does `propertyNames` allow the name?"""
    for schema in view.every("propertyNames"):
        names = production.reader.view((schema, ""))
        if names.is_impossible or not names.admits(name):
            return False
        if names.choices is not None and name not in names.choices:
            return False
    return True
