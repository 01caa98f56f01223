"""What requests have said of items: what the contract decides about the answers that show these."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from accord.contract import Contract
from accord.document import pointers
from accord.exchange import ABSENT, JudgedRequest
from accord.mocking.resources import Place, Resource, ResourceOperation, Resources
from accord.mocking.state.changing import changed
from accord.schemas.composing import composed, mapping
from accord.verifying.parity.places import at


@dataclass(eq=False)
class Sent:
    """What was sent of each item, by its resource and by what our side calls it.

    Of what nobody sent, and no default stands for, a contract does not say what it is. Nor does it of what an
    action may have changed, or only one of both sides: `forget` that.
    """

    contract: Contract
    resources: Resources
    _known: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    _defaults: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def of(self, resource: str, name: Any) -> Mapping[str, Any]:
        """What was sent of the item."""
        return self._known.get((resource, str(name)), {})

    def knows(self, resource: str, name: Any) -> bool:
        """Was anything sent of the item?"""
        return (resource, str(name)) in self._known

    def forget(self, resource: str, name: Any) -> None:
        """From now on nothing is known of the item."""
        self._known.pop((resource, str(name)), None)

    def take(self, described: ResourceOperation, judged: JudgedRequest, name: Any) -> None:
        """Takes in what a request said that both sides did."""
        resource, key = self.resources.by_name[described.resource], (described.resource, str(name))
        place = described.request.get(judged.media_type or "") or next(iter(described.request.values()), None)
        body = None if place is None or judged.body is ABSENT else at(judged.body, place.pointer)
        if described.role == "update" and described.updates.get(judged.media_type or "") == "json-patch":
            self._known.pop(key, None)
            return
        stated = _stated(resource, place, body) if place is not None and isinstance(body, dict) else {}
        if described.role == "update":
            self._known[key] = changed(self._known.get(key, {}), stated, "deep-merge", "", ())
        else:
            defaults = self._defaults_of(resource, place) if place is not None else {}
            self._known[key] = {**defaults, **stated}

    def _defaults_of(self, resource: Resource, place: Place) -> Mapping[str, Any]:
        """What is stored of a property that is left out, by the schema of the body."""
        if place.schema not in self._defaults:
            found = {
                name: value["default"]
                for _, raw in composed(self.contract.document, place.schema)
                for name, value in mapping(raw, "properties").items()
                if isinstance(value, dict) and "default" in value
            }
            self._defaults[place.schema] = _stated(resource, place, found)
        return self._defaults[place.schema]


def _stated(resource: Resource, place: Place, body: Mapping[str, Any]) -> dict[str, Any]:
    """What of a body an item has, too, by the item's names."""
    own = resource.identifier.pointer if resource.identifier is not None else None
    named = {place.renamed.get(name, name): value for name, value in body.items()}
    return {
        name: value for name, value in named.items() if pointers.join("", name) != own and _is_json(value)
    }


def _is_json(value: Any) -> bool:
    """Is it what an answer can have as it came? A file of a form is not."""
    return value is None or isinstance(value, str | int | float | list | dict)


def decided(sent: Any, ours: Any, theirs: Any, place: str = "") -> Iterator[tuple[str, Any, Any, Any]]:
    """What was sent, and the values of two items there, at each place where these have one without parts."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sent if isinstance(sent, dict) else ():
            if key in ours and key in theirs:
                yield from decided(sent[key], ours[key], theirs[key], pointers.join(place, key))
    elif isinstance(sent, list) and isinstance(ours, list) and isinstance(theirs, list):
        if len(ours) == len(theirs) == len(sent):
            for said, one, other in zip(sent, ours, theirs, strict=True):
                yield from decided(said, one, other, pointers.join(place, "*"))
        elif len(ours) != len(theirs):
            yield place, sent, ours, theirs
    else:
        yield place, sent, ours, theirs
