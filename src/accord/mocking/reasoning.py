"""Why a request was answered as it was, for people who look for the reason.

It is found once the answer is sent, from the exchange and the contract: a request that nobody asks about
costs nothing. The request is judged a second time for it, which changes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence

from accord.exchange import ABSENT, Kind, Routed, Violation
from accord.mocking.diagnosing import validation
from accord.mocking.judging import Judged, judge_request
from accord.mocking.mock import Mock
from accord.mocking.model import SERVER, STATE, Exchange, Request, Response
from accord.mocking.redacting import Redactor

_PREFERRING = ("accept", "prefer")
_OF_CREDENTIALS = frozenset({Kind.UNAUTHENTICATED, Kind.FORBIDDEN})


def reasons_of(mock: Mock, exchange: Exchange) -> Mapping[str, Sequence[str]]:
    """The reasons by name, without credentials; none where the answer is no operation's."""
    request, response = exchange.request, exchange.response
    route = mock.route(request.method, request.path) if response.operation else None
    if not isinstance(route, Routed):
        return {}
    judged = judge_request(mock, route, request)
    if judged.operation.id != response.operation:  # the contract is another by now
        return {}
    if response.source == SERVER:  # who passes a request on need not have all of it here
        judged = judged._replace(violations=response.faults)
    found = {
        "operation": [_operation(judged)],
        "security": _security(mock, judged, request),
        "checked": [_checked(judged)],
        "wrong": _wrong(judged, _beside_credentials(judged), "request"),
        "response": [_chosen(judged, request, response)],
        "source": list(_sources(mock, judged, response)),
        "breaks": _wrong(judged, response.violations, "response"),
    }
    redactor = Redactor(exchange.secrets, request.headers, request.query)
    return {name: [redactor.text(text) for text in texts] for name, texts in found.items() if texts}


def _operation(judged: Judged) -> str:
    operation = judged.operation
    place = operation.document.locate(operation.pointer)
    return f"{operation.id}, {operation.method.upper()} {operation.path} ({place})"


def _security(mock: Mock, judged: Judged, request: Request) -> Sequence[str]:
    lacking = [each for each in judged.violations if each.kind in _OF_CREDENTIALS]
    if lacking:
        return [f"not met: {text}" for text in _wrong(judged, lacking, "request")]
    return [mock.terms(judged.operation).gate.met(request)]


def _beside_credentials(judged: Judged) -> Sequence[Violation]:
    return [each for each in judged.violations if each.kind not in _OF_CREDENTIALS]


def _checked(judged: Judged) -> str:
    """What of the request was held to the contract, and whether it kept it."""
    asked, wrong = judged.asked, _beside_credentials(judged)
    named = [(each.location, each.name) for each in wrong if each.name and each.location != "body"]
    parts = [f"{location} {name}" for location, name in dict.fromkeys((*asked.parameters, *named))]
    if asked.body is not ABSENT or any(each.location == "body" for each in wrong):
        parts.append(f"body as {asked.media_type}" if asked.media_type else "body")
    return f"{', '.join(parts) or 'no parameter, no body'}; {len(wrong) or 'nothing'} wrong"


def _wrong(judged: Judged, violations: Sequence[Violation], message: str) -> Sequence[str]:
    """What is wrong, each with the place in the contract that says so."""
    locate, told = judged.operation.document.locate, validation(violations, message)
    return [f"{said['message']} ({locate(each.rule)})" for each, said in zip(violations, told, strict=True)]


def _chosen(judged: Judged, request: Request, response: Response) -> str:
    """Which response was chosen, of which there are, and by what the caller said."""
    header = dict(response.headers)
    media_type = header.get(b"content-type", b"").decode("latin-1")
    names = ", ".join(judged.operation.responses) or "none"
    said = [f"{name.capitalize()}: {text}" for name in _PREFERRING if (text := request.header(name.encode()))]
    form = f" as {media_type}" if media_type else ""
    by = f"; by {' and '.join(said)}" if said else ""
    return f"{response.status}{form}; documented are {names}{by}"


def _sources(mock: Mock, judged: Judged, response: Response) -> Iterator[str]:
    """What the answer was made from; of the state, what was done to which resource."""
    if response.override:
        yield f"the override {response.override}"
    if response.scenario:
        yield f"the scenario {response.scenario!r}"
    does = mock.keeper.does(judged.operation) if response.source == STATE else None
    if does is not None:
        yield f"{STATE}: {does.role} of {does.resource} ({does.because})"
    elif response.source:
        yield response.source
