"""What a contract says about its resources, in frozen values. `because` says what was inferred from what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, TypeAlias, get_args

from accord.document import pointers
from accord.document.pointers import found, laid

Role: TypeAlias = Literal["create", "list", "search", "read", "replace", "update", "delete", "action"]
"""What an operation does to a resource. Whatever is not surely one of the others is an `action`."""
Update: TypeAlias = Literal["replace", "merge", "merge-attributes", "deep-merge", "json-patch"]
"""How a body changes an item: as a whole, by its members (RFC 7396), by these and those of JSON:API's
`attributes` and `relationships`, by the members of all objects, as forms have them, by JSON patch (RFC 6902).
"""
IdentifierType: TypeAlias = Literal["uuid", "integer", "slug", "string"]
AssignedBy: TypeAlias = Literal["server", "client", "either"]
Event: TypeAlias = Literal["created", "updated"]
TimeForm: TypeAlias = Literal["date-time", "date", "epoch", "epoch-ms", "text"]
MemberKind: TypeAlias = Literal[
    "total", "count", "remaining", "page", "size", "offset", "pages", "has_more", "is_last",
    "next_cursor", "previous_cursor", "next_page", "previous_page", "first_id", "last_id",
    "included", "self_link", "first_link", "previous_link", "next_link", "last_link",
    "content_range", "next_range", "range_units",
]  # fmt: skip
"""What a server says of a list, in the envelope around its items or in headers."""
FileFact: TypeAlias = Literal["name", "size", "type"]
PagingStyle: TypeAlias = Literal["none", "page", "offset", "cursor", "range"]
PagingPart: TypeAlias = Literal["page", "offset", "limit", "after", "before", "range"]
Operator: TypeAlias = Literal[
    "eq", "ne", "gt", "gte", "lt", "lte", "in", "not_in", "contains", "prefix", "range"
]

ROLES: tuple[Role, ...] = get_args(Role)
UPDATES: tuple[Update, ...] = get_args(Update)


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an envelope that the server keeps. `pointer` leads into the body's value."""

    kind: MemberKind
    pointer: str


@dataclass(frozen=True, slots=True)
class Place:
    """The shape of a body: where an item stands in it, or its items, and what is said around them.

    `pointer` leads into the body's value: empty for the body itself, `/data` in an envelope. `schema` is the
    contract's pointer of one item's schema. `many`: an array of items stands there. `renamed` maps members of
    a request to the item's properties that are the same but for the style of their names (`FriendlyName`).
    `members` are what the envelope says of the item or the list. `cleared` are properties that an empty text
    takes away, and whose members it does, where the item has objects there. `files` maps properties of the
    item to what they say of the file that a form has.
    """

    pointer: str
    schema: str
    many: bool = False
    renamed: Mapping[str, str] = field(default_factory=dict)
    members: tuple[Member, ...] = ()
    cleared: tuple[str, ...] = ()
    files: Mapping[str, FileFact] = field(default_factory=dict)

    def taken_from(self, body: Any) -> Any:
        """The item in a body, or its items, under the names that the item has; None where there is none."""
        held = found(body, pointers.split(self.pointer)) if self.pointer else body
        if not self.renamed:
            return held
        return [self._named(one) for one in held] if isinstance(held, list) else self._named(held)

    def laid_in(self, body: Any, held: Any) -> Any:
        """The body with the item in its place, or the items."""
        is_alone = self.many and not isinstance(held, list)
        return laid(body, pointers.split(self.pointer), [held] if is_alone else held)

    def _named(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {self.renamed.get(name, name): held for name, held in value.items()}


Places: TypeAlias = Mapping[str, Place]
"""Places by media type, its key as the contract writes it."""


@dataclass(frozen=True, slots=True)
class PagingParameter:
    """A parameter that says which part of a list is wanted; its bounds where the schema states them.

    `holder`, here and of a filter: the parameter and the member of its value that it is (`page[number]`).
    """

    name: str
    location: Literal["query", "header"]
    default: int | str | None = None
    minimum: int | None = None
    maximum: int | None = None
    holder: tuple[str, str] | None = None

    @property
    def first(self) -> int:
        """The number of the first page, where it counts pages: some begin with 0."""
        if self.default in (0, 1):
            return int(self.default)
        return 1 if self.minimum is None else self.minimum


@dataclass(frozen=True, slots=True)
class Ranges:
    """How a part of a list is written as a range (RFC 9110 section 14).

    By positions in a `unit` (`items=0-24`), of which any is taken where it is empty; `is_bare`: without one
    (`0-24`). Or `by_value`, from one value of a property to another (`id a..f; max=10`).
    """

    unit: str = ""
    is_bare: bool = False
    by_value: bool = False


@dataclass(frozen=True, slots=True)
class Paging:
    """How a list is asked for in parts. `link_header`: the response's `Link` names the neighbouring pages.

    `ranges` is how a range of its items is written, where one can be asked for or is told.
    """

    style: PagingStyle = "none"
    parameters: Mapping[PagingPart, PagingParameter] = field(default_factory=dict)
    link_header: bool = False
    ranges: Ranges | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """A query parameter that keeps the items whose property at `pointer` compares so with its value.

    `range` is an object with the operators as its members (`created[gte]=1`). `many`: it takes several
    values, and an item that has any of them stays. Of a property that is an array, one of its items compares.
    `every` are the values that keep every item: `state=all`.
    """

    parameter: str
    pointer: str
    operator: Operator = "eq"
    many: bool = False
    every: tuple[str, ...] = ()
    because: str = ""
    holder: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """The query parameters that order a list. `by` maps what may be sent to the property it means.

    Each is sent as one of `by`, with a direction written as `-name`, `name:desc`, `name desc`, `name.desc` or
    `name_desc`, unless `direction` names a parameter of its own for that. Without `parameter`, only the
    direction can be chosen, of `default`.
    """

    parameter: str | None
    by: Mapping[str, str]
    direction: str | None = None
    default: str | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """How the items of a list are chosen, ordered and counted.

    `headers` are what headers of all successful responses say of it, by name in lower case.
    """

    paging: Paging = Paging()
    filters: tuple[Filter, ...] = ()
    sort: Sort | None = None
    search: str | None = None
    headers: Mapping[str, MemberKind] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ResourceOperation:
    """What one operation does, to which resource, and where its bodies hold the items.

    `scope` maps what the items are in (a parent resource, or a path parameter that names none) to the path
    parameter that says in which. `key` is the path parameter that names the item, None where the path names
    none; `key_pointer` leads into the item to the property that has its value. A `replace` without `key`
    finds the identifier in its body, at `key_pointer`. `request` is by media type, `responses` by status,
    then by media type: what is not in there holds no item. `updates` says of each media type of the request
    how it changes the item. `identifiers`, as `responses`: where answers without the item tell the
    identifier of what was created; `located` are the statuses whose `Location` does. `creates`: a `replace`
    that creates the item where there is none. An action has a resource and a key where its path leads by an
    item, and `responses` where its answers surely hold that item.
    """

    id: str
    role: Role
    resource: str = ""
    scope: Mapping[str, str] = field(default_factory=dict)
    key: str | None = None
    key_pointer: str | None = None
    request: Places = field(default_factory=dict)
    responses: Mapping[str, Places] = field(default_factory=dict)
    updates: Mapping[str, Update] = field(default_factory=dict)
    identifiers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    located: tuple[str, ...] = ()
    creates: bool = False
    listing: Listing | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Identifier:
    """What tells items apart: the path parameter of the item's path and the property that has its value.

    `pointer` leads into the item (`/id`, `/metadata/name`); None where the path alone names the item.
    `schema` is the contract's pointer of the property's or parameter's schema.
    """

    parameter: str | None
    pointer: str | None
    schema: str | None
    type: IdentifierType
    assigned_by: AssignedBy
    because: str = ""


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A property that the server keeps: when the item came to be, or last changed."""

    pointer: str
    event: Event
    form: TimeForm
    because: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A property whose value is the identifier of another resource's item, or an array of them (`many`)."""

    pointer: str
    resource: str
    many: bool = False
    because: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A property of an item that is an address: that of the operation with this id.

    `by` is the pointer of the property that names the item which it leads to, where that is another one that
    the item is not in. `is_own`: it is the item's own address.
    """

    pointer: str
    operation: str
    by: str | None = None
    is_own: bool = False
    because: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that is created, read, listed, changed or removed by a contract's operations.

    `schema` is the contract's pointer of an item as it is read. `read_only` are the pointers of what only the
    server sets, each with the reason. `scope` is what the path of an item is in,
    the outermost first; `parents` are those of it that are resources. A singleton has no identifier: there
    is one in each scope. `operations` are ids.
    """

    name: str
    schema: str
    collections: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    is_singleton: bool = False
    identifier: Identifier | None = None
    read_only: Mapping[str, str] = field(default_factory=dict)
    timestamps: tuple[Timestamp, ...] = ()
    references: tuple[Reference, ...] = ()
    operations: tuple[str, ...] = ()
    because: str = ""

    def finds(self, creating: ResourceOperation) -> bool:
        """Can what an operation creates be found again: does it, or its answer, tell its key?"""
        if creating.role != "create" or self.is_singleton:
            return True
        is_told = bool(creating.located or creating.identifiers)
        return self.identifier is not None and (self.identifier.pointer is not None or is_told)


@dataclass(frozen=True, eq=False)
class Resources:
    """The resources of a contract by their names, and by their ids what each of its operations does.

    Both mappings describe an entry when it is first asked for; to go through all of it costs as much again as
    to infer it.
    """

    by_name: Mapping[str, Resource]
    operations: Mapping[str, ResourceOperation]

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        """All resources, in the order of the contract's paths."""
        return tuple(self.by_name.values())

    def roles(self, resource: Resource) -> Mapping[Role, tuple[ResourceOperation, ...]]:
        """The operations of a resource by their roles."""
        found: dict[Role, tuple[ResourceOperation, ...]] = {}
        for operation in (self.operations[name] for name in resource.operations):
            found[operation.role] = (*found.get(operation.role, ()), operation)
        return found
