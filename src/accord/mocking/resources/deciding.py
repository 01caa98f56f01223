"""Which role each operation of a path has. What is not surely one of a resource's roles is none of these."""

from collections.abc import Iterator, Mapping, Sequence

from accord.mocking.resources.bodies import Bodies
from accord.mocking.resources.calls import Called, Calls
from accord.mocking.resources.drafting import Drafter
from accord.mocking.resources.envelopes import Sought
from accord.mocking.resources.fields import Fields, Reader
from accord.mocking.resources.groups import Draft, Group, parameter_of
from accord.mocking.resources.identifying import Hints, identify
from accord.mocking.resources.model import Place
from accord.mocking.resources.names import snake
from accord.mocking.resources.paths import Key, Node, Tree

_SEARCHES = ("find", "search", "query", "filter", "lookup", "by")


class Decider:
    """Finds the groups of a tree of paths."""

    def __init__(self, tree: Tree, reader: Reader) -> None:
        self.tree = tree
        self.reader = reader
        self.bodies = Bodies(reader)
        self.calls = Calls(tree, self.bodies)
        self.drafter = Drafter(self.bodies)

    def collection(self, node: Node, stated: str | None = None) -> Group | None:
        """The group of the items that a node ending in a parameter has; None where they are none surely."""
        key = node.key[:-1]
        parameter = parameter_of(node)
        if not node.is_plain or parameter is None or self._stands_below_item(key):
            return None
        hints = Hints(node.base, parameter, stated, node.around)
        at_item, at_list = self.calls.at_item(node), self.calls.at_list(key)
        found = self._item(at_item, at_list, hints)
        if found is None:
            return None
        item, sought = found
        drafts = [
            *self.drafter.item_drafts(at_item, item, sought),
            *self.drafter.list_drafts(at_list, item, sought),
        ]
        group = Group(key, sought, item, tuple(drafts), hints=((node.path, hints),))
        return group.with_drafts(list(self._searches(key, group))) if drafts else None

    def lone_collection(self, node: Node, stated: str | None = None) -> Group | None:
        """The group of a list whose items have no path of their own."""
        called = self.calls.at_list(node.key)
        if not node.is_plain or "GET" not in called:
            return None
        hints = Hints(node.base, None, stated)
        listed = self.bodies.items(called["GET"].operation, Sought(hints))
        if listed is None:
            return None
        item = self.bodies.fields(listed)
        sought = Sought(hints, frozenset({item.home}))
        drafts = self.drafter.list_drafts(called, item, sought)
        kept = [draft for draft in drafts if draft.role == "list" or identify(self.reader, item, hints)]
        return Group(node.key, sought, item, tuple(kept), hints=((node.path, hints),))

    def elsewhere(self, node: Node, group: Group) -> Iterator[Draft]:
        """What lists or creates a group's items at another path: of all scopes at once, or of one more."""
        drafts = list(self.drafter.list_drafts(self.calls.at_list(node.key), group.item, group.sought))
        told = [draft for draft in drafts if self._answers(draft, group)]
        if group.has_items and any(draft.role == "create" for draft in told):
            yield from drafts
        elif group.is_nested_with(node.parameters):
            yield from told

    def _answers(self, draft: Draft, group: Group) -> bool:
        """Has the answer the schema of the group's items?"""
        find = self.bodies.items if draft.role == "list" else self.bodies.item
        place = find(draft.operation, group.sought)
        return place is not None and self.bodies.fields(place).home in group.homes

    def singleton(self, node: Node, around: Sequence[Group], stated: str | None = None) -> Group | None:
        """The group of an object that is read and changed at one path, and of which there is one only."""
        called = self.calls.at(node)
        if "GET" not in called or not node.is_plain:
            return None
        get, hints = called["GET"].operation, Hints(node.base, None, stated)
        place = self.bodies.item(get, Sought(hints))
        if place is None or self.bodies.items(get, Sought(hints)) is not None:
            return None
        item = self.bodies.fields(place)
        sought = Sought(hints, frozenset({item.home}))
        if not item.properties or any(item.home in group.homes for group in around):
            return None
        drafts = list(self.drafter.singleton_drafts(called, item, sought))
        is_changed = any(draft.role in ("replace", "update") for draft in drafts)
        return Group(node.key, sought, item, tuple(drafts), is_singleton=True) if is_changed else None

    def _stands_below_item(self, key: Key) -> bool:
        """Is the parameter below another that names an item by itself?"""
        above = self.tree.at(key)
        return above is not None and above.is_item and not self.calls.is_list(above)

    def _item(
        self, at_item: Mapping[str, Called], at_list: Mapping[str, Called], hints: Hints
    ) -> tuple[Fields, Sought] | None:
        """The fields of an item and what its bodies are found by; None where nothing shows what it is."""
        listed = self.bodies.items(at_list["GET"].operation, Sought(hints)) if "GET" in at_list else None
        homes = frozenset({self.bodies.fields(listed).home} if listed else ())
        read = self.bodies.item(at_item["GET"].operation, Sought(hints, homes)) if "GET" in at_item else None
        if read is None and "GET" not in at_item:
            read = self._changed(at_item, Sought(hints, homes))
        if read is not None:
            item = self.bodies.fields(read)
            if not self._is_sure(item, homes, at_item, hints):
                return None
            same = (
                homes
                if listed and self.drafter.is_same_item(item, self.bodies.fields(listed), hints)
                else frozenset()
            )
            return item, Sought(hints, same | {item.home})
        if listed is None or "GET" in at_item or not identify(self.reader, self.bodies.fields(listed), hints):
            return None
        return self.bodies.fields(listed), Sought(hints, homes)

    def _changed(self, at_item: Mapping[str, Called], sought: Sought) -> Place | None:
        """The item in the answer to a change."""
        for method in ("PUT", "PATCH"):
            place = self.bodies.item(at_item[method].operation, sought) if method in at_item else None
            fields = self.bodies.fields(place) if place else None
            if fields is not None and (
                fields.home in sought.homes
                or (
                    identify(self.reader, fields, sought.hints)
                    and self.drafter.takes(at_item[method].operation, fields, sought)
                )
            ):
                return place
        return None

    def _is_sure(
        self, item: Fields, homes: frozenset[str], at_item: Mapping[str, Called], hints: Hints
    ) -> bool:
        """Is it an item surely: has it the identifier, is it listed, or is it changed and removed by path?"""
        if item.home in homes or identify(self.reader, item, hints):
            return True
        return bool(item.properties) and bool(at_item.keys() & {"PUT", "PATCH"})

    def _searches(self, key: Key, group: Group) -> Iterator[Draft]:
        """GET of a word below the collection that finds items: `/pet/findByStatus`."""
        for node in self.tree.below(key):
            get = node.operations.get("get")
            word = snake(node.key[-1])
            if get is None or word.split("_")[0] not in _SEARCHES:
                continue
            place = self.bodies.items(get, group.sought)
            if place is not None and self.bodies.fields(place).home in group.homes:
                yield Draft(
                    get, "search", node.parameters, None, f"GET of …/{node.key[-1]}, its answer has the items"
                )
