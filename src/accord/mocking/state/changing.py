"""How a body changes an item's value: as a whole, by merging, by JSON patch."""

from collections.abc import Iterable
from typing import Any

import jsonpatch

from accord.document import pointers
from accord.document.pointers import found, laid, without
from accord.exchange.multipart import FilePart
from accord.mocking.resources import Update

_FILE_NAMES = ("filename", "file_name", "fileName")
_FILE_SIZES = ("bytes", "size", "file_size", "fileSize")
MERGE_PATCH = "application/merge-patch+json"


class Unpatched(ValueError):
    """A JSON patch that does not fit the item. The message says where."""


def changed(value: Any, body: Any, update: Update, media_type: str, kept: Iterable[str]) -> Any:
    """The value as a body of this media type changes it. `kept` are pointers of what only the server sets.

    Of a merge by plain JSON what is sent takes the place of what was there, null included; by a merge patch
    null takes away (RFC 7396). Raises Unpatched.
    """
    if update == "json-patch":
        return restored(_patched(value, body), value, kept)
    if not isinstance(value, dict) or not isinstance(body, dict):
        return body
    if update == "merge":
        is_patch = media_type.partition(";")[0].strip().lower() == MERGE_PATCH
        return restored(merged(value, body) if is_patch else {**value, **body}, value, kept)
    return restored(body, value, kept)


def restored(new: Any, old: Any, kept: Iterable[str]) -> Any:
    """The new value with the old one's at these pointers; nothing where the old one has nothing."""
    for pointer in kept:
        tokens = pointers.split(pointer)
        before = found(old, tokens)
        if before is not None:
            new = laid(new, tokens, before)
        elif tokens:
            new = without(new, tokens)
    return new


def merged(value: Any, patch: Any) -> Any:
    """The value after a JSON merge patch (RFC 7396 section 2)."""
    if not isinstance(patch, dict):
        return patch
    result = dict(value) if isinstance(value, dict) else {}
    for name, child in patch.items():
        if child is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), child)
    return result


def without_files(value: Any) -> Any:
    """The value of a form without its files, but for what can be said of one beside it: its name and size."""
    if not isinstance(value, dict):
        return value
    files = [held for held in value.values() if isinstance(held, FilePart)]
    told = {name: part.filename for part in files[:1] for name in _FILE_NAMES if part.filename}
    sizes = {name: len(part) for part in files[:1] for name in _FILE_SIZES}
    return {**told, **sizes, **{name: held for name, held in value.items() if not _is_file(held)}}


def _is_file(value: Any) -> bool:
    held = value[0] if isinstance(value, list) and value else value
    return isinstance(held, bytes)


def _patched(value: Any, patch: Any) -> Any:
    """The value after a JSON patch (RFC 6902). Raises Unpatched."""
    try:
        return jsonpatch.JsonPatch(patch).apply(value)
    except (jsonpatch.JsonPatchException, jsonpatch.JsonPointerException, TypeError, ValueError) as error:
        raise Unpatched(f"does not fit the item: {error}") from None
