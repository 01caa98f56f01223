"""A collection as it is read: each part with its place, each text with its variables filled in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from accord.document import pointers
from accord.document.postman.variables import Variables
from accord.errors import MalformedDocument
from accord.findings import Position

Raw: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """An object of a collection, where it stands, and the variables that its texts may name."""

    value: Raw
    pointer: str
    variables: Variables
    position: Callable[[str], Position]

    def at(self, key: str | int) -> str:
        """The pointer of what stands below a key."""
        return pointers.join(self.pointer, key)

    def inner(self, key: str) -> "Part":
        """The object below a key; an empty one where there is none. Raises MalformedDocument."""
        value = self.value.get(key)
        if value is not None and not isinstance(value, dict):
            raise self.fault(f"`{key}` is no object", at=key)
        return replace(self, value=value or {}, pointer=self.at(key))

    def listed(self, key: str) -> list["Part"]:
        """The objects listed below a key; none where there is no list. Raises MalformedDocument."""
        value = self.value.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.fault(f"`{key}` is no list", at=key)
        return [self._entry(key, index, entry) for index, entry in enumerate(value) if entry is not None]

    def _entry(self, key: str, index: int, entry: Any) -> "Part":
        pointer = pointers.join(self.pointer, key, index)
        if not isinstance(entry, dict):
            raise MalformedDocument(
                f"what `{key}` lists here is no object", hint=_HINT, position=self.position(pointer)
            )
        return replace(self, value=entry, pointer=pointer)

    def text(self, key: str) -> str:
        """The text below a key, its variables filled in; empty where there is none."""
        return self._text(key, self.value.get(key))

    def texts(self, key: str) -> list[str]:
        """The texts listed below a key, or the one that stands there."""
        value = self.value.get(key)
        listed = value if isinstance(value, list) else [] if value is None else [value]
        return [self._text(key, entry.get("value") if isinstance(entry, dict) else entry) for entry in listed]

    def _text(self, key: str, value: Any) -> str:
        if isinstance(value, str):
            return self.variables.fill(value, self.at(key))
        if isinstance(value, dict | list):
            raise self.fault(f"`{key}` is no text", at=key)
        return plain(value)

    @property
    def description(self) -> str:
        """Its description, which is a text or an object that holds one."""
        value = self.value.get("description")
        return (
            self.inner("description").text("content") if isinstance(value, dict) else self.text("description")
        )

    @property
    def is_enabled(self) -> bool:
        return not self.value.get("disabled")

    def fault(self, message: str, *, at: str = "", hint: str = "") -> MalformedDocument:
        """The error that says what is wrong with this part, or with what stands below one of its keys."""
        place = self.position(self.at(at) if at else self.pointer)
        return MalformedDocument(message, hint=hint or _HINT, position=place)


_HINT = "export the collection from Postman again, as Collection v2.1"


@dataclass(frozen=True, slots=True)
class Entry:
    """A name with a value: a header, a parameter, a field of a form."""

    name: str
    value: str
    description: str
    pointer: str


def entries(part: Part, key: str) -> list[Entry]:
    """The enabled entries that a part lists below a key, those without a name aside.

    Headers may be one text, too, a header to a line.
    """
    if isinstance(part.value.get(key), str):
        return list(_lines(part, key))
    return [
        Entry(name, each.text("value"), each.description, each.pointer)
        for each in part.listed(key)
        if each.is_enabled and (name := each.text("key").strip())
    ]


def _lines(part: Part, key: str) -> Iterator[Entry]:
    for line in part.text(key).splitlines():
        name, _, value = line.partition(":")
        if name.strip():
            yield Entry(name.strip(), value.strip(), "", part.at(key))


def plain(value: Any) -> str:
    """A scalar as text, as JSON writes it; nothing where there is none."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
