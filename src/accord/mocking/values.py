"""The value that stands in a body or header: the author's example, or one made by the schema."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from accord.contract import Element, MediaType
from accord.document import Document, pointers
from accord.errors import ContractError
from accord.exchange import parse_media_type
from accord.exchange.json_text import MalformedJson, read_json
from accord.exchange.shapes import shape_of
from accord.mocking.model import Examples, Remark
from accord.mocking.sequences import SEQUENCES, kinds_of
from accord.schemas import Direction, Schemas

if TYPE_CHECKING:
    from accord.schemas.sampling import Sampler

_ITEMS = 3
_DEEPEST = 16
_UNNAMED = "default"
"""What an example is called that has no name."""


@dataclass(frozen=True, slots=True)
class Made:
    """A value, and what was wrong with the contract where it was made."""

    value: Any
    findings: tuple[str | Remark, ...] = ()
    is_valid: bool = False
    """Was it judged by its whole schema, and admitted?"""


class UnknownExample(LookupError):
    """There is no example of that name. Holds the names that there are."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names = names


@dataclass(frozen=True, slots=True)
class Values:
    """Makes values by a document's schemas. `examples` says what is done with one that breaks its schema."""

    schemas: Schemas
    make_sampler: "Callable[[], Sampler]"
    direction: Direction = Direction.RESPONSE
    identities: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sampler(self) -> "Sampler":
        """What makes values that nobody gave an example of."""
        return self.make_sampler()

    def towards(self, direction: Direction) -> "Values":
        """What makes values as they are in this direction."""
        return replace(self, direction=direction)

    def of(self, identities: Mapping[str, Any]) -> "Values":
        """What makes values of the resource that has these identifiers."""
        return Values(self.schemas, self.make_sampler, self.direction, identities) if identities else self

    def is_generated(self, media_type: MediaType, examples: Examples) -> bool:
        """Is the value of a body made by its schema, and no example of the author's?"""
        if examples == "ignore":
            return True
        is_sequence = media_type.item_schema is not None or media_type.essence in SEQUENCES
        written = () if is_sequence else _first_of_schema(media_type.document, media_type.schema)
        return not examples_of(media_type) and not written

    def of_content(
        self, media_type: MediaType, key: str, *, examples: Examples, name: str | None = None
    ) -> Made:
        """The value of a body: the named or first example of the media type, of its schema, or a sample.

        Raises UnknownExample where `name` names none. Examples that are ignored are there by name alone.
        """
        if examples == "ignore" and name is None:
            return self.sample(media_type, key)
        written = examples_of(media_type)
        if name is not None and name not in written:
            if name == _UNNAMED and _first_of_schema(media_type.document, media_type.schema):
                return self._of_schema_examples(media_type, key, examples)
            raise UnknownExample(tuple(written))
        if not written:
            return self._of_schema_examples(media_type, key, examples)
        example = written[name] if name is not None else next(iter(written.values()))
        return self._of_example(media_type, example, key, examples)

    def sample(self, media_type: MediaType, key: str, *, examples: bool = True) -> Made:
        """A generated value of a body; of a sequence, several: one of each kind, or some of the only one."""
        items = media_type.item_schema
        if items is None and (media_type.essence not in SEQUENCES or media_type.schema is None):
            return self.at(media_type.schema, key, examples=examples)
        pointer = items or str(media_type.schema)
        kinds = kinds_of(media_type.document, pointer)
        listed = enumerate(kinds or [pointer] * _ITEMS)
        made = [self.at(kind, f"{key} {at}", examples=examples) for at, kind in listed]
        if kinds:
            near = [self._near(pointer, each.value, f"{key} {at}") for at, each in enumerate(made)]
            made = [each for each in near if each] or [self.at(pointer, key)]
        if items is None and any(isinstance(each.value, list) for each in made):
            return made[0]
        findings = dict.fromkeys(text for each in made for text in each.findings)
        return Made([each.value for each in made], tuple(findings))

    def _near(self, pointer: str, value: Any, key: str) -> Made | None:
        """A valid value like one that was made by a part of the schema; None where there is none."""
        violations = self.schemas.at(pointer, self.direction).violations(value)
        broken = {token for each in violations for token in pointers.split(each.pointer)[:1]}
        if isinstance(value, dict):
            value = {name: held for name, held in value.items() if name not in broken}
        mended = self.sampler.mend(pointer, value, direction=self.direction, key=key).value
        return Made(mended) if self.is_valid(pointer, mended) else None

    def at(self, pointer: str | None, key: str, *, examples: bool = True) -> Made:
        """A generated value of the schema at a pointer; an empty object where there is no schema.

        Without `examples` those of the schema are passed over.
        """
        if pointer is None:
            return Made({})
        sample = self.sampler.sample(
            pointer, direction=self.direction, key=key, examples=examples, identities=self.identities
        )
        return Made(sample.value, tuple(map(str, sample.findings)), sample.is_valid)

    def of_element(
        self, element: Element, pointer: str | None, key: str, *, examples: Examples = "mend"
    ) -> Made:
        """The value of a header or parameter: its example if it keeps the schema, else a sample.

        A `verbatim` example need not keep it.
        """
        if examples == "verbatim" and (written := examples_of(element)):
            return Made(next(iter(written.values())))
        found = self._example_of(element, pointer)
        return found[0] if found else self.at(pointer, key)

    def is_exemplified(self, element: Element, pointer: str | None) -> bool:
        """Did the author give an example of a header or parameter that keeps its schema?"""
        return bool(self._example_of(element, pointer))

    def _example_of(self, element: Element, pointer: str | None) -> list[Made]:
        """The first valid example of a header or parameter, or nothing."""
        written = (*examples_of(element).values(), *_first_of_schema(element.document, pointer))
        return [Made(each) for each in written if pointer is None or self.is_valid(pointer, each)][:1]

    def has_example(self, media_type: MediaType) -> bool:
        """Did the author give an example of a media type, or of its schema as a whole?"""
        return bool(examples_of(media_type) or _first_of_schema(media_type.document, media_type.schema))

    def stated(self, pointer: str | None, keyword: str) -> Any:
        """What the schema at a pointer says with a keyword, or one that it refers to; None for nothing."""
        found = (raw[keyword] for raw in _chain(self.schemas.document, pointer) if keyword in raw)
        return next(found, None)

    def is_valid(self, pointer: str, value: Any) -> bool:
        """Does the value keep the schema?"""
        return self.schemas.at(pointer, self.direction).is_valid(value)

    def _of_schema_examples(self, media_type: MediaType, key: str, examples: Examples) -> Made:
        written = _first_of_schema(media_type.document, media_type.schema)
        if written and media_type.item_schema is None and media_type.essence not in SEQUENCES:
            return self._of_example(media_type, written[0], key, examples)
        return self.sample(media_type, key)

    def _of_example(self, media_type: MediaType, example: Any, key: str, examples: Examples) -> Made:
        pointer = media_type.schema
        parsed = parse_media_type(media_type.name)
        is_json = parsed is not None and parsed.is_json
        if isinstance(example, list) and (items := _schema_of_items(media_type)) is not None:
            return self._of_items(media_type, items, example, key, examples)
        is_text = isinstance(example, str) and not is_json and not _speaks_of_text(media_type)
        if pointer is None or is_text or self.is_valid(pointer, example):
            return Made(example)
        read = _read(example)
        if examples == "verbatim":
            return Made(read if is_json else example)
        if read is not example and self.is_valid(pointer, read):
            return Made(read)
        return self._mended(media_type, pointer, read, key)

    def _of_items(
        self, media_type: MediaType, pointer: str, items: list[Any], key: str, examples: Examples
    ) -> Made:
        """The example of a sequence as an array, each item by their schema."""
        if examples == "verbatim":
            return Made(items)
        made = [
            Made(item)
            if self.is_valid(pointer, item)
            else self._mended(media_type, pointer, item, f"{key} {at}")
            for at, item in enumerate(items)
        ]
        return Made([each.value for each in made], tuple(text for each in made for text in each.findings))

    def _mended(self, media_type: MediaType, pointer: str, example: Any, key: str) -> Made:
        """An example that breaks its schema, with what is wrong replaced."""
        mended = self.sampler.mend(pointer, example, direction=self.direction, key=key)
        first = self.schemas.at(pointer, self.direction).violations(example, most=1)
        what = f"{first[0].pointer or 'it'} {first[0].reason}" if first else "it breaks its schema"
        said = Remark(media_type.document, media_type.pointer, f"the example is mended, since {what}")
        return Made(mended.value, (said,))


def _schema_of_items(media_type: MediaType) -> str | None:
    """The schema of each item of a sequence: `itemSchema`, or a schema that is of no array."""
    if media_type.item_schema is not None or media_type.essence not in SEQUENCES:
        return media_type.item_schema
    is_array = "array" in shape_of(media_type.document, media_type.schema).types
    return None if is_array else media_type.schema


def _speaks_of_text(media_type: MediaType) -> bool:
    """Is its schema one of text? That of an object says what XML stands for, which an example spells."""
    types = shape_of(media_type.document, media_type.schema).types
    return not types or bool(types - {"array", "object", "null"})


def examples_of(element: Element) -> Mapping[str, Any]:
    """The examples of a media type, header or parameter by name; the one without is called `default`."""
    found: dict[str, Any] = {}
    if "example" in element.raw:
        found[_UNNAMED] = element.raw["example"]
    for name, pointer in element.children("examples"):
        raw = element.document.at(pointer)
        for member in ("value", "dataValue", "serializedValue"):
            if isinstance(raw, dict) and member in raw:
                found[name] = raw[member]
                break
    return found


def _first_of_schema(document: Document, pointer: str | None) -> tuple[Any, ...]:
    """The first example or default that the schema at a pointer states itself, if it does."""
    for raw in _chain(document, pointer):
        if isinstance(listed := raw.get("examples"), list) and listed:
            return (listed[0],)
        for member in ("example", "default"):
            if member in raw:
                return (raw[member],)
    return ()


def _chain(document: Document, pointer: str | None) -> Iterator[Mapping[str, Any]]:
    """The schema at a pointer and those that its references lead to."""
    for _ in range(_DEEPEST):
        try:
            raw = document.at(pointer) if pointer is not None else None
        except (LookupError, ValueError, ContractError):
            return
        if not isinstance(raw, dict):
            return
        yield raw
        if not isinstance(reference := raw.get("$ref"), str):
            return
        pointer = pointers.from_fragment(reference)


def _read(example: Any) -> Any:
    """What an example says that was written as the text of a JSON value."""
    if not isinstance(example, str) or example.strip()[:1] not in ("{", "["):
        return example
    try:
        return read_json(example.encode())
    except (MalformedJson, UnicodeEncodeError):
        return example
