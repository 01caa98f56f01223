"""What a behaviour is given beside its request: the mock, as it is for that request."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar, overload
from urllib.parse import quote

from accord.exchange import JudgedRequest, sent_path
from accord.exchange.credentials import reader
from accord.handling.answers import Answer
from accord.handling.binding import BODY, MEDIA_TYPE
from accord.handling.reading import Unstated
from accord.mocking.behaving.items import Items, Stateless
from accord.mocking.behaving.model import Behaviour
from accord.mocking.case import Case
from accord.mocking.model import Request, Response
from accord.mocking.preferences import NO_PREFERENCE
from accord.mocking.responding import own_answer
from accord.mocking.state.acts import scope_of
from accord.mocking.texts import plain, query_with

ResponseT = TypeVar("ResponseT")
ItemT = TypeVar("ItemT")


class Undocumented(Exception):
    """The mock's own answer is one that the contract does not document. Left alone it is what is sent.

    Holds the `response`.
    """

    def __init__(self, response: Response) -> None:
        super().__init__(f"the mock's own answer, {response.status}, is not documented")
        self.response = response


class Mocked(Generic[ResponseT]):
    """The mock, as a behaviour has it for one request: its own answer, and the state of its world."""

    def __init__(self, case: Case, behaviour: Behaviour) -> None:
        self._case = case
        self._behaviour = behaviour
        self._given: list[tuple[Any, Answer, Response]] = []

    @property
    def request(self) -> Request:
        """The request as it came: `method`, `path`, `query`, `headers`, `body`."""
        return self._case.request

    @property
    def now(self) -> datetime:
        """When it came."""
        return datetime.fromtimestamp(self._case.now, UTC)

    @property
    def world(self) -> str:
        """The name of the world that it is in; nothing for that of who names none."""
        return self._case.world.name if self._case.world is not None else ""

    @property
    def credentials(self) -> Mapping[str, str]:
        """Each credential that came, by the name of its security scheme."""
        schemes, request = self._case.mock.contract.security_schemes, self._case.request
        read = {name: reader(scheme)(request.headers, request.query) for name, scheme in schemes.items()}
        return {name: values[0] for name, values in read.items() if values}

    def default(self, request: object = None) -> ResponseT:
        """The mock's own answer: by recordings, by the state, which it changes, or by the contract.

        To another request of the operation where one is given: `replace(request, body=...)`. Where the
        contract does not document the answer, the behaviour ends here, and the answer is sent.
        """
        case = self._case if request is None else self._asked_as(request)
        response = own_answer(case, NO_PREFERENCE)
        sent = Answer(response.status, list(response.headers), response.body)
        try:
            typed: ResponseT = self._behaviour.read(sent)
        except Unstated:
            raise Undocumented(response) from None
        self._given.append((typed, self._behaviour.render(typed, None), response))
        return typed

    @overload
    def items(self, resource: str, *, within: Mapping[str, object] | None = None) -> Items[Any]: ...
    @overload
    def items(
        self, resource: str, model: type[ItemT], *, within: Mapping[str, object] | None = None
    ) -> Items[ItemT]: ...
    def items(
        self, resource: str, model: Any = None, *, within: Mapping[str, object] | None = None
    ) -> Items[Any]:
        """The items of a resource, as `accord mock --explain` names it, typed by a model.

        `within` says what they are in, `{"pet": 7}`; without it that is what this request's path says.
        Raises Stateless.
        """
        case, keeper = self._case, self._case.mock.keeper
        found = keeper.resources.by_name.get(resource)
        if found is None:
            known = ", ".join(keeper.resources.by_name) or "none"
            raise Stateless(f"the contract has no resource {resource!r}; its resources are: {known}")
        if case.world is None:
            raise Stateless("the mock keeps no state: it was started with --no-state")
        stated = self._scope() if within is None else within
        scope = {name: str(key) for name, key in stated.items() if name in found.scope}
        return Items(keeper, case.world, found, scope=scope, model=model, now=case.now)

    def own(self, reply: object, rendered: Answer) -> Response | None:
        """The mock's own answer where this is what it was given as, and nothing of it has changed."""
        return next(
            (response for typed, was, response in self._given if typed is reply and was == rendered), None
        )

    def _scope(self) -> Mapping[str, object]:
        """What the request's path says that things are in, the item that it names included."""
        does = self._case.mock.keeper.does(self._case.operation)
        if does is None:
            return {}
        scope = dict(scope_of(does, self._case.asked))
        item = self._case.asked.path.get(does.key) if does.key else None
        return scope if item is None else {**scope, does.resource: item}

    def _asked_as(self, request: object) -> Case:
        """The case of another request of the same operation."""
        case, asked = self._case, self._case.asked
        judged = JudgedRequest(asked.parameters, asked.body, asked.media_type, ())
        changes = dict(self._behaviour.bind.changes(judged, request))
        if not changes:
            return case
        body, media_type = changes.pop(BODY, asked.body), changes.pop(MEDIA_TYPE, asked.media_type)
        parameters = {
            key: value for key, value in {**asked.parameters, **changes}.items() if value is not None
        }
        path = {name: _segment(value) for (location, name), value in changes.items() if location == "path"}
        query = {name: value for (location, name), value in changes.items() if location == "query"}
        changed = {name: None if value is None else plain(value) for name, value in query.items()}
        asked = asked._replace(
            path={**asked.path, **path},
            parameters=parameters,
            body=body,
            media_type=media_type,
            query=query_with(asked.query, changed).encode() if query else asked.query,
        )
        sent = case.request._replace(path=_path(case, asked.path)) if path else case.request
        return case._replace(asked=asked, request=sent)


def _segment(value: object) -> str:
    return quote(plain(value), safe="")


def _path(case: Case, values: Mapping[str, str]) -> str:
    path = sent_path(case.operation.path)
    for name, text in values.items():
        path = path.replace(f"{{{name}}}", text)
    return path
