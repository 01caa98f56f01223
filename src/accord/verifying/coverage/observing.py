"""Exchanges held against a contract one by one: which of its goals they show."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from accord.contract import Contract, Operation
from accord.exchange import Incoming, Judge, Outgoing, PathUnknown, Routed, Router
from accord.exchange.bodies import content_type
from accord.verifying.coverage.goals import Aim
from accord.verifying.coverage.model import Answer, Coverage
from accord.verifying.coverage.planning import OperationGoals
from accord.verifying.coverage.undocumented import Undocumented, undocumented
from accord.verifying.coverage.writes import Written, written_places
from accord.verifying.exchanges import Exchange


class Observer:
    """Sees exchanges. The goals of an operation are planned at its first one; `coverage` is what was seen."""

    def __init__(self, contract: Contract, judge: Judge | None = None) -> None:
        self.contract = contract
        self._judge = judge or Judge(contract)
        self._routers = (Router(contract), Router(contract, [""]))
        self._goals: dict[Operation, OperationGoals] = {}
        self._answers: Counter[Answer] = Counter()
        self._undocumented: Counter[Undocumented] = Counter()
        self._exchanges = self._elsewhere = 0

    def see(self, exchange: Exchange) -> tuple[Undocumented, ...]:
        """What the answer has and the contract has not, after what the exchange shows was marked."""
        self._exchanges += 1
        incoming, outgoing = exchange.request, exchange.response
        route = self._routers[0].route(incoming.method, incoming.path)
        router = self._routers[isinstance(route, PathUnknown)]
        if router is not self._routers[0]:
            route = router.route(incoming.method, incoming.path)
        if isinstance(route, Routed):
            goals = self.goals(route.operation)
            if outgoing is not None:
                judged = self._judge.request(
                    route.operation, incoming._replace(path_parameters=route.path_parameters)
                )
                goals.see(incoming, judged, outgoing.status)
                return self._see_response(goals, outgoing)
            return ()
        known = list(self._operations(router, incoming)) if outgoing is not None else []
        self._elsewhere += not known
        for operation in known:
            self._see_refused_method(self.goals(operation), outgoing)
        return ()

    def see_all(self, exchanges: Iterable[Exchange]) -> None:
        """Marks what each of them shows."""
        for exchange in exchanges:
            self.see(exchange)

    def goals(self, operation: Operation) -> OperationGoals:
        """The goals of an operation, as far as they are seen."""
        known = self._goals.get(operation)
        if known is None:
            known = self._goals[operation] = OperationGoals(operation, self._judge, self._written)
        return known

    @property
    def coverage(self) -> Coverage:
        """What was seen so far."""
        aims = (aim for goals in self._goals.values() for aim in goals.aims.values())
        return Coverage(
            f"{self.contract.title} {self.contract.version}".strip(),
            self._exchanges,
            self._elsewhere,
            frozenset(aim.goal for aim in aims if aim.is_seen),
            dict(self._answers),
            dict(self._undocumented),
        )

    def aims(self, ids: Collection[str] | None = None) -> Iterator[Aim]:
        """Every goal of the contract, or of the operations with these ids, operation by operation."""
        for operation in self.contract.operations:
            if ids is None or operation.id in ids:
                yield from self.goals(operation).aims.values()

    @cached_property
    def _written(self) -> Written:
        return written_places(self.contract)

    def _see_response(self, goals: OperationGoals, outgoing: Outgoing) -> tuple[Undocumented, ...]:
        operation, status = goals.operation, str(outgoing.status)
        found: dict[Undocumented, None] = {}

        def told(pointer: str, name: str) -> None:
            at, _ = self.contract.document.resolve(pointer)
            found[Undocumented("undocumented-property", operation.id, status, at, name)] = None

        seen = goals.see_response(outgoing, told)
        found.update(dict.fromkeys(undocumented(operation, outgoing, seen)))
        self._undocumented.update(found.keys())
        named = (content_type(outgoing.headers) or b"").decode("latin-1").partition(";")[0].strip().lower()
        self._answers[Answer(operation.id, outgoing.status, named if outgoing.body else "")] += 1
        return tuple(found)

    def _see_refused_method(self, goals: OperationGoals, outgoing: Outgoing | None) -> None:
        """Marks a refusal of another method as one of each operation of the path, if these document it."""
        if outgoing is not None and str(outgoing.status) in goals.operation.responses:
            self._see_response(goals, outgoing)

    def _operations(self, router: Router, incoming: Incoming) -> Iterator[Operation]:
        for method in router.allow(incoming.path):
            route = router.route(method, incoming.path)
            if isinstance(route, Routed):
                yield route.operation
