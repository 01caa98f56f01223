"""A walk through the schemas of a document, wherever OpenAPI has one, that changes some of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from accord.document.grammar import Trail

# What each object of OpenAPI holds: (key, how it holds it, what). "*" stands for every key.
_ONE, _LIST, MAP = "one", "list", "map"
OBJECTS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "openapi": (
        ("paths", MAP, "path-item"),
        ("webhooks", MAP, "path-item"),
        ("components", _ONE, "components"),
    ),
    "components": (
        ("schemas", MAP, "schema"),
        ("responses", MAP, "response"),
        ("parameters", MAP, "parameter"),
        ("requestBodies", MAP, "body"),
        ("headers", MAP, "parameter"),
        ("callbacks", MAP, "callback"),
        ("pathItems", MAP, "path-item"),
        ("mediaTypes", MAP, "media-type"),
    ),
    "path-item": (
        *((method, _ONE, "operation") for method in
          ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")),
        ("additionalOperations", MAP, "operation"),
        ("parameters", _LIST, "parameter"),
    ),
    "operation": (
        ("parameters", _LIST, "parameter"),
        ("requestBody", _ONE, "body"),
        ("responses", MAP, "response"),
        ("callbacks", MAP, "callback"),
    ),
    "callback": (("*", _ONE, "path-item"),),
    "parameter": (("schema", _ONE, "schema"), ("content", MAP, "media-type")),
    "body": (("content", MAP, "media-type"),),
    "response": (("headers", MAP, "parameter"), ("content", MAP, "media-type")),
    "media-type": (
        ("schema", _ONE, "schema"),
        ("itemSchema", _ONE, "schema"),
        ("encoding", MAP, "encoding"),
    ),
    "encoding": (("headers", MAP, "parameter"),),
    "schema": (
        *((key, _ONE, "schema") for key in
          ("additionalProperties", "unevaluatedProperties", "unevaluatedItems", "propertyNames", "items",
           "contains", "not", "if", "then", "else", "contentSchema")),
        *((key, _LIST, "schema") for key in ("allOf", "anyOf", "oneOf", "prefixItems")),
        *((key, MAP, "schema") for key in
          ("properties", "patternProperties", "dependentSchemas", "$defs", "definitions")),
    ),
}  # fmt: skip


Change: TypeAlias = Callable[[Mapping[str, Any], Any, Trail | None], Any]
"""From a schema as written, the same with changes inside, and its place, to what it becomes."""


@dataclass(frozen=True, slots=True)
class SchemaWalk:
    """Changes every schema of a document, the inner ones first, and copies only what holds a change."""

    change: Change

    def of(self, value: Any, kind: str = "openapi", trail: Trail | None = None) -> Any:
        """The document, or an object of that kind in it, changed; the same object where nothing changes."""
        if not isinstance(value, dict):
            return value
        changed: dict[str, Any] = {}
        for key, held, child_kind in OBJECTS[kind]:
            for name in value if key == "*" else (key,) if key in value else ():
                child = value[name]
                result = self._held(held, child_kind, child, (trail, name))
                if result is not child:
                    changed[name] = result
        result = {**value, **changed} if changed else value
        return self.change(value, result, trail) if kind == "schema" else result

    def _held(self, held: str, kind: str, value: Any, trail: Trail) -> Any:
        if held == _ONE:
            return self.of(value, kind, trail)
        if held == _LIST and isinstance(value, list):
            items = [self.of(child, kind, (trail, at)) for at, child in enumerate(value)]
            return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
        if held == MAP and isinstance(value, dict):
            entries = {name: self.of(child, kind, (trail, name)) for name, child in value.items()}
            return entries if any(entries[name] is not value[name] for name in value) else value
        return value
