"""How a body changes an item's value: as a whole, by merging, by JSON patch."""

from collections.abc import Iterable, Mapping
from typing import Any

import jsonpatch

from accord.document import pointers
from accord.document.pointers import found, laid, without
from accord.exchange.multipart import FilePart
from accord.mocking.resources import FileFact, Update

_DEPTHS: Mapping[Update, int] = {"merge-attributes": 2, "deep-merge": 64}
"""How many levels of objects a body is merged with the item in."""
MERGE_PATCH = "application/merge-patch+json"


class Unpatched(ValueError):
    """A JSON patch that does not fit the item. The message says where."""


def changed(value: Any, body: Any, update: Update, media_type: str, kept: Iterable[str]) -> Any:
    """The value as a body of this media type changes it. `kept` are pointers of what only the server sets.

    Of a merge by plain JSON what is sent takes the place of what was there, null included; by a merge patch
    null takes away (RFC 7396). So is an object merged that is sent as a JSON patch and is no operation of
    one: the contract took it, as Kubernetes' does (RFC 6902 section 3 has an array). Raises Unpatched.
    """
    if update == "json-patch" and (not isinstance(body, dict) or "op" in body):
        return restored(_patched(value, body), value, kept)
    if not isinstance(value, dict) or not isinstance(body, dict):
        return body
    if update in ("merge", "json-patch"):
        is_patch = update == "json-patch" or media_type.partition(";")[0].strip().lower() == MERGE_PATCH
        return restored(merged(value, body) if is_patch else {**value, **body}, value, kept)
    if update in _DEPTHS:
        return restored(_merged_to(_DEPTHS[update], value, body), value, kept)
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


def emptied(value: Any, cleared: Iterable[str]) -> Any:
    """The value of a form without what an empty text takes away: properties, and members of these."""
    for pointer in cleared:
        tokens = pointers.split(pointer)
        held = found(value, tokens)
        if held == "":
            value = without(value, tokens)
        elif isinstance(held, dict) and "" in held.values():
            left = {name: each for name, each in held.items() if each != ""}
            value = laid(value, tokens, left)
    return value


def without_files(value: Any, told: Mapping[str, FileFact]) -> Any:
    """The value of a form without its files, but with what properties of the item say of the first one."""
    if not isinstance(value, dict):
        return value
    files = [held for held in value.values() if isinstance(held, FilePart)]
    left: Any = {name: held for name, held in value.items() if not _is_file(held)}
    for pointer, fact in told.items() if files else ():
        known = {"name": files[0].filename, "size": len(files[0]), "type": files[0].content_type}[fact]
        left = left if known == "" else laid(left, pointers.split(pointer), known)
    return left


def _merged_to(depth: int, value: Any, body: Any) -> Any:
    """The value with the members of the body, and those of its objects, so many levels down."""
    if depth == 0 or not (isinstance(value, dict) and isinstance(body, dict)):
        return body
    return {**value, **{name: _merged_to(depth - 1, value.get(name), child) for name, child in body.items()}}


def _is_file(value: Any) -> bool:
    held = value[0] if isinstance(value, list) and value else value
    return isinstance(held, bytes)


def _patched(value: Any, patch: Any) -> Any:
    """The value after a JSON patch (RFC 6902). Raises Unpatched."""
    try:
        return jsonpatch.JsonPatch(patch).apply(value)
    except (jsonpatch.JsonPatchException, jsonpatch.JsonPointerException, TypeError, ValueError) as error:
        raise Unpatched(f"does not fit the item: {error}") from None
