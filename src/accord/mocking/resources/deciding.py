"""Which role each operation of a path has. What is not surely one of a resource's roles is none of these."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from accord.contract import Operation
from accord.mocking.resources.bodies import Bodies
from accord.mocking.resources.envelopes import Sought
from accord.mocking.resources.fields import Fields, Reader
from accord.mocking.resources.groups import Draft, Group, parameter_of
from accord.mocking.resources.identifying import Hints, identify
from accord.mocking.resources.model import Place, Role
from accord.mocking.resources.names import snake
from accord.mocking.resources.paths import Key, Node, Tree

_LISTS = ("json", "list", "all")
_CREATES = ("create", "new", "add")
_READS = ("json", "get", "details", "show")
_UPDATES = ("update", "edit")
_DELETES = ("delete", "remove")
_SEARCHES = ("find", "search", "query", "filter", "lookup", "by")
_NOT_CREATING = frozenset(
    ("search", "query", "find", "list", "filter", "delete", "remove", "validate", "check", "get", "fetch",
     "count", "bulk", "batch", "import", "export", "test", "login", "logout", "send", "verify", "preview",
     "estimate", "cancel", "read", "lookup", "scroll", "run", "sync", "merge", "revoke", "reset",
     "evaluate", "simulate")
)  # fmt: skip
_CREATING = frozenset({"create", "add", "new", "insert", "register"})


@dataclass(frozen=True, slots=True)
class Called:
    """An operation with the scope and key that its path gives, and what of the path says what it does."""

    operation: Operation
    scope: tuple[str, ...]
    key: str | None = None
    word: str = ""

    def draft(self, role: Role, because: str) -> Draft:
        """The operation in a role."""
        why = f"{because}, at …/{self.word}" if self.word else because
        return Draft(self.operation, role, self.scope, self.key, why)


class Decider:
    """Finds the groups of a tree of paths."""

    def __init__(self, tree: Tree, reader: Reader) -> None:
        self.tree = tree
        self.reader = reader
        self.bodies = Bodies(reader)

    def collection(self, node: Node, stated: str | None = None) -> Group | None:
        """The group of the items that a node ending in a parameter has; None where they are none surely."""
        key = node.key[:-1]
        parameter = parameter_of(node)
        if not node.is_plain or parameter is None or self._stands_below_item(key):
            return None
        hints = Hints(node.base, parameter, stated, node.around)
        at_item, at_list = self._at_item(node), self._at_list(key)
        found = self._item(at_item, at_list, hints)
        if found is None:
            return None
        item, sought = found
        drafts = [*self._item_drafts(at_item, item, sought), *self._list_drafts(at_list, item, sought)]
        group = Group(key, sought, item, tuple(drafts), hints=((node.path, hints),))
        return group.with_drafts(list(self._searches(key, group))) if drafts else None

    def lone_collection(self, node: Node, stated: str | None = None) -> Group | None:
        """The group of a list whose items have no path of their own."""
        called = self._at_list(node.key)
        if not node.is_plain or "GET" not in called:
            return None
        hints = Hints(node.base, None, stated)
        listed = self.bodies.items(called["GET"].operation, Sought(hints))
        if listed is None:
            return None
        item = self.bodies.fields(listed)
        sought = Sought(hints, frozenset({item.home}))
        drafts = self._list_drafts(called, item, sought)
        kept = [draft for draft in drafts if draft.role == "list" or identify(self.reader, item, hints)]
        return Group(node.key, sought, item, tuple(kept), hints=((node.path, hints),))

    def elsewhere(self, node: Node, group: Group) -> Iterator[Draft]:
        """What lists or creates a group's items at another path: of all scopes at once, or of one more."""
        drafts = list(self._list_drafts(self._at_list(node.key), group.item, group.sought))
        told = [draft for draft in drafts if self._answers(draft, group)]
        if any(draft.role == "create" for draft in told):
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
        get = node.operations.get("get")
        if get is None or not node.is_plain:
            return None
        hints = Hints(node.base, None, stated)
        place = self.bodies.item(get, Sought(hints))
        if place is None or self.bodies.items(get, Sought(hints)) is not None:
            return None
        item = self.bodies.fields(place)
        sought = Sought(hints, frozenset({item.home}))
        if not item.properties or any(item.home in group.homes for group in around):
            return None
        called = {m.upper(): Called(each, node.parameters) for m, each in node.operations.items()}
        drafts = list(self._singleton_drafts(called, item, sought))
        is_changed = any(draft.role in ("replace", "update") for draft in drafts)
        return Group(node.key, sought, item, tuple(drafts), is_singleton=True) if is_changed else None

    def _stands_below_item(self, key: Key) -> bool:
        """Is the parameter below another that names an item by itself?"""
        above = self.tree.at(key)
        return above is not None and above.is_item and not self._is_list(above)

    def _is_list(self, node: Node) -> bool:
        """Does a path that ends in a parameter list what is in a scope: `/sensors/{namespace}`?"""
        get = node.operations.get("get")
        sought = Sought(Hints(node.base, parameter_of(node)))
        return get is not None and self.bodies.items(get, sought) is not None

    def _at_item(self, node: Node) -> Mapping[str, Called]:
        """The operations on an item by what they do, spoken as methods, also those at a word below it."""
        scope, key = node.parameters[:-1], node.parameters[-1]
        found = {method.upper(): Called(each, scope, key) for method, each in node.operations.items()}
        for name, method, words in (
            ("GET", "get", _READS), ("DELETE", "delete", _DELETES), ("DELETE", "post", _DELETES),
            ("PATCH", "patch", _UPDATES), ("PUT", "put", _UPDATES), ("POST", "post", _UPDATES),
        ):  # fmt: skip
            for word in words if name not in found else ():
                below = self.tree.at((*node.key, word))
                if below is not None and method in below.operations:
                    found.setdefault(name, Called(below.operations[method], scope, key, word))
        return found

    def _at_list(self, key: Key) -> Mapping[str, Called]:
        """The operations on a collection by method, also those at a word below it."""
        node = self.tree.at(key)
        found = {}
        if node is not None and (not node.is_item or self._is_list(node)):
            found = {m.upper(): Called(each, node.parameters) for m, each in node.operations.items()}
        for name, words in (("GET", _LISTS), ("POST", _CREATES)):
            for word in words if name not in found else ():
                below = self.tree.at((*key, word))
                if below is not None and name.lower() in below.operations:
                    found.setdefault(
                        name, Called(below.operations[name.lower()], below.parameters, None, word)
                    )
        return found

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
            same = homes if listed and self._is_same(item, self.bodies.fields(listed), hints) else frozenset()
            return item, Sought(hints, same | {item.home})
        if listed is None or "GET" in at_item or not identify(self.reader, self.bodies.fields(listed), hints):
            return None
        return self.bodies.fields(listed), Sought(hints, homes)

    def _changed(self, at_item: Mapping[str, Called], sought: Sought) -> Place | None:
        """The item in the answer to a change."""
        for method in ("PUT", "PATCH"):
            place = self.bodies.item(at_item[method].operation, sought) if method in at_item else None
            if place is not None and (
                self.bodies.fields(place).home in sought.homes
                or identify(self.reader, self.bodies.fields(place), sought.hints)
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

    def _is_same(self, item: Fields, other: Fields, hints: Hints) -> bool:
        """Can another schema be of the same items: the same schema, or with the same identifier?"""
        if item.home == other.home:
            return True
        own, theirs = (identify(self.reader, each, hints) for each in (item, other))
        return own is not None and theirs is not None and own[0] == theirs[0]

    def _item_drafts(self, called: Mapping[str, Called], item: Fields, sought: Sought) -> Iterator[Draft]:
        if "GET" in called and self.bodies.item(called["GET"].operation, sought):
            yield called["GET"].draft("read", "GET of an item")
        if "DELETE" in called:
            yield called["DELETE"].draft("delete", "DELETE of an item")
        yield from self._changes(called, item, sought, "an item")

    def _singleton_drafts(
        self, called: Mapping[str, Called], item: Fields, sought: Sought
    ) -> Iterator[Draft]:
        yield called["GET"].draft("read", "GET of the only one")
        if "DELETE" in called and "PUT" in called:
            yield called["DELETE"].draft("delete", "DELETE of the only one")
        yield from self._changes(called, item, sought, "the only one")

    def _changes(
        self, called: Mapping[str, Called], item: Fields, sought: Sought, what: str
    ) -> Iterator[Draft]:
        if "PUT" in called and _is_json_patch(self.reader, called["PUT"].operation):
            yield called["PUT"].draft("update", f"PUT of {what}, its body is a JSON patch")
        elif "PUT" in called and self._takes(called["PUT"].operation, item, sought):
            yield called["PUT"].draft("replace", f"PUT of {what}, its body has the item's properties")
        if "PATCH" in called and self._patches(called["PATCH"].operation, item, sought):
            yield called["PATCH"].draft("update", f"PATCH of {what}")
        if "POST" in called and not called.keys() & {"PUT", "PATCH"}:
            post = called["POST"]
            answer = self.bodies.item(post.operation, sought)
            is_same = answer is not None and self.bodies.fields(answer).home in sought.homes
            if (
                is_same
                and self._takes(post.operation, item, sought)
                and not verbs_of(post.operation) & _CREATING
            ):
                yield post.draft(
                    "update", f"POST of {what}, its body and its answer have the item's properties"
                )

    def _takes(self, operation: Operation, item: Fields, sought: Sought) -> bool:
        """Has a request's body an item: of its schema, or with properties of it?"""
        for place in self.bodies.asked(operation, sought, item).values():
            fields = self.bodies.fields(place)
            if fields.home in sought.homes or self.bodies.overlaps(fields, item):
                return True
            if not item.properties and not fields.properties and fields.is_object:
                return True
        return False

    def _patches(self, operation: Operation, item: Fields, sought: Sought) -> bool:
        body = operation.request_body
        is_patch = body is not None and any("patch" in each.essence for each in body.content.values())
        return is_patch or self._takes(operation, item, sought) or _is_json_patch(self.reader, operation)

    def _list_drafts(self, called: Mapping[str, Called], item: Fields, sought: Sought) -> Iterator[Draft]:
        if "GET" in called:
            place = self.bodies.items(called["GET"].operation, sought)
            if place is not None and self._are_items(self.bodies.fields(place), item, sought):
                yield called["GET"].draft("list", "GET of a collection")
        if "POST" in called and self._creates(called["POST"].operation, item, sought):
            yield called["POST"].draft("create", "POST to a collection, its body or its answer has the item")
        if "PUT" in called and self._takes(called["PUT"].operation, item, sought):
            yield from self._put(called["PUT"], item, sought, is_only="POST" not in called)

    def _put(self, put: Called, item: Fields, sought: Sought, *, is_only: bool) -> Iterator[Draft]:
        """A PUT to a collection: creates where it says so, or replaces the item whose identifier it has."""
        verbs = verbs_of(put.operation)
        if verbs & _CREATING and not verbs & {"update", "replace"}:
            yield put.draft("create", "PUT to a collection, and its operationId says that it creates")
        elif not is_only:
            found = identify(self.reader, item, Hints(sought.hints.base, sought.hints.parameter))
            asked = self.bodies.asked(put.operation, sought, item).values()
            if found and all(
                not place.many and identify(self.reader, self.bodies.fields(place), sought.hints)
                for place in asked
            ):
                yield put.draft("replace", "PUT to a collection, the identifier is in its body")

    def _are_items(self, listed: Fields, item: Fields, sought: Sought) -> bool:
        if listed.home in sought.homes or self._is_same(item, listed, sought.hints):
            return True
        return bool(listed.properties) and set(listed.properties) <= set(item.properties)

    def _creates(self, operation: Operation, item: Fields, sought: Sought) -> bool:
        """Does a POST to a collection create an item?"""
        verbs = verbs_of(operation)
        if verbs & _NOT_CREATING and not verbs & _CREATING:
            return False
        takes = self._takes(operation, item, sought)
        answer = self.bodies.item(operation, sought)
        if answer is not None:
            fields = self.bodies.fields(answer)
            if fields.home in sought.homes:
                return True
            return takes and (
                identify(self.reader, fields, sought.hints) is not None or bool(verbs & _CREATING)
            )
        is_told = "201" in operation.responses or bool(verbs & _CREATING)
        listed = self.bodies.items(operation, sought)
        if listed is not None:
            return takes and is_told and self.bodies.fields(listed).home in sought.homes
        return takes and is_told

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


def verbs_of(operation: Operation) -> frozenset[str]:
    """The words of an operation's id that say what it does: the first, and the last after a dot or slash."""
    raw = operation.raw.get("operationId")
    if not isinstance(raw, str):
        return frozenset()
    parts = [part for part in raw.replace("/", ".").replace(":", ".").split(".") if part]
    words = [snake(part).split("_") for part in (*parts[-1:], *parts[:1])]
    return frozenset(each[0] for each in words if each) | frozenset(words[0][:2] if words else ())


def _is_json_patch(reader: Reader, operation: Operation) -> bool:
    body = operation.request_body
    for media_type in body.content.values() if body else ():
        if media_type.schema is not None and is_patch_list(reader, media_type.schema):
            return True
    return False


def is_patch_list(reader: Reader, schema: str) -> bool:
    """Is the schema one of JSON patch (RFC 6902): an array of operations with `op` and `path`?"""
    fields = reader.read(schema)
    entry = reader.read(fields.items) if fields.items else None
    return entry is not None and {"op", "path"} <= set(entry.properties)
