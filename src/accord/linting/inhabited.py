"""Schemas that surely have a value, which is seen without asking for a proof."""

from collections.abc import Mapping
from typing import Any

from accord.document import Document, pointers

_DESCRIBING = frozenset(
    ("description", "title", "example", "examples", "default", "deprecated", "readOnly", "writeOnly",
     "xml", "externalDocs", "$comment", "discriminator")
)  # fmt: skip
_BOUNDS = ("minLength", "maxLength", "minimum", "maximum", "format")
"""Of these one alone excludes no type altogether."""
_NAMED = ("string", "boolean", "integer", "number", "null", "array", "object")
_DEEPEST = 6


class Inhabited:
    """Says of schemas of a document whether they surely have a value. What it does not see is unknown."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def surely(self, schema: Any, depth: int = 0) -> bool:
        """Does some value satisfy the schema, whatever the rest of the document says?"""
        if not isinstance(schema, dict):
            return schema is True
        keys = {key for key in schema if key not in _DESCRIBING and not key.startswith("x-")}
        if depth > _DEEPEST or not _names_types(schema):
            return False
        return self._composed(schema, keys, depth) or self._simple(schema, keys - {"type"}, depth)

    def _composed(self, schema: Mapping[str, Any], keys: set[str], depth: int) -> bool:
        """The same of a schema that says nothing but what others say."""
        if keys == {"$ref"}:
            return self.surely(self._led(schema["$ref"]), depth + 1)
        if keys == {"oneOf"}:
            return self._alone(_listed(schema, "oneOf"), depth)
        arms = _listed(schema, next(iter(keys), ""))
        is_open = keys == {"anyOf"} or (keys == {"allOf"} and len(arms) == 1)
        return is_open and any(self.surely(each, depth + 1) for each in arms)

    def _alone(self, schemas: list[Any], depth: int) -> bool:
        """Has one of the schemas values of a type that no other has?"""
        kinds = [self._kinds(each) for each in schemas]
        return any(
            self.surely(each, depth + 1)
            and kinds[at].isdisjoint(kind for other in (*kinds[:at], *kinds[at + 1 :]) for kind in other)
            for at, each in enumerate(schemas)
        )

    def _kinds(self, schema: Any) -> frozenset[str]:
        """The types that values of the schema may have; an integer is a number, too."""
        for _ in range(_DEEPEST):
            target = self._led(schema.get("$ref")) if isinstance(schema, dict) else None
            if target is None:
                break
            schema = target
        kinds = frozenset(_types(schema)) if isinstance(schema, dict) else frozenset(_NAMED)
        return kinds | {"integer", "number"} if kinds & {"integer", "number"} else kinds

    def _led(self, reference: Any) -> Any:
        """What a reference into the document leads to; None where it is none, or leads to nothing."""
        if not isinstance(reference, str) or not reference.startswith("#"):
            return None
        try:
            return self._document.at(pointers.from_fragment(reference))
        except LookupError:
            return None

    def _simple(self, schema: Mapping[str, Any], keys: set[str], depth: int) -> bool:
        types = _types(schema)
        if keys <= {"properties", "required", "additionalProperties"} and "object" in types:
            return self._object(schema, depth)
        if keys <= {"items", "maxItems", "uniqueItems"} and "array" in types:
            return True
        if keys == {"enum"}:
            return any(isinstance(each, str) for each in _listed(schema, "enum")) and "string" in types
        if len(keys) == 1 and keys <= {*_BOUNDS}:
            return _is_possible(next(iter(keys)), schema)
        return not keys

    def _object(self, schema: Mapping[str, Any], depth: int) -> bool:
        """The properties that have to be there surely have values, so an object has them."""
        properties = schema.get("properties", {})
        if not isinstance(properties, dict):
            return False
        rest = schema.get("additionalProperties", True)
        required = [name for name in _listed(schema, "required") if isinstance(name, str)]
        return all(self.surely(properties.get(name, rest), depth + 1) for name in required)


def _is_possible(key: str, schema: Mapping[str, Any]) -> bool:
    """Can the one bound be kept? A text has no negative length."""
    value = schema[key]
    return not key.endswith("Length") or (isinstance(value, int) and value >= 0)


def _listed(schema: Mapping[str, Any], key: str) -> list[Any]:
    value = schema.get(key)
    return value if isinstance(value, list) else []


def _types(schema: Mapping[str, Any]) -> tuple[str, ...]:
    stated = schema.get("type", _NAMED)
    return (stated,) if isinstance(stated, str) else tuple(stated)


def _names_types(schema: Mapping[str, Any]) -> bool:
    """Is the type, if one is stated, one that there is?"""
    stated = schema.get("type", _NAMED)
    named = [stated] if isinstance(stated, str) else stated
    return isinstance(named, list | tuple) and bool(named) and all(each in _NAMED for each in named)
