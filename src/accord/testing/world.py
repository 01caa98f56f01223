"""A world of a mock, as a test uses it: where to send requests, what to answer, what was called."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import quote

import httpx

from accord.testing.interface import Interface
from accord.testing.scenario import Scenario

DEFAULT = "default"
_ALL = "*"
_UNSET: Any = object()


@dataclass(frozen=True, slots=True)
class Call:
    """A request that came, and what it was answered with. Header names are in lower case.

    Bodies are text, of which at most 64 KiB are kept; `reason` says why the request was refused, and
    `violations` name what was wrong; `fault` is what the answer suffered.
    """

    id: int
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: str
    status: int
    answer: str
    operation: str = ""
    reason: str = ""
    violations: Sequence[Mapping[str, str]] = field(default=(), repr=False)
    fault: str = ""

    @property
    def json(self) -> Any:
        """The request's body as JSON says it. Raises ValueError where it is none."""
        return json.loads(self.body)


class Order:
    """An answer that was ordered. As a context manager it holds while its block runs."""

    def __init__(self, interface: Interface, path: str) -> None:
        self._interface = interface
        self._path = path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.cancel()

    def cancel(self) -> None:
        """Lets the mock answer by itself again."""
        self._interface.ask("DELETE", self._path)


class When:
    """What is to happen when an operation is called."""

    def __init__(self, interface: Interface, world: str, operation: str) -> None:
        self._interface = interface
        self._world = world
        self._operation = operation

    def respond(
        self,
        status: int,
        body: Any = _UNSET,
        *,
        headers: Mapping[str, str] | None = None,
        media_type: str | None = None,
        times: int | None = None,
        fault: str | None = None,
        force: bool = False,
    ) -> Order:
        """The operation is answered like this, always or so many times; the answer suffers a fault, if any.

        Without a body it is the one that the contract has for the status. Raises UsageError for what the
        contract does not have, unless `force` is given.
        """
        terms = {"headers": headers, "mediaType": media_type, "times": times, "fault": fault}
        ordered = {
            "operation": self._operation,
            "status": status,
            "force": force,
            **{name: term for name, term in terms.items() if term is not None},
            **({} if body is _UNSET else {"body": body}),
        }
        place = f"/worlds/{quote(self._world, safe='')}/overrides"
        made = self._interface.ask("POST", place, ordered)
        return Order(self._interface, f"{place}/{made['id']}")

    def fails(
        self, fault: str = "", *, times: int | None = None, force: bool = False, **members: Any
    ) -> Order:
        """Its answers suffer a fault, always or so many times: `fails("reset")`, `fails(status=503)`.

        Raises UsageError for a fault that makes no sense, and for a status that the contract does not have,
        unless `force` is given.
        """
        stated = [name if value is True else f"{name}={value}" for name, value in members.items()]
        ordered = {
            "operation": self._operation,
            "fault": "; ".join([*([fault] if fault else []), *stated]) or "none",
            "force": force,
            **({} if times is None else {"times": times}),
        }
        place = f"/worlds/{quote(self._world, safe='')}/faults"
        made = self._interface.ask("POST", place, ordered)
        return Order(self._interface, f"{place}/{made['id']}")


class World:
    """An isolated copy of a mock's state.

    Requests belong to it that carry its `headers`, or begin with its `url`.
    """

    def __init__(self, interface: Interface, name: str) -> None:
        self.name = name
        self._interface = interface
        self._path = f"/worlds/{quote(name, safe='')}"
        self._since = 0

    @property
    def headers(self) -> Mapping[str, str]:
        """What a request for it has to carry."""
        return {} if self.name == DEFAULT else {"X-Accord-World": self.name}

    @property
    def url(self) -> str:
        """What the URL of a request for it may begin with, for clients that send no header."""
        origin = self._interface.url
        return origin if self.name == DEFAULT else f"{origin}/_accord/in/{quote(self.name, safe='')}"

    def client(self, **options: Any) -> httpx.Client:
        """An HTTP client whose requests are for this world; `options` are those of httpx.Client."""
        headers = {**dict(options.pop("headers", {})), **self.headers}
        return httpx.Client(base_url=self._interface.url, headers=headers, **options)

    def when(self, operation: str) -> When:
        """What is to happen when an operation is called. Raises UsageError for one that is not there."""
        return When(self._interface, self.name, operation)

    def faults(self, fault: str = "", *, times: int | None = None, **members: Any) -> Order:
        """All answers suffer a fault: `faults("delay=100ms..2s; rate=20%")`, `faults(speed="1kB")`."""
        return self.when(_ALL).fails(fault, times=times, force=True, **members)

    def scenario(self, name: str) -> Scenario:
        """A scenario of the mock in this world: `scenario("slow list").on()`."""
        return Scenario(self._interface, self._path, name)

    def calls(self, operation: str) -> list[Call]:
        """The calls of an operation since the world began or was reset, refused ones included."""
        query = {"operation": operation, "world": self.name, "since": self._since}
        return [_call(each) for each in self._interface.ask("GET", "/calls", **query)["calls"]]

    def items(self, resource: str) -> list[Any]:
        """The items of a resource, as they are read."""
        return [each["value"] for each in self._interface.ask("GET", self._place(resource))["items"]]

    def put(
        self,
        resource: str,
        id: str | int,  # noqa: A002 - the contract's word
        value: Any,
        *,
        scope: Mapping[str, str] | None = None,
    ) -> None:
        """Adds an item, or puts it in the place of another. Raises UsageError for one that is wrong."""
        self._interface.ask("PUT", self._place(resource, id), {"value": value, "scope": dict(scope or {})})

    def replace(self, resource: str, values: Sequence[Any]) -> None:
        """Puts these items in the place of all that there are. Raises UsageError where one is wrong."""
        self._interface.ask("PUT", self._place(resource), {"items": [{"value": each} for each in values]})

    def remove(self, resource: str, id: str | int) -> None:  # noqa: A002 - the contract's word
        """Removes an item. Raises UsageError where there is none."""
        self._interface.ask("DELETE", self._place(resource, id))

    def save(self, snapshot: str = "saved") -> None:
        """Keeps what the state is now."""
        self._interface.ask("PUT", f"{self._path}/snapshots/{quote(snapshot, safe='')}")

    def restore(self, snapshot: str = "saved") -> None:
        """Makes the state what it was when it was saved. Raises UsageError where it never was."""
        self._interface.ask("POST", f"{self._path}/snapshots/{quote(snapshot, safe='')}/restore")

    def reset(self) -> None:
        """Makes the world what it was at first: state, orders and faults. Its calls count from now on."""
        self._interface.ask("POST", f"{self._path}/reset")
        self._since = self._interface.ask("GET", "/journal", limit=1)["last"]

    def drop(self) -> None:
        """Drops the world with all that is in it."""
        self._interface.ask("DELETE", self._path)

    def _place(self, resource: str, *id: str | int) -> str:  # noqa: A002
        return "/".join((f"{self._path}/state", *(quote(str(each), safe="") for each in (resource, *id))))


def _call(shown: Mapping[str, Any]) -> Call:
    request, response = shown["request"], shown["response"]
    return Call(
        shown["id"],
        request["method"],
        request["path"],
        request["query"],
        {each["name"]: each["value"] for each in request["headers"]},
        request["body"].get("text", ""),
        response["status"],
        response["body"].get("text", ""),
        shown.get("operation", ""),
        shown.get("reason", ""),
        shown["violations"],
        shown.get("fault", ""),
    )
