"""All groups of a contract: what its paths show, then what `x-accord` says of single operations."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from accord.contract import Operation
from accord.mocking.resources.corrections import Correction
from accord.mocking.resources.deciding import Decider
from accord.mocking.resources.envelopes import Sought
from accord.mocking.resources.groups import Draft, Group, joined_by_name, merged, parameter_of
from accord.mocking.resources.identifying import Hints
from accord.mocking.resources.model import Role
from accord.mocking.resources.names import base_of
from accord.mocking.resources.paths import Key, Node, Tree

_BY_METHOD: Mapping[tuple[str, bool], Role] = {
    ("get", True): "read", ("get", False): "list", ("post", False): "create", ("post", True): "update",
    ("put", True): "replace", ("put", False): "replace", ("patch", True): "update",
    ("patch", False): "update",
    ("delete", True): "delete", ("delete", False): "delete",
}  # fmt: skip


def groups_of(tree: Tree, decider: Decider, corrections: Mapping[str, Correction]) -> tuple[Group, ...]:
    """The groups of a contract's operations, in the order of its paths."""
    stated = {node.path: _stated(node, corrections) for node in tree.nodes}
    found = [
        decider.collection(node, stated[node.path] or _of_collection(tree, node, stated))
        for node in tree.nodes
        if node.is_item
    ]
    groups = list(merged([group for group in found if group is not None]))
    groups = _completed(tree, decider, groups, stated)
    order = {node.key: at for at, node in enumerate(tree.nodes)}
    groups.sort(key=lambda group: min(order.get(key, len(order)) for key in (group.key, (*group.key, "{}"))))
    return tuple(_corrected(tree, decider, groups, corrections))


def _stated(node: Node, corrections: Mapping[str, Correction]) -> str | None:
    said = (corrections[operation.id].identifier for operation in node.operations.values())
    return next((pointer for pointer in said if pointer is not None), None)


def _of_collection(tree: Tree, node: Node, stated: Mapping[str, str | None]) -> str | None:
    """The identifier that is stated at the collection of an item's path."""
    above = tree.at(node.key[:-1])
    return stated[above.path] if above is not None else None


def _ids(node: Node) -> set[str]:
    return {operation.id for operation in node.operations.values()}


def _completed(
    tree: Tree, decider: Decider, groups: Sequence[Group], stated: Mapping[str, str | None]
) -> list[Group]:
    """The groups with the operations of paths that end in a word and that no item's path has shown."""
    found: dict[tuple[Key, bool], Group] = {}
    named: dict[str, list[tuple[Key, bool]]] = {}
    taken: set[str] = set()
    for group in groups:
        if (group.key, False) not in found:  # of equal paths to different items, only the first can be told
            found[group.key, False] = group.without(taken)
            named.setdefault(group.base, []).append((group.key, False))
            taken |= {draft.operation.id for draft in group.drafts}
    for node in tree.nodes:
        if node.is_item or _ids(node) <= taken:
            continue
        near = [found[key] for key in named.get(node.base, ()) if not found[key].roles <= {"list"}]
        prefixes = [(node.key[:at], False) for at in range(len(node.key))]
        above = [found[prefix] for prefix in prefixes if prefix in found]
        placed, drafts = _placed(decider, node, (near, above), taken, stated[node.path])
        key = (placed.key, placed.is_singleton) if placed is not None else None
        if placed is not None and key is not None and (key not in found or found[key] in near):
            group = found[key] = placed
            named.setdefault(group.base, [])
            if key not in named[group.base]:
                named[group.base].append(key)
            taken |= {draft.operation.id for draft in drafts}
    return list(found.values())


def _placed(
    decider: Decider,
    node: Node,
    others: tuple[Sequence[Group], Sequence[Group]],
    taken: set[str],
    stated: str | None,
) -> tuple[Group | None, Sequence[Draft]]:
    """The group that the operations of a path belong to, with them, and which these are.

    `others` are the groups of its name, and those in whose paths it stands.
    """
    near, above = others
    for group in near:
        drafts = _fitting(
            group, [each for each in decider.elsewhere(node, group) if each.operation.id not in taken]
        )
        if drafts:
            return group.with_drafts(drafts), drafts
    for made in (decider.lone_collection(node, stated), decider.singleton(node, above, stated)):
        if made is not None and made.drafts and not any(draft.operation.id in taken for draft in made.drafts):
            return made, made.drafts
    return None, ()


def _fitting(group: Group, drafts: Sequence[Draft]) -> list[Draft]:
    """The operations that are surely on the group's items: a list in a scope that items are created in."""
    creating = [set(scope) for scope in group.scopes] + [set(d.scope) for d in drafts if d.role == "create"]
    return [
        draft
        for draft in drafts
        if draft.role == "create"
        or set(draft.scope) <= set(group.scope)
        or any(set(draft.scope) <= scope for scope in creating)
    ]


def _corrected(
    tree: Tree, decider: Decider, groups: Sequence[Group], corrections: Mapping[str, Correction]
) -> Iterator[Group]:
    """The groups with names, roles and operations as `x-accord` says."""
    named = {id(group): _name_said(group, corrections) for group in groups}
    current = list(joined_by_name([replace(group, name=named[id(group)]) for group in groups]))
    for node in tree.nodes:
        for operation in node.operations.values():
            said = corrections[operation.id]
            if said.role is not None or said.resource is not None:
                current = _moved(decider, node, operation, said, current)
    yield from (group for group in current if group.drafts)


def _name_said(group: Group, corrections: Mapping[str, Correction]) -> str | None:
    said = (corrections[draft.operation.id].group for draft in group.drafts)
    return next((name for name in said if name), None)


def _moved(
    decider: Decider, node: Node, operation: Operation, said: Correction, groups: list[Group]
) -> list[Group]:
    """The groups with one operation where its correction puts it."""
    own = next((group for group in groups if any(d.operation is operation for d in group.drafts)), None)
    before = next((d for d in own.drafts if d.operation is operation), None) if own else None
    rest = [
        replace(group, drafts=tuple(d for d in group.drafts if d.operation is not operation))
        for group in groups
    ]
    role = said.role or (before.role if before else _BY_METHOD.get((operation.method, node.is_item)))
    if role is None or role == "action":
        return rest
    name = said.resource or (own.name or own.base if own else node.base)
    key = before.key if before else node.parameters[-1] if node.is_item and node.parameters else None
    scope = before.scope if before else node.parameters[:-1] if key else node.parameters
    because = before.because if before and before.role == role else "x-accord says so"
    draft = Draft(operation, role, scope, key, because)
    for at, group in enumerate(rest):
        if name in (group.name, group.base):
            return [*rest[:at], group.with_drafts([draft]), *rest[at + 1 :]]
    return [*rest, _made(decider, node, draft, said, name)]


def _made(decider: Decider, node: Node, draft: Draft, said: Correction, name: str) -> Group:
    """A group for an operation whose resource nothing else shows."""
    parameter = parameter_of(node) if node.is_item else None
    hints = Hints(base_of(name), parameter, said.identifier)
    find = decider.bodies.items if draft.role in ("list", "search") else decider.bodies.item
    place = find(draft.operation, Sought(hints))
    asked = decider.bodies.asked(draft.operation, Sought(hints), None)
    place = place or next(iter(asked.values()), None)
    item = decider.reader.read(place.schema if place else "")
    key = node.key[:-1] if node.is_item else node.key
    homes = frozenset({item.home} if place else ())
    return Group(key, Sought(hints, homes), item, (draft,), name=name, hints=((node.path, hints),))
