"""Which items a list shows and in which order, by its query parameters."""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from typing import Any

from accord.contract import Operation
from accord.document import pointers
from accord.mocking.resources.asking import Asking, asked_of
from accord.mocking.resources.fields import Fields, Reader
from accord.mocking.resources.model import Filter, Operator, Sort
from accord.mocking.resources.names import singular, snake
from accord.mocking.resources.paging import parts_of

_SORTS = (
    "sort",
    "sort_by",
    "sortby",
    "order_by",
    "orderby",
    "ordering",
    "sort_field",
    "sort_key",
    "sort_column",
)
_DIRECTIONS = ("order", "direction", "sort_order", "sort_direction", "sort_dir", "dir", "order_direction")
_SEARCHES = (
    "q",
    "query",
    "search",
    "search_term",
    "keyword",
    "keywords",
    "term",
    "search_query",
    "filter_text",
    "filter_term",
)
_SILENT = frozenset(
    ("fields", "expand", "include", "embed", "format", "pretty", "exclude", "select", "envelope", "locale",
     "language", "metadata", "meta", "version", "api_version", "resource_version",
     "attributes", "relationships")
)  # fmt: skip
_OPERATORS: Mapping[str, Operator] = {
    "eq": "eq", "ne": "ne", "neq": "ne", "not": "ne", "gt": "gt", "gte": "gte", "ge": "gte", "lt": "lt",
    "lte": "lte", "le": "lte", "in": "in", "contains": "contains", "like": "contains",
    "ilike": "contains", "prefix": "prefix", "starts_with": "prefix", "startswith": "prefix",
    "from": "gte", "to": "lte", "min": "gte", "max": "lte", "since": "gte", "until": "lte",
    "after": "gt", "before": "lt",
}  # fmt: skip
_BRACKETS = re.compile(r"(?P<name>[^\[\]]+)\[(?P<inner>[^\[\]]+)\](?:\[(?P<operator>[^\[\]]+)\])?(?:\[\])?")
_ALL = frozenset({"all", "any", "both", "*"})
_BOUND = re.compile(r"(start|end|Start|End)(?=[_A-Z-])")
_DIRECTION_VALUES = frozenset({"asc", "desc", "ascending", "descending"})
_DIRECTION_SUFFIX = re.compile(r"(?:[:\s._-]?(?:asc|desc)(?:ending)?)$", re.IGNORECASE)


def filters_of(reader: Reader, operation: Operation, item: Fields) -> tuple[Filter, ...]:
    """The query parameters that name a property of the items."""
    known = reader.inner(item)
    sort = sort_of(reader, operation, item)
    taken = {each.name for each in parts_of(reader, operation).values()}
    taken |= {name for name in (sort.parameter, sort.direction) if name} if sort else set()
    asked = {each.name: each for each in asked_of(reader, operation) if each.location == "query"}
    found: list[Filter] = []
    for name, parameter in asked.items():
        if name not in taken and snake(name) not in _SILENT:
            found += _filters(reader, parameter, known)
    return tuple(_ranged(each, asked) for each in found)


def _ranged(found: Filter, asked: Container[str]) -> Filter:
    """The filter, where a start and an end are asked for together as what they are: the bounds of a time."""
    bound = _BOUND.match(found.parameter)
    if bound is None or found.operator != "eq" or f"{found.parameter}>" in asked:
        return found
    word = bound[0]
    twin = {"start": "end", "end": "start", "Start": "End", "End": "Start"}[word] + found.parameter[
        len(word) :
    ]
    return replace(found, operator="gte" if word.lower() == "start" else "lte") if twin in asked else found


def _filters(reader: Reader, parameter: Asking, known: Mapping[str, tuple[str, Fields]]) -> Iterator[Filter]:
    own = reader.read(parameter.schema) if parameter.schema else None
    for name, operator in _readings(parameter.name):
        text = snake(name)
        for candidate in dict.fromkeys((text, singular(text), f"{text}s")):
            if candidate not in known:
                continue
            pointer, fields = known[candidate]
            if own is not None and own.is_object and "array" not in own.types and operator == "eq":
                if set(own.properties) <= set(_OPERATORS) and own.properties:
                    because = f"its members compare {pointer}"
                    yield Filter(parameter.name, pointer, "range", because=because, holder=parameter.holder)
                return
            if not _compares(reader, own, fields, operator):
                return
            many = own is not None and "array" in own.types
            because = f"{pointer} is a property of the item"
            every = _every(reader, parameter)
            yield Filter(parameter.name, pointer, operator, many, every, because, parameter.holder)
            return


def _readings(name: str) -> Iterator[tuple[str, Operator]]:
    """The properties that a parameter's name may mean, with the operator, the likeliest first."""
    if match := _BRACKETS.fullmatch(name):
        if match["name"] in ("filter", "filters", "where"):
            yield match["inner"], _OPERATORS.get(match["operator"] or "eq", "eq")
        elif match["inner"] in _OPERATORS:
            yield match["name"], _OPERATORS[match["inner"]]
        return
    if name.endswith(("<", ">")):
        yield name[:-1], "lte" if name.endswith("<") else "gte"
        return
    yield name, "eq"
    for text, suffix in _suffixes(name):
        if suffix in _OPERATORS:
            yield text, _OPERATORS[suffix]
            yield f"{text}_at", _OPERATORS[suffix]
    prefix, _, rest = snake(name).partition("_")
    if rest and prefix in ("min", "max"):
        yield rest, _OPERATORS[prefix]


def _suffixes(name: str) -> Iterator[tuple[str, str]]:
    for joint in ("__", "."):
        text, found, suffix = name.rpartition(joint)
        if found:
            yield text, suffix
    words = snake(name).split("_")
    for count in (1, 2):
        if len(words) > count:
            yield "_".join(words[:-count]), "_".join(words[-count:])


def _every(reader: Reader, parameter: Asking) -> tuple[str, ...]:
    """The values of a filter that keep every item."""
    return tuple(value for value in _values(reader, parameter) if value.lower() in _ALL)


def _compares(reader: Reader, own: Fields | None, fields: Fields, operator: Operator) -> bool:
    """Can what the parameter takes be compared with the property?"""
    asked = own.types - {"null", "array"} if own else frozenset()
    if own is not None and own.is_array:
        asked = frozenset()
    if "array" in fields.types:
        inner = reader.read(fields.items).types if fields.items else frozenset()
        return operator in ("eq", "in", "contains") and not inner & {"object", "array"}
    if fields.is_object and not fields.types & {"string", "integer", "number", "boolean"}:
        return False
    if asked and fields.types - {"null"} and ("boolean" in asked) != ("boolean" in fields.types):
        return False
    return operator in ("eq", "ne", "in", "not_in", "contains", "prefix") or "boolean" not in fields.types


def sort_of(reader: Reader, operation: Operation, item: Fields) -> Sort | None:
    """The parameters that order a list; None where none is known to."""
    asked = (each for each in asked_of(reader, operation) if each.location == "query")
    named = {snake(each.name.strip("$")): each for each in asked}
    known = reader.inner(item)
    direction = next(
        (named[name] for name in _DIRECTIONS if name in named and _is_direction(reader, named[name])), None
    )
    chosen = [*_SORTS, "order"] if direction is None or snake(direction.name) != "order" else _SORTS
    sort = next((named[name] for name in chosen if name in named), None)
    if sort is not None and sort is not direction and _is_direction(reader, sort):
        sort, direction = None, sort
    by = _sortable(reader, sort, known) if sort else _by_time(known)
    if not by:
        return None
    because = " and ".join(f"the parameter {each.name!r}" for each in (sort, direction) if each)
    if not because:
        return None
    default = _default(reader, sort) if sort else next(iter(by))
    return Sort(sort.name if sort else None, by, direction.name if direction else None, default, because)


def _sortable(
    reader: Reader, parameter: Asking, known: Mapping[str, tuple[str, Fields]]
) -> Mapping[str, str]:
    """What may be sent, without its direction, and the pointer of the property it means."""
    listed = _values(reader, parameter)
    if not listed:
        return {
            pointers.split(pointer)[-1]: pointer
            for pointer, fields in known.values()
            if not fields.types & {"array", "object"} or fields.types & {"string", "integer", "number"}
        }
    found: dict[str, str] = {}
    for value in listed:
        text = _DIRECTION_SUFFIX.sub("", value.lstrip("+-"))
        for name in (snake(text), f"{snake(text)}_at", f"{snake(text)}s"):
            if name in known:
                found.setdefault(text, known[name][0])
                break
    return found


def _by_time(known: Mapping[str, tuple[str, Fields]]) -> Mapping[str, str]:
    """The time of creation, by which lists are ordered that let only the direction be chosen."""
    names = ("created_at", "created", "create_time", "creation_date", "date_created")
    return next(({pointers.split(known[name][0])[-1]: known[name][0]} for name in names if name in known), {})


def _is_direction(reader: Reader, parameter: Asking) -> bool:
    values = _values(reader, parameter)
    if not values and snake(parameter.name) in ("sort_order", "sort_direction", "sort_dir"):
        return True
    return bool(values) and {value.lower() for value in values} <= _DIRECTION_VALUES


def _values(reader: Reader, parameter: Asking) -> list[str]:
    if parameter.schema is None:
        return []
    fields = reader.read(parameter.schema)
    listed: Any = fields.first("enum")
    if listed is None and fields.items:
        listed = reader.read(fields.items).first("enum")
    return [value for value in listed if isinstance(value, str)] if isinstance(listed, list) else []


def _default(reader: Reader, parameter: Asking) -> str | None:
    default = reader.read(parameter.schema).first("default") if parameter.schema else None
    return default if isinstance(default, str) else None


def search_of(operation: Operation) -> str | None:
    """The query parameter of a search in the items' text."""
    named = {
        snake(each.name.strip("$")): each.name for each in operation.parameters if each.location == "query"
    }
    return next((named[name] for name in _SEARCHES if name in named), None)
