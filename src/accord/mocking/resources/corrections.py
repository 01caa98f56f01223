"""What `x-accord` in a contract says where inference would be wrong or cannot know."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from accord.contract import Operation
from accord.document import Document, pointers
from accord.findings import Finding, Severity, suggestion
from accord.mocking.resources.model import ROLES, UPDATES, Role, Update

EXTENSION = "x-accord"
Holder: TypeAlias = Literal["path item", "operation", "schema"]
_KNOWN: Mapping[Holder, tuple[str, ...]] = {
    "path item": ("resource", "identifier"),
    "operation": ("resource", "identifier", "role", "update", "item", "items", "body"),
    "schema": ("references", "identifier", "link"),
}
_MOST_NAMED = 12
_POINTERS = ("item", "items", "body")


@dataclass(frozen=True, slots=True)
class Correction:
    """What is said of one operation, None where nothing is. The identifier and the places are pointers.

    `group` is the resource that its path item names: for all that belongs together with it.
    """

    group: str | None = None
    resource: str | None = None
    identifier: str | None = None
    role: Role | None = None
    update: Update | None = None
    item: str | None = None
    items: str | None = None
    body: str | None = None


def correction_of(operation: Operation) -> Correction:
    """What the operation's `x-accord` says, and that of its path item where the operation says nothing."""
    said: dict[str, Any] = {}
    for pointer, holder in _holders(operation):
        raw = _written(operation.document, pointer)
        said |= {key: value for key, value in _entries(raw) if _fault(holder, key, value) is None}
    found = Correction(**said)
    return replace(found, identifier=as_pointer(found.identifier), group=_group(operation))


def _group(operation: Operation) -> str | None:
    entries = dict(_entries(_written(operation.document, operation.path_pointer)))
    name = entries.get("resource")
    return name if isinstance(name, str) and name else None


def identifier_said(parts: tuple[tuple[str, Mapping[str, Any]], ...]) -> str | None:
    """The pointer of the identifier that a schema of an item names with `x-accord`."""
    return as_pointer(said_of(parts, "identifier"))


def said_of(parts: tuple[tuple[str, Mapping[str, Any]], ...], key: str) -> str | None:
    """What the `x-accord` of a property's schema has under a key; None where it says nothing."""
    said = (dict(_entries(raw.get(EXTENSION))).get(key) for _, raw in parts)
    return next((value for value in said if isinstance(value, str)), None)


def as_pointer(name: str | None) -> str | None:
    """The pointer that a property's name or a pointer stands for."""
    return name if name is None or name.startswith("/") else pointers.join("", name)


def faults_of(document: Document, pointer: str, holder: Holder) -> Iterator[Finding]:
    """What is wrong with the `x-accord` of what stands at a pointer, keys and values."""
    raw = _written(document, pointer)
    at = pointers.join(pointer, EXTENSION)
    if raw is not None and not isinstance(raw, dict):
        message = f"{EXTENSION} has to be an object"
        yield Finding("wrong-correction", Severity.WARNING, message, at, document.locate(at))
    for key, value in _entries(raw):
        fault = _fault(holder, key, value)
        if fault is not None:
            place = pointers.join(at, key)
            yield replace(fault, pointer=place, position=document.locate(place))


def _holders(operation: Operation) -> tuple[tuple[str, Holder], ...]:
    return (operation.path_pointer, "path item"), (operation.pointer, "operation")


def _written(document: Document, pointer: str) -> Any:
    raw = document.at(pointer)
    return raw.get(EXTENSION) if isinstance(raw, dict) else None


def _entries(raw: Any) -> list[tuple[str, Any]]:
    return [(str(key), value) for key, value in raw.items()] if isinstance(raw, dict) else []


def _fault(holder: Holder, key: str, value: Any) -> Finding | None:
    """What is wrong with one entry, without its place."""
    known = _KNOWN[holder]
    if key not in known:
        message = f"the {EXTENSION} of this {holder} has no entry {key!r}"
        return Finding("unknown-correction", Severity.WARNING, message, hint=nearest(key, known))
    allowed = {"role": ROLES, "update": UPDATES}.get(key)
    if allowed is not None and value not in allowed:
        message = f"{EXTENSION}: {key} has to be {' or '.join(map(str, allowed))}, not {str(value)[:80]!r}"
        return Finding("wrong-correction", Severity.WARNING, message, hint=nearest(str(value), allowed))
    if not isinstance(value, str) or (key not in _POINTERS and not value):
        return Finding("wrong-correction", Severity.WARNING, f"{EXTENSION}: {key} has to be text")
    if key in _POINTERS and value and not value.startswith("/"):
        message = f"{EXTENSION}: {key} has to be a JSON pointer into the body"
        return Finding("wrong-correction", Severity.WARNING, message, hint=f"did you mean '/{value}'?")
    return None


def nearest(word: str, known: tuple[str, ...]) -> str:
    """A hint that names what may have been meant; nothing where nothing is known."""
    return suggestion(word, known, f"known are: {', '.join(known[:_MOST_NAMED])}" if known else "")
