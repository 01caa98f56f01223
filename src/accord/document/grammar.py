"""What stands where in an OpenAPI document: which kind of object under which key, and what is only data.

Bundling, upgrading and the vetting of references all walk by these tables, so that a `$ref` in an
example, a default, an enum or an extension is data, and so is a property that happens to be called `$ref`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum, StrEnum
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


class Interest(NamedTuple):
    """Which objects a walker is after: those with one of these keys, or of these types or formats."""

    keys: frozenset[str]
    types: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()


Visited: TypeAlias = tuple[Kind, Any, Any, str | int, Trail | None, Slot | None]
"""What makes a node: to name its parts takes as long as to find it."""


class _Way(NamedTuple):
    """How a walk goes on under a key. `passes` says of an object's keys that none of them matters."""

    kind: Kind
    is_one: bool
    passes: Callable[[Iterable[str]], bool]
    slot: Slot


def walk(value: Any, kind: Kind | Slot, grammar: Grammar, interest: Interest | None = None) -> Iterator[Node]:
    """Every object of a known kind below `value` and itself, as `visit` finds them."""
    return map(Node._make, visit(value, kind, grammar, interest))


def visit(
    value: Any,
    kind: Kind | Slot,
    grammar: Grammar,
    interest: Interest | None = None,
    beyond: AbstractSet[int] = frozenset(),
) -> Iterator[Visited]:
    """Every object of a known kind below `value` and itself: each before those in it, in document order.

    `kind` says what the value is, or, as a slot, what it is a map or list of. With an `interest`, objects
    that are not of it and hold no others are left out: most are such, and a walk takes half the time.

    What stands below an object is looked up only after it was yielded, so it may be changed by then. An
    object whose `id()` is in `beyond` is left out, with all below it, unless the walk begins there.
    """
    ways, interest = _ways(grammar, interest), interest or Interest(frozenset())
    _, types, formats = interest
    if isinstance(kind, Slot):
        queue = _entries(value, _way(kind, None, grammar), None, interest)[::-1]
    else:
        queue = [(kind, value, [value], 0, None, None)] if isinstance(value, dict) else []
    while queue:
        visited = queue.pop()
        yield visited
        kind, holder, _, _, trail, whole = visited
        further = ways[kind] if whole is None else {}
        found = _called(holder, trail, interest) if kind is Kind.CALLBACK else []
        for key in holder:
            if key not in further:
                continue
            kind, is_one, passes, _ = way = further[key]
            value = holder[key]
            if type(value) is not dict or not is_one:
                found += _entries(value, way, (trail, key), interest, holder)
            elif not passes(value) or value.get("type") in types or value.get("format") in formats:
                found.append((kind, value, holder, key, (trail, key), None))
        found.reverse()
        queue += [each for each in found if id(each[1]) not in beyond] if beyond else found


def _ways(grammar: Grammar, interest: Interest | None) -> Mapping[Kind, Mapping[str, _Way]]:
    return {
        kind: {key: _way(slot, interest, grammar) for key, slot in slots.items()}
        for kind, slots in grammar.items()
    }


def _way(slot: Slot, interest: Interest | None, grammar: Grammar) -> _Way:
    # Whatever the keys of a callback, path items stand under them.
    passes = (
        frozenset((*grammar[slot.kind], *interest.keys)).isdisjoint
        if interest and slot.kind is not Kind.CALLBACK
        else _never
    )
    return _Way(slot.kind, slot.shape in (Shape.ONE, Shape.ONE_OR_LIST), passes, slot)


def _called(callback: dict[str, Any], trail: Trail | None, interest: Interest) -> list[Visited]:
    """The path items of a callback, under whatever keys."""
    if isinstance(callback.get("$ref"), str):
        return []
    return _entries(callback, _CALLED, trail, interest)


def _entries(
    value: Any, way: _Way, trail: Trail | None, interest: Interest, holder: Any = None
) -> list[Visited]:
    """The objects in a map or list of them, without those that are passed by.

    First the map or list itself, where it stands in a `holder` and is only a reference.
    """
    kind, _, passes, slot = way
    _, types, formats = interest
    if type(value) is list and slot.shape in (Shape.LIST, Shape.ONE_OR_LIST):
        entries: Iterable[tuple[Any, Any]] = enumerate(value)
    elif type(value) is dict and slot.shape is not Shape.LIST:
        entries = value.items()
    else:
        entries = ()
    found: list[Visited] = [
        (kind, entry, value, key, (trail, key), None)
        for key, entry in entries
        if type(entry) is dict
        and (not passes(entry) or entry.get("type") in types or entry.get("format") in formats)
    ]
    if slot.shape is Shape.PATTERNED:
        found = [each for each in found if not str(each[3]).startswith("x-")]
    if trail is not None and holder is not None and type(value) is dict and type(value.get("$ref")) is str:
        found.insert(0, (kind, value, holder, trail[1], trail, slot))
    return found


def _never(_: object) -> bool:
    """False, of whatever object."""
    return False


_CALLBACK = Slot(Kind.PATH_ITEM, Shape.PATTERNED)
_CALLED = _Way(kind=Kind.PATH_ITEM, is_one=False, passes=_never, slot=_CALLBACK)


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
