"""Python type expressions for shapes, where a type needs no class of its own."""

import datetime as dt
from typing import Any
from uuid import UUID

from accord.generating.shapes import Shape

_SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_FORMATS = {
    "uuid": "UUID",
    "date": "dt.date",
    "date-time": "dt.datetime",
    "time": "dt.time",
    "ipv4": "IPv4Address",
    "ipv6": "IPv6Address",
    "binary": "bytes",
}


def expression(shape: Shape) -> str | None:
    """The type as operations.py writes it, or None where it takes a class to say it."""
    if shape.keys() & {"properties", "allOf"}:
        return None
    if "$ref" in shape:
        return f"models.{shape['$ref'].rpartition('/')[2]}"
    for key in ("anyOf", "oneOf"):
        if key in shape:
            return None if shape.keys() & {"enum", "type", "items"} else _union(shape[key])
    if "enum" in shape:
        return f"Literal[{', '.join(repr(value) for value in shape['enum'])}]"
    return _typed(shape)


def joined(expressions: list[str]) -> str:
    """The union of the types, each once, None last."""
    members = list(dict.fromkeys(part for one in expressions for part in _members(one)))
    if "Any" in members:
        return "Any"
    return " | ".join([part for part in members if part != "None"] + ["None"] * ("None" in members))


def default_expression(shape: Shape, value: Any) -> str | None:
    """How the default is written as a value of the shape's type, or None where it cannot be."""
    typed = expression(shape)
    if value is None or isinstance(value, bool | int | str):
        return _scalar_default(typed, value)
    if isinstance(value, float):
        return repr(value) if typed in {"float", "float | None"} else None
    if isinstance(value, list) and (typed or "").startswith("list[") and not _special(typed or ""):
        return f"field(default_factory=lambda: {value!r})" if all(map(_is_plain, value)) else None
    return None


def _scalar_default(typed: str | None, value: Any) -> str | None:
    if typed is None or typed.startswith("models."):
        return None
    base = typed.removesuffix(" | None")
    if value is None or base.startswith("Literal[") or base == "Any":
        return repr(value)
    if base == type(value).__name__ or (base == "float" and type(value) is int):
        return repr(value)
    return _parsed_default(base, value)


def _parsed_default(base: str, value: Any) -> str | None:
    try:
        if base == "UUID":
            return repr(UUID(value))
        if base == "dt.date":
            return f'dt.date.fromisoformat("{dt.date.fromisoformat(value)}")'
    except (TypeError, ValueError, AttributeError):
        return None
    return None


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, bool | int | float | str)


def _special(typed: str) -> bool:
    return any(name in typed for name in ("UUID", "dt.", "Address", "bytes", "models."))


def _typed(shape: Shape) -> str | None:
    written = shape.get("type")
    types = written if isinstance(written, list) else [written] if written else []
    if not types:
        return "Any"
    members = [_one(name, shape) for name in types]
    return None if None in members else joined([member for member in members if member])


def _one(name: str, shape: Shape) -> str | None:
    if name == "array":
        item = expression(shape.get("items") or {})
        return None if item is None else f"list[{item}]"
    if name == "object":
        additional = shape.get("additionalProperties")
        value = expression(additional) if isinstance(additional, dict) else "Any"
        return None if value is None else f"dict[str, {value}]"
    if name == "string" and shape.get("format") in _FORMATS:
        return _FORMATS[shape["format"]]
    return _SCALARS[name]


def _union(shapes: list[Shape]) -> str | None:
    members = [expression(shape) for shape in shapes]
    return None if None in members else joined([member for member in members if member])


def _members(union: str) -> list[str]:
    """The members of a union written by `joined`; brackets and quotes are not looked into."""
    members, depth, quote, start = [], 0, "", 0
    for index, sign in enumerate(union):
        if quote:
            quote = "" if sign == quote and union[index - 1] != "\\" else quote
        elif sign in "'\"":
            quote = sign
        elif sign in "[]":
            depth += 1 if sign == "[" else -1
        elif sign == "|" and depth == 0:
            members.append(union[start:index].strip())
            start = index + 1
    return [*members, union[start:].strip()]
