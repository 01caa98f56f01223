"""What the server keeps of an item, and which of its properties name items of other resources."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from accord.document import pointers
from accord.mocking.resources.fields import Fields, Reader
from accord.mocking.resources.model import Event, Reference, TimeForm, Timestamp
from accord.mocking.resources.names import key_words, singular, snake

_EVENTS: Mapping[str, Event] = {
    **dict.fromkeys(
        ("created", "created_at", "create_time", "created_on", "created_time", "creation_date",
         "creation_time", "date_created", "creation_timestamp", "inserted_at", "created_date", "create_date",
         "created_timestamp",
         "created_ts", "created_date_utc", "date_time_created"),
        "created",
    ),
    **dict.fromkeys(
        ("updated", "updated_at", "update_time", "updated_on", "updated_time", "update_date", "date_updated",
         "modified", "modified_at", "modified_on", "last_modified", "last_updated", "last_update",
         "changed_at",
         "last_modified_at", "modification_date", "last_updated_at", "last_update_time", "date_modified",
         "updated_timestamp", "updated_date_utc", "modified_date", "last_modified_date", "updated_date"),
        "updated",
    ),
}  # fmt: skip
_FORMS: Mapping[str, TimeForm] = {
    "date-time": "date-time",
    "date": "date",
    "unix-time": "epoch",
    "timestamp": "epoch",
}
_MILLISECONDS = 10**11
_GENERIC = frozenset({"resource", "item", "object", "entity", "record", "source", "target"})
_WHICH = frozenset(
    ("primary", "default", "source", "target", "destination", "merged", "current", "previous", "original",
     "next", "last", "first", "root", "linked", "related", "main", "new", "old", "assigned", "billing",
     "shipping", "origin", "active", "initial", "final")
)  # fmt: skip


def read_only_of(
    reader: Reader, item: Fields, asked: Sequence[Fields], identifier: str | None
) -> Mapping[str, str]:
    """The properties that only the server sets, each with the reason. `asked`: the items of all requests."""
    given = {name for fields in asked for name in fields.names}
    found: dict[str, str] = {}
    for name in item.properties:
        pointer = pointers.join("", name)
        fields = reader.child(item, name)
        if fields.is_read_only:
            found[pointer] = "readOnly"
        elif given and snake(name) not in given:
            found[pointer] = "no request has it"
        elif pointer == identifier and not given:
            found[pointer] = "the identifier"
        elif name == "attributes":  # JSON:API keeps there what others have at the top
            inside = [reader.child(each, name) for each in asked if name in each.properties]
            own = read_only_of(reader, fields, inside, None)
            found |= {f"{pointer}{inner}": reason for inner, reason in own.items()}
    return found


def timestamps_of(
    reader: Reader, item: Fields, asked: Sequence[Fields], read_only: Container[str]
) -> tuple[Timestamp, ...]:
    """The times that the server keeps: requests cannot set them, or share their schema with responses."""
    found = []
    homes = {fields.home for fields in asked}
    for name, (pointer, fields) in reader.inner(item).items():
        event, form = _EVENTS.get(name), _form_of(fields)
        top = pointers.join("", pointers.split(pointer)[0])
        is_kept = (
            pointer in read_only or top in read_only or not asked or item.home in homes or top != pointer
        )
        if event is not None and form is not None and is_kept:
            found.append(Timestamp(pointer, event, form, f"its name and {form}"))
    return tuple(found)


def _form_of(fields: Fields) -> TimeForm | None:
    """How a time is written; None where the property can be no time."""
    named = _FORMS.get(fields.text("format"))
    if named is not None:
        return named
    if fields.types & {"integer", "number"}:
        example = fields.first("example")
        listed = fields.first("examples")
        example = listed[0] if isinstance(listed, list) and listed else example
        is_large = isinstance(example, int | float) and example > _MILLISECONDS
        is_told = any(word in fields.text("description").lower() for word in ("millisecond", "epoch ms"))
        return "epoch-ms" if is_large or is_told else "epoch"
    return "text" if fields.types - {"null"} == {"string"} else None


def references_of(
    reader: Reader, item: Fields, resources: Mapping[str, Sequence[str]], own: str
) -> tuple[Reference, ...]:
    """The properties that name items of other resources.

    `resources` maps the names of those that have an identifier to the homes of their schemas; `own` is the
    resource's own name, whose identifier is no reference.
    """
    found: dict[str, Reference] = {}
    for name in item.properties:
        fields = reader.child(item, name)
        for reference in _referring(reader, name, fields, resources, own):
            found.setdefault(reference.pointer, reference)
        if name == "attributes":  # JSON:API keeps there what others have at the top
            inside = references_of(reader, fields, resources, own)
            found |= {
                at: replace(each, pointer=at) for each in inside for at in [f"/attributes{each.pointer}"]
            }
        if name == "relationships":
            found |= {each.pointer: each for each in _related(reader, fields, resources)}
    return tuple(found.values())


def _related(
    reader: Reader, relationships: Fields, resources: Mapping[str, Sequence[str]]
) -> Iterator[Reference]:
    """The identifiers in JSON:API's relationships to one item each."""
    for name, (pointer, data) in reader.related(relationships).items():
        kind = reader.child(data, "type") if "type" in data.properties else None
        typed = kind.first("const") or kind.first("enum") if kind else None
        typed = typed[0] if isinstance(typed, list) and len(typed) == 1 else typed
        called = [snake(each) for each in (typed, name) if isinstance(each, str)]
        target = next((found for each in called if (found := _named(each, resources))), None)
        if target is not None:
            yield Reference(f"{pointer}/id", target, because=f"the relationship {name!r}")


def _referring(
    reader: Reader, name: str, fields: Fields, resources: Mapping[str, Sequence[str]], own: str
) -> Iterator[Reference]:
    pointer = pointers.join("", name)
    said = fields.first("x-accord")
    if isinstance(said, dict) and isinstance(said.get("references"), str):
        yield Reference(pointer, said["references"], "array" in fields.types, "x-accord says so")
        return
    text, is_plural = snake(name), snake(name).endswith(("_ids", "_uuids"))
    who, key = key_words(text[:-1] if is_plural else text)
    if key in ("id", "uuid") and who and who != own:
        target = _named(who, resources)
        if target and target != own and _holds_keys(reader, fields, many=is_plural):
            yield Reference(pointer, target, is_plural, f"its name says {who!r}")
        return
    yield from _embedded(fields, text, pointer, resources)


def _embedded(
    fields: Fields, text: str, pointer: str, resources: Mapping[str, Sequence[str]]
) -> Iterator[Reference]:
    """What is either the identifier or the whole item of another resource, where fields are expandable."""
    if not fields.types >= {"string", "object"}:
        return
    places = {at for at, _ in fields.parts}
    found = {name: tuple(places.intersection(homes)) for name, homes in resources.items()}
    found = {name: homes for name, homes in found.items() if homes}
    named = next((name for name in found if name == text or text.endswith(f"_{name}")), None)
    if named is None and len(set(found.values())) == 1:
        named = next(iter(found))
    if named is not None:
        yield Reference(pointer, named, because=f"the identifier or the whole {named}")


def _named(who: str, resources: Mapping[str, Sequence[str]]) -> str | None:
    """The resource that a word means: that name, also with a word before it that says which one."""
    first, _, rest = who.partition("_")
    candidates = [who, singular(who), *([rest] if first in _WHICH else ())]
    return next((name for name in candidates if name in resources and name not in _GENERIC), None)


def _holds_keys(reader: Reader, fields: Fields, *, many: bool) -> bool:
    if many:
        return fields.is_array and fields.items is not None and reader.read(fields.items).is_scalar
    return bool(fields.types & {"string", "integer", "number"}) and not fields.types & {
        "array",
        "object",
        "boolean",
    }
