"""What is proved of the sets of values that schemas of two documents accept: which holds which, and a value
that is in one of them alone.

The proofs are those of jsonschema-rs's canonical form. It is asked of excerpts that are bounded; what is
beyond the bounds, or has no such form, is undecided.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jsonschema_rs import CanonicalSchema, FancyRegexOptions, canonical, canonicalize, validator_for

from accord.comparing.changes import Effect, Node
from accord.comparing.excerpts import Excerpts, TooLarge
from accord.comparing.sameness import Sameness
from accord.document import Document
from accord.schemas import Direction, Schemas
from accord.schemas.rewriting import leading
from accord.schemas.sampling import Sampler

_PATTERNS = FancyRegexOptions(backtrack_limit=100_000)
_NOWHERE = "/components/schemas/Witness"
_TRIES = 3


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
        excerpts = self._excerpts[document is self.old]
        schemas = (each for node in nodes for each in ([node] if isinstance(node, Mapping) else node))
        try:
            return excerpts.closed(schemas)
        except TooLarge:
            return None

    @cached_property
    def _excerpts(self) -> tuple[Excerpts, Excerpts]:
        """Those of the new document, and of the old one."""
        new, old = (Excerpts(each, self.sameness, self.direction) for each in (self.new, self.old))
        return new, old

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
