"""What changed of headers: of responses, and of the parts of a form."""

from collections.abc import Iterator, Mapping

from accord.comparing.changes import Change
from accord.comparing.described import SchemasCompared, both
from accord.comparing.lifecycle import Policy, turned_lifecycle
from accord.comparing.told import Told
from accord.contract import Header
from accord.schemas import Direction


class HeaderComparison:
    """Compares headers that go one way. `kind` is what their rules call them."""

    def __init__(self, schemas: SchemasCompared, policy: Policy) -> None:
        self._schemas = schemas
        self._policy = policy

    def of(
        self,
        kind: str,
        old: Mapping[str, Header],
        new: Mapping[str, Header],
        told: Told,
        direction: Direction,
    ) -> Iterator[Change]:
        """The changes of each header, by its name in any case."""
        before, after = ({name.lower(): each for name, each in side.items()} for side in (old, new))
        for name, (one, other) in both(before, after).items():
            at = told.at(f"header {name}")
            if one and other:
                yield from self._turned(kind, one, other, at, direction)
            elif header := one or other:
                need, verb = "required" if header.required else "optional", "removed" if one else "added"
                places = (one.pointer if one else "", other.pointer if other else "")
                yield at.change(f"{need}-{kind}-{verb}", f"the {need} header was {verb}", *places)

    def _turned(
        self, kind: str, old: Header, new: Header, told: Told, direction: Direction
    ) -> Iterator[Change]:
        places = (old.pointer, new.pointer)
        if old.required != new.required:
            became = "required" if new.required else "optional"
            yield told.change(f"{kind}-became-{became}", f"the header became {became}", *places)
        is_other = self._schemas.is_exploded(old, new) and old.explode != new.explode
        if is_other or [*old.content] != [*new.content]:
            message = "it is written otherwise: explode or its media type changed"
            yield told.change(f"{kind}-serialization-changed", message, *places)
        yield from turned_lifecycle(kind, old, new, told, self._policy)
        yield from self._schemas.described(old, new, told, direction)
