import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from accord.document.bundling import OAS3_SECTIONS, SWAGGER2_SECTIONS, Bundle, bundle
from accord.document.grammar import OAS3, SWAGGER2
from accord.document.library import File, Library
from accord.document.limits import Limits
from accord.document.model import Document
from accord.document.postman import read_collection
from accord.document.sources import Sources
from accord.document.upgrading import upgrade
from accord.errors import MalformedDocument
from accord.findings import Position

_SUPPORTED = {"openapi": ("3.0", "3.1", "3.2"), "swagger": ("2.0",), "swaggerVersion": ()}
"""The versions that are read, by the field that states them; the last is Swagger 1's."""


def read_document(
    location: str, allow: Sequence[str] = (), *, lenient: bool = False, limits: Limits | None = None
) -> Document:
    """The document at `location`, a file or URL, bundled and in normal form.

    `allow` names folders outside its own, and hosts, that its references may lead to. Raises
    ContractError, with a position. If `lenient`, a reference to nothing, or in a circle, is a finding,
    and something empty stands in its place.
    """
    with uncollected():
        return _read(location, allow, limits or Limits(), lenient=lenient)


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for garbage meanwhile: what is read is many objects and no circles, so it would find none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _read(location: str, allow: Sequence[str], limits: Limits, *, lenient: bool) -> Document:
    library = Library(Sources(location, allow, limits), limits)
    collection = read_collection(library.entry, limits)
    if collection:
        library.entry.value = collection.content
    version = _version(library.entry)
    swagger = version.startswith("2.")
    bundled = bundle(
        library,
        SWAGGER2 if swagger else OAS3,
        SWAGGER2_SECTIONS if swagger else OAS3_SECTIONS,
        sibling_keywords=not version.startswith(("2.", "3.0")),
        lenient=lenient,
    )
    content, before = upgrade(bundled, version)
    return Document(
        content=content,
        version=collection.version if collection else version,
        files=tuple(file.address.shown for file in library.files.values()),
        locate=_locator(bundled, collection.before(before) if collection else before),
        findings=tuple(bundled.findings),
    )


def _locator(bundled: Bundle, before: Callable[[str], str]) -> Callable[[str], Position]:
    def locate(pointer: str) -> Position:
        prefix = pointer = before(pointer)
        while prefix not in bundled.origins:
            prefix = prefix.rpartition("/")[0]
        origin = bundled.origins[prefix]
        return origin.file.position(origin.pointer + pointer[len(prefix) :])

    return locate


def _version(file: File) -> str:
    """The version of OpenAPI that a file states. Raises MalformedDocument where it is none that is read."""
    root: Any = file.value
    if not isinstance(root, dict):
        raise MalformedDocument(
            "this is no OpenAPI document: an object is expected",
            hint="it starts with `openapi: 3.1.0`",
            position=file.position(""),
        )
    for key in ("openapi", "swagger", "swaggerVersion"):
        if key in root:
            version = str(root[key])
            if version.startswith(_SUPPORTED[key]):
                return version
            raise MalformedDocument(
                f"{key}: {version} is no version that is read",
                hint="swagger: 2.0 and openapi: 3.0, 3.1 and 3.2 are",
                position=file.position(f"/{key}"),
            )
    raise MalformedDocument(
        "this is no OpenAPI document: it has no `openapi` field",
        hint="it starts with `openapi: 3.1.0`",
        position=file.position(""),
    )
