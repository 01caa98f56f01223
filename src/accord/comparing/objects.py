"""What changed of the properties of objects and the items of arrays, and the schemas below both."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from accord.comparing.changes import Effect, Node
from accord.comparing.facets import Facets
from accord.comparing.keywords import Turn
from accord.document import pointers
from accord.schemas import Direction


@dataclass(frozen=True, slots=True)
class Child:
    """Schemas below two others: which part of the value they are of, as the end of a pointer.

    `whole` are the schemas of which they are one alternative. `is_kept`: it is proved that other alternatives
    take what these, or what they are below, take no more.
    """

    label: str
    old: Node
    new: Node
    is_property: bool = False
    whole: tuple[Node, Node] | None = None
    is_kept: bool = False

    @property
    def unlabelled(self) -> "Child":
        """The same schemas, whichever part of a value they are of."""
        return replace(self, label="")


def children_of_objects(old: Facets, new: Facets) -> Iterator[Child]:
    """The schemas below two objects and two arrays that are of the same part of a value."""
    for name, node in old.properties.items():
        other = new.properties.get(name) or _further(new, name)
        if other:
            yield Child(f"/{pointers.escape(name)}", node, other, name in new.properties)
    for name, node in new.properties.items():
        if name not in old.properties and (further := _further(old, name)):
            yield Child(f"/{pointers.escape(name)}", further, node)
    for keyword in ("additionalProperties", "items"):
        before, after = old.below(keyword), new.below(keyword)
        if before and after:
            yield Child("/*", before, after)
    for at in range(max(_count(old), _count(new))):
        before, after = _position(old, at), _position(new, at)
        if before and after:
            yield Child(f"/{at}", before, after)


def _further(facets: Facets, name: str) -> Node:
    """The schemas of properties that are not named, for one of that name that the object does not hide."""
    return () if name in facets.hidden else facets.below("additionalProperties")


def _count(facets: Facets) -> int:
    return max((len(part.schema["prefixItems"]) for part in facets.of("prefixItems")), default=0)


def _position(facets: Facets, at: int) -> Node:
    found = tuple(
        pointers.join(part.pointer, "prefixItems", at)
        for part in facets.of("prefixItems")
        if at < len(part.schema["prefixItems"])
    )
    return found or facets.below("items")


def turned_objects(old: Facets, new: Facets) -> Iterator[Turn]:
    """What became of the properties that objects have, and of what they have beside these."""
    if "object" not in old.types or "object" not in new.types:
        return
    direction = old.direction
    for name in new.properties:
        if name not in old.properties:
            yield _one_sided(name, new, direction, "added")
    for name in old.properties:
        if name not in new.properties:
            yield _one_sided(name, old, direction, "removed", is_refused=is_closed(new))
    for name in sorted(old.required.keys() ^ new.required.keys()):
        if (name in old.properties) == (name in new.properties) and name not in (old.hidden | new.hidden):
            became = "required" if name in new.required else "optional"
            effect = Effect.NARROWED if became == "required" else Effect.WIDENED
            yield Turn(
                f"property-became-{became}", effect, f"property {name!r} became {became}", ("required",)
            )
    yield from _turned_rest(old, new)


def _one_sided(
    name: str, having: Facets, direction: Direction, verb: str, *, is_refused: bool = False
) -> Turn:
    kind = "required" if name in having.required else "optional"
    effect = Effect.NARROWED if (verb == "added") == (kind == "required") else Effect.WIDENED
    message = f"the {kind} property {name!r} was {verb}"
    is_refused = is_refused and direction is Direction.REQUEST
    if is_refused:
        effect, message = Effect.NARROWED, f"{message}, and is refused now"
    pointer = having.properties[name][0]
    return Turn(
        f"{kind}-property-{verb}",
        effect,
        message,
        old_pointer=pointer if verb == "removed" else "",
        new_pointer=pointer if verb == "added" else "",
        is_refused=is_refused,
    )


def is_closed(facets: Facets) -> bool:
    """Does an object have no properties but those that are named?"""
    return any(
        part.schema.get(keyword) is False
        for part in facets.parts
        for keyword in ("additionalProperties", "unevaluatedProperties")
    )


def _turned_rest(old: Facets, new: Facets) -> Iterator[Turn]:
    before, after = is_closed(old), is_closed(new)
    one, other = old.below("additionalProperties"), new.below("additionalProperties")
    keywords = ("additionalProperties", "unevaluatedProperties")
    aspect = "additional-properties"
    if before != after:
        effect, word = (Effect.NARROWED, "no more") if after else (Effect.WIDENED, "now")
        yield Turn(aspect, effect, f"properties that are not named may {word} come", keywords)
    elif not before and bool(one) != bool(other):
        effect = Effect.NARROWED if other else Effect.WIDENED
        word = "have to satisfy a schema now" if other else "may have any value now"
        yield Turn(aspect, effect, f"properties that are not named {word}", keywords)


def turned_arrays(old: Facets, new: Facets) -> Iterator[Turn]:
    """What became of the items that arrays may have."""
    if "array" not in old.types or "array" not in new.types:
        return
    before, after = _items(old), _items(new)
    if before != after:
        effect = Effect.NARROWED if after > before else Effect.WIDENED
        yield Turn("items", effect, f"items: {_ITEMS[before]} became {_ITEMS[after]}", ("items",))
    if _count(old) != _count(new) and not (old.below("items") and new.below("items")):
        effect = Effect.NARROWED if _count(new) > _count(old) else Effect.WIDENED
        message = f"{_count(old)} positions with a schema of their own became {_count(new)}"
        yield Turn("positions", effect, message, ("prefixItems",))


_ITEMS = ("any", "those of a schema", "none beyond the positions")


def _items(facets: Facets) -> int:
    if any(
        part.schema.get(keyword) is False
        for part in facets.parts
        for keyword in ("items", "unevaluatedItems")
    ):
        return 2
    return 1 if facets.below("items") else 0
