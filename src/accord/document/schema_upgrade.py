"""Schemas of Swagger 2.0 and OpenAPI 3.0 as JSON Schema 2020-12."""

from typing import Any

from accord.document.grammar import Interest

Schema = dict[str, Any]

_COMPOSED = frozenset(("allOf", "anyOf", "oneOf", "not", "$ref"))
_ANNOTATIONS = {
    "title", "description", "default", "example", "examples", "deprecated",
    "readOnly", "writeOnly", "externalDocs", "xml",
}  # fmt: skip
_STRIPPED = frozenset(("$id", "$anchor", "$dynamicAnchor", "$schema"))
"""References were made pointers; left in place, `$id` would change what those pointers mean."""
_BOUNDS = frozenset(("exclusiveMinimum", "exclusiveMaximum"))
_NULLABLE = frozenset(("nullable", "x-nullable"))
_EXEMPLIFIED = frozenset(("example", "examples"))
_ENCODED = ("byte", "base64", "binary")
OUTDATED = Interest(
    frozenset((*_STRIPPED, *_BOUNDS, *_NULLABLE, *_EXEMPLIFIED, "discriminator")), ("file",), _ENCODED
)
"""What an upgrade touches; a list under `items`, too."""


def is_current(schema: Schema) -> bool:
    """Has a schema nothing that an upgrade would touch? Most have not, and this is quick to see."""
    return (
        OUTDATED.keys.isdisjoint(schema)
        and schema.get("type") != "file"
        and schema.get("format") not in _ENCODED
        and type(schema.get("items")) is not list
    )


def upgrade_schema(schema: Schema) -> bool:
    """Rewrites one schema, not those in it, to 2020-12.

    Whether its keywords, but for those that only describe, stand in `anyOf/0` of it from now on.
    """
    if not _STRIPPED.isdisjoint(schema):
        _strip(schema)
    if not _BOUNDS.isdisjoint(schema):
        _bounds(schema)
    _tuple(schema)
    _content(schema)
    if isinstance(schema.get("discriminator"), str):
        schema["discriminator"] = {"propertyName": schema["discriminator"]}
    return not _NULLABLE.isdisjoint(schema) and _take_nullable(schema) and _allow_null(schema)


def tidy_schema(schema: Schema) -> None:
    """What holds for schemas of every version: an example stands in a list, and names nothing else."""
    if "example" in schema:
        listed = schema.get("examples")
        schema["examples"] = listed if isinstance(listed, list) else []
        example = schema.pop("example")
        if example not in schema["examples"]:
            schema["examples"] = [example, *schema["examples"]]
    elif isinstance(named := schema.get("examples"), dict):
        schema["examples"] = [
            entry["value"] if isinstance(entry, dict) and "value" in entry else entry
            for entry in named.values()
        ]


def _strip(schema: Schema) -> None:
    for keyword in _STRIPPED:
        if isinstance(schema.get(keyword), str):
            del schema[keyword]


def _take_nullable(schema: Schema) -> bool:
    nullable = [schema.pop(key) for key in _NULLABLE if key in schema]
    return True in nullable


def _allow_null(schema: Schema) -> bool:
    """Lets null pass, as authors mean it: where a type, an enum or other schemas would forbid it."""
    if not _COMPOSED.isdisjoint(schema):
        rest = {key: schema.pop(key) for key in list(schema) if not _describes(key)}
        if set(rest) == {"anyOf"} and isinstance(rest["anyOf"], list):
            schema["anyOf"] = [*rest["anyOf"], {"type": "null"}]
            return False
        schema["anyOf"] = [rest, {"type": "null"}]
        return True
    written = schema.get("type")
    if isinstance(written, str) and written != "null":
        schema["type"] = [written, "null"]
    elif isinstance(written, list) and "null" not in written:
        schema["type"] = [*written, "null"]
    if isinstance(schema.get("enum"), list) and None not in schema["enum"]:
        schema["enum"] = [*schema["enum"], None]
    return False


def _describes(key: str) -> bool:
    return key in _ANNOTATIONS or key.startswith("x-")


def _bounds(schema: Schema) -> None:
    """`exclusiveMinimum: true` beside `minimum: 5` becomes `exclusiveMinimum: 5`."""
    for exclusive, inclusive in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        flag = schema.get(exclusive)
        if isinstance(flag, bool):
            del schema[exclusive]
            if flag and inclusive in schema:
                schema[exclusive] = schema.pop(inclusive)


def _tuple(schema: Schema) -> None:
    """A list under `items` states the first items one by one: `prefixItems` since 2020-12."""
    if isinstance(listed := schema.get("items"), list):
        del schema["items"]
        schema["prefixItems"] = listed
        if "additionalItems" in schema:
            schema["items"] = schema.pop("additionalItems")


def _content(schema: Schema) -> None:
    """Says of binary content what 2020-12 says; the format stays for those who know it."""
    if schema.get("type") == "file":
        schema["type"], schema["format"] = "string", "binary"
    if schema.get("type") != "string":
        return
    if schema.get("format") in _ENCODED[:2]:
        schema.setdefault("contentEncoding", "base64")
    elif schema.get("format") == "binary":
        schema.setdefault("contentMediaType", "application/octet-stream")
