"""What stands where in an OpenAPI document: which kind of object under which key, and what is only data.

Bundling, upgrading and the vetting of references all walk by these tables, so that a `$ref` in an
example, a default, an enum or an extension is data, and so is a property that happens to be called `$ref`.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from accord.document import pointers


class Kind(StrEnum):
    """A kind of object of OAS 3.1 section 4.8, as far as it can hold references."""

    __hash__ = str.__hash__
    """As the text that it is: walks look up millions, and Enum's own is slow."""

    OPENAPI = "OpenAPI object"
    COMPONENTS = "components"
    PATH_ITEM = "path item"
    OPERATION = "operation"
    PARAMETER = "parameter"
    REQUEST_BODY = "request body"
    MEDIA_TYPE = "media type"
    ENCODING = "encoding"
    RESPONSE = "response"
    HEADER = "header"
    EXAMPLE = "example"
    LINK = "link"
    CALLBACK = "callback"
    SECURITY_SCHEME = "security scheme"
    SCHEMA = "schema"


class Shape(Enum):
    """How the objects stand under a key."""

    ONE = "one object"
    LIST = "a list of them"
    MAP = "a map of them by any name"
    PATTERNED = "a map of them, beside extensions"
    ONE_OR_LIST = "either"


@dataclass(frozen=True, slots=True)
class Slot:
    """What is expected under a key."""

    kind: Kind
    shape: Shape = Shape.ONE
    is_one: bool = field(init=False, repr=False, compare=False)
    may_be_list: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "is_one", self.shape in (Shape.ONE, Shape.ONE_OR_LIST))
        object.__setattr__(self, "may_be_list", self.shape in (Shape.LIST, Shape.ONE_OR_LIST))


Grammar: TypeAlias = Mapping[Kind, Mapping[str, Slot]]

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_SCHEMA_KEYWORDS: Mapping[str, Slot] = {
    **dict.fromkeys(
        ("not", "if", "then", "else", "contains", "additionalProperties", "unevaluatedProperties"),
        Slot(Kind.SCHEMA),
    ),
    **dict.fromkeys(
        ("unevaluatedItems", "propertyNames", "contentSchema", "additionalItems"), Slot(Kind.SCHEMA)
    ),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), Slot(Kind.SCHEMA, Shape.LIST)),
    **dict.fromkeys(
        ("properties", "patternProperties", "dependentSchemas", "$defs", "definitions"),
        Slot(Kind.SCHEMA, Shape.MAP),
    ),
    "items": Slot(Kind.SCHEMA, Shape.ONE_OR_LIST),
}
_PARAMETER_FIELDS: Mapping[str, Slot] = {
    "schema": Slot(Kind.SCHEMA),
    "content": Slot(Kind.MEDIA_TYPE, Shape.MAP),
    "examples": Slot(Kind.EXAMPLE, Shape.MAP),
}

OAS3: Grammar = {
    Kind.OPENAPI: {
        "paths": Slot(Kind.PATH_ITEM, Shape.PATTERNED),
        "webhooks": Slot(Kind.PATH_ITEM, Shape.MAP),
        "components": Slot(Kind.COMPONENTS),
    },
    Kind.COMPONENTS: {
        "schemas": Slot(Kind.SCHEMA, Shape.MAP),
        "responses": Slot(Kind.RESPONSE, Shape.MAP),
        "parameters": Slot(Kind.PARAMETER, Shape.MAP),
        "examples": Slot(Kind.EXAMPLE, Shape.MAP),
        "requestBodies": Slot(Kind.REQUEST_BODY, Shape.MAP),
        "headers": Slot(Kind.HEADER, Shape.MAP),
        "securitySchemes": Slot(Kind.SECURITY_SCHEME, Shape.MAP),
        "links": Slot(Kind.LINK, Shape.MAP),
        "callbacks": Slot(Kind.CALLBACK, Shape.MAP),
        "pathItems": Slot(Kind.PATH_ITEM, Shape.MAP),
        "mediaTypes": Slot(Kind.MEDIA_TYPE, Shape.MAP),
    },
    Kind.PATH_ITEM: {
        **dict.fromkeys(_METHODS, Slot(Kind.OPERATION)),
        "parameters": Slot(Kind.PARAMETER, Shape.LIST),
        "additionalOperations": Slot(Kind.OPERATION, Shape.MAP),
    },
    Kind.OPERATION: {
        "parameters": Slot(Kind.PARAMETER, Shape.LIST),
        "requestBody": Slot(Kind.REQUEST_BODY),
        "responses": Slot(Kind.RESPONSE, Shape.PATTERNED),
        "callbacks": Slot(Kind.CALLBACK, Shape.MAP),
    },
    Kind.PARAMETER: _PARAMETER_FIELDS,
    Kind.HEADER: _PARAMETER_FIELDS,
    Kind.REQUEST_BODY: {"content": Slot(Kind.MEDIA_TYPE, Shape.MAP)},
    Kind.MEDIA_TYPE: {
        "schema": Slot(Kind.SCHEMA),
        "itemSchema": Slot(Kind.SCHEMA),
        "examples": Slot(Kind.EXAMPLE, Shape.MAP),
        "encoding": Slot(Kind.ENCODING, Shape.MAP),
        "itemEncoding": Slot(Kind.ENCODING),
        "prefixEncoding": Slot(Kind.ENCODING, Shape.LIST),
    },
    Kind.ENCODING: {
        "headers": Slot(Kind.HEADER, Shape.MAP),
        "encoding": Slot(Kind.ENCODING, Shape.MAP),
        "itemEncoding": Slot(Kind.ENCODING),
        "prefixEncoding": Slot(Kind.ENCODING, Shape.LIST),
    },
    Kind.RESPONSE: {
        "headers": Slot(Kind.HEADER, Shape.MAP),
        "content": Slot(Kind.MEDIA_TYPE, Shape.MAP),
        "links": Slot(Kind.LINK, Shape.MAP),
    },
    Kind.SCHEMA: _SCHEMA_KEYWORDS,
    Kind.CALLBACK: {},
    Kind.EXAMPLE: {},
    Kind.LINK: {},
    Kind.SECURITY_SCHEME: {},
}
"""OpenAPI 3.0, 3.1 and 3.2."""

SWAGGER2: Grammar = {
    Kind.OPENAPI: {
        "paths": Slot(Kind.PATH_ITEM, Shape.PATTERNED),
        "definitions": Slot(Kind.SCHEMA, Shape.MAP),
        "parameters": Slot(Kind.PARAMETER, Shape.MAP),
        "responses": Slot(Kind.RESPONSE, Shape.MAP),
        "securityDefinitions": Slot(Kind.SECURITY_SCHEME, Shape.MAP),
    },
    Kind.PATH_ITEM: {
        **dict.fromkeys(_METHODS[:-2], Slot(Kind.OPERATION)),
        "parameters": Slot(Kind.PARAMETER, Shape.LIST),
    },
    Kind.OPERATION: {
        "parameters": Slot(Kind.PARAMETER, Shape.LIST),
        "responses": Slot(Kind.RESPONSE, Shape.PATTERNED),
    },
    Kind.PARAMETER: {"schema": Slot(Kind.SCHEMA), "items": Slot(Kind.SCHEMA)},
    Kind.HEADER: {"items": Slot(Kind.SCHEMA)},
    Kind.RESPONSE: {"schema": Slot(Kind.SCHEMA), "headers": Slot(Kind.HEADER, Shape.MAP)},
    Kind.SECURITY_SCHEME: {},
    Kind.SCHEMA: _SCHEMA_KEYWORDS,
}


Trail: TypeAlias = tuple[Any, str | int]
"""The last key on the way to a node, and the trail of what holds it: pointers are made only when needed."""


def pointer_of(trail: Trail | None) -> str:
    """The pointer, from where the walk began."""
    tokens: list[str | int] = []
    while trail is not None:
        above, key = trail
        tokens.append(key)
        trail = above
    return pointers.join("", *reversed(tokens))


def trail_to(tokens: Iterable[str]) -> Trail | None:
    """The trail to what stands under these keys."""
    trail: Trail | None = None
    for token in tokens:
        trail = (trail, token)
    return trail


class Node(NamedTuple):
    """An object that a walk came by. It stands in `holder` under `key`.

    `whole` is set where it is no object of its kind but a `$ref` in place of a whole map or list of them.
    """

    kind: Kind
    value: Any
    holder: Any
    key: str | int
    trail: Trail | None
    whole: Slot | None = None

    @property
    def pointer(self) -> str:
        """Its pointer, from where the walk began."""
        return pointer_of(self.trail)

    @property
    def reference(self) -> str | None:
        """Its `$ref`, where it is one."""
        reference = self.value.get("$ref")
        return reference if isinstance(reference, str) else None


Dull: TypeAlias = Callable[[dict[str, Any]], bool]
"""Whether an object does not concern the walker; what stands below it may all the same."""


def walk(
    value: Any,
    kind: Kind | Slot,
    grammar: Grammar,
    *,
    dull: Dull | None = None,
    beyond: Container[int] | None = None,
) -> Iterator[Node]:
    """Every object of a known kind below `value` and itself but the `dull`, those nearer the top first.

    `kind` says what the value is, or, as a slot, what it is a map or list of.

    What stands below an object is looked up only after it was yielded, so it may be changed by then. An
    object whose `id()` is in `beyond` is left out, with all below it, unless the walk begins there.
    """
    leaves = {each: slots.keys().isdisjoint for each, slots in grammar.items()} | {Kind.CALLBACK: never}
    dull = dull or never
    if isinstance(kind, Slot):
        queue = _entries(value, kind, None, never, never)
    else:
        queue = [Node(kind, value, [value], 0, None)] if isinstance(value, dict) else []
    for node in queue:
        if node[5] is not None:
            yield node
            continue
        if not dull(node[1]):
            yield node
        children = _children(node, grammar, dull, leaves)
        queue += [child for child in children if id(child[1]) not in beyond] if beyond else children


def _children(node: Node, grammar: Grammar, dull: Dull, leaves: Mapping[Kind, Dull]) -> list[Node]:
    """The objects that stand in one, without those that are dull and hold nothing themselves."""
    kind, holder, _, _, trail, _ = node
    if kind is Kind.CALLBACK:
        return _entries(holder, _CALLBACK, trail, never, never) if node.reference is None else []
    slots = grammar[kind]
    found: list[Node] = []
    for key in holder:
        slot = slots.get(key)
        if slot is None:
            continue
        value = holder[key]
        leaf = leaves[slot.kind]
        if type(value) is dict and slot.is_one:
            if not (leaf(value) and dull(value)):
                found.append(_node((slot.kind, value, holder, key, (trail, key), None)))
            continue
        if type(value) is dict and type(value.get("$ref")) is str:
            found.append(Node(slot.kind, value, holder, key, (trail, key), slot))
        found += _entries(value, slot, (trail, key), dull, leaf)
    return found


def _entries(value: Any, slot: Slot, trail: Trail | None, dull: Dull, leaf: Dull) -> list[Node]:
    """The objects in a map or list of them, without those that are dull and hold nothing themselves."""
    kind = slot.kind
    if type(value) is list and slot.may_be_list:
        return [
            _node((kind, entry, value, index, (trail, index), None))
            for index, entry in enumerate(value)
            if type(entry) is dict and not (leaf(entry) and dull(entry))
        ]
    if type(value) is dict and not slot.may_be_list:
        has_extensions = slot.shape is Shape.PATTERNED
        return [
            _node((kind, entry, value, key, (trail, key), None))
            for key, entry in value.items()
            if type(entry) is dict
            and not (leaf(entry) and dull(entry))
            and not (has_extensions and key.startswith("x-"))
        ]
    return []


_node: Callable[[tuple[Any, ...]], Node] = partial(tuple.__new__, Node)
"""What makes a node in a third of the time; a walk makes as many as a document has objects."""


def never(_: object) -> bool:
    """False, of whatever object."""
    return False


_CALLBACK = Slot(Kind.PATH_ITEM, Shape.PATTERNED)


def kind_at(tokens: Sequence[str], kind: Kind, grammar: Grammar) -> Kind | None:
    """The kind of object that stands below an object of `kind` under these keys; None for data."""
    rest = iter(tokens)
    for token in rest:
        slot = _CALLBACK if kind is Kind.CALLBACK else grammar[kind].get(token)
        if slot is None:
            return None
        named = slot.shape is not Shape.ONE and kind is not Kind.CALLBACK
        if slot.shape is not Shape.ONE_OR_LIST and named and next(rest, None) is None:
            return None
        kind = slot.kind
    return kind
