"""Requests of one method and path as one operation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from accord.document import pointers
from accord.document.moves import Moves
from accord.document.postman.bodies import Body, body_of, content_of
from accord.document.postman.parts import Entry, Part, Raw, entries
from accord.document.postman.responses import responses_of
from accord.document.postman.security import Demand, Schemes, demand_of
from accord.document.postman.urls import Url, url_of

_METHOD = re.compile(r"[A-Z0-9!#$%&'*+.^_`|~-]+")
"""A method is a token (RFC 9110 section 9.1)."""
_NOT_PARAMETERS = frozenset(
    {"accept", "authorization", "connection", "content-length", "content-type", "host", "transfer-encoding"}
)
"""Headers that OpenAPI states elsewhere (OAS 3.1 section 4.8.12.1), or that say how a message is sent."""


@dataclass(frozen=True, slots=True)
class Item:
    """One request of a collection with its saved responses; `folder` is the outermost that it is in."""

    part: Part
    request: Part
    method: str
    url: Url
    folder: str
    headers: Sequence[Entry]
    demand: Demand


def item_of(part: Part, request: Part, auth: Part | None, folder: str) -> Item:
    """What an item of a collection says about a request."""
    headers = entries(request, "header")
    method = (request.text("method") or "GET").upper()
    if _METHOD.fullmatch(method) is None:
        raise request.fault(
            f"{method!r} is no HTTP method", at="method", hint="use a method such as GET or POST"
        )
    return Item(part, request, method, url_of(request), folder, headers, demand_of(auth, headers))


def operation_of(items: Sequence[Item], pointer: str, schemes: Schemes, moves: Moves) -> Raw:
    """The operation that these items are requests of. What not every one of them sends is optional."""
    first = items[0]
    moves.add(pointer, first.part.pointer)
    operation: Raw = {}
    if first.folder:
        operation["tags"] = [first.folder]
    if name := first.part.text("name"):
        operation["summary"] = name
    if description := first.request.description or first.part.description:
        operation["description"] = description
    if parameters := _parameters(items, pointer, moves):
        operation["parameters"] = parameters
    if body := _request_body(items, pointer, moves):
        operation["requestBody"] = body
    saved = [response for item in items for response in item.part.listed("response")]
    if responses := responses_of(saved, pointers.join(pointer, "responses"), moves):
        operation["responses"] = responses
    if security := schemes.requirement(first.demand):
        operation["security"] = security
    return operation


def _parameters(items: Sequence[Item], pointer: str, moves: Moves) -> list[Raw]:
    """The parameters of the items: those of the path, of the query, and headers."""
    queries = [[*item.url.query, *item.demand.query] for item in items]
    headers = [
        [
            header
            for header in (*item.headers, *item.demand.headers)
            if header.name.lower() not in _NOT_PARAMETERS
        ]
        for item in items
    ]
    found = [("path", [entry], True) for entry in _path(items)]
    found += [("query", alike, required) for alike, required in _merged(queries, fold=False)]
    found += [("header", alike, required) for alike, required in _merged(headers, fold=True)]
    for index, (_, alike, _) in enumerate(found):
        moves.add(pointers.join(pointer, "parameters", index), alike[0].pointer)
    return [_parameter(location, alike, required=required) for location, alike, required in found]


def _path(items: Sequence[Item]) -> list[Entry]:
    """The path's parameters, named by the first item; the first value and description that is given."""
    rows = zip(*(item.url.path_parameters for item in items), strict=True)
    return [
        Entry(
            row[0].name,
            next((entry.value for entry in row if entry.value), ""),
            next((entry.description for entry in row if entry.description), ""),
            row[0].pointer,
        )
        for row in rows
    ]


def _merged(lists: Sequence[Sequence[Entry]], *, fold: bool) -> list[tuple[list[Entry], bool]]:
    """The entries of one name in each list, and whether every list has one."""
    named: dict[str, list[list[Entry]]] = {}
    for entries_of_one in lists:
        own: dict[str, list[Entry]] = {}
        for entry in entries_of_one:
            own.setdefault(entry.name.lower() if fold else entry.name, []).append(entry)
        for name, alike in own.items():
            named.setdefault(name, []).append(alike)
    # The longest shows best whether the name is given several times at once.
    return [(max(each, key=len), len(each) == len(lists)) for each in named.values()]


def _parameter(location: str, alike: Sequence[Entry], *, required: bool) -> Raw:
    parameter: Raw = {"name": alike[0].name, "in": location, "required": required}
    if description := next((entry.description for entry in alike if entry.description), ""):
        parameter["description"] = description
    values = [entry.value for entry in alike]
    several = location == "query" and len(values) > 1
    string = {"type": "string"}
    parameter["schema"] = {"type": "array", "items": string} if several else string
    if all(value and "{{" not in value for value in values):
        parameter["example"] = values if several else values[0]
    return parameter


def _request_body(items: Sequence[Item], pointer: str, moves: Moves) -> Raw:
    bodies: list[tuple[str, Body]] = []
    for item in items:
        body = body_of(item.request, item.headers) if _sends_body(item) else None
        if body is not None:
            if not bodies:
                moves.add(pointers.join(pointer, "requestBody"), item.request.at("body"))
            bodies.append((item.part.text("name"), body))
    return {"content": content_of(bodies)} if bodies else {}


def _sends_body(item: Item) -> bool:
    """Does Postman send the body? With a GET only where it is told to, whatever was left in the request."""
    behaviour = item.part.inner("protocolProfileBehavior")
    return item.method not in ("GET", "HEAD") or behaviour.value.get("disableBodyPruning") is True
