"""The values that say what a group of operations is: its resource, and what each operation does to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from accord.contract import Operation
from accord.document import pointers
from accord.mocking.resources.bodies import Bodies
from accord.mocking.resources.corrections import Correction, identifier_said
from accord.mocking.resources.drafting import is_patch_list, verbs_of
from accord.mocking.resources.envelopes import find_item, find_items
from accord.mocking.resources.fields import Fields, Reader
from accord.mocking.resources.forms import as_form, merging
from accord.mocking.resources.groups import Draft, Group
from accord.mocking.resources.identifying import Hints, describe_identifier, identify
from accord.mocking.resources.listing import filters_of, search_of, sort_of
from accord.mocking.resources.members import members_of, told_in_headers
from accord.mocking.resources.model import (
    ROLES,
    Identifier,
    Listing,
    Paging,
    Place,
    Places,
    Resource,
    ResourceOperation,
    Role,
    Update,
)
from accord.mocking.resources.names import snake
from accord.mocking.resources.paging import paging_of
from accord.mocking.resources.properties import read_only_of, references_of, timestamps_of
from accord.mocking.resources.scopes import Scopes

_STORING = frozenset({"create", "upsert"})
_WRITING: tuple[Role, ...] = ("create", "replace", "update")
_MERGING: frozenset[Update] = frozenset({"merge", "merge-attributes", "deep-merge"})
_LISTING: tuple[Role, ...] = ("list", "search")


def describe_operation(
    bodies: Bodies, group: Group, draft: Draft, *, name: str, said: Correction, scopes: Scopes
) -> ResourceOperation:
    """What an operation does to the items of a group."""
    operation = draft.operation
    updates = _updates(bodies.reader, draft, said)
    role: Role = "update" if draft.role == "replace" and _MERGING & {*updates.values()} else draft.role
    paging = paging_of(bodies.reader, operation) if role in _LISTING else Paging()
    responses = _surrounded(bodies.reader, operation, _responses(bodies, group, draft, said), paging)
    return ResourceOperation(
        id=operation.id,
        role=role,
        resource=name,
        scope=scopes.of(operation, draft.scope),
        key=draft.key,
        key_pointer=_key_pointer(bodies.reader, group, draft),
        request=_request(bodies, group, draft, said, updates),
        responses=responses,
        updates=updates,
        identifiers=_identifiers(bodies, group, draft, responses) if role == "create" else {},
        located=tuple(_located(operation)) if role == "create" else (),
        creates=role == "replace" and draft.key is not None and creates_where_none_is(group, draft),
        listing=_listing(bodies, group, draft, responses, paging) if role in _LISTING else None,
        because=f"{draft.because}; x-accord says {said.update!r}" if said.update else draft.because,
    )


def _key_pointer(reader: Reader, group: Group, draft: Draft) -> str | None:
    if group.is_singleton or draft.role in ("create", "list", "search"):
        return None
    hints = next((each for path, each in group.hints if path == draft.operation.path), group.sought.hints)
    stated = hints.stated or identifier_said(group.item.parts)
    hints = _known(reader, group, replace(hints, stated=stated))
    found = identify(reader, _identified(reader, group, hints), hints)
    return found[0] if found else None


def _known(reader: Reader, group: Group, hints: Hints) -> Hints:
    """The hints, with what the operations of a group tell where the names alone lead to no identifier."""
    schemas = (group.item, *(reader.read(home) for home in sorted(group.homes)))
    if not group.makes_items or any(identify(reader, each, hints) for each in schemas):
        return hints
    return replace(hints, is_made=True)


def _identified(reader: Reader, group: Group, hints: Hints) -> Fields:
    """The fields of an item as it is read, or, where these have no identifier, as it is listed."""
    others = (reader.read(home) for home in sorted(group.homes))
    return next((each for each in (group.item, *others) if identify(reader, each, hints)), group.item)


def _updates(reader: Reader, draft: Draft, said: Correction) -> Mapping[str, Update]:
    """How each media type of a change changes the item."""
    body = draft.operation.request_body
    if draft.role not in ("replace", "update") or body is None:
        return {}
    found: dict[str, Update] = {}
    for name, media_type in body.content.items():
        is_patch = media_type.essence == "application/json-patch+json" or (
            media_type.schema is not None and is_patch_list(reader, media_type.schema)
        )
        usual: Update = "replace" if draft.operation.method == "put" else merging(reader, media_type)
        found[name] = said.update or ("json-patch" if is_patch else usual)
    return found


def _request(
    bodies: Bodies, group: Group, draft: Draft, said: Correction, updates: Mapping[str, Update]
) -> Places:
    if draft.role not in _WRITING:
        return {}
    body = draft.operation.request_body
    if said.body is not None and body is not None:
        return {
            name: Place(said.body, found)
            for name, each in body.content.items()
            if each.schema and (found := _schema_at(bodies.reader, each.schema, said.body))
        }
    places = bodies.asked(draft.operation, group.sought, group.item)
    shapes = {
        name: as_form(
            bodies.reader,
            replace(place, renamed=_renamed(bodies.reader, group, draft, place)),
            group.item,
            name,
        )
        for name, place in places.items()
    }
    return {
        name: place
        for name, place in shapes.items()
        if updates.get(name) != "json-patch" and (place.files or _has_item(bodies, group, place))
    }


def _has_item(bodies: Bodies, group: Group, place: Place) -> bool:
    """Is it an item of the group that a request has there, and not a wish of another kind?"""
    asked = bodies.fields(place)
    return asked.home in group.homes or not group.item.properties or bodies.overlaps(asked, group.item)


def _renamed(reader: Reader, group: Group, draft: Draft, place: Place) -> Mapping[str, str]:
    """The members of a request whose names are those of the item's properties in another style.

    So is the identifier of what is created, where the request calls it as the item's path does: `commit_id`.
    """
    asked, item = reader.read(place.schema), group.item
    found = {
        name: item.names[text]
        for text, name in asked.names.items()
        if name not in item.properties and text in item.names
    }
    hints = group.sought.hints
    called = asked.names.get(snake(hints.parameter.name)) if hints.parameter else None
    own = identify(reader, item, hints) if draft.role == "create" else None
    if called is not None and called not in {*item.properties, *found} and own is not None:
        first, *deeper = pointers.split(own[0])
        found |= {called: first} if not deeper and first not in asked.properties else {}
    return found


def _responses(bodies: Bodies, group: Group, draft: Draft, said: Correction) -> Mapping[str, Places]:
    """Where successful responses hold the item, or the items of a list."""
    stated = said.items if said.items is not None else said.item
    reader, sought = bodies.reader, group.sought

    def find(schema: str) -> Place | None:
        if stated is not None:
            return _stated(reader, schema, stated, many=said.items is not None)
        if draft.role in _LISTING:
            return find_items(reader, schema, sought)
        place = find_item(reader, schema, sought) or find_items(reader, schema, sought)
        return place if place is not None and _is_of(reader, group, place) else None

    return bodies.responses(draft.operation, find)


def _identifiers(
    bodies: Bodies, group: Group, draft: Draft, responses: Mapping[str, Places]
) -> Mapping[str, Mapping[str, str]]:
    """Where a response without the item tells its identifier: the pointers by status and media type."""

    def find(schema: str) -> Place | None:
        place = find_item(bodies.reader, schema, group.sought)
        found = identify(bodies.reader, bodies.fields(place), group.sought.hints) if place else None
        return Place(f"{place.pointer}{found[0]}", schema) if place and found and not place.many else None

    told = bodies.responses(draft.operation, find)
    return {
        status: {name: place.pointer for name, place in places.items()}
        for status, places in told.items()
        if status not in responses
    }


def _located(operation: Operation) -> Iterator[str]:
    """The statuses of successes whose `Location` says where what was created is (RFC 9110 section 10.2.2)."""
    for status, response in operation.responses.items():
        if status.startswith("2") and any(name.lower() == "location" for name in response.headers):
            yield status


def creates_where_none_is(group: Group, draft: Draft) -> bool:
    """Does a PUT create an item where its path names none: is that said, and nothing else creates them?"""
    if "201" in draft.operation.responses:
        return True
    return "create" not in group.roles and bool(verbs_of(draft.operation) & _STORING)


def _stated(reader: Reader, schema: str, pointer: str, *, many: bool) -> Place | None:
    found = _schema_at(reader, schema, pointer)
    if found is not None and many:
        found = reader.read(found).items
    return Place(pointer, found, many) if found is not None else None


def _schema_at(reader: Reader, schema: str, pointer: str) -> str | None:
    """The schema of what stands at a pointer into a value; None where the schema has nothing there."""
    for name in pointers.split(pointer):
        fields = reader.read(schema)
        if name not in fields.properties:
            return None
        schema = fields.properties[name]
    return schema


def _is_of(reader: Reader, group: Group, place: Place) -> bool:
    """Is what stands there an item of the group, and not a report about what was done?"""
    fields = reader.read(place.schema)
    if fields.home in group.homes or group.is_singleton:
        return True
    if not group.item.properties:
        return not fields.properties
    shared = fields.properties.keys() & group.item.properties.keys()
    return bool(identify(reader, fields, group.sought.hints)) and len(shared) * 2 >= len(fields.properties)


def _surrounded(
    reader: Reader, operation: Operation, responses: Mapping[str, Places], paging: Paging
) -> Mapping[str, Places]:
    """The places with what the envelopes around them say."""
    found: dict[str, Places] = {}
    for status, places in responses.items():
        content = operation.responses[status].content
        found[status] = {
            name: replace(place, members=members_of(reader, str(content[name].schema), place, paging))
            for name, place in places.items()
        }
    return found


def _listing(
    bodies: Bodies, group: Group, draft: Draft, responses: Mapping[str, Places], paging: Paging
) -> Listing:
    reader, operation = bodies.reader, draft.operation
    place = next((each for places in responses.values() for each in places.values()), None)
    item = reader.read(place.schema) if place else group.item
    filters, sort = filters_of(reader, operation, item), sort_of(reader, operation, item)
    headers = told_in_headers(reader, operation, paging)
    return Listing(paging, filters, sort, search_of(operation), headers)


def describe_resource(
    reader: Reader,
    group: Group,
    *,
    name: str,
    scopes: Scopes,
    made: Mapping[str, ResourceOperation],
    homes: Mapping[str, Sequence[str]],
) -> Resource:
    """The resource of a group, with what the schemas of its items say."""
    operations = [made[draft.operation.id] for draft in group.drafts]
    operations.sort(key=lambda operation: ROLES.index(operation.role))
    scope = tuple(scopes.of(group.drafts[0].operation, group.scope))
    asked = list(_asked(reader, operations))
    identifier = None if group.is_singleton else _identifier(reader, group, operations)
    places = [place for each in operations for place in each.request.values()]
    told = {pointer for place in places for pointer in place.files}
    told |= {pointers.join("", name) for place in places for name in place.renamed.values()}
    read_only = read_only_of(reader, group.item, asked, identifier.pointer if identifier else None)
    read_only = {pointer: why for pointer, why in read_only.items() if pointer not in told}
    paths = {draft.operation.path: draft.key is not None or group.is_singleton for draft in group.drafts}
    return Resource(
        name=name,
        schema=group.item.home,
        collections=tuple(path for path, is_item in paths.items() if not is_item),
        items=tuple(path for path, is_item in paths.items() if is_item),
        scope=scope,
        parents=tuple(each for each in scope if each in homes),
        is_singleton=group.is_singleton,
        identifier=identifier,
        read_only=read_only,
        timestamps=timestamps_of(reader, group.item, asked, read_only),
        references=references_of(reader, group.item, homes, name),
        operations=tuple(operation.id for operation in operations),
        because=_because(group),
    )


def _asked(reader: Reader, operations: Sequence[ResourceOperation]) -> Iterator[Fields]:
    for operation in operations:
        for place in operation.request.values():
            fields = reader.read(place.schema)
            if fields.properties:
                yield fields


def _identifier(reader: Reader, group: Group, operations: Sequence[ResourceOperation]) -> Identifier | None:
    creating = tuple(_asked(reader, [each for each in operations if each.role == "create"]))
    by_path = "create" not in group.roles and any(each.creates for each in operations)
    hints = group.sought.hints
    stated = hints.stated or identifier_said(group.item.parts)
    hints = _known(reader, group, replace(hints, stated=stated))
    item = _identified(reader, group, hints)
    found = describe_identifier(reader, item, hints, creating, by_path=by_path)
    places = (place for each in operations if each.role == "create" for place in each.request.values())
    given = {pointers.join("", name) for place in places for name in place.renamed.values()}
    if found is not None and found.assigned_by == "server" and found.pointer in given:
        return replace(found, assigned_by="either", because=f"{found.because}, but by the name in the path")
    return found


def _because(group: Group) -> str:
    if group.name:
        return "x-accord names it"
    if group.is_singleton:
        return "one path reads and changes an object"
    return "the paths of a collection and its items" if group.sought.hints.parameter else "the path of a list"
