"""What a server adds to what it is sent: an identifier, times, defaults, and what it alone sets."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from accord.contract import Contract
from accord.document import pointers
from accord.document.pointers import found, laid, put
from accord.exchange import ABSENT
from accord.mocking.resources import Resource, Timestamp
from accord.mocking.resources.fields import Fields, Reader
from accord.mocking.state.hiding import Hiding
from accord.mocking.state.identifying import Identifying
from accord.mocking.state.world import Collection, Item
from accord.mocking.values import Values
from accord.schemas import Verdict
from accord.schemas.sampling.repair import without_faults
from accord.schemas.violations import SchemaViolation

_AT_FIRST = frozenset({"created", "updated"})


class _Recipe(NamedTuple):
    """What values of a resource are made by: places are the keys that lead there.

    `inner` are the defaults in JSON:API's `attributes`. `kept` is what only the server sets, `below` what of
    that stands deeper in the item. `names` are the properties in the order of their schema, as people expect
    to read them; `is_valid` says whether a value is one of the schema, as it is kept.
    """

    defaults: Mapping[str, Any]
    inner: Mapping[str, Mapping[str, Any]]
    kept: Mapping[str, Any]
    below: Sequence[tuple[list[str], Any]]
    identifying: Identifying | None
    times: Sequence[tuple[list[str], Timestamp]]
    names: Sequence[str]
    is_valid: Verdict


class Maker:
    """Makes the values of items. The same seed, resource and count give the same value."""

    def __init__(self, contract: Contract, values: Values) -> None:
        self._values = values
        self._reader = Reader(contract.document)
        self._hiding = Hiding(values, self._reader)
        self._homes: dict[str, str] = {}
        self._recipes: dict[str, _Recipe] = {}
        self._unsaid: dict[tuple[str, str], Sequence[str]] = {}
        self._nothing: dict[tuple[str, str], Any] = {}

    def value(
        self, resource: Resource, sent: Any, given: Mapping[str, Any], collection: Collection, now: float
    ) -> Any:
        """The value of a new item as it is kept: what was sent, and what a server adds.

        `given` maps pointers to what is known of the item otherwise: its identifier in the path, its parents.
        """
        recipe = self._recipe(resource)
        value = {**recipe.defaults, **sent, **recipe.kept} if isinstance(sent, dict) else sent
        for name, defaults in recipe.inner.items() if isinstance(value, dict) else ():
            value[name] = {**defaults, **value[name]} if isinstance(value.get(name), dict) else defaults
        for tokens, kept in recipe.below if isinstance(value, dict) else ():
            value = laid(value, tokens, kept)
        for pointer, known in given.items():
            value = put(value, pointers.split(pointer), known)
        identifying = recipe.identifying
        if identifying is not None and identifying.pointer is not None and identifying.pointer not in given:
            value = identifying.identified(value, collection)
        for tokens, timestamp in recipe.times if isinstance(value, dict) else ():
            value = put(value, tokens, _time(timestamp, now))
        value = _in_order(recipe.names, value)
        if recipe.is_valid(value):
            return value
        return self.kept(resource.schema, value, f"{resource.name} {collection.count}")

    def completed(
        self, resource: Resource, row: Mapping[str, Any], collection: Collection, now: float
    ) -> Mapping[str, Any]:
        """A row with what it leaves out, as far as a server sets it: nothing of it is changed."""
        made = self.value(resource, row, {}, collection, now)
        return {**made, **row} if isinstance(made, dict) else row

    def hides(self, resource: Resource) -> bool:
        """Is anything in the items of a resource write-only?"""
        return self._hiding.hides(resource.schema)

    def item(self, resource: Resource, name: str, whole: Any, scope: Mapping[str, str]) -> Item:
        """The item of a value as it is kept: what is write-only in it is not in the item's value."""
        schema = resource.schema
        if not self.hides(resource) or self._values.is_valid(schema, whole):
            return Item(name, whole, scope)
        shown = without_faults(self._values.schemas.at(schema, self._values.direction), whole)
        return Item(name, self.fitting(schema, shown, f"{resource.name} {name}"), scope, whole=whole)

    def name(self, resource: Resource, value: Any, collection: Collection) -> str:
        """An identifier that is free, as text, for an item that has none in it."""
        identifying = self._recipe(resource).identifying
        return "" if identifying is None else str(identifying.free(value, collection))

    def is_valid(self, schema: str, value: Any) -> bool:
        """Is it a value of the schema?"""
        return self._values.is_valid(schema, value)

    def violations(self, schema: str, value: Any) -> Sequence[SchemaViolation]:
        """Everything that is wrong with a value of a schema as it is kept."""
        return self._hiding.values(schema).schemas.at(schema, self._values.direction).violations(value)

    def timed(self, resource: Resource, value: Any, now: float, events: Iterable[str]) -> Any:
        """The value with the times of these events."""
        for timestamp in resource.timestamps:
            if timestamp.event in events and isinstance(value, dict) and timestamp.form != "text":
                value = laid(value, pointers.split(timestamp.pointer), _time(timestamp, now))
        return value

    def fitting(self, schema: str, value: Any, key: str) -> Any:
        """The value where it is valid; else a valid one near to it, without what has no place in it."""
        return self._near(self._values, schema, value, key)

    def kept(self, schema: str, value: Any, key: str) -> Any:
        """As `fitting`, with what is write-only."""
        made = self._near(self._hiding.values(schema), schema, value, key)
        is_other = made is not value and self._hiding.hides(schema)
        return self._hiding.restored(schema, made, value) if is_other else made

    def _near(self, values: Values, schema: str, value: Any, key: str) -> Any:
        if values.is_valid(schema, value):
            return value
        known = self._reader.read(schema).properties
        if isinstance(value, dict) and known:
            declared = {name: held for name, held in value.items() if name in known}
            if values.is_valid(schema, declared):
                return declared
            value = without_faults(values.schemas.at(schema, values.direction), declared)
            if values.is_valid(schema, value):
                return value
        return values.sampler.mend(schema, value, direction=values.direction, key=key).value

    def home(self, schema: str) -> str:
        """The pointer of the schema that says what an item is, behind what only refers to it."""
        known = self._homes.get(schema)
        if known is None:
            known = self._homes[schema] = self._reader.read(schema).home
        return known

    def unsaid(self, schema: str, request: str) -> Sequence[str]:
        """The properties that an item must have, and that a request of this schema has no place for."""
        key = schema, request
        if key not in self._unsaid:
            item, asked = self._reader.read(schema), self._reader.read(request)
            lacking = sorted(item.required - asked.properties.keys()) if asked.properties else ()
            self._unsaid[key] = [pointers.join("", name) for name in lacking]
        return self._unsaid[key]

    def schema_at(self, schema: str, pointer: str) -> str | None:
        """The pointer of the schema of what stands at a pointer into an item; None where none is known."""
        fields = self._reader.read(schema)
        for token in pointers.split(pointer):
            if token not in fields.properties:
                return None
            fields = self._reader.child(fields, token)
        return fields.pointer

    def nothing_at(self, schema: str, pointer: str) -> Any:
        """What says in a value of the schema that there is nothing at a pointer: null, empty, or ABSENT."""
        key = schema, pointer
        if key not in self._nothing:
            place = self.schema_at(schema, pointer)
            fit = (each for each in (None, "", 0) if place is None or self._values.is_valid(place, each))
            holder, _, name = pointer.rpartition("/")
            inside = self.schema_at(schema, holder)
            is_required = (
                inside is not None and pointers.split(f"/{name}")[0] in self._reader.read(inside).required
            )
            self._nothing[key] = next(fit, ABSENT) if is_required or place is None else ABSENT
            if not is_required and place is not None and self._values.is_valid(place, None):
                self._nothing[key] = None
        return self._nothing[key]

    def typed(self, schema: str | None, text: str) -> Any:
        """The text of a path parameter as the schema has it: a number where that is valid."""
        if schema is None:
            return text
        for candidate in (text, int(text) if re.fullmatch(r"-?[0-9]{1,18}", text) else text):
            if self._values.is_valid(schema, candidate):
                return candidate
        return text

    def _recipe(self, resource: Resource) -> "_Recipe":
        """What values of the resource are made by, found once."""
        known = self._recipes.get(resource.name)
        if known is None:
            identifier, kept = resource.identifier, tuple(self._kept_of(resource))
            times = (each for each in resource.timestamps if each.event in _AT_FIRST and each.form != "text")
            known = self._recipes[resource.name] = _Recipe(
                self._defaults_of(self._reader.read(resource.schema)),
                self._inner_defaults_of(resource),
                {tokens[0]: held for tokens, held in kept if len(tokens) == 1},
                [(tokens, held) for tokens, held in kept if len(tokens) > 1],
                Identifying(resource.name, identifier, self._values) if identifier else None,
                tuple((pointers.split(each.pointer), each) for each in times),
                tuple(self._reader.read(resource.schema).properties),
                self._hiding.values(resource.schema)
                .schemas.at(resource.schema, self._values.direction)
                .is_valid,
            )
        return known

    def _inner_defaults_of(self, resource: Resource) -> Mapping[str, Mapping[str, Any]]:
        fields = self._reader.read(resource.schema)
        attributes = self._reader.child(fields, "attributes") if "attributes" in fields.properties else None
        defaults = self._defaults_of(attributes) if attributes is not None and attributes.is_object else {}
        return {"attributes": defaults} if defaults else {}

    def _defaults_of(self, fields: Fields) -> Mapping[str, Any]:
        """What properties are where nothing was sent for them."""
        children = {name: self._reader.child(fields, name) for name in fields.properties}
        return {
            name: child.first("default")
            for name, child in children.items()
            if any("default" in raw for _, raw in child.parts)
        }

    def _kept_of(self, resource: Resource) -> Iterator[tuple[list[str], Any]]:
        """What only the server sets, as a sample has it, and where."""
        base = self._values.at(resource.schema, f"{resource.name} kept").value if resource.read_only else None
        for pointer in resource.read_only:
            tokens = pointers.split(pointer)
            known = found(base, tokens)
            if known is not None:
                yield tokens, known


def _in_order(names: Sequence[str], value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    known = {name: value[name] for name in names if name in value}
    return known if len(known) == len(value) else {**known, **value}


def _time(timestamp: Timestamp, now: float) -> Any:
    """The moment in the form of its property."""
    if timestamp.form == "epoch":
        return int(now)
    if timestamp.form == "epoch-ms":
        return int(now * 1000)
    moment = datetime.fromtimestamp(now, UTC)
    if timestamp.form == "date":
        return moment.date().isoformat()
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
