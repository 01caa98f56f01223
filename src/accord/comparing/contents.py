"""What changed of bodies: their media types, schemas, and the parts of forms."""

from collections.abc import Iterator

from accord.comparing.changes import Change
from accord.comparing.described import SchemasCompared
from accord.comparing.forms import FormComparison
from accord.comparing.ranges import matched_content
from accord.comparing.told import Told
from accord.contract import MediaType
from accord.contract.model import Content
from accord.schemas import Direction

_TOLD = {
    "removed": "the media type {} was removed",
    "added": "the media type {} was added",
    "narrowed": "of the media types {} only some are left",
    "widened": "{} stands for more media types than there were",
}


class ContentComparison:
    """Compares bodies that go one way."""

    def __init__(self, schemas: SchemasCompared, forms: FormComparison) -> None:
        self._schemas = schemas
        self._forms = forms

    def of(self, kind: str, old: Content, new: Content, told: Told, direction: Direction) -> Iterator[Change]:
        """The changes of each media type; `kind` is `request` or `response`, as in the rules."""
        found = matched_content(old, new)
        for name, (one, other) in found.pairs.items():
            at = told if len(old.content) == len(new.content) == 1 else told.at(name)
            yield from self._media_type(one, other, at, direction)
        for verb in ("removed", "narrowed"):
            for each in getattr(found, verb).values():
                yield told.change(
                    f"{kind}-media-type-{verb}", _TOLD[verb].format(each.name), old=each.pointer
                )
        for verb in ("added", "widened"):
            for each in getattr(found, verb).values():
                yield told.change(
                    f"{kind}-media-type-{verb}", _TOLD[verb].format(each.name), new=each.pointer
                )

    def _media_type(
        self, old: MediaType, new: MediaType, told: Told, direction: Direction
    ) -> Iterator[Change]:
        places = (old.pointer, new.pointer)
        yield from self._schemas.of(old.schema, new.schema, told, direction, places)
        yield from self._schemas.of(old.item_schema, new.item_schema, told.at("items"), direction, places)
        yield from self._forms.of(old, new, told, direction)
