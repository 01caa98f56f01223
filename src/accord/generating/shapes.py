"""Schemas as types: what remains of a schema when only its type is asked for.

The wire is judged by jsonschema-rs (`accord.schemas`), so models need no bounds, patterns or
conditions: those would only judge a second time, and differently. What is kept is what a type can say.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from accord.document import pointers
from accord.generating.naming import one_line, pascal_case
from accord.schemas import Direction

Shape: TypeAlias = dict[str, Any]

FORMATS = frozenset({"uuid", "date", "date-time", "time", "ipv4", "ipv6", "binary"})
"""Formats of strings that have a type of their own. Any other string stays a `str`, byte for byte."""

_SCALARS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
_STRUCTURAL = frozenset(
    {"type", "enum", "const", "properties", "required", "additionalProperties", "patternProperties"}
    | {"items", "prefixItems", "allOf", "anyOf", "oneOf"}
)


class Shaping:
    """Makes the shape of one schema.

    * `at(pointer)`: what stands there.
    * `refer(pointer, direction)`: the class name for the target of a `$ref`; None where it leads nowhere.
    * `hoist(pointer, direction, name)`: the name of the class made for an inline object.
    * `admits(pointer, direction, value)`: does the schema there admit the default?
    """

    def __init__(
        self,
        at: Callable[[str], Any],
        refer: Callable[[str, Direction], str | None],
        hoist: Callable[[str, Direction, str], str],
        admits: Callable[[str, Direction, Any], bool],
    ) -> None:
        self._at = at
        self._refer = refer
        self._hoist = hoist
        self._admits = admits

    def shape(self, pointer: str, direction: Direction, name: str) -> Shape:
        """The schema at the pointer as a type. Objects inside become classes named after `name`."""
        schema = self._at(pointer)
        if not isinstance(schema, dict):
            return {}
        made = self._body(schema, pointer, direction, name)
        if "default" in schema and self._admits(pointer, direction, schema["default"]):
            made["default"] = schema["default"]
        return made | _described(schema)

    def _body(self, schema: Shape, pointer: str, direction: Direction, name: str) -> Shape:
        if not isinstance(schema.get("$ref"), str):
            return self._own(schema, pointer, direction, name)
        target = self._refer(pointers.from_fragment(schema["$ref"]), direction)
        referred = {"$ref": reference(target)} if target else {}
        if not _STRUCTURAL & schema.keys():
            return referred
        return {"allOf": [referred, self._own(schema, pointer, direction, name)]}

    def _own(self, schema: Shape, pointer: str, direction: Direction, name: str) -> Shape:
        made: Shape = {}
        made |= _scalar(schema)
        made |= self._object(schema, pointer, direction, name)
        made |= self._array(schema, pointer, direction, name)
        made |= self._applicators(schema, pointer, direction, name)
        return _simplified(made)

    def _child(self, pointer: str, direction: Direction, name: str) -> Shape:
        """The shape of what stands inside another: an object with properties gets a class of its own."""
        schema = self._at(pointer)
        if isinstance(schema, dict) and "$ref" not in schema and _is_class(schema):
            return {"$ref": reference(self._hoist(pointer, direction, name))} | _described(schema)
        return self.shape(pointer, direction, name)

    def _object(self, schema: Shape, pointer: str, direction: Direction, name: str) -> Shape:
        made: Shape = {}
        properties = schema.get("properties")
        if isinstance(properties, dict):
            shown = list(self._shown(properties, direction))
            made["properties"] = {
                key: self._child(
                    pointers.join(pointer, "properties", key), direction, name + pascal_case(key)
                )
                for key in shown
            }
            made |= {} if _types(schema) else {"type": "object"}
        if isinstance(required := schema.get("required"), list):
            hidden = properties.keys() - made["properties"].keys() if isinstance(properties, dict) else ()
            made["required"] = [key for key in required if isinstance(key, str) and key not in hidden]
        return made | self._additional(schema, pointer, direction, name)

    def _shown(self, properties: Shape, direction: Direction) -> Iterator[str]:
        for key, schema in properties.items():
            if schema is not False and not self._is_hidden(schema, direction):
                yield key

    def _is_hidden(self, schema: Any, direction: Direction) -> bool:
        if not isinstance(schema, dict):
            return False
        if schema.get(direction.hidden) is True:
            return True
        if isinstance(ref := schema.get("$ref"), str):
            try:
                target = self._at(pointers.from_fragment(ref))
            except LookupError:
                return False
            return isinstance(target, dict) and target.get(direction.hidden) is True
        return False

    def _additional(self, schema: Shape, pointer: str, direction: Direction, name: str) -> Shape:
        """What other properties may be: pydantic knows no patterns of names, so those are joined."""
        additional = schema.get("additionalProperties")
        places = [
            pointers.join(pointer, "patternProperties", key) for key in schema.get("patternProperties") or ()
        ]
        if isinstance(additional, dict):
            places.append(pointers.join(pointer, "additionalProperties"))
        if not places:
            return {"additionalProperties": additional} if isinstance(additional, bool) else {}
        if additional is True:
            return {"additionalProperties": True}
        shapes = [self._child(place, direction, name + "Value") for place in places]
        return {"additionalProperties": shapes[0] if len(shapes) == 1 else {"anyOf": shapes}}

    def _array(self, schema: Shape, pointer: str, direction: Direction, name: str) -> Shape:
        made: Shape = {}
        if isinstance(schema.get("prefixItems"), list):
            # A tuple of fixed length is more than a list of its members' types says; less is safe.
            places = [pointers.join(pointer, "prefixItems", i) for i in range(len(schema["prefixItems"]))]
            if isinstance(schema.get("items", True), bool):
                shapes = [
                    self._child(place, direction, f"{name}Item{i}") for i, place in enumerate(places, 1)
                ]
                return {"items": {"anyOf": shapes} if schema.get("items") is False and shapes else {}}
            return {"items": {}}
        if isinstance(schema.get("items"), dict):
            made |= {} if _types(schema) else {"type": "array"}
            made["items"] = self._child(pointers.join(pointer, "items"), direction, name + "Item")
        return made

    def _applicators(self, schema: Shape, pointer: str, direction: Direction, name: str) -> Shape:
        made: Shape = {}
        parts = schema.get("allOf")
        if isinstance(parts, list):
            places = [pointers.join(pointer, "allOf", index) for index in range(len(parts))]
            shapes = [self.shape(place, direction, name) for place in places]
            made["allOf"] = [part for part in shapes if _says_something(part)]
        for key in ("anyOf", "oneOf"):
            if isinstance(schema.get(key), list):
                made |= self._choice(key, schema, pointer, direction, name)
        return made

    def _choice(self, key: str, schema: Shape, pointer: str, direction: Direction, name: str) -> Shape:
        branches = [pointers.join(pointer, key, index) for index in range(len(schema[key]))]
        shapes = [
            self._child(branch, direction, f"{name}Option{number}")
            for number, branch in enumerate(branches, 1)
        ]
        if schema.get("properties") or not any(_says_something(shape) for shape in shapes):
            return {}  # branches that only narrow what stands beside them, e.g. by `required`
        return {key: shapes} | self._discriminator(schema, schema[key], direction)

    def _discriminator(self, schema: Shape, branches: list[Any], direction: Direction) -> Shape:
        """The discriminator with a class for each value, where every branch is a class that states it."""
        written = schema.get("discriminator")
        discriminator: Shape = written if isinstance(written, dict) else {}
        name = discriminator.get("propertyName")
        targets = [branch.get("$ref") if isinstance(branch, dict) else None for branch in branches]
        if not isinstance(name, str) or not all(self._has(target, name) for target in targets):
            return {}
        mapping = discriminator.get("mapping") or {}
        values = {value: self._mapped(str(target)) for value, target in mapping.items()}
        for target in map(str, targets):
            if pointers.from_fragment(target) not in values.values():
                values[pointers.split(pointers.from_fragment(target))[-1]] = pointers.from_fragment(target)
        classes = {value: self._refer(pointer, direction) for value, pointer in values.items()}
        known = {value: reference(made) for value, made in classes.items() if made}
        return {"discriminator": {"propertyName": name, "mapping": known}}

    def _mapped(self, target: str) -> str:
        """The pointer of what a mapping names: by reference, or by the name of a component."""
        if "#" in target:
            return pointers.from_fragment(target)
        return pointers.join("/components/schemas", target)

    def _has(self, target: Any, name: str) -> bool:
        """Does the reference lead to an object that states the property itself, as text of any kind?"""
        if not isinstance(target, str):
            return False
        try:
            schema = self._at(pointers.from_fragment(target))
        except LookupError:
            return False
        properties = schema.get("properties") if isinstance(schema, dict) else None
        stated = properties.get(name) if isinstance(properties, dict) else None
        return (
            isinstance(stated, dict) and stated.get("type") == "string" and name in schema.get("required", ())
        )


def reference(name: str) -> str:
    """The reference to a class in the document that models are generated from."""
    return f"#/components/schemas/{name}"


def _described(schema: Shape) -> Shape:
    line = one_line(str(schema.get("description") or ""))
    return {"description": line} if line else {}


def _is_class(schema: Shape) -> bool:
    return isinstance(schema.get("properties"), dict) and bool(schema["properties"])


def _says_something(shape: Shape) -> bool:
    return bool(shape.keys() - {"description", "default", "required"})


def _scalar(schema: Shape) -> Shape:
    types = _types(schema)
    made: Shape = {"type": types[0] if len(types) == 1 else types} if types else {}
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    if isinstance(values, list) and (kept := _literals(values, types)):
        return {"enum": kept} | ({"type": made["type"]} if made else {})
    if "string" in types or not types:
        made |= _formatted(schema, types)
    return made


def _types(schema: Shape) -> list[str]:
    written = schema.get("type")
    listed = written if isinstance(written, list) else [written]
    known = {*_SCALARS, "object", "array"}
    return list(dict.fromkeys(name for name in listed if isinstance(name, str) and name in known))


def _literals(values: list[Any], types: list[str]) -> list[Any]:
    """The values as a `Literal` can hold them; none at all where it cannot hold each of them."""
    if "number" in types:
        return []  # 1 and 1.0 are one number, but not one literal
    allowed = tuple(kind for name in types for kind in _SCALARS.get(name, ())) or (str, int, bool, type(None))
    kept = [value for value in values if isinstance(value, allowed) and not isinstance(value, float)]
    if types and "boolean" not in types:
        kept = [value for value in kept if not isinstance(value, bool)]
    scalar = all(isinstance(value, (str, int, bool, type(None))) for value in values)
    return list(dict.fromkeys(kept)) if scalar else []


def _formatted(schema: Shape, types: list[str]) -> Shape:
    if types and schema.get("format") in FORMATS and "pattern" not in schema:
        return {"format": schema["format"]}
    media_type = str(schema.get("contentMediaType") or "")
    binary = media_type == "application/octet-stream" or media_type.startswith(("image/", "audio/", "video/"))
    if binary and "contentEncoding" not in schema:
        return {"type": "string", "format": "binary"}
    return {}


def _simplified(shape: Shape) -> Shape:
    """The same shape without an `allOf` of no parts, or of one part beside nothing that has a type."""
    parts = shape.get("allOf")
    rest = {key: value for key, value in shape.items() if key != "allOf"}
    if parts == []:
        return rest
    if (
        parts is None
        or len(parts) > 1
        or _says_something(rest)
        or ("required" in rest and "$ref" in parts[0])
    ):
        return shape
    required = [*parts[0].get("required", ()), *rest.get("required", ())]
    only: Shape = parts[0]
    return only | ({"required": list(dict.fromkeys(required))} if required else {})
