"""How an operation creates items: what of it no request decides is found once."""

from collections.abc import Iterator
from typing import Any

from accord.contract import Operation
from accord.document import pointers
from accord.exchange import ABSENT
from accord.mocking.resources import Resource, ResourceOperation
from accord.mocking.state.acts import Act
from accord.mocking.state.identifying import identity
from accord.mocking.state.making import Maker
from accord.mocking.state.refusals import refuses_what_is_there
from accord.mocking.state.world import Collection, Item


class Creating:
    """Makes the items that one operation creates.

    `is_found_again`: an item can be asked for, though no key names it. `refuses_what_is_there`: nothing is
    created twice. `status` is that of the success which tells of the item, where the lowest does not.
    """

    def __init__(
        self, maker: Maker, operation: Operation, does: ResourceOperation, resource: Resource
    ) -> None:
        own = resource.identifier.pointer if resource.identifier else None
        self.is_found_again = resource.finds(does)
        self.refuses_what_is_there = refuses_what_is_there(operation) and not resource.is_singleton
        self.status = _telling(operation, does)
        self._maker = maker
        self._resource = resource
        self._tokens = None if own is None else pointers.split(own)
        self._parents = [
            each for each in resource.references if each.resource in does.scope and not each.many
        ]
        homes = dict.fromkeys(
            maker.home(place.schema) for named in does.responses.values() for place in named.values()
        )
        self._others = [home for home in homes if home != resource.schema]
        self._hides = maker.hides(resource)
        self._seed = f"{resource.name} {operation.id}"

    def may_be_empty(self, act: Act) -> bool:
        """Does no body say as little as an empty one, since none need be sent?"""
        return act.asked.body is ABSENT and not self._resource.is_singleton

    def item(self, act: Act, sent: Any, key: str, held: Collection) -> Item:
        """A new item of what was sent, with what a server adds; `key` is its identifier in the path."""
        given = dict(self._given(act, key)) if key or self._parents else {}
        value = self._maker.value(self._resource, sent, given, held, act.now)
        if self._hides:
            return self._hiding(act, sent, key or self._name(value, held), value)
        answers = {self._resource.schema: value}
        if self._others and isinstance(value, dict) and isinstance(sent, dict):
            value = self._answered(sent, value, answers)
        return Item(key or self._name(value, held), value, act.scope, answers)

    def _hiding(self, act: Act, sent: Any, name: str, whole: Any) -> Item:
        """A new item that may have something write-only: what was sent is answered with without that."""
        item = self._maker.item(self._resource, name, whole, act.scope)
        value = item.value
        answers = {self._resource.schema: value}
        if self._others and isinstance(value, dict) and isinstance(sent, dict):
            open_ = {each: held for each, held in sent.items() if each in value or each not in whole}
            value = self._answered(open_, value, answers)
        return Item(name, value, act.scope, answers, item.whole if item.hides else ABSENT)

    def _name(self, value: Any, held: Collection) -> str:
        """The identifier of a new item: what stands in it, or a free one where its path alone has it."""
        if self._tokens is None:
            return self._maker.name(self._resource, value, held)
        return identity(value, self._tokens)

    def _answered(
        self, sent: dict[str, Any], value: dict[str, Any], answers: dict[Any, Any]
    ) -> dict[str, Any]:
        """The value with what the answer has of it, where that is described in a schema of its own.

        To `answers` goes the item as they have it: there may be a place for more of what was sent than where
        it is read.
        """
        schema = self._resource.schema
        for other in self._others:
            answered = answers[other] = self._maker.fitting(other, {**sent, **value}, self._seed)
            if isinstance(answered, dict):
                both = {name: answered.get(name, held) for name, held in value.items()}
                value = answers[schema] = both if self._maker.is_valid(schema, both) else value
        return value

    def _given(self, act: Act, key: str) -> Iterator[tuple[str, Any]]:
        """What the path says of a new item: its identifier, and the parents that it refers to."""
        identifier = self._resource.identifier
        if key and identifier is not None and identifier.pointer is not None:
            yield identifier.pointer, self._maker.typed(identifier.schema, key)
        for reference in self._parents:
            schema = self._maker.schema_at(self._resource.schema, reference.pointer)
            yield reference.pointer, self._maker.typed(schema, act.scope[reference.resource])


def _telling(operation: Operation, does: ResourceOperation) -> int | None:
    """The status of the success that tells of what was created; None where the lowest one does, or none."""
    successes = sorted(each for each in operation.responses if each.isdecimal() and each.startswith("2"))
    telling = {*does.responses, *does.identifiers, *does.located}
    told = [each for each in successes if each in telling]
    return int(told[0]) if told and told[0] != successes[0] and does.role == "create" else None
