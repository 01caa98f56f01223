"""The lives of a contract's resources: made, read, listed, changed, removed, and asked for once more."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from accord.contract import Contract, Operation
from accord.exchange import Incoming, Outgoing
from accord.exchange.json_text import MalformedJson, read_json
from accord.mocking import Mock
from accord.mocking.calling import request_of
from accord.mocking.resources import Resource, ResourceOperation, Resources, Role, infer_resources
from accord.mocking.texts import to_json
from accord.schemas import Direction
from accord.schemas.composing import required_of
from accord.verifying.exchanges import ERRORS, Exchange, is_success
from accord.verifying.parity.comparing import value_of
from accord.verifying.parity.places import at, keyed, name_of, told_by

Send = Callable[[Incoming], Outgoing | None]
Roles = Mapping[Role, tuple[ResourceOperation, ...]]
Prepare = Callable[[Incoming], Incoming]
_STEPS: tuple[Role, ...] = (
    "list",
    "read",
    "update",
    "replace",
    "read",
    "list",
    "delete",
    "read",
    "update",
    "delete",
    "list",
)
"""What is done after two items were made. All but the lists are about the first of these."""
_MOST_REMOVED = 1_000


class Flows:
    """Sends the flows of a contract's resources to one server. `prepare` gives a request its credentials.

    A resource that is in others is left out: what these need is not known.
    """

    def __init__(self, contract: Contract, send: Send, prepare: Prepare) -> None:
        self._contract = contract
        self._send = send
        self._prepare = prepare
        self._resources: Resources = infer_resources(contract)
        self._values = Mock(contract, "parity").values.towards(Direction.REQUEST)

    def exchanges(self) -> Iterator[Exchange]:
        """Each request of each flow, with its answer, as it is sent."""
        for resource in self._resources.resources:
            roles = self._resources.roles(resource)
            made = roles.get("create", ())
            if made and not resource.scope:
                yield from self._flow(resource, roles, made[0])

    def emptied(self) -> bool:
        """Whether the server holds nothing any more, once all that it listed was removed."""
        done = [self._empty(resource) for resource in self._resources.resources if not resource.scope]
        return all(done)

    def holds_nothing(self) -> bool:
        """Does every list of the server have no items?"""
        for resource in self._resources.resources:
            for operation in self._resources.roles(resource).get("list", ()):
                if not operation.scope and self._listed(operation, self._ask(operation, "").response):
                    return False
        return True

    def _flow(self, resource: Resource, roles: Roles, create: ResourceOperation) -> Iterator[Exchange]:
        key, is_small = "", False
        for is_small in (False, True):
            first = self._ask(create, "", is_small=is_small)
            yield first
            key = self._identifier(resource, create, first.response)
            if key:
                break
        yield self._ask(create, "", is_small=is_small)
        for role in _STEPS if key else ():
            for operation in roles.get(role, ())[:1]:
                yield self._ask(operation, key)

    def _empty(self, resource: Resource) -> bool:
        roles = self._resources.roles(resource)
        lists, deletes = roles.get("list", ()), roles.get("delete", ())
        for create in roles.get("create", ())[:1] if lists and deletes else ():
            self._ask(create, "", is_small=True)  # a mock begins to keep anything once something is written
        for _ in range(_MOST_REMOVED):
            items = self._listed(lists[0], self._ask(lists[0], "").response) if lists else []
            keys = [str(found) if (found := name_of(resource, item)) is not None else "" for item in items]
            if not items or not deletes or not all(keys):
                return not items
            answers = [self._ask(deletes[0], key).response for key in keys]
            if not any(each is not None and each.status < ERRORS for each in answers):
                return False
        return False

    def _ask(self, operation: ResourceOperation, key: str, *, is_small: bool = False) -> Exchange:
        """What came of it; `is_small`: with no more in the body than has to be."""
        described = self._contract.by_id[operation.id]
        made = request_of(self._contract, described, self._values)
        path = keyed(described.servers[0].base_path + described.path, made.path, operation.key, key)
        body = _smallest(described, made.body) if is_small else made.body
        asked = self._prepare(Incoming(made.method, path, {}, made.query, made.headers, body))
        return Exchange(asked, self._send(asked), "flows")

    def _identifier(self, resource: Resource, create: ResourceOperation, answer: Outgoing | None) -> str:
        """The identifier of what was made; empty where nothing was, or the answer does not say."""
        if answer is None or not is_success(answer):
            return ""
        found = told_by(create, resource, answer.status, value_of(answer))
        return "" if found is None else str(found)

    def _listed(self, operation: ResourceOperation, answer: Outgoing | None) -> list[Any]:
        """The items of a list that was answered."""
        value = value_of(answer) if answer is not None else None
        places = operation.responses.get(str(answer.status), {}) if answer is not None else {}
        found = [at(value, place.pointer) for place in places.values() if place.many]
        return next((each for each in found if isinstance(each, list)), [])


def _smallest(operation: Operation, body: bytes) -> bytes:
    """The body with the properties alone that its schema requires, where it is such an object."""
    contents = operation.request_body.content.values() if operation.request_body is not None else ()
    schemas = [each.schema for each in contents if each.schema is not None]
    try:
        value = read_json(body) if schemas else None
    except MalformedJson:
        return body
    if not isinstance(value, dict):
        return body
    required = required_of(operation.document, schemas[0])
    return to_json({name: child for name, child in value.items() if name in required})
