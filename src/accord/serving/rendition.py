"""The contract as OpenAPI 3.0, for Swagger UI 4, which shows no 3.1. For reading only.

What 3.0 cannot say (`if`, `prefixItems`, `dependentRequired`, webhooks) is left out; the contract itself
is at `/openapi.json`.
"""

from collections.abc import Mapping
from typing import Any

_VALUES = frozenset({"example", "examples", "default", "enum", "value"})
"""Keys whose values are data, in which nothing is rewritten."""

_SCHEMA_MAPS = ("properties",)
_SCHEMA_LISTS = ("allOf", "anyOf", "oneOf")
_SCHEMAS = ("items", "not", "additionalProperties")
_KEPT = frozenset(
    {"title", "description", "format", "pattern", "enum", "default", "required", "nullable", "readOnly"}
    | {"writeOnly", "deprecated", "xml", "externalDocs", "example", "discriminator", "multipleOf", "minimum"}
    | {"maximum", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "minProperties"}
    | {"maxProperties"}
)


def to_openapi_30(content: Mapping[str, Any], base_path: str) -> dict[str, Any]:
    """The document in 3.0, served by this server: `servers` is its own base path."""
    rendered = {
        key: _render(value)
        for key, value in content.items()
        if key not in ("openapi", "jsonSchemaDialect", "webhooks", "servers", "components")
    }
    rendered["info"] = _info(content.get("info", {}))
    components = {
        kind: {name: _schema(entry) for name, entry in entries.items()}
        if kind == "schemas"
        else _render(entries)
        for kind, entries in content.get("components", {}).items()
        if kind != "pathItems"
    }
    servers = [{"url": base_path or "/"}]
    return {"openapi": "3.0.3", **rendered, "servers": servers, "components": components}


def _info(info: Mapping[str, Any]) -> dict[str, Any]:
    """Without the summary and the licence's identifier, which 3.1 brought."""
    kept = {key: value for key, value in info.items() if key != "summary"}
    if "license" in kept:
        kept["license"] = {key: value for key, value in kept["license"].items() if key != "identifier"}
    return kept


def _render(value: Any) -> Any:
    if isinstance(value, list):
        return [_render(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("$ref"), str):
        return {"$ref": value["$ref"]}
    return {key: _rendered_entry(key, entry) for key, entry in value.items()}


def _rendered_entry(key: str, entry: Any) -> Any:
    if key == "schema":
        return _schema(entry)
    return entry if key in _VALUES or key.startswith("x-") else _render(entry)


def _schema(schema: Any) -> Any:
    if not isinstance(schema, dict):
        return {} if schema is not False else {"not": {}}
    rendered = {key: value for key, value in schema.items() if key in _KEPT or key.startswith("x-")}
    for key in _SCHEMA_MAPS:
        if isinstance(schema.get(key), dict):
            rendered[key] = {name: _schema(entry) for name, entry in schema[key].items()}
    for key in _SCHEMAS:
        if key in schema:
            rendered[key] = schema[key] if isinstance(schema[key], bool) else _schema(schema[key])
    _write_alternatives(schema, rendered)
    _write_type(schema, rendered)
    _write_bounds(schema, rendered)
    _write_values(schema, rendered)
    return _write_reference(schema, rendered)


def _write_alternatives(schema: Mapping[str, Any], rendered: dict[str, Any]) -> None:
    """`anyOf: [X, {type: null}]` is how 3.1 says that X may be null."""
    for key in _SCHEMA_LISTS:
        entries = schema.get(key)
        if not isinstance(entries, list):
            continue
        kept = [_schema(entry) for entry in entries if entry != {"type": "null"}]
        if len(kept) < len(entries):
            rendered["nullable"] = True
        rendered["allOf" if len(kept) == 1 else key] = kept


def _write_type(schema: Mapping[str, Any], rendered: dict[str, Any]) -> None:
    types = schema.get("type")
    names = [types] if isinstance(types, str) else list(types or ())
    if "null" in names:
        rendered["nullable"] = True
    kinds = [name for name in names if name != "null"]
    if len(kinds) == 1:
        rendered["type"] = kinds[0]
    elif kinds:
        rendered.setdefault("anyOf", [{"type": kind} for kind in kinds])


def _write_bounds(schema: Mapping[str, Any], rendered: dict[str, Any]) -> None:
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(schema.get(exclusive), int | float):
            rendered[bound], rendered[exclusive] = schema[exclusive], True


def _write_values(schema: Mapping[str, Any], rendered: dict[str, Any]) -> None:
    if "const" in schema:
        rendered["enum"] = [schema["const"]]
    examples = schema.get("examples")
    if isinstance(examples, list) and examples:
        rendered.setdefault("example", examples[0])
    if schema.get("contentEncoding") == "base64":
        rendered["format"] = "byte"
    elif "contentMediaType" in schema and "type" not in schema:
        rendered["type"], rendered["format"] = "string", "binary"


def _write_reference(schema: Mapping[str, Any], rendered: dict[str, Any]) -> dict[str, Any]:
    """A `$ref` stands alone in 3.0: what stands beside it wraps it."""
    if "$ref" not in schema:
        return rendered
    reference = {"$ref": schema["$ref"]}
    if not rendered:
        return reference
    return {**rendered, "allOf": [reference, *rendered.get("allOf", ())]}
