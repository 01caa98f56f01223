"""The document as validators need it, part by part.

A part is what some schemas need and no more: large contracts have thousands of schemas, and a request
concerns a few.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from accord.document import pointers
from accord.document.grammar import trail_to
from accord.schemas.derived import Directed, Direction, Fault
from accord.schemas.walking import MAP, OBJECTS, SchemaWalk

_UNITS: Mapping[str, str] = {
    **{f"/{key}": kind for key, held, kind in OBJECTS["openapi"] if held == MAP},
    **{f"/components/{key}": kind for key, _, kind in OBJECTS["components"]},
}
"""The maps whose entries are units, and of which kind these are."""
GONE = object()
WHOLE = ""
"""The unit of what stands in no other: the document itself."""


class Derivation:
    """The document for values that go in one direction, made part by part as it is asked for.

    Numeric formats become bounds, a required property that the direction hides is not required, and
    (with `refuse_hidden`) may not be there at all. A reference to nothing accepts anything, and is a fault.

    `content` has the units that were made so far, each in its place: a component, or a path item. It is
    one object that grows, until something in it is replaced.
    """

    def __init__(
        self, document: Mapping[str, Any], direction: Direction, *, refuse_hidden: bool = True
    ) -> None:
        self.content: dict[str, Any] = {}
        self.faults: list[Fault] = []
        self._document = document
        self._directed = Directed(document, direction, refuse_hidden, self.faults, [])
        self._needs: dict[str, Collection[str]] = {}

    def reachable(self, unit: str) -> Collection[str]:
        """The units that one needs: itself, and all that its references lead into, made by then."""
        found = {unit: None}
        waiting = [unit]
        for each in waiting:
            onward = [to for to in self._made(each) if to not in found]
            found.update(dict.fromkeys(onward))
            waiting.extend(onward)
        return self.everything() if WHOLE in found else found

    def needed(self, pointer: str) -> Collection[str]:
        """The units that the references in what stands at a pointer lead into, and what these need."""
        found: dict[str, None] = {}
        with suppress(LookupError):
            for _, reference in pointers.references(pointers.walk(self._document, pointer)):
                found.update(dict.fromkeys(self.reachable(unit_of(pointers.from_fragment(reference)))))
        return found

    def everything(self) -> Collection[str]:
        """The unit that is the whole document, made by then."""
        for unit in units_of(self._document):
            self._made(unit)
        _complete(self.content, self._document)
        return (WHOLE,)

    def selected(self, units: Collection[str]) -> dict[str, Any]:
        """The content with these units alone."""
        if WHOLE in units:
            return dict(self.content)
        found: dict[str, Any] = {}
        for unit in units:
            with suppress(LookupError):
                _put(found, pointers.split(unit), pointers.walk(self.content, unit))
        return found

    def replace(self, path: Sequence[str], by: Any) -> None:
        """Puts something else in the place at a path, or takes away what is there where that is `GONE`."""
        self.content = _replaced(self.content, path, by)

    def _made(self, unit: str) -> Collection[str]:
        """The units that this one refers to, after it was put into the content."""
        known = self._needs.get(unit)
        if known is None:
            self._directed.references.clear()
            with suppress(LookupError):
                self._make(unit)
            known = self._needs[unit] = {unit_of(to): None for to in self._directed.references}
        return known

    def _make(self, unit: str) -> None:
        written = pointers.walk(self._document, unit)
        tokens = pointers.split(unit)
        kind = _UNITS.get(unit.rpartition("/")[0])
        if kind is not None:
            made = SchemaWalk(self._directed.change).of(written, kind, trail_to(tokens))
            _put(self.content, tokens, made)


def unit_of(pointer: str) -> str:
    """The pointer of the component or path item that a pointer leads into, or of the document."""
    tokens = pointer.split("/")
    for length in (2, 3):
        if len(tokens) > length and "/".join(tokens[:length]) in _UNITS:
            return "/".join(tokens[: length + 1])
    return WHOLE


def units_of(document: Mapping[str, Any]) -> Iterator[str]:
    """The pointer of each component that is or holds a schema, and of each path item."""
    for section in _UNITS:
        with suppress(LookupError):
            entries = pointers.walk(document, section)
            yield from (pointers.join(section, name) for name in entries if isinstance(entries, dict))


def _put(content: dict[str, Any], tokens: Sequence[str], value: Any) -> None:
    *above, last = tokens
    for token in above:
        content = content.setdefault(token, {})
    content[last] = value


def _complete(content: dict[str, Any], document: Mapping[str, Any]) -> None:
    """Adds what stands in no unit, as it is written."""
    for key, value in document.items():
        if key not in content:
            content[key] = value
        elif key == "components":
            content[key].update({name: each for name, each in value.items() if name not in content[key]})


def _replaced(value: Any, path: Sequence[str], by: Any) -> Any:
    """A copy of the value in which something else stands at `path`, or nothing where that is `GONE`."""
    if not path:
        return by
    first, *rest = path
    if isinstance(value, Mapping):
        child = _replaced(value[first], rest, by)
        if child is GONE:
            return {key: other for key, other in value.items() if key != first}
        return {**value, first: child}
    at = int(first)
    child = _replaced(value[at], rest, by)
    return [*value[:at], True if child is GONE else child, *value[at + 1 :]]
