"""Schemas with references that lead elsewhere."""

from collections.abc import Callable, Mapping
from typing import Any

MAPS = frozenset(("properties", "patternProperties", "dependentSchemas", "$defs"))
"""Keywords that hold schemas by name (JSON Schema 2020-12)."""
DATA = frozenset(("enum", "const", "examples", "default", "example"))
"""Keywords that hold plain values, in which nothing is a schema."""
_OF_ROOTS = ("$defs", "$schema")


def leading(schema: Any, elsewhere: Callable[[str], str]) -> Any:
    """The schema, without definitions of its own, each `$ref` as `elsewhere` makes it of the one written."""
    if isinstance(schema, list):
        return [leading(each, elsewhere) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: value for key, value in schema.items() if key not in _OF_ROOTS}
    return {key: _led(key, value, elsewhere) for key, value in kept.items()}


def _led(key: str, value: Any, elsewhere: Callable[[str], str]) -> Any:
    if key == "$ref" and isinstance(value, str):
        return elsewhere(value)
    if key in DATA:
        return value
    if key in MAPS and isinstance(value, Mapping):
        return {name: leading(each, elsewhere) for name, each in value.items()}
    return leading(value, elsewhere)
