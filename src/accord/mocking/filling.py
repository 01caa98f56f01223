"""The body of an answer by the state: the contract's own, with what came of the operation in its place."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple, Self

from accord.mocking.answers import Order, answer, pairs_of, value_of
from accord.mocking.case import Case
from accord.mocking.headers import head_of
from accord.mocking.mock import Mock
from accord.mocking.model import STATE, Pairs, Response
from accord.mocking.neighbours import links_in
from accord.mocking.resources import Place, Resource
from accord.mocking.state.acts import scope_of
from accord.mocking.state.including import included
from accord.mocking.state.linking import Base
from accord.mocking.state.outcomes import Done
from accord.mocking.state.world import Item, World
from accord.mocking.values import Made
from accord.mocking.writing import JSON


class Filling(NamedTuple):
    """How the answers of an order hold what came of its operation: what of them no request decides.

    `pairs` are the lines of their head. `place` is where in the body the item stands, or the items; where it
    is None, `told` is where the identifier stands alone, if anywhere. `form` is the schema of items where the
    body is one as it is kept, in plain JSON. `named` leads to the identifier in an item. `is_located`: a
    `Location`, or a link around the item, is to lead to what was created. `linked` is the resource whose
    items have links there.
    """

    order: Order
    pairs: Pairs
    is_located: bool
    place: Place | None = None
    form: str = ""
    told: str | None = None
    named: str | None = None
    linked: Resource | None = None

    @classmethod
    def of(cls, mock: Mock, order: Order) -> Self:
        """How the answers of an order are filled."""
        pairs, media_type = pairs_of(mock, order), order.media_type
        is_located = any(name.lower() == "location" for name in order.documented.headers)
        if media_type is None:
            return cls(order, pairs, is_located)
        layer, does = mock.keeper.layer, mock.keeper.resources.operations[order.operation.id]
        status, name = order.documented.status, media_type.name
        resource = mock.keeper.resources.by_name[does.resource]
        place = does.responses.get(status, {}).get(name)
        is_located = is_located or (place is not None and bool(place.members))
        linked = resource if place is not None and mock.keeper.linker.links(resource, place.schema) else None
        is_kept = name == order.content_type == JSON and layer.is_kept(media_type.schema, place, resource)
        return cls(
            order,
            pairs,
            is_located,
            place,
            resource.schema if is_kept and linked is None else "",
            does.identifiers.get(status, {}).get(name),
            resource.identifier.pointer if resource.identifier else None,
            linked,
        )

    def response(self, case: Case, done: Done) -> Response:
        """The answer that holds what was done."""
        text = done.item.written(self.form) if self.form and done.item is not None else None
        if text is not None:
            headers = head_of(self.order.status, self.pairs, text, self.order.content_type)
            return Response(self.order.status, headers, text, self.order.operation.id, source=STATE)
        return answer(case.mock, self.order, self._body(case, done), pairs=self.pairs, source=STATE)

    def address(self, case: Case, done: Done) -> str | None:
        """The path of what was created, where something is to lead there."""
        if not self.is_located or done.item is None:
            return None
        keeper = case.mock.keeper
        does = keeper.resources.operations[case.operation.id]
        if does.role != "create" and done.status is None:
            return None
        return keeper.linker.address(keeper.resources.by_name[does.resource], done.item)

    def _body(self, case: Case, done: Done) -> Made | None:
        layer, media_type = case.mock.keeper.layer, self.order.media_type
        if media_type is None:
            return None
        template = self._template(case.mock)
        if template is None:
            return None
        if self.place is not None:
            held = self._with_links(case, done, template)
            key, shown = self.order.seed, self._shown(case, self.place)
            return Made(layer.body(template.value, media_type, self.place, held, key=key, shown=shown))
        if self.told is None or done.item is None:
            return template
        return Made(layer.identified(template.value, media_type.schema, self.told, done.item))

    def _shown(self, case: Case, place: Place) -> Callable[[Item], Any]:
        """What makes the value of an item as it stands at its place, with the links in it."""
        keeper, named = case.mock.keeper, self.named
        if self.linked is None:
            return lambda item: keeper.layer.shaped(place, item, named)
        does = keeper.resources.operations[case.operation.id]
        scope = scope_of(does, case.asked)
        base = Base(case.request.origin, case.request.base(case.operation.path), scope)
        linked = partial(keeper.linker.linked, schema=place.schema, resource=self.linked, base=base)
        return lambda item: linked(keeper.layer.shaped(place, item, named), item=item)

    def _template(self, mock: Mock) -> Made | None:
        """The contract's own answer."""
        order, media_type = self.order, self.order.media_type
        if media_type is None:
            return None
        key = "template", order.operation.id, order.documented.status, media_type.name, order.choices.examples
        return mock.once(key, lambda: value_of(mock, order))

    def _with_links(self, case: Case, done: Done, template: Made) -> Done:
        """What was done, with the links that the envelope has to it, and to other pages."""
        if self.place is None or not self.place.members:
            return done
        members, request, path = self.place.members, case.request, self.address(case, done)
        created = None if path is None else request.base(case.operation.path) + path
        said: dict[str, Any] = {**done.members}
        said |= links_in(request, case.asked.query, done, members, template.value, created=created)
        if any(each.kind == "included" for each in members) and case.world is not None:
            said["included"] = self._included(case, done, case.world)
        return done._replace(members=said)

    def _included(self, case: Case, done: Done, world: World) -> Sequence[Any]:
        """What the items of an answer name and the caller wants to have beside them."""
        resources = case.mock.keeper.resources
        resource = resources.by_name[resources.operations[self.order.operation.id].resource]
        shown = done.items or ((done.item,) if done.item is not None else ())
        return included(resource, shown, case.asked, world)
