"""A schema that values keep, where values are all that there is."""

from collections.abc import Sequence
from typing import Any

Raw = dict[str, Any]

_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}


def schema_of(values: Sequence[Any]) -> Raw:
    """The schema of what these values have in common: the types of everything in them, and no more.

    No property is required, and others may be added. A null on its own says nothing about the type.
    """
    by_type: dict[str, list[Any]] = {}
    for value in values:
        if value is not None:
            by_type.setdefault(_TYPES[type(value)], []).append(value)
    if "number" in by_type:
        by_type.pop("integer", None)
    schemas = [_of_type(name, alike) for name, alike in by_type.items()]
    has_null = any(value is None for value in values)
    if len(schemas) > 1:
        return {"anyOf": [*schemas, *([{"type": "null"}] if has_null else [])]}
    for schema in schemas:
        return schema | {"type": [schema["type"], "null"]} if has_null else schema
    return {}


def _of_type(name: str, values: Sequence[Any]) -> Raw:
    if name == "array":
        items = schema_of([item for value in values for item in value])
        return {"type": name, "items": items} if items else {"type": name}
    if name == "object":
        keys = dict.fromkeys(key for value in values for key in value)
        properties = {key: schema_of([value[key] for value in values if key in value]) for key in keys}
        return {"type": name, "properties": properties} if properties else {"type": name}
    return {"type": name}
