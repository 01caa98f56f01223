"""`application/x-www-form-urlencoded` bodies, each property in its style (OAS 3.1 section 4.8.15)."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from accord.document import pointers
from accord.exchange import styles
from accord.exchange.coercion import Split, coerce, scalar_reader
from accord.exchange.json_text import MalformedJson, read_json
from accord.exchange.malformed import MalformedContent
from accord.exchange.media_types import ParsedType, parse_media_type
from accord.exchange.shapes import Shape
from accord.exchange.styles import MalformedValue, Pair
from accord.exchange.texts import text_of

_MOST_FIELDS = 10_000
_ENCODED_COMMA = re.compile("%2c", re.IGNORECASE)
"""What parts a list that was encoded as a whole, as every writer of forms does it."""


def form_reader(encoding: Mapping[str, Any], sent: ParsedType, shape: Shape) -> Callable[[bytes], Any]:
    """What reads a form body to an object, as the schema and the encoding of its properties direct."""

    def read(body: bytes) -> dict[str, Any]:
        groups = _grouped(text_of(body, sent))
        found: dict[str, Any] = {}
        for root, pairs in groups.items():
            found.update(_properties(root, pairs, encoding, shape))
        return found

    return read


def _grouped(text: str) -> dict[str, list[Pair]]:
    """The pairs of a form by the part of their name before the first bracket."""
    if text.count("&") >= _MOST_FIELDS:
        raise MalformedContent(f"has more than {_MOST_FIELDS} fields")
    try:
        pairs = styles.query_pairs(text.strip("\r\n"))
    except MalformedValue as error:
        raise MalformedContent(f"has a field whose name {error}") from None
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(pair[0].partition("[")[0], []).append(pair)
    return groups


def _properties(
    root: str, pairs: Sequence[Pair], encoding: Mapping[str, Any], shape: Shape
) -> Sequence[tuple[str, Any]]:
    """The properties that the pairs with one root stand for: one where the schema knows it as such."""
    try:
        if _is_deep(root, pairs, encoding, shape):
            split = styles.deep_object(pairs, root)
            return [(root, coerce(split, shape.property(root)))] if split is not None else []
        named: dict[str, list[str]] = {}
        for name, value in pairs:
            named.setdefault(name, []).append(value)
        return [
            (name, _value(values, _encoding(encoding, name), shape.property(name)))
            for name, values in named.items()
        ]
    except MalformedValue as error:
        raise MalformedContent(str(error), pointers.join("", root)) from None


def _is_deep(root: str, pairs: Sequence[Pair], encoding: Mapping[str, Any], shape: Shape) -> bool:
    """Are `root[key]` pairs one object? Where the encoding says so, or where only the root is known."""
    if _encoding(encoding, root).get("style") == "deepObject":
        return any(name != root for name, _ in pairs)
    known = set(shape.property_names)
    return root in known and all(name.startswith(f"{root}[") and name not in known for name, _ in pairs)


def _encoding(encoding: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = encoding.get(name)
    return found if isinstance(found, dict) else {}


def _value(values: Sequence[str], encoding: Mapping[str, Any], shape: Shape) -> Any:
    types = shape.types
    if _is_json(encoding, types):
        return _json_value(styles.form(values, "scalar", "form", styles.form_decoded, explode=True))
    style = str(encoding.get("style") or "form")
    delimiter = style if style in ("spaceDelimited", "pipeDelimited") else "form"
    explode = encoding.get("explode") if isinstance(encoding.get("explode"), bool) else style == "form"
    structure = _structure(values, types)
    if structure == "array" and delimiter == "form" and not explode:
        values = [value if "," in value else _ENCODED_COMMA.sub(",", value) for value in values]
    split = styles.form(values, structure, delimiter, styles.form_decoded, explode=bool(explode))
    if structure == "array" and _is_json({}, shape.items.types) and not isinstance(split, str):
        return [_json_value(item) for item in split]
    return coerce(split, shape)


def _structure(values: Sequence[str], types: frozenset[str]) -> str:
    """What the values of one name make: an array where it must be one, or where there are several."""
    scalar = types - {"array", "object", "null"}
    if "array" in types and (not scalar or len(values) > 1):
        return "array"
    if types and not scalar and "object" in types:
        return "object"
    return "scalar" if types or len(values) == 1 else "array"


def _is_json(encoding: Mapping[str, Any], types: frozenset[str]) -> bool:
    """Is the value a JSON text? As the encoding says; else an object is, unless it has a style."""
    stated = encoding.get("contentType")
    if isinstance(stated, str):
        parsed = parse_media_type(stated.partition(",")[0])
        return parsed is not None and parsed.is_json
    return "style" not in encoding and bool(types) and types - {"null"} == {"object"}


def _json_value(text: Split) -> Any:
    if not isinstance(text, str):
        raise MalformedValue("must be a JSON text")
    try:
        return read_json(text.encode("utf-8", "surrogatepass"))
    except MalformedJson as error:
        raise MalformedValue(f"is not JSON: {error}") from None


def part_value(text: str, shape: Shape, *, is_json: bool) -> Any:
    """The value of one part of a multipart form that is text."""
    if is_json or _is_json({}, shape.types):
        return _json_value(text)
    return scalar_reader(shape.types)(text)
