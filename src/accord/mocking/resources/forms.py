"""What is particular to bodies that are forms: files, and that what is not sent is not said."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from accord.contract import MediaType
from accord.document import pointers
from accord.mocking.resources.fields import Fields, Reader
from accord.mocking.resources.model import FileFact, Place, Update
from accord.mocking.resources.names import snake

_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"
_JSON_API = "application/vnd.api+json"
_FACTS: Mapping[str, FileFact] = {
    **dict.fromkeys(
        ("filename", "file_name", "original_filename", "original_name", "original_file_name"), "name"
    ),
    **dict.fromkeys(("bytes", "size", "file_size", "filesize", "content_length", "size_bytes"), "size"),
    **dict.fromkeys(("content_type", "mime_type", "mimetype", "media_type", "file_type"), "type"),
}


def merging(reader: Reader, media_type: MediaType) -> Update:
    """How a body of a media type changes an item where it does not replace it."""
    if media_type.essence in (_FORM, _MULTIPART):
        return "deep-merge"
    is_resource = media_type.essence == _JSON_API or _has_resource_object(reader, media_type.schema)
    return "merge-attributes" if is_resource else "merge"


def _has_resource_object(reader: Reader, schema: str | None) -> bool:
    """Is it JSON:API's `data` with `type` and `attributes`, whatever the media type?"""
    fields = reader.read(schema) if schema is not None else None
    data = reader.child(fields, "data") if fields is not None and "data" in fields.properties else None
    return data is not None and {"type", "attributes"} <= data.properties.keys()


def as_form(reader: Reader, place: Place, item: Fields, media_type: str) -> Place:
    """The place of an item in a request, with what is particular to it where that is a form."""
    essence, asked = media_type.partition(";")[0].strip(), reader.read(place.schema)
    if essence == _MULTIPART and any(
        _is_file(reader, reader.child(asked, name)) for name in asked.properties
    ):
        place = replace(place, files=dict(_facts(reader, item, asked)))
    if essence in (_FORM, _MULTIPART):
        cleared = (name for name in asked.properties if _is_cleared(reader.child(asked, name)))
        named = (pointers.join("", place.renamed.get(name, name)) for name in cleared)
        place = replace(place, cleared=tuple(named))
    return place


def _facts(reader: Reader, item: Fields, asked: Fields) -> Iterator[tuple[str, FileFact]]:
    """The properties of an item that say something of its file, and that no field of the form has."""
    for name in item.properties:
        fact = _FACTS.get(snake(name))
        expected = {"integer", "number"} if fact == "size" else {"string"}
        types = reader.child(item, name).types
        if fact is not None and name not in asked.properties and (not types or types & expected):
            yield pointers.join("", name), fact


def _is_file(reader: Reader, fields: Fields) -> bool:
    inner = reader.read(fields.items) if fields.is_array and fields.items else fields
    is_binary = inner.text("format") == "binary" or bool(inner.text("contentMediaType"))
    return is_binary and not inner.text("contentEncoding")


def _is_cleared(fields: Fields) -> bool:
    """Is an empty text one of its values beside objects, lists or others: what takes it away?"""
    return any(raw.get("enum") == [""] for _, raw in fields.parts) and len(fields.parts) > 1
