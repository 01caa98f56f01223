"""Where in a body an item or a list's items stand, and what else an envelope has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from accord.document import pointers
from accord.mocking.resources.fields import Fields, Reader
from accord.mocking.resources.identifying import Hints, identify
from accord.mocking.resources.model import Place
from accord.mocking.resources.names import base_of, snake

_DEEPEST = 3
_DATA = ("data", "result", "response", "payload", "item", "body", "content", "record", "entity", "resource")
_ITEMS = (
    "items", "data", "results", "result", "records", "content", "contents", "value", "values", "entries",
    "rows",
    "elements", "objects", "list", "resources", "hits", "docs", "documents", "nodes", "collection",
    "entities",
)  # fmt: skip
_AROUND = frozenset(
    ("message", "messages", "meta", "metadata", "status", "status_code", "code", "success", "ok", "error",
     "errors", "warnings", "warning", "links", "link", "included", "jsonapi", "request_id", "timestamp",
     "time",
     "version", "took", "usage", "object", "kind", "api_version", "detail", "details", "trace_id", "etag",
     "response_metadata", "pagination", "paging", "page", "info", "id", "provider_name", "date_time_utc",
     "msg", "result_code", "extensions", "debug")
)  # fmt: skip
_COUNTED = frozenset(
    ("total", "count", "size", "limit", "offset", "skip", "start", "pages", "cursor", "cursors", "next",
     "previous", "prev", "first", "last", "has_more", "more", "after", "before", "continue", "number",
     "empty",
     "sort", "pageable", "length", "facets", "aggregations", "next_page", "truncated", "incomplete_results",
     "first_id", "last_id", "url", "page_info", "self", "per_page", "sort_by", "order", "name", "filter",
     "key",
     "title", "description", "type", "uri", "href", "query")
)  # fmt: skip
_COUNTING = (
    "total",
    "page",
    "next",
    "previous",
    "prev",
    "has",
    "count",
    "number",
    "max",
    "items",
    "is",
    "num",
)
_COUNTED_LAST = ("count", "total", "token", "cursor", "pages", "offset", "marker")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: the hints of the item, and the homes of schemas that are known to be of it."""

    hints: Hints
    homes: frozenset[str] = frozenset()


def find_item(reader: Reader, schema: str, sought: Sought) -> Place | None:
    """Where the item stands in a body of the schema; None where it holds none."""
    return _item(reader, schema, sought, "", 0)


def _item(reader: Reader, schema: str, sought: Sought, at: str, depth: int) -> Place | None:
    fields = reader.read(schema)
    if fields.is_array or fields.is_scalar:
        return None
    if fields.home in sought.homes or identify(reader, fields, sought.hints):
        return Place(at, schema)
    name = _wrapped(reader, fields, sought) if depth < _DEEPEST else None
    if name is None:
        return Place(at, schema) if fields.is_object else None
    inner = reader.child(fields, name)
    if inner.is_array:
        return Place(pointers.join(at, name), str(inner.items), many=True)
    return _item(reader, fields.properties[name], sought, pointers.join(at, name), depth + 1)


def _wrapped(reader: Reader, fields: Fields, sought: Sought) -> str | None:
    """The property of an envelope that has the item in it; None where the object is no envelope."""
    named = {name: reader.child(fields, name) for name in fields.properties}
    objects = [name for name, each in named.items() if each.is_object and each.properties]
    for name in objects:
        if named[name].home in sought.homes:
            return name
    likely = [name for name in named if base_of(name) == sought.hints.base]
    likely += [name for name in _DATA if name in named]
    likely += objects if len(named) == 1 else []
    for name in likely:
        rest = {snake(other).strip("_") for other in named if other != name}
        if name in objects and rest <= _AROUND:
            return name
        if named[name].is_array and rest <= _AROUND and _items_home(reader, named[name]) in sought.homes:
            return name
    return None


def _items_home(reader: Reader, fields: Fields) -> str:
    return reader.read(fields.items).home if fields.items else ""


def find_items(reader: Reader, schema: str, sought: Sought) -> Place | None:
    """Where the items of a list stand in a body of the schema; None where it is no list of objects."""
    return _items(reader, schema, sought, "", 0)


def _items(reader: Reader, schema: str, sought: Sought, at: str, depth: int) -> Place | None:
    fields = reader.read(schema)
    if fields.is_array:
        return Place(at, fields.items, many=True) if fields.items and _holds_objects(reader, fields) else None
    if not fields.properties or depth >= _DEEPEST:
        return None
    named = {name: reader.child(fields, name) for name in fields.properties}
    name = _listed(reader, named, sought)
    if name is not None:
        return Place(pointers.join(at, name), str(named[name].items), many=True)
    for name in _inner(named, sought):
        found = _items(reader, fields.properties[name], sought, pointers.join(at, name), depth + 1)
        if found is not None:
            return found
    return None


def _listed(reader: Reader, named: Mapping[str, Fields], sought: Sought) -> str | None:
    """The property of a list's envelope that is the array of its items."""
    arrays = [name for name, each in named.items() if each.is_array and _holds_objects(reader, each)]
    own = [name for name in arrays if _items_home(reader, named[name]) in sought.homes]
    if len(own) == 1:
        return own[0]
    rest = {name: snake(name).strip("_@$") for name in named}
    for name in _likely_lists(arrays, sought):
        others = [text for other, text in rest.items() if other != name]
        if name in _ITEMS and not _is_item(named, sought):
            return name
        if all(_may_surround(text) for text in others):
            return name
    return None


def _likely_lists(arrays: list[str], sought: Sought) -> Iterator[str]:
    base = sought.hints.base
    yield from (name for name in _ITEMS if name in arrays)
    yield from (name for name in arrays if base_of(name) == base or base.endswith(base_of(name)))
    if len(arrays) == 1:
        yield arrays[0]


def _is_item(named: Mapping[str, Fields], sought: Sought) -> bool:
    """Is the object itself an item, that happens to hold an array?"""
    return "id" in named and "object" not in named and sought.hints.parameter is not None


def _may_surround(name: str) -> bool:
    """Can a property of that name, in small letters, stand beside the items of a list?"""
    words = name.split("_")
    known = name in _AROUND or name in _COUNTED
    return known or words[0] in _COUNTING or words[-1] in _COUNTED_LAST


def _inner(named: Mapping[str, Fields], sought: Sought) -> Iterator[str]:
    """The properties that may hold the whole list in turn."""
    for name, each in named.items():
        likely = (
            name in ("_embedded", *_DATA, "results", "list", "meta_data")
            or base_of(name) == sought.hints.base
        )
        alone = all(_may_surround(snake(other).strip("_")) for other in named if other != name)
        if each.is_object and each.properties and alone and (likely or len(named) == 1):
            yield name


def _holds_objects(reader: Reader, fields: Fields) -> bool:
    return fields.items is not None and reader.read(fields.items).is_object
