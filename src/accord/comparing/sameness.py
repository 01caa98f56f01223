"""Which schemas of two documents say the same, word for word, but for what only describes them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from accord.document import Document, pointers
from accord.schemas.rewriting import DATA, MAPS

_SCHEMAS = "/components/schemas"
_DESCRIBING = frozenset(
    ("title", "description", "example", "examples", "externalDocs", "xml", "$comment", "summary")
)


@dataclass(frozen=True, eq=False)
class Sameness:
    """Compares schemas of two documents by what stands there. References are the same where they lead to
    the same place, and what stands there is the same in both.
    """

    old: Document
    new: Document
    _known: dict[tuple[str, str], bool] = field(default_factory=dict)

    def of(self, old: str, new: str) -> bool:
        """Do the schemas at these pointers say the same?"""
        if (old, new) not in self._known:
            with suppress(LookupError):
                self._known[old, new] = self._alike(self.old.at(old), self.new.at(new))
        return self._known.setdefault((old, new), False)

    def _alike(self, old: Any, new: Any) -> bool:
        if not _equal(old, new):
            return False
        return all(self._leads_to_same(reference) for reference in _references(old))

    def _leads_to_same(self, reference: str) -> bool:
        pointer = pointers.from_fragment(reference)
        name = _component(pointer)
        return name is not None and name not in self.different

    @cached_property
    def different(self) -> frozenset[str]:
        """The component schemas that are not the same, or that reach one that is not."""
        old, new = _components(self.old), _components(self.new)
        found = {name for name in {*old, *new} if not _equal(old.get(name, ...), new.get(name, ...))}
        reached_by: dict[str, set[str]] = {}
        for name in old.keys() - found:
            for reference in _references(old[name]):
                target = _component(pointers.from_fragment(reference))
                if target is None:
                    found.add(name)
                else:
                    reached_by.setdefault(target, set()).add(name)
        waiting = list(found)
        while waiting:
            onward = reached_by.get(waiting.pop(), set()) - found
            found |= onward
            waiting.extend(onward)
        return frozenset(found)


def _components(document: Document) -> Mapping[str, Any]:
    with suppress(LookupError):
        found = document.at(_SCHEMAS)
        return found if isinstance(found, dict) else {}
    return {}


def _component(pointer: str) -> str | None:
    """The name of the component schema that a pointer leads to as a whole."""
    tokens = pointers.split(pointer)
    is_component = pointer.startswith(f"{_SCHEMAS}/") and len(tokens) == pointer.count("/") == _DEPTH
    return tokens[-1] if is_component else None


_DEPTH = 3


def _references(schema: Any) -> Iterator[str]:
    for _, reference in pointers.references(schema):
        yield reference


def meant(schema: Any) -> Any:
    """The schema without what only describes it."""
    if not isinstance(schema, dict):
        return schema
    return {key: _meant_of(key, value) for key, value in schema.items() if _is_meant(key)}


def _is_meant(key: str) -> bool:
    return key == "x-sunset" or not (key in _DESCRIBING or key.startswith("x-"))


def _meant_of(key: str, value: Any) -> Any:
    if key in DATA:
        return value
    if key in MAPS and isinstance(value, dict):
        return {name: meant(each) for name, each in value.items()}
    if isinstance(value, list):
        return [meant(each) for each in value]
    return meant(value)


def _equal(old: Any, new: Any) -> bool:
    return old is new or written(meant(old)) == written(meant(new))


def written(value: Any) -> str:
    """The value as JSON text, by which 1 and true differ, and the order of keys does not matter."""
    return json.dumps(value, sort_keys=True, default=str)
