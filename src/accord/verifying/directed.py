"""The phase that aims: after all others, each goal that a request can be made for is asked for by one."""

import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from accord.contract import Contract, Operation
from accord.exchange import Incoming, Judge, JudgedRequest, Outgoing, Routed, Router
from accord.mocking import Mock
from accord.schemas import Direction
from accord.verifying.aiming import aimed, refused
from accord.verifying.commands import command_of
from accord.verifying.config import base_of
from accord.verifying.coverage.observing import Observer
from accord.verifying.exchanges import Exchange
from accord.verifying.parity.sending import Sender
from accord.verifying.settings import Settings
from accord.verifying.told import Failure, Scenario

PHASE = "directed"
_MOST_BASES, _MOST_REQUESTS = 5, 300
_SUCCESS, _ERRORS, _SERVER_ERRORS = 200, 400, 500
_CHECKS: Mapping[str, str] = {"status": "status_code_conformance", "header": "response_headers_conformance"}


class Director:
    """Follows a run, and then asks for what it has not seen."""

    def __init__(self, contract: Contract, settings: Settings) -> None:
        self._contract = contract
        self._settings = settings
        self._judge, self._router = Judge(contract), Router(contract)
        self._observer = Observer(contract, self._judge)
        self._accepted: dict[str, dict[str, Incoming]] = {}
        self._values = Mock(contract, "directed").values.towards(Direction.REQUEST)

    def follow(self, scenario: Scenario) -> None:
        """Takes in what was seen, and keeps the last requests that were accepted of each operation."""
        self._observer.see_all(scenario.exchanges)
        for exchange in scenario.exchanges:
            self._keep(exchange)

    def direct(self, operation: Operation) -> Scenario:
        """What was asked for, and answered."""
        started = time.monotonic()
        base = operation.servers[0].base_path
        sender = Sender(self._contract, base_of(self._settings.url, base), {}, {})
        try:
            seen = [self._asked(sender, base, each) for each in self._requests(sender, base, operation)]
        finally:
            sender.close()
        failures = [failure for each in seen for failure in self._failures(operation, each)]
        called = (operation.id,) * len(seen)
        seconds = time.monotonic() - started
        return Scenario(PHASE, operation.id, tuple(seen), called, tuple(failures), seconds)

    def _requests(self, sender: Sender, base: str, operation: Operation) -> Iterator[Incoming]:
        """Requests that the contract takes, and those that it has a refusal for."""
        known = list(self._accepted.get(operation.id, {}).values())
        if not known:
            return
        goals = self._observer.goals(operation)
        alive = self._alive(sender, base, operation, known)
        judged = self._judged(operation, alive)
        wanted = aimed(goals, alive, judged, lambda at: self._values.at(at, operation.id).value)
        right = (each for each in wanted if not self._judged(operation, each).violations)
        if operation.method != "delete":
            yield from islice(right, _MOST_REQUESTS)
        yield from refused(goals, alive)

    def _alive(self, sender: Sender, base: str, operation: Operation, known: Sequence[Incoming]) -> Incoming:
        """The last request that is accepted still: what it names may be gone."""
        if operation.method in ("get", "put", "patch"):
            for each in reversed(known):
                response = self._asked(sender, base, each).response
                if response is not None and _is_success(response):
                    return each
        return known[-1]

    def _asked(self, sender: Sender, base: str, incoming: Incoming) -> Exchange:
        started = time.monotonic()
        response = sender(incoming._replace(path=incoming.path.removeprefix(base)))
        exchange = Exchange(incoming, response, PHASE, time.monotonic() - started)
        self._observer.see(exchange)
        return exchange

    def _judged(self, operation: Operation, incoming: Incoming) -> JudgedRequest:
        route = self._router.route(incoming.method, incoming.path)
        parameters = route.path_parameters if isinstance(route, Routed) else {}
        return self._judge.request(operation, incoming._replace(path_parameters=parameters))

    def _keep(self, exchange: Exchange) -> None:
        request = exchange.request
        if exchange.response is None or not _is_success(exchange.response):
            return
        route = self._router.route(request.method, request.path)
        if not isinstance(route, Routed) or self._judged(route.operation, request).violations:
            return
        kept = self._accepted.setdefault(route.operation.id, {})
        kept.pop(request.path, None)
        kept[request.path] = request
        if len(kept) > _MOST_BASES:
            del kept[next(iter(kept))]

    def _failures(self, operation: Operation, exchange: Exchange) -> Iterator[Failure]:
        """What accord's own judge finds wrong with the answer."""
        if exchange.response is None:
            return
        if exchange.response.status >= _SERVER_ERRORS:
            found = [("not_a_server_error", f"answered with {exchange.response.status}")]
        else:
            broken = self._judge.response(operation, exchange.response)
            found = [
                (_CHECKS.get(each.location, "response_schema_conformance"), each.reason) for each in broken
            ]
        for check, message in found:
            if check in self._settings.checks:
                steps = (command_of(self._contract, operation, exchange.request, self._settings.url),)
                yield Failure(check, PHASE, message, operation.id, PHASE, steps, exchange)


def _is_success(response: Outgoing) -> bool:
    return _SUCCESS <= response.status < _ERRORS
