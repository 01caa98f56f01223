"""One shape in place of an `allOf` whose parts disagree about a property.

Where parts do not disagree, a class inherits from the classes of the parts. Where one part states a
property again with another type, Python's type rules refuse the override, so the class is written out.
"""

from collections.abc import Callable, Iterator
from typing import Any

from accord.generating.shapes import Shape

_NOTES = frozenset({"description", "default"})
_OBJECT = frozenset({"type", "properties", "required", "additionalProperties", "allOf", "$ref"}) | _NOTES


def merged(shape: Shape, target: Callable[[str], Shape]) -> Shape:
    """The shape itself, or with its `allOf` written out. `target` gives the shape behind a class's name."""
    if "allOf" not in shape:
        return shape
    parts = list(_parts(shape, target))
    if not all(part.keys() <= _OBJECT for part in parts) or not _disagree(parts):
        return shape
    return {"type": "object", **_joined(parts), **{key: shape[key] for key in _NOTES & shape.keys()}}


def _parts(shape: Shape, target: Callable[[str], Shape]) -> Iterator[Shape]:
    """Every schema that has to hold, innermost first, references followed."""
    if isinstance(ref := shape.get("$ref"), str):
        yield from _parts(target(ref.rpartition("/")[2]), target)
    for part in shape.get("allOf", ()):
        yield from _parts(part, target)
    if own := {key: value for key, value in shape.items() if key not in {"$ref", "allOf"}}:
        yield own


def _disagree(parts: list[Shape]) -> bool:
    known: dict[str, Any] = {}
    for part in parts:
        for key, shape in part.get("properties", {}).items():
            plain = {name: value for name, value in shape.items() if name not in _NOTES}
            if known.setdefault(key, plain) != plain:
                return True
    return False


def _joined(parts: list[Shape]) -> Shape:
    properties: dict[str, Shape] = {}
    required: dict[str, None] = {}
    made: Shape = {}
    for part in parts:
        required |= dict.fromkeys(part.get("required", ()))
        if isinstance(part.get("additionalProperties"), dict):
            made["additionalProperties"] = part["additionalProperties"]
        for key, shape in part.get("properties", {}).items():
            if key not in properties or _weight(shape) >= _weight(properties[key]):
                properties[key] = shape
    return made | {"properties": properties, "required": [key for key in required if key in properties]}


def _weight(shape: Shape) -> int:
    """How much a type says: nothing, a kind, or a kind and what is in it."""
    says = shape.keys() - _NOTES
    return 0 if not says else 1 if says == {"type"} else 2
