"""What is proved of the sets of values that schemas of two documents accept: which holds which, and a value
that is in one of them alone.

The proofs are those of jsonschema-rs's canonical form. It is asked of excerpts that are bounded; what is
beyond the bounds, or has no such form, is undecided.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from jsonschema_rs import CanonicalSchema, FancyRegexOptions, canonical, canonicalize, validator_for

from accord.comparing.changes import Effect, Node
from accord.comparing.sameness import Sameness
from accord.document import Document, pointers
from accord.schemas import Direction, Schemas
from accord.schemas.derived import bounded
from accord.schemas.rewriting import DATA, MAPS, leading
from accord.schemas.sampling import Sampler

_MOST_NODES = 400
_PATTERNS = FancyRegexOptions(backtrack_limit=100_000)
_NOWHERE = "/components/schemas/Witness"
_TRIES = 3


class TooLarge(Exception):
    """What a schema reaches is more than is looked at."""


@dataclass(frozen=True, eq=False)
class Sets:
    """Asks of the schemas of two documents."""

    old: Document
    new: Document
    sameness: Sameness
    direction: Direction

    def effect(self, old: Any, new: Any) -> Effect | None:
        """What becomes of the values from one schema to the other; None where they stay the same.

        The schemas are those of `closed`, or have no references.
        """
        one, other = self._form(old), self._form(new)
        if one is None or other is None:
            return Effect.UNDECIDED
        return EFFECTS[_answer(other.covers(one)), _answer(one.covers(other))]

    def is_within(self, part: Any, whole: Any) -> bool:
        """Is it proved that each value of `part` is one of `whole`?"""
        inner, outer = self._form(part), self._form(whole)
        return inner is not None and outer is not None and _answer(outer.covers(inner)) is True

    def _form(self, schema: Any) -> CanonicalSchema | None:
        if schema is None:
            return None
        try:
            return canonicalize(schema, validate_formats=True, pattern_options=_PATTERNS, offline=True)
        except ValueError:
            return None

    def closed(self, document: Document, *nodes: Node | Mapping[str, Any]) -> Any:
        """One schema of all that hold at once, with the definitions that it needs; None where these are
        too many. A schema that is the same in both documents has the same name in both.
        """
        excerpt = _Excerpt(document, self.sameness, self.direction)
        try:
            together = [excerpt.of(each) for node in nodes for each in _schemas(document, node)]
            definitions = excerpt.definitions()
        except TooLarge:
            return None
        whole = together[0] if len(together) == 1 and isinstance(together[0], dict) else {"allOf": together}
        return {**whole, "$defs": definitions} if definitions else whole

    def witness(self, accepting: Any, refusing: Any) -> Any:
        """A value that the first schema accepts and the second refuses; `...` where none was found."""
        if accepting is None or refusing is None:
            return ...
        try:
            takes = validator_for(accepting, validate_formats=True, pattern_options=_PATTERNS, offline=True)
            refuses = validator_for(refusing, validate_formats=True, pattern_options=_PATTERNS, offline=True)
        except ValueError:
            return ...
        for value in self._candidates(accepting, refusing):
            if takes.is_valid(value) and not refuses.is_valid(value):
                return value
        return ...

    def _candidates(self, accepting: Any, refusing: Any) -> Iterator[Any]:
        one, other = self._form(accepting), self._form(refusing)
        if one is not None and other is not None:
            with suppress(canonical.UnsupportedResult):
                yield from _sampled(*_as_components(one.subtract(other).to_json_schema(), "_"), times=1)
        taken, components = _as_components(accepting, "_a")
        refused, others = _as_components(refusing, "_b")
        yield from _sampled({"allOf": [taken, {"not": refused}]}, {**components, **others}, times=1)
        yield from _sampled(*_as_components(accepting, "_"), times=_TRIES)


def _schemas(document: Document, node: Node | Mapping[str, Any]) -> list[Any]:
    return [node] if isinstance(node, Mapping) else [document.at(pointer) for pointer in node]


def _answer(answer: Any) -> bool | None:
    return {canonical.Containment.YES: True, canonical.Containment.NO: False}.get(answer)


EFFECTS: Mapping[tuple[bool | None, bool | None], Effect | None] = {
    (True, True): None,
    (True, False): Effect.WIDENED,
    (True, None): Effect.WIDENED,
    (False, True): Effect.NARROWED,
    (None, True): Effect.NARROWED,
    (False, False): Effect.CHANGED,
    (False, None): Effect.UNDECIDED,
    (None, False): Effect.UNDECIDED,
    (None, None): Effect.UNDECIDED,
}
"""By whether the new schema takes all old values, and the old one all new."""


def _as_components(schema: Any, prefix: str) -> tuple[Any, dict[str, Any]]:
    """A schema with definitions of its own as one that refers to components, and these components by name."""
    home = f"#/components/schemas/{prefix}"

    def led(part: Any) -> Any:
        return leading(part, lambda reference: reference.replace("#/$defs/", home, 1))

    definitions = schema.get("$defs", {})
    return led(schema), {f"{prefix}{name}": led(each) for name, each in definitions.items()}


def _sampled(schema: Any, components: Mapping[str, Any], *, times: int) -> Iterator[Any]:
    """Values of a schema that refers to components, as our sampler makes them."""
    content = {"openapi": "3.1.0", "components": {"schemas": {**components, "Witness": schema}}}
    document = Document(content, "3.1.0", (), locate=_unplaced)
    sampler = Sampler(Schemas(document, refuse_hidden=False), "accord", fills=False)
    with suppress(LookupError, ValueError):
        for at in range(times):
            yield sampler.sample(_NOWHERE, direction="request", key=str(at)).value


def _unplaced(pointer: str) -> Any:
    raise LookupError(pointer)


@dataclass(eq=False)
class _Excerpt:
    """Schemas taken out of a document, with what they refer to."""

    document: Document
    sameness: Sameness
    direction: Direction
    _names: dict[str, str] = field(default_factory=dict)
    _nodes: int = 0

    def of(self, schema: Any) -> Any:
        """The schema with references to the excerpt's definitions, without what only describes it."""
        self._nodes += 1
        if self._nodes > _MOST_NODES:
            raise TooLarge
        if not isinstance(schema, dict):
            return schema
        found = {key: self._keyword(key, value) for key, value in schema.items() if not key.startswith("x-")}
        return bounded(self._directed(schema, found))

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
                target = self.document.at(pointers.from_fragment(reference))
                if isinstance(target, dict) and target.get(self.direction.hidden) is True:
                    return True
        return schema.get(self.direction.hidden) is True

    def _keyword(self, key: str, value: Any) -> Any:
        if key == "$ref" and isinstance(value, str):
            return f"#/$defs/{self._name(pointers.from_fragment(value))}"
        if key in DATA or not isinstance(value, dict | list):
            return value
        if isinstance(value, list):
            return [self.of(each) for each in value]
        if key in MAPS:
            return {name: self.of(each) for name, each in value.items()}
        return self.of(value)

    def _name(self, pointer: str) -> str:
        if pointer not in self._names:
            side = "s" if self.sameness.of(pointer, pointer) else self._side
            self._names[pointer] = f"{side}{pointer.encode('utf-8', 'surrogatepass').hex()}"
        return self._names[pointer]

    @property
    def _side(self) -> str:
        return "o" if self.document is self.sameness.old else "n"

    def definitions(self) -> dict[str, Any]:
        """All that the schemas reach."""
        found: dict[str, Any] = {}
        while len(found) < len(self._names):
            for pointer, name in list(self._names.items())[len(found) :]:
                try:
                    found[name] = self.of(self.document.at(pointer))
                except LookupError:
                    found[name] = True
        return found
