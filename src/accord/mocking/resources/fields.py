"""What a schema says of a value as far as inference needs it: types, properties, items, identity."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from accord.document import Document, pointers
from accord.mocking.resources.names import snake

_MOST_PARTS = 60
_OWN = ("attributes", "metadata")
_NAMING = frozenset({"id", "slug", "name", "login", "uuid", "key"})
_JSON_TYPES = ("object", "array", "string", "integer", "number", "boolean", "null")


@dataclass(frozen=True, eq=False)
class Fields:
    """A schema with all that it refers to and is composed of, whichever branch a value may take.

    `home` is the pointer of the schema that is meant: where a `$ref`, a composition of one or a nullable one
    leads to. Two schemas of one home are the same.
    """

    pointer: str
    home: str
    parts: tuple[tuple[str, Mapping[str, Any]], ...]

    @cached_property
    def types(self) -> frozenset[str]:
        """The types that any part names, or that its keywords are for."""
        found: set[str] = set()
        for _, raw in self.parts:
            named = raw.get("type")
            found.update([named] if isinstance(named, str) else named if isinstance(named, list) else ())
            found.update(["object"] if "properties" in raw else ["array"] if "items" in raw else ())
        return frozenset(found.intersection(_JSON_TYPES))

    @cached_property
    def properties(self) -> Mapping[str, str]:
        """The pointer of each property's schema, by its name."""
        found: dict[str, str] = {}
        for pointer, raw in self.parts:
            named, below = raw.get("properties"), f"{pointer}/properties"
            for name in named if isinstance(named, dict) else ():
                if name not in found:
                    found[name] = pointers.join(below, name)
        return found

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The names of its properties by their form in small letters: `friendly_name` is `FriendlyName`."""
        found: dict[str, str] = {}
        for name in self.properties:
            found.setdefault(snake(name) or name, name)
        return found

    @cached_property
    def required(self) -> frozenset[str]:
        """The properties that some part requires."""
        lists = [raw["required"] for _, raw in self.parts if isinstance(raw.get("required"), list)]
        return frozenset(name for names in lists for name in names if isinstance(name, str))

    @cached_property
    def items(self) -> str | None:
        """The pointer of the schema of an array's items."""
        for pointer, raw in self.parts:
            if isinstance(raw.get("items"), dict):
                return pointers.join(pointer, "items")
        return None

    @property
    def is_object(self) -> bool:
        """May it be an object?"""
        return "object" in self.types

    @property
    def is_array(self) -> bool:
        """Is it an array, and no object?"""
        return "array" in self.types and "object" not in self.types

    @property
    def is_scalar(self) -> bool:
        """Is it neither an object nor an array?"""
        return not self.types & {"object", "array"} and bool(self.types)

    def first(self, keyword: str) -> Any:
        """What the first part that has the keyword says; None where none has."""
        return next((raw[keyword] for _, raw in self.parts if keyword in raw), None)

    def text(self, keyword: str) -> str:
        """The first text that is said with the keyword."""
        return next((raw[keyword] for _, raw in self.parts if isinstance(raw.get(keyword), str)), "")

    @property
    def is_read_only(self) -> bool:
        """Does the server alone set it?"""
        return any(raw.get("readOnly") is True for _, raw in self.parts)


class Reader:
    """Reads the schemas of one document, each once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._known: dict[str, Fields] = {}
        self._inner: dict[str, Mapping[str, tuple[str, Fields]]] = {}
        self._raws: dict[str, Mapping[str, Any] | None] = {}

    def read(self, pointer: str) -> Fields:
        """The fields of the schema at a pointer; nothing is said of a value where there is no schema."""
        known = self._known.get(pointer)
        if known is None:
            known = self._known[pointer] = self._flat(pointer)
        return known

    def child(self, fields: Fields, name: str) -> Fields:
        """The fields of a property that there is."""
        return self.read(fields.properties[name])

    def inner(self, item: Fields) -> Mapping[str, tuple[str, Fields]]:
        """The properties of an item by their names in small letters: each one's pointer and fields.

        Those in JSON:API's `attributes` and Kubernetes' `metadata` count as the item's own; `owner.id` is
        `owner_id`.
        """
        known = self._inner.get(item.pointer)
        if known is None:
            known = self._inner[item.pointer] = self._inward(item)
        return known

    def related(self, relationships: Fields) -> Mapping[str, tuple[str, Fields]]:
        """JSON:API's relationships to one item, by name: the pointer of each one's `data`, and its fields."""
        found: dict[str, tuple[str, Fields]] = {}
        for name in relationships.properties:
            fields = self.child(relationships, name)
            data = self.child(fields, "data") if "data" in fields.properties else None
            if data is not None and "id" in data.properties:
                found[name] = pointers.join("/relationships", name, "data"), data
        return found

    def _inward(self, item: Fields) -> Mapping[str, tuple[str, Fields]]:
        found = {text: (pointers.join("", name), self.child(item, name)) for text, name in item.names.items()}
        for text, (pointer, fields) in list(found.items()):
            if pointer == "/relationships":
                for name, (at, data) in self.related(fields).items():
                    found.setdefault(snake(name), (pointers.join(at, "id"), self.child(data, "id")))
            elif fields.is_object and "string" not in fields.types:
                kept = fields.names if text in _OWN else fields.names.keys() & _NAMING
                for inner in kept:
                    entry = (
                        pointers.join(pointer, fields.names[inner]),
                        self.child(fields, fields.names[inner]),
                    )
                    found.setdefault(inner if text in _OWN else f"{text}_{inner}", entry)
        return found

    def _flat(self, pointer: str) -> Fields:
        found: dict[str, Mapping[str, Any]] = {}
        waiting = [pointer]
        while waiting and len(found) < _MOST_PARTS:
            at = waiting.pop(0)
            raw = self._raw(at)
            if at not in found and raw is not None:
                found[at] = raw
                waiting[:0] = _composed(at, raw)
        return Fields(pointer, self._home(pointer), tuple(found.items()))

    def _raw(self, pointer: str) -> Mapping[str, Any] | None:
        if pointer not in self._raws:
            self._raws[pointer] = self._found(pointer)
        return self._raws[pointer]

    def _found(self, pointer: str) -> Mapping[str, Any] | None:
        try:
            raw = self.document.at(pointer)
        except (LookupError, ValueError):
            return None
        return raw if isinstance(raw, dict) else None

    def _home(self, pointer: str) -> str:
        seen: set[str] = set()
        while pointer not in seen:
            seen.add(pointer)
            raw = self._raw(pointer)
            if raw is None or "properties" in raw:
                return pointer
            leading = [at for at in _composed(pointer, raw) if not self._is_null(at)]
            if len(leading) != 1:
                return pointer
            pointer = leading[0]
        return pointer

    def _is_null(self, pointer: str) -> bool:
        raw = self._raw(pointer)
        return raw is not None and (raw.get("type") == "null" or raw.get("enum") == [None])


def _composed(pointer: str, raw: Mapping[str, Any]) -> Iterator[str]:
    """The pointers of what a schema refers to or is composed of."""
    reference = raw.get("$ref")
    if isinstance(reference, str) and reference.startswith("#/"):
        yield pointers.from_fragment(reference)
    for key in ("allOf", "anyOf", "oneOf"):
        listed = raw.get(key)
        for at in range(len(listed) if isinstance(listed, list) else 0):
            yield pointers.join(pointer, key, at)
