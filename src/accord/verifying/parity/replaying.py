"""The exchanges of one server asked again of another, and what it answers otherwise."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from accord.contract import Contract, Operation
from accord.exchange import Incoming, Judge, Outgoing, PathUnknown, Routed, Router
from accord.findings import Finding, Severity
from accord.mocking.resources import infer_resources
from accord.verifying.exchanges import Exchange
from accord.verifying.parity.comparing import Aspect, Unlike, unlike, value_of
from accord.verifying.parity.identities import identities_of
from accord.verifying.parity.model import Difference, Parity

Send = Callable[[Incoming], Outgoing | None]
_WRITING = frozenset({"create", "replace", "update", "delete", "action"})
_SUCCESS, _ERRORS = 200, 400
_Key = tuple[str, Aspect, str, str, str]


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
        self._counts = counts
        self._found: dict[_Key, Difference] = {}
        self._compared = self._passed_over = self._uncounted = 0

    def compare(self, exchange: Exchange) -> None:
        """Asks the other server the same, and takes in what differs."""
        ours = exchange.response
        operation = self._operation(exchange.request)
        if ours is None or operation is None:
            return
        if self._identities.is_lost(exchange.request):
            self._passed_over += 1
            return
        asked = self._identities.translated(exchange.request)
        theirs = self._send(asked)
        self._compared += 1
        if theirs is None:
            theirs = Outgoing(0)
        self._learn(operation, ours, theirs)
        self._uncounted += not self._counts
        for each in unlike(
            operation, ours, theirs, counts=self._counts, figures=self._figures(operation, ours)
        ):
            self._add(operation, each, (exchange.request, asked), (ours, theirs))

    def compare_all(self, exchanges: Iterable[Exchange]) -> None:
        """Asks the other server each of them."""
        for exchange in exchanges:
            self.compare(exchange)

    @property
    def parity(self) -> Parity:
        """What was found by now."""
        return Parity(self._compared, self._passed_over, self._uncounted, tuple(self._found.values()))

    def _operation(self, incoming: Incoming) -> Operation | None:
        """The operation of a request; of a method that its path has not, any of the path."""
        route = self._router.route(incoming.method, incoming.path)
        if isinstance(route, Routed):
            return route.operation
        if isinstance(route, PathUnknown):
            return None
        other = self._router.route(route.allow[0], incoming.path)
        return other.operation if isinstance(other, Routed) else None

    def _learn(self, operation: Operation, ours: Outgoing, theirs: Outgoing) -> None:
        """Takes in what both call what they made, or that only one of them did anything."""
        did = [_SUCCESS <= each.status < _ERRORS for each in (ours, theirs)]
        if did[0] and did[1]:
            self._identities.learn(value_of(ours), value_of(theirs))
        elif did[0] != did[1] and self._resources.operations[operation.id].role in _WRITING:
            self._counts = False
            if did[0]:
                self._identities.lose(value_of(ours))

    def _figures(self, operation: Operation, ours: Outgoing) -> frozenset[str]:
        """Where an answer says something of a list as a whole: its total, its pages."""
        listing = self._resources.operations[operation.id].listing
        members = listing.members.get(str(ours.status), {}) if listing is not None else {}
        return frozenset(member.pointer for listed in members.values() for member in listed)

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
        is_told = is_besides and status >= _ERRORS and keeps == "both"
        severity = Severity.INFO if is_told else Severity.ERROR
        position = self._contract.document.locate(each.pointer)
        return Finding("parity", severity, message, each.pointer, position, hint)


def _family(each: Unlike) -> tuple[str, str]:
    """What tells kinds of difference apart: of lengths not each pair of numbers is one."""
    return ("", "") if each.aspect is Aspect.LENGTH else (each.ours, each.theirs)
