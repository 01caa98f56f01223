"""`Location` and `Link`: addresses of the contract's own, where a response documents these headers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from accord.contract import Element, Header, Operation
from accord.contract import Response as Documented
from accord.document import pointers
from accord.exchange import Routed
from accord.mocking.calling import in_pairs, in_path
from accord.mocking.calls import exchange_of
from accord.mocking.expressions import Exchange, NoValue, evaluate, fill
from accord.mocking.mock import Mock
from accord.mocking.model import Request, Response
from accord.mocking.pages import pages_of
from accord.mocking.preferences import without_preferences
from accord.mocking.targets import filled, path_to, place_of
from accord.schemas.sampling.names import snake

_ADDRESS = re.compile(r"[!#-;=?-Z\[\]_a-z~]+")
_SAFE = "!#$%&'()*+,-./:;=?@_~"
_ABSOLUTE = ("uri", "url", "iri")
_ERRORS = 400


@dataclass(frozen=True, slots=True)
class _Case:
    """One response, of which the addresses are wanted."""

    mock: Mock
    documented: Documented
    route: Routed
    request: Request
    exchange: Exchange
    created: str | None = None

    @property
    def base(self) -> str:
        """What the path of the request has before that of its operation."""
        return self.request.base(self.route.operation.path)


def addressed(
    mock: Mock,
    operation: Operation,
    documented: Documented,
    request: Request,
    response: Response,
    *,
    created: str | None = None,
) -> Response:
    """The response with the addresses of this very request in the headers that are free for them.

    A header of which the author gave an example keeps it, as does one whose schema wants something else; but
    `Location` always leads to what was `created`, if the path of that is given.
    """
    if response.status >= _ERRORS:
        return response

    def make() -> dict[bytes, bytes]:
        route = mock.routed(request, operation)
        if route is None:
            return {}
        exchange = exchange_of(mock, route, request, response)
        return _made(_Case(mock, documented, route, request, exchange, created), response)

    # The same request for the same answer has the same addresses; links may speak of all that it has.
    sent = (request.scheme, request.header(b"host"), request.path, request.query)
    of = (*sent, created, response.status, response.headers, response.body)
    slot = ("addresses", operation.id, documented.pointer)
    made = make() if documented.links else mock.lately(slot, of, make)
    return response.with_lines(tuple(made.items()))._replace(is_static=False) if made else response


def _made(case: _Case, response: Response) -> dict[bytes, bytes]:
    """The lines of the headers that are free for addresses."""
    mock = case.mock
    made: dict[bytes, bytes] = {}
    for name, header in case.documented.headers.items():
        key = name.lower()
        is_free = not mock.values.is_exemplified(header, header.schema)
        if key not in ("location", "link") or not (is_free or (key == "location" and case.created)):
            continue
        sent = next(
            (value.decode("latin-1") for known, value in response.headers if known == key.encode()), ""
        )
        for text in _locations(case, header, sent) if key == "location" else _links(case):
            if header.schema is None or mock.values.is_valid(header.schema, text):
                made[key.encode()] = text.encode()
                break
    return made


def _locations(case: _Case, header: Header, made: str) -> Iterator[str]:
    """Addresses of what the operation made or leads to: one without a host, where that will do.

    Where the contract has none, and the schema does not say that it is an address, what was `made` by it
    becomes one.
    """
    path = _location(case)
    if path is not None and case.mock.values.stated(header.schema, "format") not in _ABSOLUTE:
        yield path
    if path is not None:
        yield case.request.origin + path
    elif not _ADDRESS.fullmatch(made):
        yield f"https://example.com/{quote(made.replace(' ', '-'), safe='')}"


def _location(case: _Case) -> str | None:
    if case.created is not None:
        return case.base + case.created
    operation, status = case.route.operation, case.exchange.status
    place = case.mock.once(
        ("place", operation.id, str(status)), lambda: place_of(case.mock, operation, status)
    )
    linked = [each for _, target, each in _linked(case) if target.method == "get" and place in (target, None)]
    if linked:
        return case.base + linked[0]
    path = place and path_to(case.mock, place, case.route, case.exchange.response.body)
    return f"{case.base}{path}" if path else None


def _links(case: _Case) -> Iterator[str]:
    """The header `Link`: to the other pages of a list, else by the contract's links, else to itself."""
    query = without_preferences(case.request.query)
    path = case.request.path
    pages = [
        (name, f"{path}?{page}" if page else path)
        for name, page in pages_of(case.mock, case.route.operation, query)
    ]
    linked = [(snake(name).replace("_", "-"), case.base + target) for name, _, target in _linked(case)]
    own = f"{path}?{query.decode('latin-1')}" if query else path
    found = pages or linked or [("self", own)]
    yield ", ".join(
        f'<{quote(case.request.origin + target, safe=_SAFE)}>; rel="{name}"' for name, target in found
    )


def _linked(case: _Case) -> Iterator[tuple[str, Operation, str]]:
    """The links of the response whose targets are known: name, operation, and its path with its query."""
    for name, link in case.documented.links.items():
        target = _target_of(case.mock, link)
        address = target and _address(target, link, case.exchange)
        if target and address:
            yield name, target, address


def _target_of(mock: Mock, link: Element) -> Operation | None:
    """The operation of a link (OAS 3.1 section 4.8.20)."""
    stated, reference = link.raw.get("operationId"), link.raw.get("operationRef")
    if isinstance(stated, str):
        return mock.contract.by_id.get(stated)
    if isinstance(reference, str) and reference.startswith("#"):
        pointer = pointers.from_fragment(reference)
        return next((each for each in mock.contract.operations if each.pointer == pointer), None)
    return None


def _address(target: Operation, link: Element, exchange: Exchange) -> str | None:
    """The path and query of a link's target, its parameters from the exchange; None where one is missing."""
    stated = link.raw.get("parameters")
    given = {str(name): value for name, value in stated.items()} if isinstance(stated, dict) else {}
    texts: dict[str, str] = {}
    pairs: list[str] = []
    for parameter in target.parameters:
        value = given.get(f"{parameter.location}.{parameter.name}", given.get(parameter.name))
        if value is None:
            continue
        try:
            value = _evaluated(value, exchange)
        except NoValue:
            continue
        if parameter.location == "path":
            texts[parameter.name] = in_path(parameter, value)
        elif parameter.location == "query":
            pairs += in_pairs(parameter, value)
    if any(parameter.location == "path" and parameter.name not in texts for parameter in target.parameters):
        return None
    path = filled(target.path, texts)
    return f"{path}?{'&'.join(pairs)}" if pairs else path


def _evaluated(value: Any, exchange: Exchange) -> Any:
    """A constant, or the value of the expression that stands in its place."""
    if not isinstance(value, str):
        return value
    return evaluate(value, exchange) if value.startswith("$") else fill(value, exchange)
