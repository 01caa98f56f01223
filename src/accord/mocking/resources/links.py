"""Where the links in an item lead: to itself, to what it is in, to what is in it, to what it refers to."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import TypeAlias

from accord.contract import Contract, Operation
from accord.document import pointers
from accord.mocking.resources.corrections import said_of
from accord.mocking.resources.fields import Fields, Reader
from accord.mocking.resources.model import Link, Resource, ResourceOperation, Resources, Role
from accord.mocking.resources.names import base_of, snake

HOLDERS = ("_links", "links")
"""What HAL and JSON:API have the links of an item in."""
_OWN = ("self", "href", "self_link", "self_url", "resource_uri")
"""Names of the one link that an item has beside its other properties; it is its own address."""
_Written: TypeAlias = tuple[str, str, str | None]
_UP = ("collection", "up", "list")


class Links:
    """Finds the links that items have, by HAL's `_links`, JSON:API's `links`, or a property called `href`."""

    def __init__(self, contract: Contract, resources: Resources) -> None:
        self._contract = contract
        self._resources = resources
        self._reader = Reader(contract.document)
        self._known: dict[str, tuple[Link, ...]] = {}

    def of(self, resource: Resource) -> tuple[Link, ...]:
        """The links of a resource's items of which it is known where they lead."""
        if resource.name not in self._known:
            written = _written(self._reader, self._reader.read(resource.schema), resource)
            found = (self._said(*each) or self._led(resource, *each[:2]) for each in written)
            self._known[resource.name] = tuple(link for link in found if link is not None)
        return self._known[resource.name]

    def _said(self, relation: str, pointer: str, said: str | None) -> Link | None:
        """The link with the operation that the contract says."""
        if said is None or said not in self._contract.by_id:
            return None
        return Link(pointer, said, is_own=snake(relation) in _OWN, because="x-accord says so")

    def _led(self, resource: Resource, relation: str, pointer: str) -> Link | None:
        """The link at a pointer, with the operation that its relation names."""
        name = snake(relation.rpartition(":")[2])
        if name in _OWN:
            own = self._link(resource, "read", pointer, "itself")
            return None if own is None else replace(own, is_own=True)
        below = self._below(resource, name)
        if below is not None:
            return Link(pointer, below.id, because="what is below it")
        for parent in reversed(resource.parents):
            if base_of(name) == parent or parent.endswith(f"_{base_of(name)}") or name == "up":
                return self._link(self._resources.by_name[parent], "read", pointer, "what it is in")
        for reference in resource.references:
            if reference.resource == base_of(name) and not reference.many:
                target = self._resources.by_name[reference.resource]
                by = reference.pointer
                return self._link(target, "read", pointer, f"what {by} names", by)
        if name in _UP or base_of(name) == base_of(resource.name):
            return self._link(resource, "list", pointer, "its collection")
        return None

    def _link(
        self, resource: Resource, role: Role, pointer: str, because: str, by: str | None = None
    ) -> Link | None:
        does = next((each for each in self._operations(resource) if each.role == role), None)
        return None if does is None else Link(pointer, does.id, by, because=because)

    def _operations(self, resource: Resource) -> Iterator[ResourceOperation]:
        return (self._resources.operations[name] for name in resource.operations)

    def _below(self, resource: Resource, name: str) -> Operation | None:
        """The operation of a word below the path of an item: what is read there, else what is done there."""
        for does in self._operations(resource):
            if does.key is not None and does.role in ("read", "replace", "update", "delete"):
                path = self._contract.by_id[does.id].path.rstrip("/")
                return self._by_word.get((path, name))
        return None

    @cached_property
    def _by_word(self) -> dict[tuple[str, str], Operation]:
        """The operations of all paths by what stands before their last word, and that word."""
        found: dict[tuple[str, str], Operation] = {}
        for operation in sorted(self._contract.operations, key=lambda each: each.method != "get"):
            head, _, word = operation.path.rstrip("/").rpartition("/")
            found.setdefault((head, snake(word)), operation)
        return found


def _written(reader: Reader, item: Fields, resource: Resource) -> Iterator[_Written]:
    """The links that an item has: the relation of each, the pointer of its address, what `x-accord` says."""
    for name in item.properties:
        fields, pointer = reader.child(item, name), pointers.join("", name)
        if name in HOLDERS and fields.is_object:
            for relation in fields.properties:
                yield from _address(reader, fields, relation, pointer)
        elif name == "relationships":
            for relation in fields.properties:
                yield from _related(reader, reader.child(fields, relation), relation, pointer)
        elif said_of(fields.parts, "link") or (
            snake(name.strip("_")) in _OWN and pointer in resource.read_only
        ):
            yield from _address(reader, item, name, "")


def _related(reader: Reader, relationship: Fields, relation: str, at: str) -> Iterator[_Written]:
    """The links of a JSON:API relationship: `related` leads to what it names."""
    if "links" in relationship.properties:
        links = reader.child(relationship, "links")
        if "related" in links.properties:
            found = _address(reader, links, "related", pointers.join(at, relation, "links"))
            yield from ((relation, pointer, said) for _, pointer, said in found)


def _address(reader: Reader, holder: Fields, relation: str, at: str) -> Iterator[_Written]:
    """The address under a name in an object: text, or an object with `href`."""
    fields, pointer = reader.child(holder, relation), pointers.join(at, relation)
    said = said_of(fields.parts, "link")
    if "string" in fields.types:
        yield relation.strip("_"), pointer, said
    elif "href" in fields.properties and "string" in reader.child(fields, "href").types:
        yield relation, pointers.join(pointer, "href"), said
