"""Which schemas of two documents say the same, word for word, but for what only describes them, and for
references, which say what they lead to.
"""

import json
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from accord.document import Document, pointers
from accord.schemas.rewriting import DATA, MAPS

_DESCRIBING = frozenset(
    ("title", "description", "example", "examples", "externalDocs", "xml", "$comment", "summary")
)
_PLAIN = DATA | {"discriminator", "dependentRequired"}
_SETS = frozenset(("required", "type", "enum"))
_MOST_HOPS = 40

_Pair: TypeAlias = tuple[Any, Any]
_Key: TypeAlias = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Sameness:
    """Compares schemas of two documents by what stands there.

    Two say the same where they differ in nothing but references, and what these lead to says the same. That
    is taken to be so until a difference is found (as two automata are compared), so that schemas may refer
    to themselves. Each pair is looked at once.
    """

    old: Document
    new: Document
    _known: dict[_Key, bool] = field(default_factory=dict)

    def of(self, old: str, new: str) -> bool:
        """Do the schemas at these pointers say the same?"""
        try:
            pair = _led(self.old, self.old.at(old)), _led(self.new, self.new.at(new))
        except LookupError:
            return False
        if _key(pair) not in self._known:
            self._settle(pair)
        return self._known[_key(pair)]

    def _settle(self, pair: _Pair) -> None:
        """Decides of a pair, and of each that it rests on."""
        resting: dict[_Key, list[_Key]] = {}
        refuted: list[_Key] = []
        found = {_key(pair)}
        waiting = [pair]
        while waiting:
            each = waiting.pop()
            below = self._below(*each)
            if below is None:
                refuted.append(_key(each))
            for onward in below or ():
                resting.setdefault(_key(onward), []).append(_key(each))
                if self._known.get(_key(onward)) is False:
                    refuted.append(_key(onward))
                elif _key(onward) not in self._known and _key(onward) not in found:
                    found.add(_key(onward))
                    waiting.append(onward)
        while refuted:
            key = refuted.pop()
            if key in found or self._known.get(key) is False:
                found.discard(key)
                self._known[key] = False
                refuted += resting.pop(key, ())
        self._known.update(dict.fromkeys(found, True))

    def _below(self, old: Any, new: Any) -> list[_Pair] | None:
        """What two schemas refer to, each with what the other has there; None where they differ by
        themselves.
        """
        found: list[_Pair] = []
        waiting = self._parts(old, new, found)
        while waiting:
            one, other = waiting.pop()
            if _is_reference(one) or _is_reference(other):
                found.append((_led(self.old, one), _led(self.new, other)))
                continue
            parts = self._parts(one, other, found)
            if parts is None:
                return None
            waiting += parts
        return None if waiting is None else found

    def _parts(self, old: Any, new: Any, found: list[_Pair]) -> list[_Pair] | None:
        """The parts of two schemas that have to say the same; None where the schemas differ already."""
        if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
            return [*zip(old, new, strict=True)]
        if not isinstance(old, dict) or not isinstance(new, dict):
            return [] if written(old) == written(new) else None
        before, after = ([key for key in side if _is_meant(key)] for side in (old, new))
        if len(before) != len(after) or set(before) != set(after):
            return None
        parts: list[_Pair] = []
        for key in before:
            below = self._under(key, old[key], new[key], found)
            if below is None:
                return None
            parts += below
        return parts

    def _under(self, key: str, old: Any, new: Any, found: list[_Pair]) -> list[_Pair] | None:
        """The same of what stands under a keyword."""
        if key in _SETS and isinstance(old, list) and isinstance(new, list):
            return [] if sorted(map(written, old)) == sorted(map(written, new)) else None
        if key in _PLAIN:
            return [] if written(old) == written(new) else None
        if key in MAPS and isinstance(old, dict) and isinstance(new, dict):
            return [(old[name], new[name]) for name in old] if old.keys() == new.keys() else None
        if key == "$ref" and isinstance(old, str) and isinstance(new, str):
            targets = _target(self.old, old), _target(self.new, new)
            if targets[0] is None or targets[1] is None:
                return [] if old == new else None
            found.append((_led(self.old, targets[0]), _led(self.new, targets[1])))
            return []
        return [(old, new)]


def _key(pair: _Pair) -> _Key:
    return id(pair[0]), id(pair[1])


def _is_reference(schema: Any) -> bool:
    """Does it say nothing but what it leads to?"""
    if not isinstance(schema, dict) or not isinstance(schema.get("$ref"), str):
        return False
    return all(key == "$ref" or not _is_meant(key) for key in schema)


def _led(document: Document, schema: Any) -> Any:
    """The schema that a reference leads to; itself where it is none, or leads to nothing."""
    found = schema
    for _ in range(_MOST_HOPS):
        if not _is_reference(found):
            return found
        target = _target(document, found["$ref"])
        if target is None:
            return found
        found = target
    return schema


def _target(document: Document, reference: str) -> Any:
    """What a reference leads to; None where that is nothing, or not in the document."""
    if not reference.startswith("#"):
        return None
    try:
        return document.at(pointers.from_fragment(reference))
    except LookupError:
        return None


def meant(schema: Any) -> Any:
    """The schema without what only describes it."""
    if not isinstance(schema, dict):
        return schema
    return {key: _meant_of(key, value) for key, value in schema.items() if _is_meant(key)}


def _is_meant(key: str) -> bool:
    return key == "x-sunset" or not (key in _DESCRIBING or key.startswith("x-"))


def _meant_of(key: str, value: Any) -> Any:
    if key in _PLAIN:
        return value
    if key in MAPS and isinstance(value, dict):
        return {name: meant(each) for name, each in value.items()}
    if isinstance(value, list):
        return [meant(each) for each in value]
    return meant(value)


def written(value: Any) -> str:
    """The value as JSON text, by which 1 and true differ, and the order of keys does not matter."""
    return json.dumps(value, sort_keys=True, default=str)
