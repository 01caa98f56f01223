"""Where the bodies of an operation hold an item or items of a resource."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from accord.contract import MediaType, Operation
from accord.document import pointers
from accord.mocking.resources.envelopes import Sought, find_item, find_items
from accord.mocking.resources.fields import Fields, Reader
from accord.mocking.resources.model import Place, Places

Finder: TypeAlias = Callable[[str], Place | None]
_OPAQUE = ("application/octet-stream", "application/pdf", "application/zip", "text/html", "text/csv")
_A_THIRD = 3


class Bodies:
    """Finds items in the requests and responses of one contract."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._found: dict[tuple[str, str, Sought], Place | None] = {}

    def item(self, operation: Operation, sought: Sought) -> Place | None:
        """The place of the item in the first successful response that has one."""
        return self._once("item", operation, sought, find_item)

    def items(self, operation: Operation, sought: Sought) -> Place | None:
        """The place of a list's items in the first successful response that has them."""
        return self._once("items", operation, sought, find_items)

    def _once(
        self,
        kind: str,
        operation: Operation,
        sought: Sought,
        find: Callable[[Reader, str, Sought], Place | None],
    ) -> Place | None:
        key = kind, operation.id, sought
        if key not in self._found:
            responses = self.responses(operation, lambda schema: find(self.reader, schema, sought))
            self._found[key] = _first(responses)
        return self._found[key]

    def responses(self, operation: Operation, find: Finder) -> Mapping[str, Places]:
        """What is found in each successful response, by status and media type."""
        found = {}
        for status, response in operation.responses.items():
            if status.startswith("2") or (status == "default" and not _succeeds(operation)):
                places = self._places(response.content.values(), find)
                found.update({status: places} if places else {})
        return found

    def asked(self, operation: Operation, sought: Sought, item: Fields | None) -> Places:
        """The item in each media type of the request: the body itself, or in an envelope."""
        if operation.request_body is None:
            return {}
        content = operation.request_body.content.values()
        return self._places(content, lambda schema: self._asked(schema, sought, item))

    def _asked(self, schema: str, sought: Sought, item: Fields | None) -> Place | None:
        fields = self.reader.read(schema)
        if fields.is_array:
            return Place("", fields.items, many=True) if fields.items else None
        if item is not None:
            inside = None if fields.home == item.home else self._inside(fields, sought, item)
            if inside is not None or fields.home == item.home or self.overlaps(fields, item):
                return inside or Place("", schema)
        return find_item(self.reader, schema, sought) or find_items(self.reader, schema, sought)

    def _places(self, content: Iterable[MediaType], find: Finder) -> Places:
        """What is found in each media type; where several have one schema, it is looked for once."""
        found: dict[str, Place | None] = {}
        by_type: dict[str, str] = {}
        for media_type in content:
            if media_type.schema is not None and media_type.essence not in _OPAQUE:
                home = self.reader.read(media_type.schema).home
                by_type[media_type.name] = home
                if home not in found:
                    found[home] = find(home)
        return {name: place for name, home in by_type.items() if (place := found[home]) is not None}

    def _inside(self, fields: Fields, sought: Sought, item: Fields) -> Place | None:
        """The member of a request's envelope that is of the item's own schema."""
        for name, schema in fields.properties.items():
            if name not in item.properties:
                each = self.reader.read(schema)
                if each.home in sought.homes:
                    return Place(pointers.join("", name), schema)
                if each.is_array and each.items and self.reader.read(each.items).home in sought.homes:
                    return Place(pointers.join("", name), each.items, many=True)
        return None

    def overlaps(self, asked: Fields, item: Fields) -> bool:
        """Are at least a third of the properties of a request those of the item?"""
        shared = len(asked.names.keys() & item.names.keys())
        return shared > 0 and shared * _A_THIRD >= len(asked.properties)

    def fields(self, place: Place) -> Fields:
        """The fields of one item at a place."""
        return self.reader.read(place.schema)


def _succeeds(operation: Operation) -> bool:
    return any(status.startswith("2") for status in operation.responses)


def _first(responses: Mapping[str, Places]) -> Place | None:
    return next((place for status in sorted(responses) for place in responses[status].values()), None)
