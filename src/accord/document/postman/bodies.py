"""The bodies of requests and saved responses: media types with schemas and examples."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accord.document.limits import Limits
from accord.document.parsing import parse
from accord.document.postman.inference import schema_of
from accord.document.postman.parts import Entry, Part, Raw
from accord.document.postman.variables import REFERENCE
from accord.errors import ContractError

_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+*-]+(\s*;.*)?")
_LANGUAGES: Mapping[str, str] = {
    "json": "application/json",
    "xml": "application/xml",
    "html": "text/html",
    "javascript": "application/javascript",
    "text": "text/plain",
}
_FILE = {"type": "string", "format": "binary", "contentMediaType": "application/octet-stream"}
_GRAPHQL = {
    "type": "object",
    "required": ["query"],
    "properties": {
        "query": {"type": "string"},
        "operationName": {"type": ["string", "null"]},
        "variables": {"type": ["object", "null"]},
    },
}
_TEXT = {"type": "string"}
_UNKNOWN = object()
_DEEPEST = Limits(depth=80)
"""Of a body: its schema is twice as deep, and stands within a document that has a limit."""


@dataclass(frozen=True, slots=True)
class Body:
    """One body that was saved. Its schema is that of its value where none is stated."""

    media_type: str
    value: Any
    schema: Raw | None = None
    is_example: bool = True
    encoding: Mapping[str, Raw] | None = None


def body_of(request: Part, headers: Sequence[Entry]) -> Body | None:
    """The body of a request; None where it has none."""
    body = request.inner("body")
    mode = body.text("mode")
    if not body.is_enabled or (not mode and "raw" not in body.value):
        return None
    stated = stated_media_type(headers).partition(";")[0].strip().lower()
    if mode in ("urlencoded", "formdata"):
        return _form(body, mode, stated)
    if mode == "graphql":
        return _graphql(body.inner("graphql"), stated or "application/json")
    if mode == "file":
        return Body(stated or "application/octet-stream", None, {}, is_example=False)
    text = body.text("raw")
    language = body.inner("options").inner("raw").text("language")
    media_type = stated or _LANGUAGES.get(language, "text/plain")
    return _written(text, media_type) if text else None


def saved_body(response: Part, headers: Sequence[Entry]) -> Body | None:
    """The body of a saved response; None where it has none."""
    text = response.text("body")
    if not text:
        return None
    media_type = stated_media_type(headers) or _LANGUAGES.get(
        response.text("_postman_previewlanguage").lower(), ""
    )
    if not media_type:
        media_type = "text/plain" if _json(text) is _UNKNOWN else "application/json"
    value = _json(text) if _is_json(media_type) else _UNKNOWN
    return Body(media_type, text, _TEXT) if value is _UNKNOWN else Body(media_type, value)


def stated_media_type(headers: Sequence[Entry]) -> str:
    """The `Content-Type` among headers; nothing where it is none."""
    values = [header.value.strip() for header in headers if header.name.lower() == "content-type"]
    return next((value for value in values if _MEDIA_TYPE.fullmatch(value)), "")


def content_of(bodies: Sequence[tuple[str, Body]]) -> Raw:
    """The content of named bodies: for each media type one schema, and the bodies as its examples."""
    by_type: dict[str, list[tuple[str, Body]]] = {}
    for name, body in bodies:
        by_type.setdefault(body.media_type, []).append((name, body))
    return {media_type: _media(alike) for media_type, alike in by_type.items()}


def _media(named: Sequence[tuple[str, Body]]) -> Raw:
    media: Raw = {}
    if schema := _schema([body for _, body in named]):
        media["schema"] = schema
    examples: Raw = {}
    for name, body in named:
        if body.is_example and all(example["value"] != body.value for example in examples.values()):
            examples[_unique(name, examples)] = {"value": body.value}
    encoding = {name: each for _, body in named for name, each in (body.encoding or {}).items()}
    return media | ({"examples": examples} if examples else {}) | ({"encoding": encoding} if encoding else {})


def _unique(name: str, taken: Mapping[str, Any]) -> str:
    name = base = name or "default"
    number = 2
    while name in taken:
        name, number = f"{base} {number}", number + 1
    return name


def _schema(bodies: Sequence[Body]) -> Raw:
    inferred = [body.value for body in bodies if body.schema is None]
    schemas = [schema_of(inferred)] if inferred else []
    for stated in (body.schema for body in bodies if body.schema is not None):
        merged = schemas[-1] if schemas else {}
        if "properties" in stated and "properties" in merged:
            schemas[-1] = merged | {"properties": merged["properties"] | stated["properties"]}
        elif stated not in schemas:
            schemas.append(stated)
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def _written(text: str, media_type: str) -> Body:
    """A body as it was written. Where variables stand in place of values, only what is around them counts."""
    if not _is_json(media_type):
        return Body(media_type, text, _TEXT)
    value = _json(text)
    if value is not _UNKNOWN:
        return Body(media_type, value)
    value = _json(REFERENCE.sub("null", text))
    if value is not _UNKNOWN:
        return Body(media_type, value, is_example=False)
    return Body(media_type, text, {}, is_example=False)


def _is_json(media_type: str) -> bool:
    essence = media_type.partition(";")[0].strip().lower()
    return essence == "application/json" or essence.endswith("+json")


def _json(text: str) -> Any:
    try:
        return parse(text.encode("utf-8", "surrogatepass"), "body.json", _DEEPEST)
    except ContractError:
        return _UNKNOWN


def _form(body: Part, mode: str, stated: str) -> Body:
    media_type = stated or (
        "application/x-www-form-urlencoded" if mode == "urlencoded" else "multipart/form-data"
    )
    fields: dict[str, list[Part]] = {}
    for part in body.listed(mode):
        if part.is_enabled and (name := part.text("key")):
            fields.setdefault(name, []).append(part)
    properties = {name: _field(parts) for name, parts in fields.items()}
    encoding = {
        name: {"contentType": kind}
        for name, parts in fields.items()
        if (kind := parts[0].text("contentType")) and media_type.startswith("multipart/")
    }
    schema: Raw = {"type": "object", "properties": properties}
    example = dict(_values(fields))
    return Body(media_type, example, schema, is_example=bool(example), encoding=encoding)


def _field(parts: Sequence[Part]) -> Raw:
    """The schema of a field; one that is given several times is an array."""
    schema: Raw = dict(_FILE if parts[0].value.get("type") == "file" else _TEXT)
    if len(parts) > 1:
        schema = {"type": "array", "items": schema}
    description = parts[0].description
    return schema | ({"description": description} if description else {})


def _values(fields: Mapping[str, Sequence[Part]]) -> Iterator[tuple[str, Any]]:
    for name, parts in fields.items():
        if parts[0].value.get("type") != "file":
            values = [part.text("value") for part in parts]
            yield name, values if len(values) > 1 else values[0]


def _graphql(graphql: Part, media_type: str) -> Body:
    query = graphql.text("query")
    value: Raw = {"query": query}
    raw = graphql.value.get("variables")
    variables = _json(graphql.text("variables")) if isinstance(raw, str) else raw
    if isinstance(variables, dict):
        value["variables"] = variables
    return Body(media_type, value, _GRAPHQL, is_example=bool(query))
