"""The resources of a contract, inferred from its paths, methods, parameters and schemas alone."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Generic, TypeVar

from accord.contract import Contract, Operation
from accord.mocking.resources.bodies import Bodies
from accord.mocking.resources.corrections import correction_of
from accord.mocking.resources.deciding import Decider
from accord.mocking.resources.describing import describe_operation, describe_resource
from accord.mocking.resources.envelopes import find_item
from accord.mocking.resources.fields import Reader
from accord.mocking.resources.grouping import groups_of
from accord.mocking.resources.groups import Group
from accord.mocking.resources.model import Place, Places, ResourceOperation, Resources
from accord.mocking.resources.names import base_of, snake
from accord.mocking.resources.paths import Tree
from accord.mocking.resources.scopes import Scopes

_VERSION = re.compile(r"v?\d[\w.-]*|api|rest|public", re.IGNORECASE)
_ACTING = frozenset({"post", "put", "patch"})
_COPYING = frozenset({"copy", "copies", "clone", "clones", "duplicate", "fork", "forks", "replicate"})
"""First words of actions that answer with another item than theirs."""
_T = TypeVar("_T")


class _Described(Mapping[str, _T], Generic[_T]):
    """Values by name, each made when it is first asked for."""

    def __init__(self, makers: Mapping[str, Callable[[], _T]]) -> None:
        self._makers = makers
        self._made: dict[str, _T] = {}

    def __getitem__(self, name: str) -> _T:
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


def infer_resources(contract: Contract) -> Resources:
    """The resources of a contract and the role of each of its operations, corrected by its `x-accord`.

    Whatever is not surely one of the other roles is an action.
    """
    reader, tree = Reader(contract.document), Tree(contract.operations)
    corrections = {operation.id: correction_of(operation) for operation in contract.operations}
    decider = Decider(tree, reader)
    groups = groups_of(tree, decider, corrections)
    named = dict(zip(_names(groups), groups, strict=True))
    scopes = Scopes(tree, groups, tuple(named))
    actions = {
        each.id: partial(
            _action, each, scopes, decider.bodies, named, is_said=corrections[each.id].role == "action"
        )
        for each in contract.operations
    }
    makers = actions | {
        draft.operation.id: partial(
            describe_operation,
            decider.bodies,
            group,
            draft,
            name=name,
            said=corrections[draft.operation.id],
            scopes=scopes,
        )
        for name, group in named.items()
        for draft in group.drafts
    }
    operations = _Described(makers)
    homes = {name: sorted(group.homes) for name, group in named.items() if not group.is_singleton}
    resources = _Described(
        {
            name: partial(
                describe_resource, reader, group, name=name, scopes=scopes, made=operations, homes=homes
            )
            for name, group in named.items()
        }
    )
    return Resources(resources, operations)


def _names(groups: Sequence[Group]) -> list[str]:
    """A name for each group: what it is called, with as much of the path before it as tells it apart."""
    said = {group.name for group in groups if group.name}
    names = [group.name or group.base for group in groups]
    for more in range(1, 6):
        equal = {name for name in names if names.count(name) > 1}
        if not equal:
            return names
        names = [
            name if name not in equal or group.name in said else _longer(group, more)
            for group, name in zip(groups, names, strict=True)
        ]
    return _numbered(groups, names)


def _numbered(groups: Sequence[Group], names: Sequence[str]) -> list[str]:
    """The names, with numbers where nothing else tells them apart; whose path is called so has none."""
    found: dict[int, str] = {}
    own = sorted(range(len(names)), key=lambda at: (groups[at].name or groups[at].base) != names[at])
    for place, at in enumerate(own):
        count = sum(names[at] == names[other] for other in own[:place])
        found[at] = f"{names[at]}_{count + 1}" if count else names[at]
    return [found[at] for at in range(len(names))]


def _longer(group: Group, more: int) -> str:
    words = [part for part in group.key if "{" not in part and not _VERSION.fullmatch(part)][:-1][-more:]
    return "_".join((*(base_of(word) for word in words), group.base))


def _action(
    operation: Operation, scopes: Scopes, bodies: Bodies, groups: Mapping[str, Group], *, is_said: bool
) -> ResourceOperation:
    """An operation that is none of the others, on the item that its path leads by, if it does."""
    found = scopes.item_of(operation)
    if found is None:
        because = "x-accord says so" if is_said else _why_none(operation, bodies.reader)
        return ResourceOperation(operation.id, "action", because=because)
    name, scope, key = found
    responses = _answered(operation, bodies, groups[name], key)
    because = "x-accord says so" if is_said else "below an item"
    return ResourceOperation(operation.id, "action", name, scope, key, responses=responses, because=because)


def _answered(operation: Operation, bodies: Bodies, group: Group, key: str) -> Mapping[str, Places]:
    """Where the answers to an action surely hold the item that is acted on: `POST /pets/{id}/archive`."""
    _, _, below = operation.path.partition(f"{{{key}}}/")
    words = snake(below).split("_")
    if operation.method not in _ACTING or not below or "{" in below or "/" in below or words[0] in _COPYING:
        return {}

    def find(schema: str) -> Place | None:
        place = find_item(bodies.reader, schema, group.sought)
        is_same = place is not None and not place.many and bodies.fields(place).home in group.homes
        return place if is_same else None

    return bodies.responses(operation, find)


def _why_none(operation: Operation, reader: Reader) -> str:
    """Why an operation that is on no item is nothing but an action."""
    if operation.method == "delete":
        return "what it removes is read and listed nowhere"
    if operation.method in _ACTING:
        content = operation.request_body.content.values() if operation.request_body else ()
        schemas = [each.schema for each in content if each.schema is not None]
        if not any(reader.read(schema).properties or reader.read(schema).items for schema in schemas):
            return "its body has no properties that could be an item's"
        return "neither its body nor its answer has an item that is read or listed"
    answers = [
        each for status, each in operation.responses.items() if status.startswith("2") and each.content
    ]
    return (
        "its answer is no list, and no item that is changed anywhere" if answers else "its answer has no body"
    )
