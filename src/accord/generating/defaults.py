"""Defaults as models can hold them: a value that stands in source as it is written in the contract."""

from collections.abc import Callable
from typing import Any

from accord.generating.shapes import Shape

_KEPT = frozenset({"properties", "default", "enum"})


def held(shape: Shape, target: Callable[[str], Shape]) -> Shape:
    """The shape with each default that source can state, at any depth. `target` gives a class's shape.

    Text is not a date: where a date, a UUID or the like has a default, the type is text, so that the
    default is kept. A default that is made of classes is left out.
    """
    made = {key: _held_in(key, value, target) for key, value in shape.items()}
    default = made.get("default")
    if default in (None, [], {}) and "$ref" not in made:
        return made
    if "$ref" in made:
        return (
            made if _is_plain(default, target(made["$ref"].rpartition("/")[2])) else _without(made, "default")
        )
    if isinstance(default, dict | list) and _refers(made):
        return _without(made, "default")
    return _without_format(made)


def _held_in(key: str, value: Any, target: Callable[[str], Shape]) -> Any:
    if key == "properties":
        return {name: held(shape, target) for name, shape in value.items()}
    if key in {"items", "additionalProperties"} and isinstance(value, dict):
        return held(value, target)
    if key in {"allOf", "anyOf", "oneOf"}:
        return [held(shape, target) for shape in value]
    return value


def _is_plain(default: Any, shape: Shape) -> bool:
    """Can the default of a reference be written: a scalar, for a type that is one as well?"""
    known = shape.keys() <= {"type", "enum", "description", "default"}
    return known and default is not None and not isinstance(default, dict | list)


def _refers(shape: Any) -> bool:
    if isinstance(shape, dict):
        return "$ref" in shape or any(_refers(child) for child in shape.values())
    return isinstance(shape, list) and any(_refers(child) for child in shape)


def _without_format(shape: Shape) -> Shape:
    """The shape without formats, but those of its properties: each of these has its own default."""
    return {
        key: value if key in _KEPT else _unformatted(value) for key, value in shape.items() if key != "format"
    }


def _unformatted(value: Any) -> Any:
    if isinstance(value, list):
        return [_unformatted(child) for child in value]
    return _without_format(value) if isinstance(value, dict) else value


def _without(shape: Shape, key: str) -> Shape:
    return {name: value for name, value in shape.items() if name != key}
