"""Schemas taken out of a document, with what they refer to."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from accord.comparing.sameness import Sameness
from accord.document import Document, pointers
from accord.schemas import Direction
from accord.schemas.derived import bounded
from accord.schemas.rewriting import DATA, MAPS
from accord.schemas.sampling.expressions import (
    Characters,
    Either,
    Group,
    Node,
    Repeated,
    Sequenced,
    UnknownExpression,
    may_be_empty,
    parse,
)

_MOST_NODES = 400


class TooLarge(Exception):
    """What a schema reaches is more than is looked at."""


@dataclass(eq=False, slots=True)
class _Piece:
    """A schema whose references lead to definitions, and where these stand in the document."""

    schema: Any = True
    refers: dict[str, str] = field(default_factory=dict)
    """The pointers by the names of the definitions."""
    nodes: int = 0


class Excerpts:
    """Takes schemas out of a document. What stands at a pointer is read once, and then put together."""

    def __init__(self, document: Document, sameness: Sameness, direction: Direction) -> None:
        self._document = document
        self._sameness = sameness
        self._direction = direction
        self._side = "o" if document is sameness.old else "n"
        self._pieces: dict[str, _Piece | None] = {}
        self._names: dict[str, str] = {}

    def closed(self, schemas: Iterable[str | Mapping[str, Any]]) -> Any:
        """One schema of all that hold at once, with the definitions that it needs. Each is a pointer, or a
        schema that is not in the document.

        Raises TooLarge where they reach too much, and LookupError where nothing is at a pointer.
        """
        roots = [self._root(each) for each in schemas]
        definitions = self._definitions(roots)
        together = [root.schema for root in roots]
        whole = together[0] if len(together) == 1 and isinstance(together[0], dict) else {"allOf": together}
        return {**whole, "$defs": definitions} if definitions else whole

    def _definitions(self, roots: list[_Piece]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        nodes = sum(root.nodes for root in roots)
        waiting = [*roots]
        while waiting:
            for name, pointer in waiting.pop().refers.items():
                if name not in found:
                    piece = self._piece(pointer)
                    found[name] = piece.schema
                    waiting.append(piece)
                    nodes += piece.nodes
            if nodes > _MOST_NODES:
                raise TooLarge
        return found

    def _root(self, schema: str | Mapping[str, Any]) -> _Piece:
        if not isinstance(schema, str):
            return self._read(schema)
        self._document.at(schema)
        return self._piece(schema)

    def _piece(self, pointer: str) -> _Piece:
        if pointer not in self._pieces:
            self._pieces[pointer] = None
            with suppress(TooLarge):
                try:
                    self._pieces[pointer] = self._read(self._document.at(pointer))
                except LookupError:
                    self._pieces[pointer] = _Piece()
        piece = self._pieces[pointer]
        if piece is None:
            raise TooLarge
        return piece

    def _read(self, schema: Any) -> _Piece:
        piece = _Piece()
        piece.schema = self._of(schema, piece)
        return piece

    def _of(self, schema: Any, piece: _Piece) -> Any:
        """The schema with references to definitions, without extensions and without what takes anything."""
        piece.nodes += 1
        if piece.nodes > _MOST_NODES:
            raise TooLarge
        if not isinstance(schema, dict):
            return schema
        found = {
            key: self._keyword(key, value, piece) for key, value in schema.items() if not key.startswith("x-")
        }
        if isinstance(found.get("pattern"), str) and _takes_any(found["pattern"]):
            del found["pattern"]
        return bounded(self._directed(schema, found))

    def _keyword(self, key: str, value: Any, piece: _Piece) -> Any:
        if key == "$ref" and isinstance(value, str):
            pointer = pointers.from_fragment(value)
            name = self._name(pointer)
            piece.refers[name] = pointer
            return f"#/$defs/{name}"
        if key in DATA or not isinstance(value, dict | list):
            return value
        if isinstance(value, list):
            return [self._of(each, piece) for each in value]
        if key in MAPS:
            return {name: self._of(each, piece) for name, each in value.items()}
        return self._of(value, piece)

    def _directed(self, schema: Mapping[str, Any], found: dict[str, Any]) -> dict[str, Any]:
        """The schema without the properties that this direction does not have."""
        properties = schema.get("properties")
        hidden = {name for name, each in properties.items() if self._is_hidden(each)} if properties else ()
        if not hidden:
            return found
        required = [name for name in found.get("required", ()) if name not in hidden]
        left = {name: each for name, each in found["properties"].items() if name not in hidden}
        return {**found, "properties": left, "required": required}

    def _is_hidden(self, schema: Any) -> bool:
        if not isinstance(schema, dict):
            return False
        reference = schema.get("$ref")
        if isinstance(reference, str):
            with suppress(LookupError):
                target = self._document.at(pointers.from_fragment(reference))
                if isinstance(target, dict) and target.get(self._direction.hidden) is True:
                    return True
        return schema.get(self._direction.hidden) is True

    def _name(self, pointer: str) -> str:
        """What the definition is called. A schema that is the same in both documents has one name in both."""
        if pointer not in self._names:
            side = "s" if self._sameness.of(pointer, pointer) else self._side
            self._names[pointer] = f"{side}{pointer.encode('utf-8', 'surrogatepass').hex()}"
        return self._names[pointer]


def _takes_any(pattern: str) -> bool:
    """Does each text match, as for `.*`? A pattern that may be empty and asks for no edge is found in all."""
    try:
        tree = parse(pattern)
    except (UnknownExpression, RecursionError):
        return False
    return may_be_empty(tree) and not _asks_for_place(tree)


def _asks_for_place(node: Node) -> bool:
    match node:
        case Characters():
            return False
        case Sequenced(nodes) | Either(nodes):
            return any(map(_asks_for_place, nodes))
        case Group(inner, _) | Repeated(inner, _, _):
            return _asks_for_place(inner)
        case _:
            return True
