"""The mock: a contract, and the static answers that were made by it so far."""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

from accord.contract import EXPRESSION, Contract, Operation
from accord.contract import Response as Documented
from accord.exchange import Judge, MethodUnknown, PathUnknown, Route, Routed, Router, sent_path
from accord.mocking.choosing import success_of
from accord.mocking.model import Request, Response
from accord.mocking.preferences import Preference, read_preference
from accord.mocking.redacting import Secrets, secrets_of
from accord.mocking.terms import Terms
from accord.mocking.values import Values
from accord.schemas import Schemas

if TYPE_CHECKING:
    from accord.mocking.behaving.model import Behaviour
    from accord.mocking.case import Case
    from accord.mocking.replaying import Recording
    from accord.mocking.scenarios.model import Scenario
    from accord.mocking.state.keeper import Keeper
    from accord.schemas.sampling import Sampler

Key = tuple[str | None, ...]
_T = TypeVar("_T")
_MOST_SETTLED = 4_096
"""Answers that are found without being looked for. Callers may send any Accept: there is no end to them."""
_ROOM = 16 * 1024 * 1024
"""Bytes of bodies that were made for one request each, and are kept for the next that is equal."""
_NOTHING = "%00"
"""What stands for a segment without text while its operation is sought."""


class Mock:
    """What answers by a contract. Nothing is made before it is asked for; what is static is kept then."""

    def __init__(
        self, contract: Contract, seed: str = "accord", *, locale: str = "en_US", fills: bool = True
    ) -> None:
        self.contract = contract
        self.judge = Judge(contract)
        self.seed = seed
        make = partial(_sampler, self.judge.schemas, seed=seed, locale=locale, fills=fills)
        self.values = Values(self.judge.schemas, cache(make))
        self._router = Router(contract)
        self.recordings: Mapping[str, Sequence[Recording]] = {}
        """What is replayed, by the ids of operations."""
        self.scenarios: Mapping[str, Scenario] = {}
        """What a world may have on, by name."""
        self.behaviours: Mapping[str, Behaviour] = {}
        """The functions that answer in its place, by the ids of operations."""
        self._kept: dict[Key, Response] = {}
        self._settled: dict[Hashable, Response] = {}
        self._remembered: OrderedDict[Key, Response] = OrderedDict()
        self._room = _ROOM
        self.varying: set[str] = set()
        """The ids of operations whose static answers have identifiers of the path in them."""
        self._found: dict[Key, Any] = {}
        self._lately: dict[Key, tuple[object, Any]] = {}
        self._terms: dict[Operation, Terms] = {}
        self.accepted: frozenset[str] = frozenset()
        """The credentials that are taken; where none are named, all that have the right form."""

    def route(self, method: str, path: str) -> Route:
        """The operation for a path below one of the servers' base paths, or below none of them."""
        first = self._router.route(method, path)
        if isinstance(first, Routed):
            return first
        second = self._plain_router.route(method, path)
        if isinstance(second, PathUnknown):
            return first if isinstance(first, MethodUnknown) else self._without_value(method, path, first)
        if isinstance(second, Routed) or isinstance(first, PathUnknown):
            return second
        return MethodUnknown(tuple(sorted({*first.allow, *second.allow})))

    def _without_value(self, method: str, path: str, unknown: PathUnknown) -> Route:
        """The operation whose path parameter has no value in the path: it is known, and its value missing."""
        segments = path.split("/")[1:]
        if path == "/" or "" not in segments:
            return unknown
        filled = "".join(f"/{segment or _NOTHING}" for segment in segments)
        for router in (self._router, self._plain_router):
            found = router.route(method, filled)
            if isinstance(found, Routed):
                kept = {name: text for name, text in found.path_parameters.items() if text != _NOTHING}
                return Routed(found.operation, kept)
        return unknown

    @cached_property
    def _plain_router(self) -> Router:
        """The paths below no base path, for a request that is below none of the servers'."""
        return Router(self.contract, ("",))

    @cached_property
    def _equal(self) -> Mapping[tuple[str, str], Sequence[Operation]]:
        """The operations that no path can tell apart: sought once a request breaks what one of them asks."""
        return _equal_templates(self.contract)

    @cached_property
    def keeper(self) -> "Keeper":
        """What keeps state by the contract's resources."""
        from accord.mocking.state.keeper import Keeper  # noqa: PLC0415 - who only reads needs none

        return Keeper(self.contract, self.values)

    @cached_property
    def act(self) -> "Callable[[Case], Response | None]":
        """What answers by the state."""
        from accord.mocking.stateful import acted  # noqa: PLC0415 - as above

        return acted

    def terms(self, operation: Operation) -> Terms:
        """What the operation's requests are judged by beside the exchange."""
        terms = self._terms.get(operation)
        return terms or self._terms.setdefault(operation, Terms(self.contract, operation, self.accepted))

    def success(self, operation: Operation) -> tuple[int, Documented | None]:
        """The response where nothing is preferred, and its status."""
        return self.once(("success", operation.id), lambda: success_of(operation))

    def preference(self, request: Request) -> Preference:
        """What the caller prefers. Raises UnusablePreference."""
        said = request.header(b"prefer"), request.query if b"__" in request.query else b""
        return self.lately(("preference",), said, lambda: read_preference(request))

    @cached_property
    def secrets(self) -> Secrets:
        """The names of what carries credentials."""
        return secrets_of(self.contract)

    def others(self, route: Routed) -> Iterator[Routed]:
        """The same request as one for the other operations that its path does not tell from this one."""
        values = list(route.path_parameters.values())
        for operation in self._equal.get(_template(route.operation), ()):
            names = EXPRESSION.findall(sent_path(operation.path))
            if operation is not route.operation and len(names) == len(values):
                yield Routed(operation, dict(zip(names, values, strict=True)))

    def routed(self, request: Request, operation: Operation) -> Routed | None:
        """The route of a request that this operation answered."""
        route = self.route(request.method, request.path)
        if not isinstance(route, Routed) or route.operation is operation:
            return route if isinstance(route, Routed) else None
        return next((each for each in self.others(route) if each.operation is operation), None)

    def allow(self, path: str) -> tuple[str, ...]:
        """The methods that the contract has for a path; none where it has no such path."""
        return tuple(sorted({*self._router.allow(path), *self._plain_router.allow(path)}))

    def keep(self, key: Key, response: Response) -> Response:
        """The response, kept; the next time it has nothing new to say."""
        self._kept[key] = response._replace(findings=()) if response.findings else response
        return response

    def remember(self, key: Key, response: Response) -> Response:
        """The response, kept as long as there is room: later ones take the place of earlier ones."""
        self._remembered[key] = response._replace(findings=()) if response.findings else response
        self._room -= len(response.body)
        while self._room < 0 or len(self._remembered) > _MOST_SETTLED:
            _, oldest = self._remembered.popitem(last=False)
            self._room += len(oldest.body)
        return response

    def settle(self, key: Hashable, response: Response) -> Response:
        """The response, to be found by everything of a request that it depends on, where it is static."""
        if response.is_static:
            if len(self._settled) >= _MOST_SETTLED:
                self._settled.clear()
            self._settled[key] = response._replace(findings=()) if response.findings else response
        return response

    def settled(self, key: Hashable) -> Response | None:
        """The response that was settled by this key, if one was."""
        return self._settled.get(key)

    def once(self, key: Key, make: Callable[[], _T]) -> _T:
        """What `make` gave the first time that it was asked for by this name."""
        if key not in self._found:
            self._found[key] = make()
        found: _T = self._found[key]
        return found

    def lately(self, name: Key, of: object, make: Callable[[], _T]) -> _T:
        """What `make` gave the last time that it was asked for by this name and for an equal thing."""
        known = self._lately.get(name)
        if known is None or known[0] != of:
            known = self._lately[name] = (of, make())
        found: _T = known[1]
        return found

    def kept(self, key: Key) -> Response | None:
        """The response that was made before, if it was."""
        return self._kept.get(key) or self._remembered.get(key)


def _sampler(schemas: Schemas, **terms: Any) -> "Sampler":
    from accord.schemas.sampling import Sampler  # noqa: PLC0415 - who has examples for all waits for none of it

    return Sampler(schemas, **terms)


def _equal_templates(contract: Contract) -> Mapping[tuple[str, str], Sequence[Operation]]:
    """The operations that no path can tell apart, by what they have in common."""
    groups: defaultdict[tuple[str, str], list[Operation]] = defaultdict(list)
    for operation in contract.operations:
        groups[_template(operation)].append(operation)
    return {template: group for template, group in groups.items() if len(group) > 1}


def _template(operation: Operation) -> tuple[str, str]:
    return operation.method, EXPRESSION.sub("{}", sent_path(operation.path))
