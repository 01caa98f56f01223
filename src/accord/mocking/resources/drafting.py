"""Which role each operation on an item or a collection has. What is not surely one of them has none."""

import re
from collections.abc import Iterator, Mapping

from accord.contract import Operation
from accord.mocking.resources.bodies import Bodies
from accord.mocking.resources.calls import Called
from accord.mocking.resources.envelopes import Sought
from accord.mocking.resources.fields import Fields, Reader
from accord.mocking.resources.groups import Draft
from accord.mocking.resources.identifying import Hints, identify
from accord.mocking.resources.names import snake

_NOT_CREATING = frozenset(
    ("search", "query", "find", "list", "filter", "delete", "remove", "validate", "check", "get", "fetch",
     "count", "bulk", "batch", "import", "export", "test", "login", "logout", "send", "verify", "preview",
     "estimate", "cancel", "read", "lookup", "scroll", "run", "sync", "merge", "revoke", "reset", "attach",
     "detach", "assign", "unassign", "link", "unlink", "move", "restore", "rotate", "enable", "disable",
     "evaluate", "simulate")
)  # fmt: skip
_PARTS = re.compile(r"[/.:_]")
_STORING = frozenset({"create", "upsert"})
_CREATING = frozenset({"create", "add", "new", "insert", "register"})


class Drafter:
    """Gives roles to operations on items that are known."""

    def __init__(self, bodies: Bodies) -> None:
        self.bodies = bodies
        self.reader = bodies.reader

    def item_drafts(self, called: Mapping[str, Called], item: Fields, sought: Sought) -> Iterator[Draft]:
        """The operations on an item: it is read, changed and removed."""
        if "GET" in called and self.bodies.item(called["GET"].operation, sought):
            yield called["GET"].draft("read", "GET of an item")
        if "DELETE" in called:
            yield called["DELETE"].draft("delete", "DELETE of an item")
        yield from self._changes(called, item, sought, "an item")

    def singleton_drafts(self, called: Mapping[str, Called], item: Fields, sought: Sought) -> Iterator[Draft]:
        """The operations on the only one that there is."""
        yield called["GET"].draft("read", "GET of the only one")
        if "DELETE" in called and "PUT" in called:
            yield called["DELETE"].draft("delete", "DELETE of the only one")
        yield from self._changes(called, item, sought, "the only one")

    def _changes(
        self, called: Mapping[str, Called], item: Fields, sought: Sought, what: str
    ) -> Iterator[Draft]:
        if "PUT" in called and _is_json_patch(self.reader, called["PUT"].operation):
            yield called["PUT"].draft("update", f"PUT of {what}, its body is a JSON patch")
        elif "PUT" in called and self.takes(called["PUT"].operation, item, sought):
            yield called["PUT"].draft("replace", f"PUT of {what}, its body has the item's properties")
        elif "PUT" in called and verbs_of(called["PUT"].operation) & _STORING:
            yield called["PUT"].draft("replace", f"PUT of {what}, and its operationId says that it creates")
        if "PATCH" in called and self._patches(called["PATCH"].operation, item, sought):
            yield called["PATCH"].draft("update", f"PATCH of {what}")
        if "POST" in called and not called.keys() & {"PUT", "PATCH"}:
            post = called["POST"]
            answer = self.bodies.item(post.operation, sought)
            is_same = answer is not None and self.bodies.fields(answer).home in sought.homes
            if (
                is_same
                and self.takes(post.operation, item, sought)
                and not verbs_of(post.operation) & _CREATING
            ):
                yield post.draft(
                    "update", f"POST of {what}, its body and its answer have the item's properties"
                )

    def takes(self, operation: Operation, item: Fields, sought: Sought) -> bool:
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
        return is_patch or self.takes(operation, item, sought) or _is_json_patch(self.reader, operation)

    def list_drafts(self, called: Mapping[str, Called], item: Fields, sought: Sought) -> Iterator[Draft]:
        """The operations on a collection: its items are listed and created."""
        if "GET" in called:
            place = self.bodies.items(called["GET"].operation, sought)
            if place is not None and self._are_items(self.bodies.fields(place), item, sought):
                yield called["GET"].draft("list", "GET of a collection")
        if "POST" in called and self._creates(called["POST"].operation, item, sought):
            yield called["POST"].draft("create", "POST to a collection, its body or its answer has the item")
        if "PUT" in called and self.takes(called["PUT"].operation, item, sought):
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
        if listed.home in sought.homes or self.is_same_item(item, listed, sought.hints):
            return True
        return bool(listed.properties) and set(listed.properties) <= set(item.properties)

    def is_same_item(self, item: Fields, other: Fields, hints: Hints) -> bool:
        """Can what is listed be of the same items: of the same schema, or with the same identifier?

        An item that is read may lack the identifier that its path and its list have.
        """
        if item.home == other.home:
            return True
        own, theirs = (identify(self.reader, each, hints) for each in (item, other))
        return theirs is not None and (own is None or own[0] == theirs[0])

    def _creates(self, operation: Operation, item: Fields, sought: Sought) -> bool:
        """Does a POST to a collection create an item?"""
        verbs = verbs_of(operation)
        if verbs & _NOT_CREATING and not verbs & _CREATING:
            return False
        takes = self.takes(operation, item, sought)
        answer = self.bodies.item(operation, sought)
        if answer is not None:
            fields = self.bodies.fields(answer)
            if fields.home in sought.homes:
                is_told = "201" in operation.responses or bool(verbs & _CREATING)
                return takes or is_told or sought.hints.parameter is not None
            return takes and (
                identify(self.reader, fields, sought.hints) is not None or bool(verbs & _CREATING)
            )
        is_told = "201" in operation.responses or bool(verbs & _CREATING)
        listed = self.bodies.items(operation, sought)
        if listed is not None:
            return takes and is_told and self.bodies.fields(listed).home in sought.homes
        return takes and is_told


def verbs_of(operation: Operation) -> frozenset[str]:
    """The words of an operation's id that may say what it does: the first of each part of it."""
    raw = operation.raw.get("operationId")
    parts = _PARTS.split(raw) if isinstance(raw, str) else []
    return frozenset(snake(part).partition("_")[0] for part in parts if part)


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
