"""What changed of the types and the listed values of schemas."""

from collections.abc import Iterator, Mapping
from typing import Any

from accord.comparing.changes import Effect
from accord.comparing.facets import TYPES, Facets
from accord.comparing.keywords import Turn, brief

_ANY = TYPES - {"null"}


def turned_values(old: Facets, new: Facets) -> Iterator[Turn]:
    """What became of the types and the listed values."""
    if old.types != new.types:
        yield Turn("type", _effect(old.types, new.types), _types_message(old, new), ("type",))
    yield from _enum(old, new)
    yield from _discriminator(old, new)


def _types_message(old: Facets, new: Facets) -> str:
    return f"the type changed: {_named(old.types)} became {_named(new.types)}"


def _named(types: frozenset[str]) -> str:
    return "any" if types == _ANY else " or ".join(sorted(types)) or "null alone"


def _effect(old: frozenset[str], new: frozenset[str]) -> Effect:
    before, after = _spread(old), _spread(new)
    if before <= after:
        return Effect.WIDENED
    return Effect.NARROWED if after <= before else Effect.CHANGED


def _spread(types: frozenset[str]) -> frozenset[str]:
    return types | {"integer"} if "number" in types else types


def _enum(old: Facets, new: Facets) -> Iterator[Turn]:
    before, after = old.enum, new.enum
    if before is None and after is None:
        return
    keywords = ("enum", "const")
    if before is None or after is None:
        effect = Effect.WIDENED if after is None else Effect.NARROWED
        listed = brief([*(before or after or {}).values()])
        message = (
            f"{listed} alone may no longer come: any may" if after is None else f"only {listed} may come now"
        )
        yield Turn("enum", effect, message, keywords)
        return
    if removed := [value for key, value in before.items() if key not in after]:
        yield Turn(
            "enum", Effect.NARROWED, f"{_listed(removed)} went from the values that may come", keywords
        )
    if added := [value for key, value in after.items() if key not in before]:
        yield Turn("enum", Effect.WIDENED, f"{_listed(added)} joined the values that may come", keywords)


def _listed(values: list[object]) -> str:
    return ", ".join(map(brief, values))


def _discriminator(old: Facets, new: Facets) -> Iterator[Turn]:
    before, after = old.first("discriminator"), new.first("discriminator")
    if before == after:
        return
    keywords = ("discriminator",)
    if not isinstance(before, dict) or not isinstance(after, dict):
        effect, verb = (Effect.NARROWED, "added") if after else (Effect.WIDENED, "removed")
        yield Turn("discriminator", effect, f"a discriminator was {verb}", keywords, is_asserted=False)
        return
    if before.get("propertyName") != after.get("propertyName"):
        names = f"{brief(before.get('propertyName'))} became {brief(after.get('propertyName'))}"
        yield Turn(
            "discriminator",
            Effect.CHANGED,
            f"the property of the discriminator changed: {names}",
            keywords,
            is_asserted=False,
        )
    one, other = _mapping(before), _mapping(after)
    if removed := sorted(one.keys() - other.keys()):
        yield Turn(
            "discriminator",
            Effect.NARROWED,
            f"its mapping lost {', '.join(removed)}",
            keywords,
            is_asserted=False,
        )
    if added := sorted(other.keys() - one.keys()):
        yield Turn(
            "discriminator",
            Effect.WIDENED,
            f"its mapping has {', '.join(added)} now",
            keywords,
            is_asserted=False,
        )
    moved = sorted(name for name in one.keys() & other.keys() if one[name] != other[name])
    if moved:
        yield Turn(
            "discriminator",
            Effect.CHANGED,
            f"its mapping leads elsewhere for {', '.join(moved)}",
            keywords,
            is_asserted=False,
        )


def _mapping(discriminator: Mapping[str, Any]) -> dict[str, str]:
    """The names of schemas by the values that name them, without what holds unsaid: a schema's own name."""
    listed = discriminator.get("mapping")
    named = listed.items() if isinstance(listed, dict) else ()
    targets = {name: str(target).rpartition("/")[2] for name, target in named}
    return {name: target for name, target in targets.items() if name != target}
