"""Schemas in canonical form: what they exclude is said as what they allow; some are proved to allow nothing.

The form is jsonschema-rs's. It is asked of one schema at a time and as a last resort, since what a schema
reaches may be a whole document: of that only so much is looked at, and no more is proved than was seen.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from jsonschema_rs import FancyRegexOptions, canonical, canonicalize

from accord.document import pointers
from accord.schemas.rewriting import DATA, MAPS, leading

_MOST_DEFINITIONS = 40
_MOST_NODES = 1_000
_MOST_NODES_OF_ALL = 3_000
_PATTERNS = FancyRegexOptions(backtrack_limit=100_000)
_UNKNOWN: Mapping[str, Any] = {"type": "object", "required": ["\0unknown"]}
"""Stands for what was not looked at."""


@dataclass(frozen=True, slots=True)
class Canonical:
    """A schema in its canonical form, with references into the document; `is_empty` if that is proved.

    `cost` says how much was looked at. The schema is None where that was too much, or has no such form.
    """

    schema: Any
    cost: int
    is_empty: bool = False


def canonical_of(content: Mapping[str, Any], schemas: Iterable[Any]) -> Canonical:
    """The canonical form of all these schemas at once."""
    excerpt = _Excerpt(content)
    together = [excerpt.of(schema) for schema in schemas]
    definitions = excerpt.definitions()
    written = {"allOf": together, "$defs": definitions} if definitions else {"allOf": together}
    if excerpt.nodes > _MOST_NODES_OF_ALL:
        return Canonical(None, excerpt.nodes)
    try:
        form = canonicalize(written, validate_formats=True, pattern_options=_PATTERNS, offline=True)
    except ValueError:
        return Canonical(None, excerpt.nodes)
    is_empty = excerpt.is_whole and form.satisfiability() == canonical.Satisfiability.NO
    return Canonical(excerpt.restored(form.to_json_schema()), excerpt.nodes, is_empty)


@dataclass(eq=False)
class _Excerpt:
    """Schemas taken out of a document, with the definitions that they reach, as far as that goes."""

    content: Mapping[str, Any]
    is_whole: bool = True
    _names: dict[str, str] = field(default_factory=dict)
    nodes: int = 0

    def of(self, schema: Any) -> Any:
        """The schema with references to the excerpt's definitions."""
        self.nodes += 1
        if not isinstance(schema, dict):
            return schema
        found = {key: self._keyword(key, value) for key, value in schema.items() if not key.startswith("x-")}
        reference = schema.get("$ref")
        if isinstance(reference, str):
            found["$ref"] = self._renamed(reference)
        if "$dynamicRef" in schema or "$anchor" in schema or "$id" in schema:
            self.is_whole = False
        return found

    def _keyword(self, key: str, value: Any) -> Any:
        if key in DATA:
            return value
        if isinstance(value, dict):
            is_map = key in MAPS
            return {name: self.of(each) for name, each in value.items()} if is_map else self.of(value)
        return [self.of(each) for each in value] if isinstance(value, list) else value

    def _renamed(self, reference: str) -> str:
        if reference not in self._names:
            self._names[reference] = f"d{len(self._names)}"
        return f"#/$defs/{self._names[reference]}"

    def definitions(self) -> dict[str, Any]:
        """All that the schemas reach. What is beyond the bounds is unknown."""
        found: dict[str, Any] = {}
        while len(found) < len(self._names):
            for reference, name in list(self._names.items())[len(found) :]:
                is_known = len(found) < _MOST_DEFINITIONS and self.nodes < _MOST_NODES
                target = self._target(reference) if is_known else None
                self.is_whole = self.is_whole and target is not None
                found[name] = _UNKNOWN if target is None else self.of(target)
        return found

    def _target(self, reference: str) -> Any:
        with suppress(LookupError, ValueError):
            if reference.startswith("#") and reference[1:2] in ("", "/"):
                return pointers.walk(self.content, pointers.from_fragment(reference))
        return None

    def restored(self, schema: Any) -> Any:
        """The canonical form with references into the document."""
        originals = {f"#/$defs/{name}": reference for reference, name in self._names.items()}
        return leading(schema, lambda reference: originals.get(reference, reference))
