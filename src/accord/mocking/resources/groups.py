"""The operations of a contract in groups, each of one resource, with the role of each."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from accord.contract import Operation, Parameter
from accord.mocking.resources.envelopes import Sought
from accord.mocking.resources.fields import Fields
from accord.mocking.resources.identifying import Hints
from accord.mocking.resources.model import Role
from accord.mocking.resources.paths import Key, Node


@dataclass(frozen=True, slots=True)
class Draft:
    """An operation that does something to a group's items. `key`: the path parameter that names the item."""

    operation: Operation
    role: Role
    scope: tuple[str, ...]
    key: str | None
    because: str


@dataclass(frozen=True, eq=False)
class Group:
    """The operations of one resource. `key` is its collection's; `homes` are those of its items' schemas."""

    key: Key
    sought: Sought
    item: Fields
    drafts: tuple[Draft, ...]
    is_singleton: bool = False
    name: str | None = None
    hints: tuple[tuple[str, Hints], ...] = field(default=(), repr=False)

    @cached_property
    def base(self) -> str:
        """The resource's name as its path has it, in the singular."""
        return self.sought.hints.base

    @property
    def has_items(self) -> bool:
        """Have its items paths of their own?"""
        return self.sought.hints.parameter is not None

    @property
    def makes_items(self) -> bool:
        """Are its items created where they are listed, and found again by a path of their own?"""
        return self.has_items and "create" in self.roles and bool(self.roles & {"read", "replace", "delete"})

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles that some operation has."""
        return frozenset(draft.role for draft in self.drafts)

    @cached_property
    def scope(self) -> tuple[str, ...]:
        """The path parameters before the identifier's, where an item has a path of its own."""
        own = [draft.scope for draft in self.drafts if draft.key is not None]
        return (own or [draft.scope for draft in self.drafts] or [()])[0]

    @cached_property
    def scopes(self) -> tuple[tuple[str, ...], ...]:
        """The path parameters that its items are created in."""
        return tuple(d.scope for d in self.drafts if d.role == "create" or (d.role == "replace" and d.key))

    @cached_property
    def homes(self) -> frozenset[str]:
        """The schemas that are known to be of its items."""
        return frozenset(self.sought.homes)

    def with_drafts(self, drafts: Sequence[Draft]) -> "Group":
        """The group with more operations."""
        return replace(self, drafts=(*self.drafts, *drafts))

    def without(self, taken: Container[str]) -> "Group":
        """The group without the operations of these ids."""
        return replace(self, drafts=tuple(each for each in self.drafts if each.operation.id not in taken))

    def is_nested_with(self, scope: Sequence[str]) -> bool:
        """Is one of the two scopes part of the other?"""
        own, other = set(self.scope), set(scope)
        return own <= other or other <= own


def parameter_of(node: Node) -> Parameter | None:
    """The path parameter that a node ends in, as its first operation that declares it describes it."""
    name = node.parameters[-1]
    for operation in node.operations.values():
        for parameter in operation.parameters:
            if parameter.location == "path" and parameter.name == name:
                return parameter
    first = next(iter(node.operations.values()), None)
    return Parameter(first.document, first.pointer, name, "path") if first else None


def merged(groups: Sequence[Group]) -> Iterator[Group]:
    """The groups, those of the same items made one: the same name and schema, and scopes of which one is part
    of the other.
    """
    taken: set[int] = set()
    for at, group in enumerate(groups):
        if at in taken:
            continue
        for other_at, other in enumerate(groups[at + 1 :], at + 1):
            if other_at not in taken and _are_same(group, other):
                taken.add(other_at)
                group = _joined(group, other)  # noqa: PLW2901 - it grows
        yield group


def joined_by_name(groups: Sequence[Group]) -> Iterator[Group]:
    """The groups, those that `x-accord` gives one name made one."""
    found: dict[str, Group] = {}
    for group in groups:
        if group.name is None:
            yield group
        else:
            found[group.name] = _joined(found[group.name], group) if group.name in found else group
    yield from found.values()


def _are_same(one: Group, other: Group) -> bool:
    """Are both of the same items? A path that only lists and removes may attach items to others."""
    if one.base != other.base or one.item.home != other.item.home:
        return False
    alone = {"list", "delete"}
    if one.key != other.key and (one.roles <= alone or other.roles <= alone):
        return False
    if one.scopes and other.scopes and one.key[:-1] != other.key[:-1]:
        return False
    return (
        not one.is_singleton
        and not other.is_singleton
        and bool(one.item.properties)
        and one.is_nested_with(other.scope)
    )


def _weight(group: Group) -> tuple[bool, int]:
    """What makes a path its items' own: they are created there, and most is done there."""
    return "create" in group.roles, len(group.roles)


def _joined(one: Group, other: Group) -> Group:
    first, second = (one, other) if _weight(one) >= _weight(other) else (other, one)
    known = {draft.operation.id for draft in first.drafts}
    more = tuple(draft for draft in second.drafts if draft.operation.id not in known)
    homes = (*first.sought.homes, *second.sought.homes)
    return replace(
        first,
        sought=replace(first.sought, homes=frozenset(homes)),
        drafts=(*first.drafts, *more),
        hints=(*first.hints, *second.hints),
    )
