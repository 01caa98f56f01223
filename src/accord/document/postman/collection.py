"""A Postman collection as an OpenAPI document."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from accord.document import pointers
from accord.document.library import File
from accord.document.limits import Limits
from accord.document.moves import Moves
from accord.document.postman.operations import Item, item_of, operation_of
from accord.document.postman.parts import Part, Raw, plain
from accord.document.postman.security import Schemes, auth_of
from accord.document.postman.urls import Url, blanked
from accord.document.postman.variables import Budget, Variables

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection in the form of OpenAPI 3.1, and what moved on the way there."""

    version: str
    content: Raw
    moves: Moves

    def before(self, upgraded: Callable[[str], str]) -> Callable[[str], str]:
        """Where something stands in the collection, by what gives its place in `content`."""
        return lambda pointer: self.moves.old(upgraded(pointer))


def collection_of(file: File, version: str, limits: Limits) -> Collection:
    """The file, a collection of this version, as OpenAPI. Raises MalformedDocument, with a position."""
    variables = Variables(Budget(limits.file_bytes, file.position)).within(file.value.get("variable"))
    moves = Moves()
    content = _document(Part(file.value, "", variables, file.position), moves)
    return Collection(f"postman {version}", content, moves)


def _document(root: Part, moves: Moves) -> Raw:
    schemes = Schemes(moves)
    items = list(_items(root, auth_of(root), ""))
    document: Raw = {"openapi": _openapi_version(items), "info": _info(root, moves)}
    if servers := _servers(items):
        document["servers"] = servers
        moves.add("/servers", next(item.url.pointer for item in items if item.url.server))
    if tags := _tags(root, items):
        document["tags"] = tags
    document["paths"] = {}
    for (path, method), alike in _grouped(items).items():
        if path not in document["paths"]:
            moves.add(pointers.join("/paths", path), alike[0].part.pointer)
        place = ("paths", path, *_keys(method))
        operation = operation_of(alike, pointers.join("", *place), schemes, moves)
        if (own := _servers(alike)) and own != servers:
            operation["servers"] = own
        _put(document, place, operation)
    if schemes.named:
        document["components"] = {"securitySchemes": schemes.named}
    return document


def _openapi_version(items: list[Item]) -> str:
    """3.1 as for every document, unless there is a method that only 3.2 has a place for."""
    return "3.1.0" if all(item.method.lower() in _METHODS for item in items) else "3.2.0"


def _info(root: Part, moves: Moves) -> Raw:
    info = root.inner("info")
    moves.add("/info/title", "/info/name")
    described = {"description": info.description} if info.description else {}
    return {"title": info.text("name"), "version": _stated_version(info), **described}


def _stated_version(info: Part) -> str:
    """The version that a collection gives itself: a text, or an object of its numbers."""
    if not isinstance(info.value.get("version"), dict):
        return info.text("version") or "1.0.0"
    parts = info.inner("version")
    numbers = ".".join(parts.text(key) or "0" for key in ("major", "minor", "patch"))
    return f"{numbers}-{identifier}" if (identifier := plain(parts.value.get("identifier"))) else numbers


def _items(folder: Part, auth: Part | None, outermost: str) -> Iterator[Item]:
    """Each request of a collection or folder and of the folders in it, with the auth that counts for it."""
    for part in folder.listed("item"):
        if "item" in part.value:
            inner = replace(part, variables=part.variables.within(part.value.get("variable")))
            yield from _items(inner, auth_of(inner) or auth, outermost or part.text("name"))
            continue
        if isinstance(url := part.value.get("request"), str):
            request = replace(part, value={"url": url}, pointer=part.at("request"))
        elif isinstance(part.value.get("request"), dict):
            request = part.inner("request")
        else:
            raise part.fault(
                "this item is neither a request nor a folder", hint="it needs `request` or `item`"
            )
        yield item_of(part, request, auth_of(request) or auth, outermost)


def _servers(items: list[Item]) -> list[Raw]:
    return [{"url": url} for url in dict.fromkeys(item.url.server for item in items) if url]


def _tags(root: Part, items: list[Item]) -> list[Raw]:
    """The outermost folders that have requests, with their descriptions."""
    described = {each.text("name"): each.description for each in root.listed("item")}
    names = dict.fromkeys(item.folder for item in items if item.folder)
    return [
        {"name": name} | ({"description": described[name]} if described.get(name) else {}) for name in names
    ]


def _grouped(items: list[Item]) -> dict[tuple[str, str], list[Item]]:
    """The items of each path and method. Paths that differ in parameters' names alone are one."""
    named: dict[str, Url] = {}
    grouped: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        url = item.url.named_as(named.setdefault(blanked(item.url.path), item.url))
        grouped.setdefault((url.path, item.method), []).append(replace(item, url=url))
    return grouped


def _keys(method: str) -> tuple[str, ...]:
    """The keys of an operation in its path item (OAS 3.2 section 4.9.1)."""
    known = method.lower() in (*_METHODS, "query")
    return (method.lower(),) if known else ("additionalOperations", method)


def _put(holder: Raw, keys: Sequence[str], value: Raw) -> None:
    for key in keys[:-1]:
        holder = holder.setdefault(key, {})
    holder[keys[-1]] = value
