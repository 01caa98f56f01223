"""The phase that aims: after all others, each goal that a request can be made for is asked for by one."""

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any
from urllib.parse import quote

from accord.contract import Contract, Operation
from accord.exchange import Incoming, Judge, JudgedRequest, Outgoing, Routed, Router
from accord.mocking import Mock
from accord.mocking.resources import infer_resources
from accord.schemas import Direction
from accord.verifying.aiming import aimed, refused
from accord.verifying.commands import command_of
from accord.verifying.config import base_of
from accord.verifying.coverage.observing import Observer
from accord.verifying.exchanges import Exchange, is_success
from accord.verifying.parity.comparing import value_of
from accord.verifying.parity.places import keyed, told_by
from accord.verifying.parity.sending import Sender
from accord.verifying.probing import Broken, of_head, of_race
from accord.verifying.racing import race_for
from accord.verifying.settings import Settings
from accord.verifying.told import Failure, Scenario

PHASE = "directed"
_MOST_BASES, _MOST_REQUESTS = 5, 300
_SERVER_ERRORS = 500
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
        self._resources = infer_resources(contract)

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
            probed: list[Exchange] = []
            broken = list(self._probed(sender, base, operation, probed))
        finally:
            sender.close()
        failures = [failure for each in seen for failure in self._failures(operation, each)]
        failures += [self._failure(operation, each) for each in broken if each.check in self._settings.checks]
        called = (*[operation.id] * len(seen), *(self._meant(each, operation) for each in probed))
        seconds = time.monotonic() - started
        return Scenario(PHASE, operation.id, (*seen, *probed), called, tuple(failures), seconds)

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

    def _probed(
        self, sender: Sender, base: str, operation: Operation, probed: list[Exchange]
    ) -> Iterator[Broken]:
        """What HTTP itself asks of the operation and is not so. What is sent for it is added to `probed`."""
        known = list(self._accepted.get(operation.id, {}).values())

        def ask(incoming: Incoming) -> Exchange:
            probed.append(self._asked(sender, base, incoming))
            return probed[-1]

        def together(incoming: Sequence[Incoming]) -> Sequence[Exchange]:
            with ThreadPoolExecutor(len(incoming)) as pool:
                done = list(pool.map(lambda each: self._asked(sender, base, each), incoming))
            probed.extend(done)
            return done

        if operation.method == "get" and known and "HEAD" not in self._router.allow(known[-1].path):
            yield from of_head(ask, self._alive(sender, base, operation, known))
        change = self._fresh(sender, base, operation) if "lost_update" in self._settings.checks else None
        if change is not None:
            race = race_for(self._contract, self._resources, change, operation, self._sampled)
            yield from of_race(ask, together, race) if race is not None else ()

    def _fresh(self, sender: Sender, base: str, operation: Operation) -> Incoming | None:
        """The last change that was accepted, of an item that is made for it, where one can be."""
        described = self._resources.operations[operation.id]
        changes = list(self._accepted.get(operation.id, {}).values())
        if described.role != "update" or not changes:
            return None
        resource, change = self._resources.by_name[described.resource], changes[-1]
        for create in self._resources.roles(resource).get("create", ()) if not described.scope else ():
            for known in list(self._accepted.get(create.id, {}).values())[-1:]:
                answer = self._asked(sender, base, known).response or Outgoing(0)
                name = told_by(create, resource, answer.status, value_of(answer))
                if name is not None:
                    key = quote(str(name), safe="")
                    return change._replace(path=keyed(base + operation.path, change.path, described.key, key))
        return self._alive(sender, base, operation, changes)

    def _sampled(self, pointer: str, word: str) -> Any:
        return self._values.at(pointer, word, examples=False).value

    def _alive(self, sender: Sender, base: str, operation: Operation, known: Sequence[Incoming]) -> Incoming:
        """The last request that is accepted still: what it names may be gone."""
        if operation.method in ("get", "put", "patch"):
            for each in reversed(known):
                response = self._asked(sender, base, each).response
                if response is not None and is_success(response):
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
        if exchange.response is None or not is_success(exchange.response):
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

    def _meant(self, exchange: Exchange, operation: Operation) -> str:
        """The operation that a probe called: to change an item it reads that, too."""
        route = self._router.route(exchange.request.method, exchange.request.path)
        return route.operation.id if isinstance(route, Routed) else operation.id

    def _failure(self, operation: Operation, broken: Broken) -> Failure:
        url, shown = self._settings.url, broken.exchanges
        steps = tuple(command_of(self._contract, operation, each.request, url) for each in shown)
        return Failure(broken.check, PHASE, broken.message, operation.id, PHASE, steps, broken.exchanges[-1])
