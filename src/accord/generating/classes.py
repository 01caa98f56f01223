"""The classes of models.py: a name for each schema that needs one, and the shape behind the name."""

from collections import deque
from collections.abc import Mapping
from typing import Any

from accord.document import Document, pointers
from accord.errors import ContractError
from accord.generating.defaults import held
from accord.generating.directions import directional
from accord.generating.merging import merged
from accord.generating.naming import RESERVED_CLASSES, pascal_case, unique
from accord.generating.shapes import Shape, Shaping
from accord.schemas import Direction, Schemas


class Classes:
    """Names classes as they are asked for, and shapes them when `shapes` is called.

    A schema that hides something in one direction (readOnly, writeOnly, at any depth) has two classes:
    its own name is for responses, with `Request` after it for requests. Names depend on the document
    alone, and components come first, so that an inline schema never takes a component's name.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._directional = directional(document)
        self._schemas = Schemas(document)
        self._names: dict[tuple[str, Direction], str] = {}
        self._taken: set[str] = set(RESERVED_CLASSES)
        self._places: dict[str, tuple[str, Direction]] = {}
        self._pending: deque[str] = deque()
        self._raw_shapes: dict[str, Shape] = {}
        self._shapes: dict[str, Shape] = {}
        self._shaping = Shaping(document.at, self._refer, self.name, self._admits)
        self._name_components()

    def name(self, pointer: str, direction: Direction, wanted: str) -> str:
        """The name of the class for the schema at `pointer`; `wanted`, or near it, where it has none yet."""
        if not self._directional(pointer):
            direction = Direction.RESPONSE
        key = pointer, direction
        if key not in self._names:
            made = unique(pascal_case(wanted), self._taken, suffix="Model")
            self._taken.add(made)
            self._names[key] = made
            self._places[made] = key
            self._pending.append(made)
        return self._names[key]

    def shape(self, pointer: str, direction: Direction, wanted: str) -> Shape:
        """The shape of the schema at `pointer`, with each class in it named."""
        return self._shaping.shape(pointer, direction, wanted)

    def shapes(self) -> Mapping[str, Shape]:
        """The shape behind every name given so far, and behind those that they need in turn."""
        while self._pending:
            name = self._pending.popleft()
            self._shapes[name] = held(merged(self._shape_of(name), self._shape_of), self._shape_of)
        return dict(sorted(self._shapes.items()))

    def _shape_of(self, name: str) -> Shape:
        if name not in self._raw_shapes:
            self._raw_shapes[name] = {}  # what an allOf that leads back to itself finds
            self._raw_shapes[name] = self._shaping.shape(*self._places[name], name)
        return self._raw_shapes[name]

    def _name_components(self) -> None:
        components = self._document.content.get("components")
        schemas = components.get("schemas") if isinstance(components, dict) else None
        keys = list(schemas) if isinstance(schemas, dict) else []
        places = {key: pointers.join("/components/schemas", key) for key in keys}
        for key, pointer in places.items():
            self.name(pointer, Direction.RESPONSE, key)
        for key, pointer in places.items():
            if self._directional(pointer):
                self.name(pointer, Direction.REQUEST, pascal_case(key) + "Request")

    def _refer(self, pointer: str, direction: Direction) -> str | None:
        try:
            target, _ = self._document.resolve(pointer)
        except (ContractError, LookupError):
            return None
        return self.name(target, direction, _name_from(target))

    def _admits(self, pointer: str, direction: Direction, value: Any) -> bool:
        return not self._schemas.at(pointer, direction).violations(value, most=1)


def _name_from(pointer: str) -> str:
    """A name for a schema that is referred to where it stands, below something that has a name."""
    tokens = pointers.split(pointer)
    named = tokens[2:] if tokens[0] == "components" else tokens[1:]
    skipped = {"schema", "schemas", "properties", "content", "items", "allOf", "anyOf", "oneOf"}
    return "".join(pascal_case(token) for token in named if token not in skipped)
