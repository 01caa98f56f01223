"""An operation on a resource, as it was asked for."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote

from accord.contract import Operation
from accord.exchange import ABSENT
from accord.mocking.resources import Resource, ResourceOperation
from accord.mocking.state.asked import Asked
from accord.mocking.state.changing import emptied, without_files
from accord.mocking.state.world import World
from accord.mocking.texts import named


class Act(NamedTuple):
    """An operation on a resource, asked for in a scope of a world; `sent` is the item in its body."""

    operation: Operation
    does: ResourceOperation
    resource: Resource
    asked: Asked
    world: World
    scope: Mapping[str, str]
    now: float
    sent: Any = ABSENT

    @property
    def key(self) -> str:
        """The identifier in the path; nothing for a singleton."""
        return in_path(self.asked, self.does.key) if self.does.key else ""

    @property
    def is_batch(self) -> bool:
        """Does the body have several items?"""
        place = self.does.request.get(self.asked.media_type or "")
        return place is not None and place.many


def in_path(asked: Asked, parameter: str) -> str:
    """What a parameter of the path names, as text: of a number 1.0, where the contract has one there, 1."""
    value = asked.parameters.get(("path", parameter))
    return named(value) if isinstance(value, float) else unquote(asked.path.get(parameter, ""))


def scope_of(does: ResourceOperation, asked: Asked) -> Mapping[str, str]:
    """What the path says that the items are in."""
    if not does.scope:
        return {}
    return {name: in_path(asked, parameter) for name, parameter in does.scope.items()}


def sent_in(does: ResourceOperation, asked: Asked) -> Any:
    """The item in the request's body, its members under the names that the item has them by."""
    if asked.body is ABSENT:
        return {} if does.role == "create" and not does.request else ABSENT
    place = does.request.get(asked.media_type or "")
    is_form = (asked.media_type or "").startswith("multipart/")
    body = without_files(asked.body, place.files if place else {}) if is_form else asked.body
    if place is None:
        return body
    value = place.taken_from(body)
    value = emptied(value, place.cleared) if place.cleared and does.role == "create" else value
    return ABSENT if value is None and place.pointer else value
