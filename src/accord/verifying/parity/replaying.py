"""The exchanges of one server asked again of another, and what it answers otherwise."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from urllib.parse import unquote

from accord.contract import Contract, Operation
from accord.document import pointers
from accord.exchange import Incoming, Judge, Outgoing, PathUnknown, Routed, Router
from accord.findings import Finding, Severity
from accord.mocking.resources import ResourceOperation, infer_resources
from accord.verifying.coverage.writes import ASKED, COUNTED
from accord.verifying.exchanges import ERRORS, Exchange, is_success
from accord.verifying.parity.comparing import Aspect, Figures, Unlike, unlike, value_of
from accord.verifying.parity.identities import identities_of
from accord.verifying.parity.items import Items
from accord.verifying.parity.model import Difference, Parity
from accord.verifying.parity.orders import misordered
from accord.verifying.parity.places import Shown, Spoken, spoken_of, told_by
from accord.verifying.parity.sent import Sent

Send = Callable[[Incoming], Outgoing | None]
_WRITING = frozenset({"create", "replace", "update", "delete", "action"})
_Key = tuple[str, Aspect, str, str, str]
_WHOLE = frozenset({Aspect.LENGTH, Aspect.VALUE, Aspect.ORDER, Aspect.IDENTITY})
"""Aspects of which not each pair of values is another kind of difference."""


class Comparison:
    """Asks the other server what the first one was asked, in the same order, and compares the answers.

    What the first one called a thing is, in the requests, put into the words of the other. Once only one of
    them did what it was asked, what follows on that is passed over, and lists are not counted any more.
    """

    def __init__(self, contract: Contract, send: Send, *, counts: bool = True) -> None:
        self._contract = contract
        self._send = send
        self._router = Router(contract)
        self._judge = Judge(contract)
        self._resources = infer_resources(contract)
        self._identities = identities_of(self._resources)
        self._sent = Sent(contract, self._resources)
        self._items = Items(self._identities, self._sent)
        self._spoken: dict[str, Spoken] = {}
        self._counts = counts
        self._found: dict[_Key, Difference] = {}
        self._compared = self._passed_over = self._uncounted = 0

    def compare(self, exchange: Exchange) -> None:
        """Asks the other server the same, and takes in what differs."""
        ours, request = exchange.response, exchange.request
        routed = self._routed(request)
        if ours is None or routed is None:
            return
        operation = routed.operation
        spoken = self._spoken_of(operation)
        if self._identities.is_lost(request, spoken):
            self._passed_over += 1
            return
        asked = self._identities.translated(request, spoken)
        theirs = self._send(asked)
        self._compared += 1
        if theirs is None:
            theirs = Outgoing(0)
        is_meant = operation.method.upper() == request.method
        of_items = list(self._of_items(routed, request, ours, theirs)) if is_meant else []
        self._uncounted += not self._counts
        figures = self._figures(operation, ours)
        of_all = unlike(operation, ours, theirs, counts=self._counts, figures=figures)
        for each in (*of_all, *of_items):
            self._add(operation, each, (request, asked), (ours, theirs))

    def compare_all(self, exchanges: Iterable[Exchange]) -> None:
        """Asks the other server each of them."""
        for exchange in exchanges:
            self.compare(exchange)

    @property
    def parity(self) -> Parity:
        """What was found by now."""
        return Parity(self._compared, self._passed_over, self._uncounted, tuple(self._found.values()))

    def _routed(self, incoming: Incoming) -> Routed | None:
        """The operation of a request; of a method that its path has not, any of the path."""
        route = self._router.route(incoming.method, incoming.path)
        if isinstance(route, Routed):
            return route
        if isinstance(route, PathUnknown):
            return None
        other = self._router.route(route.allow[0], incoming.path)
        return other if isinstance(other, Routed) else None

    def _spoken_of(self, operation: Operation) -> Spoken:
        if operation.id not in self._spoken:
            described = self._resources.operations[operation.id]
            self._spoken[operation.id] = spoken_of(self._contract, self._resources, described)
        return self._spoken[operation.id]

    def _of_items(
        self, routed: Routed, request: Incoming, ours: Outgoing, theirs: Outgoing
    ) -> Iterator[Unlike]:
        """In what the items of both answers differ, after both sides' names for them were taken in."""
        described = self._resources.operations[routed.operation.id]
        did = [is_success(each) for each in (ours, theirs)]
        if did[0] != did[1] and described.role in _WRITING:
            self._part(described, routed, ours if did[0] else None)
        resource = self._resources.by_name.get(described.resource)
        if not all(did) or ours.status != theirs.status or resource is None:
            self._identities.learn(value_of(ours), value_of(theirs)) if all(did) else None
            return
        response = routed.operation.response(ours.status)
        at_all = pointers.join(routed.operation.pointer, "responses")
        rule = at_all if response is None else response.pointer
        bodies, query = (value_of(ours), value_of(theirs)), request.query.decode("latin-1")
        shown = Shown(described, resource, ours.status, rule, *bodies, query, self._counts)
        self._items.learn(shown)
        name = self._named(described, routed, ours.status, bodies[0])
        self._take(described, routed, request, name)
        yield from self._items.unlike(shown)
        yield from misordered(shown, routed.operation, self._identities)
        if described.role == "delete":
            self._sent.forget(resource.name, name)

    def _take(self, described: ResourceOperation, routed: Routed, request: Incoming, name: object) -> None:
        """Takes in what a request that both did says of the item of that name."""
        if name is None or described.role == "action":
            self._sent.forget(described.resource, name)
        elif described.role in ("create", "replace", "update"):
            incoming = request._replace(path_parameters=routed.path_parameters)
            self._sent.take(described, self._judge.request(routed.operation, incoming), name)

    def _part(self, described: ResourceOperation, routed: Routed, ours: Outgoing | None) -> None:
        """Takes in that only one side did something: ours, or the other one."""
        self._counts = False
        value = value_of(ours) if ours is not None else None
        name = self._named(described, routed, ours.status if ours is not None else 0, value)
        self._sent.forget(described.resource, name)
        if ours is not None:
            self._identities.lose(value, described.resource, name)

    def _named(self, described: ResourceOperation, routed: Routed, status: int, value: object) -> object:
        """What our side calls the item that an exchange is about; None where nothing says it."""
        if described.key is not None:
            return unquote(routed.path_parameters.get(described.key, "")) or None
        resource = self._resources.by_name.get(described.resource)
        return None if resource is None else told_by(described, resource, status, value)

    def _figures(self, operation: Operation, ours: Outgoing) -> Figures:
        """Where an answer says something of a list as a whole: its total, its pages."""
        does = self._resources.operations[operation.id]
        places = does.responses.get(str(ours.status), {}) if does.listing is not None else {}
        members = [member for place in places.values() for member in place.members]
        kinds = (ASKED.keys(), COUNTED)
        return Figures(
            *(frozenset(each.pointer for each in members if each.kind in wanted) for wanted in kinds)
        )

    def _add(
        self,
        operation: Operation,
        each: Unlike,
        requests: tuple[Incoming, Incoming],
        answers: tuple[Outgoing, Outgoing],
    ) -> None:
        key = (operation.id, each.aspect, each.place, *_family(each))
        known = self._found.get(key)
        if known is not None:
            self._found[key] = replace(known, count=known.count + 1)
            return
        keeps = self._keeps(operation, *answers)
        finding = self._finding(operation, each, keeps, answers[0].status)
        self._found[key] = Difference(operation.id, each, *requests, *answers, keeps, finding)

    def _keeps(self, operation: Operation, ours: Outgoing, theirs: Outgoing) -> str:
        """Which of both answers the contract has."""
        ours_keeps, theirs_keeps = (not self._judge.response(operation, each) for each in (ours, theirs))
        if ours_keeps and theirs_keeps:
            return "both"
        return "ours" if ours_keeps else "theirs" if theirs_keeps else "neither"

    def _finding(self, operation: Operation, each: Unlike, keeps: str, status: int) -> Finding:
        about = f" {each.place}" if each.place else ""
        message = f"{operation.id}: {each.aspect}{about} is {each.ours} here and {each.theirs} there"
        hint = f"the contract is kept by {keeps}"
        is_besides = each.aspect is Aspect.SHAPE and "absent" in (each.ours, each.theirs)
        is_less = is_besides and status >= ERRORS and keeps == "both"
        severity = Severity.INFO if is_less or not each.is_decided else Severity.ERROR
        position = self._contract.document.locate(each.pointer)
        return Finding("parity", severity, message, each.pointer, position, hint)


def _family(each: Unlike) -> tuple[str, str]:
    """What tells kinds of difference apart: of lengths and values not each pair is one."""
    return ("", "") if each.aspect in _WHOLE else (each.ours, each.theirs)
