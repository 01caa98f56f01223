"""Changes of single keywords, and what they do to the values of a schema."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from accord.comparing.changes import Effect
from accord.comparing.facets import Facets
from accord.comparing.rules import ASPECTS
from accord.comparing.sameness import meant, written
from accord.comparing.sets import EFFECTS, Sets
from accord.schemas.derived import bounded
from accord.schemas.formats import FLOATS, INTEGERS
from accord.schemas.sampling.containment import is_within

_NUMBERS = frozenset(("integer", "number"))


Said: TypeAlias = list[dict[str, Any]]
"""What each of several schemas says under some keywords."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Keywords that say one thing together, and the types that they speak of; none: all."""

    aspect: str
    keywords: tuple[str, ...]
    types: frozenset[str] = frozenset()


_TEXT, _ARRAY, _OBJECT = frozenset(("string",)), frozenset(("array",)), frozenset(("object",))
_GROUPS = (
    _Group("minimum", ("minimum", "exclusiveMinimum"), _NUMBERS),
    _Group("maximum", ("maximum", "exclusiveMaximum"), _NUMBERS),
    _Group("multiple-of", ("multipleOf",), _NUMBERS),
    _Group("min-length", ("minLength",), _TEXT),
    _Group("max-length", ("maxLength",), _TEXT),
    _Group("pattern", ("pattern",), _TEXT),
    _Group("content", ("contentEncoding", "contentMediaType", "contentSchema"), _TEXT),
    _Group("min-items", ("minItems",), _ARRAY),
    _Group("max-items", ("maxItems",), _ARRAY),
    _Group("unique-items", ("uniqueItems",), _ARRAY),
    _Group("contains", ("contains", "minContains", "maxContains"), _ARRAY),
    _Group("min-properties", ("minProperties",), _OBJECT),
    _Group("max-properties", ("maxProperties",), _OBJECT),
    _Group("pattern-properties", ("patternProperties",), _OBJECT),
    _Group("property-names", ("propertyNames",), _OBJECT),
    _Group("dependents", ("dependentRequired", "dependentSchemas"), _OBJECT),
    _Group("exclusion", ("not",)),
    _Group("condition", ("if", "then", "else")),
)
_NATIVE = frozenset(
    ("date", "date-time", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4",
     "ipv6", "uri", "uri-reference", "uri-template", "iri", "iri-reference", "uuid", "json-pointer",
     "relative-json-pointer", "regex")
)  # fmt: skip
"""Formats of texts that the canonical form knows (JSON Schema validation section 7.3)."""
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Turn:
    """What became of one aspect of a schema."""

    aspect: str
    effect: Effect
    message: str
    keywords: tuple[str, ...] = ()
    old_pointer: str = ""
    new_pointer: str = ""
    is_refused: bool = False
    is_asserted: bool = True
    """Do validators see it?"""

    @property
    def rule(self) -> str:
        """The rule that it falls under, without the direction."""
        return f"{self.aspect}-{self.effect}" if self.aspect in ASPECTS else self.aspect


def turned(old: Facets, new: Facets, sets: Sets) -> Iterator[Turn]:
    """What became of the keywords of a schema that stand alone."""
    for group in _GROUPS:
        if not group.types or (group.types & old.types and group.types & new.types):
            yield from _turned(group, old, new, sets)
    yield from _format(old, new, sets)


def _turned(group: _Group, old: Facets, new: Facets, sets: Sets) -> Iterator[Turn]:
    before, after = _said(group, old), _said(group, new)
    if written([meant(each) for each in before]) == written([meant(each) for each in after]):
        return
    effect = _effect(group, before, after, (old, new), sets)
    if effect is not None:
        message = _message(group.keywords[0], before, after)
        yield Turn(group.aspect, effect, message, group.keywords, is_asserted=group.aspect != "content")


def _said(group: _Group, facets: Facets) -> Said:
    found = [{key: part.schema[key] for key in group.keywords if key in part.schema} for part in facets.parts]
    return [each for each in found if each]


def _effect(
    group: _Group, before: Said, after: Said, sides: tuple[Facets, Facets], sets: Sets
) -> Effect | None:
    one = sets.closed(sides[0].document, *_typed(group.types, before))
    other = sets.closed(sides[1].document, *_typed(group.types, after))
    effect = sets.effect(one, other)
    if effect is None and group.aspect == "content":  # these keywords assert nothing: what they mean changed
        return Effect.CHANGED if before and after else Effect.NARROWED if after else Effect.WIDENED
    if effect is Effect.UNDECIDED and not (before and after):
        return Effect.NARROWED if after else Effect.WIDENED
    if effect is Effect.UNDECIDED and group.aspect == "pattern" and len(before) == len(after) == 1:
        return _of_patterns(str(before[0]["pattern"]), str(after[0]["pattern"]))
    return effect


def _of_patterns(old: str, new: str) -> Effect | None:
    return EFFECTS[is_within(old, new), is_within(new, old)]


def _message(keyword: str, before: Said, after: Said) -> str:
    if not before:
        return f"{_shown(after)} was added"
    if not after:
        return f"{_shown(before)} was removed"
    return f"{keyword} changed: {_shown(before)} became {_shown(after)}"


def _shown(said: Said) -> str:
    return ", ".join(f"{key} {brief(value)}" for each in said for key, value in each.items())


def brief(value: Any) -> str:
    """The value as JSON, cut where it is long."""
    text = written(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _format(old: Facets, new: Facets, sets: Sets) -> Iterator[Turn]:
    before, after = _formats(old), _formats(new)
    if before == after:
        return
    types = old.types & new.types & (_NUMBERS | _TEXT)
    if not types:
        return
    said = [{"format": each} for each in before], [{"format": each} for each in after]
    if all(map(_is_asserted, before ^ after)):
        one, other = (_typed(types, [{"format": name} for name in sorted(side)]) for side in (before, after))
        effect = sets.effect({"allOf": [*map(bounded, one)]}, {"allOf": [*map(bounded, other)]})
        if effect is Effect.UNDECIDED:
            effect = Effect.NARROWED if not before else Effect.WIDENED if not after else Effect.CHANGED
    else:
        effect = Effect.UNDECIDED
    if effect is not None:
        is_asserted = effect is not Effect.UNDECIDED
        yield Turn("format", effect, _message("format", *said), ("format",), is_asserted=is_asserted)


def _formats(facets: Facets) -> frozenset[str]:
    found = (part.schema["format"] for part in facets.of("format"))
    return frozenset(each for each in found if isinstance(each, str))


def _is_asserted(name: str) -> bool:
    return name in INTEGERS or name in FLOATS or name in _NATIVE


def _typed(types: frozenset[str], said: Said) -> Said:
    """The schemas, each for these types alone: what it says of others is not asked."""
    kind: dict[str, Any] = {"type": sorted(types)} if types else {}
    return [{**kind, **each} for each in said] or [kind]
