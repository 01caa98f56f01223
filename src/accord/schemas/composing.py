"""What a schema says of a value by itself, by its `$ref`s and by its `allOf`: all of which holds at once."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from accord.document import Document, pointers

Part: TypeAlias = tuple[str, Mapping[str, Any]]
_FORMS = ("anyOf", "oneOf")


def composed(document: Document, pointer: str, *, forms: bool = False) -> Iterator[Part]:
    """Each schema that holds of the value, by its pointer; with `forms` those that may hold of it, too."""
    waiting, passed = [pointer], {pointer}
    while waiting:
        at = waiting.pop(0)
        raw = schema_at(document, at)
        if not isinstance(raw, dict):
            continue
        yield at, raw
        onward = [*_referred(raw), *listed(at, raw, "allOf")]
        if forms:
            onward += [each for key in _FORMS for each in listed(at, raw, key)]
            onward += [pointers.join(at, key) for key in ("then", "else") if key in raw]
            onward += [
                pointers.join(at, "dependentSchemas", name) for name in mapping(raw, "dependentSchemas")
            ]
        waiting += [each for each in onward if each not in passed]
        passed.update(onward)


def required_of(document: Document, pointer: str) -> frozenset[str]:
    """The properties that the value must have, in whatever form it comes."""
    found: set[str] = set()
    for _, raw in composed(document, pointer):
        names = raw.get("required")
        found.update(name for name in names if isinstance(name, str)) if isinstance(names, list) else None
    return frozenset(found)


def declared_of(document: Document, pointer: str) -> frozenset[str] | None:
    """The properties that the value may have by name; None where others are welcome, or none is named."""
    found: set[str] = set()
    for _, raw in composed(document, pointer, forms=True):
        if any(
            raw.get(key) not in (None, False) for key in ("additionalProperties", "unevaluatedProperties")
        ):
            return None
        if mapping(raw, "patternProperties"):
            return None
        found.update(mapping(raw, "properties"))
    return frozenset(found) or None


def hides(document: Document, pointer: str, keyword: str) -> bool:
    """Does the schema say `readOnly` or `writeOnly` of the value, whichever the keyword is?"""
    return any(raw.get(keyword) is True for _, raw in composed(document, pointer))


def schema_at(document: Document, pointer: str) -> Any:
    """The schema at a pointer; None where there is none."""
    try:
        return document.at(pointer)
    except (LookupError, ValueError):
        return None


def listed(pointer: str, raw: Mapping[str, Any], key: str) -> list[str]:
    """The pointers of the schemas in the list of a keyword."""
    held = raw.get(key)
    return [pointers.join(pointer, key, at) for at in range(len(held))] if isinstance(held, list) else []


def mapping(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """What a keyword maps names to; nothing where it is no map."""
    held = raw.get(key)
    return held if isinstance(held, dict) else {}


def types_of(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """The types that a schema names."""
    types = raw.get("type")
    named = types if isinstance(types, list) else [types]
    return tuple(each for each in named if isinstance(each, str))


def _referred(raw: Mapping[str, Any]) -> list[str]:
    reference = raw.get("$ref")
    is_local = isinstance(reference, str) and reference.startswith("#/")
    return [pointers.from_fragment(reference)] if is_local and isinstance(reference, str) else []
