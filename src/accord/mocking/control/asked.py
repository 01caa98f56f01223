"""What is asked of the mock itself, as its operations see it, and the forms of their answers."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any, NamedTuple, TypeAlias

from accord.contract import Contract, Operation
from accord.exchange import JudgedRequest, Kind, Problem, Violation
from accord.mocking.dispatching import Dispatcher
from accord.mocking.faulting.model import Fault
from accord.mocking.faulting.reading import UnusableFault, read_fault
from accord.mocking.faulting.rules import Rules
from accord.mocking.headers import head_of
from accord.mocking.mock import Mock
from accord.mocking.model import Pairs, Request, Response
from accord.mocking.places import DEFAULT, named
from accord.mocking.recording import Records
from accord.mocking.sending import Stream
from accord.mocking.state.world import World, Worlds
from accord.mocking.texts import to_json

Answer: TypeAlias = Response | Stream
Answering: TypeAlias = Callable[["Asked"], Answer | Awaitable[Answer]]


class Impossible(Exception):
    """What was asked cannot be had. `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem

    @classmethod
    def of(cls, status: int, detail: str) -> "Impossible":
        """It with a status and a reason."""
        return cls(Problem.of(status, detail))


@dataclass(frozen=True, slots=True)
class Running:
    """What a running mock has beside its contract; None for what it does not keep.

    `rules` are the faults of all worlds; they are the mock's where the process `is_alone`.
    """

    dispatcher: Dispatcher
    worlds: Worlds | None
    records: Records | None
    rules: Rules
    is_alone: bool = True


class Asked(NamedTuple):
    """A right request for one operation of the interface, at `now`, in seconds since 1970.

    `interface` is the contract of the interface itself.
    """

    mock: Mock
    running: Running
    request: Request
    judged: JudgedRequest
    interface: Contract
    now: float

    def path(self, name: str) -> str:
        """A path parameter."""
        return str(self.judged.parameters["path", name])

    def query(self, name: str) -> Any:
        """A query parameter; None where it was not sent and has no default."""
        return self.judged.parameters.get(("query", name))

    @property
    def body(self) -> Any:
        """The body; an empty object where none came."""
        return self.judged.body or {}

    @property
    def worlds(self) -> Worlds:
        """The worlds. Raises Impossible where no state is kept."""
        if self.running.worlds is None:
            raise Impossible.of(409, "This mock keeps no state: start it without --no-state.")
        return self.running.worlds

    @property
    def records(self) -> Records:
        """The journal. Raises Impossible where there is none."""
        if self.running.records is None:
            raise Impossible.of(409, "This mock keeps no journal.")
        return self.running.records

    @property
    def world(self) -> World:
        """The world in the path; it is made where there is none."""
        return self.worlds.of(named(self.path("world")), self.now)

    def operation(self, name: str) -> Operation:
        """An operation of the mock's contract. Raises Impossible where there is none of that id."""
        known = self.mock.contract.by_id
        if name not in known:
            near = get_close_matches(name, known, n=3)
            hint = f"the nearest are: {', '.join(near)}" if near else f"there are {len(known)} others"
            raise Impossible.of(404, f"The contract has no operation {name[:200]!r}; {hint}.")
        return known[name]


def fault_of(written: str | Mapping[str, Any]) -> Fault:
    """The fault that is written. Raises Impossible for one that makes no sense."""
    try:
        return read_fault(written)
    except UnusableFault as error:
        raise Impossible.of(422, str(error)) from None


def json_answer(value: Any, status: int = 200, extra: Pairs = ()) -> Response:
    """A value as the answer."""
    body = to_json(value)
    return Response(status, head_of(status, extra, body, "application/json"), body)


def created(value: Any, location: str) -> Response:
    """Something that was made, with where it is."""
    return json_answer(value, 201, ((b"location", location.encode("latin-1", "replace")),))


def no_content() -> Response:
    """That it was done."""
    return Response(204)


def shown_name(world: str) -> str:
    """The name of a world as it is told."""
    return world or DEFAULT


def moment(seconds: float) -> str:
    """A moment as it is told."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def wrong(reason: str, rule: str, pointer: str, *, expected: str = "", received: str = "") -> Violation:
    """What is wrong with the body at a place."""
    return Violation(Kind.INVALID, "body", reason, rule, None, pointer, expected, received)
