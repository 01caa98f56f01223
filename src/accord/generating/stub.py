"""What operations.py states, as values: each operation's request fields and its documented responses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from accord.contract import Contract, Header, MediaType, Operation, Parameter, Response
from accord.exchange import ParsedType
from accord.generating.classes import Classes
from accord.generating.expressions import default_expression, expression, joined
from accord.generating.naming import (
    RESERVED_OPERATIONS,
    field_name,
    function_name,
    one_line,
    pascal_case,
    status_class_name,
    unique,
)
from accord.generating.shapes import Shape
from accord.schemas import Direction

Caller: TypeAlias = Literal["none", "optional", "required"]

SET_BY_SERVER = frozenset(
    {"x-request-id", "allow", "www-authenticate", "retry-after", "date", "content-length"}
)
"""Response headers that `accord.serving` sets by itself: a handler may give them, and never has to."""

_IGNORED_HEADERS = frozenset({"accept", "content-type", "authorization"})
_LOCATIONS = ("path", "query", "querystring", "header", "cookie")


@dataclass(frozen=True, slots=True)
class StubField:
    """A field of a request or response: `name: type = default`, and where it stands on the wire."""

    name: str
    type: str
    location: str
    wire_name: str
    default: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class StubResponse:
    """One documented response: its class's name, and what an instance holds.

    `negotiable`: the body is of one type in all its media types, so that the server can choose one.
    """

    name: str
    status: str
    body: str
    media_types: tuple[str, ...]
    negotiable: bool
    headers: tuple[StubField, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class StubOperation:
    """One operation: its namespace class, its function's name, its request and its responses."""

    id: str
    name: str
    function: str
    method: str
    path: str
    tag: str
    summary: str
    request: tuple[StubField, ...]
    responses: tuple[StubResponse, ...]
    caller: Caller


def stub_operations(contract: Contract, classes: Classes) -> tuple[StubOperation, ...]:
    """Every operation of the contract, in its order, with names that are unique.

    Where several paths are the same path (`ambiguous-paths`), only the first is ever reached, and only
    that one is stated.
    """
    names: set[str] = set(RESERVED_OPERATIONS)
    functions: set[str] = set()
    made = []
    for operation in reachable(contract):
        name = unique(pascal_case(operation.id), names, suffix="Operation")
        function = unique(function_name(operation.id), functions)
        names.add(name)
        functions.add(function)
        made.append(_operation(operation, name, function, classes))
    return tuple(made)


def reachable(contract: Contract) -> Iterator[Operation]:
    """The operations that a router can reach: the first one of each method and path template."""
    hidden = {finding.pointer for finding in contract.findings if finding.rule == "ambiguous-paths"}
    return (operation for operation in contract.operations if operation.pointer not in hidden)


def _operation(operation: Operation, name: str, function: str, classes: Classes) -> StubOperation:
    return StubOperation(
        id=operation.id,
        name=name,
        function=function,
        method=operation.method.upper(),
        path=operation.path,
        tag=operation.tags[0] if operation.tags else "default",
        summary=one_line(operation.summary or operation.description or operation.id),
        request=_request(operation, name, classes),
        responses=tuple(_responses(operation, name, classes)),
        caller=_caller(operation),
    )


def _caller(operation: Operation) -> Caller:
    if not operation.security:
        return "none"
    return "required" if all(requirement.schemes for requirement in operation.security) else "optional"


def _request(operation: Operation, name: str, classes: Classes) -> tuple[StubField, ...]:
    parameters = sorted(_stated(operation), key=lambda each: _LOCATIONS.index(each.location))
    names = parameter_names(parameters)
    fields = [
        _parameter(parameter, names[parameter.location, parameter.name], name, classes)
        for parameter in parameters
    ]
    return (*fields, *_body_fields(operation, name, classes))


def _stated(operation: Operation) -> Iterator[Parameter]:
    """Its parameters, without the headers that OpenAPI takes from elsewhere (OAS 3.1 section 4.8.12.2)."""
    for parameter in operation.parameters:
        ignored = parameter.location == "header" and parameter.name.lower() in _IGNORED_HEADERS
        if parameter.location in _LOCATIONS and not ignored:
            yield parameter


def parameter_names(parameters: Sequence[Parameter]) -> Mapping[tuple[str, str], str]:
    """A field's name for each (location, name). Where two would be equal, all of those get the location."""
    plain = [field_name(parameter.name) for parameter in parameters]
    names: dict[tuple[str, str], str] = {}
    for parameter, made in zip(parameters, plain, strict=True):
        wanted = made if plain.count(made) == 1 else f"{made.rstrip('_')}_{parameter.location}"
        names[parameter.location, parameter.name] = unique(wanted, set(names.values()))
    return names


def _parameter(parameter: Parameter, field: str, operation: str, classes: Classes) -> StubField:
    media_type = next(iter(parameter.content.values()), None)
    pointer = parameter.schema or (media_type.schema if media_type else None)
    typed, shape = _typed(pointer, Direction.REQUEST, operation + pascal_case(parameter.name), classes)
    default = ""
    if not parameter.required:
        default = (default_expression(shape, shape["default"]) or "") if "default" in shape else "None"
        if not default or default == "None":
            typed, default = joined([typed, "None"]), "None"
    return StubField(
        field, typed, parameter.location, parameter.name, default, one_line(parameter.description)
    )


def _body_fields(operation: Operation, name: str, classes: Classes) -> Iterator[StubField]:
    body = operation.request_body
    if body is None or not body.content:
        return
    types = [
        _media_type(each, Direction.REQUEST, f"{name}RequestBody", classes) for each in body.content.values()
    ]
    typed = joined(types if body.required else [*types, "None"])
    yield StubField("body", typed, "body", "", "" if body.required else "None", one_line(body.description))
    if len(body.content) > 1:
        known = literal(tuple(body.content))
        yield StubField(
            "media_type",
            known if body.required else joined([known, "None"]),
            "media_type",
            "",
            "" if body.required else "None",
            "Which of its media types the body is in.",
        )


def literal(media_types: tuple[str, ...]) -> str:
    """The type of a media type's name: one of these, or any text where a range such as `image/*` is one."""
    if any("*" in name for name in media_types):
        return "str"
    return f"Literal[{', '.join(repr(name) for name in media_types)}]"


def _media_type(media_type: MediaType, direction: Direction, wanted: str, classes: Classes) -> str:
    """The type of a body in this media type: JSON and forms by their schema, text as str, else bytes.

    XML and YAML of a request are read by the schema, too; those of a response are written by the handler.
    """
    essence = media_type.essence
    parsed = ParsedType(essence)
    if direction is Direction.REQUEST and (parsed.is_xml or parsed.is_yaml):
        return _typed(media_type.schema, direction, wanted, classes)[0] if media_type.schema else "str"
    if is_json(essence) or essence in {"multipart/form-data", "application/x-www-form-urlencoded"}:
        return _typed(media_type.schema, direction, wanted, classes)[0]
    if essence == "*/*":
        return "Any"
    return "str" if essence.startswith("text/") else "bytes"


def is_json(essence: str) -> bool:
    """Is it JSON: `application/json`, or a type with the suffix `+json` (RFC 6839 section 3.1)?"""
    return essence.endswith(("/json", "+json"))


def _typed(pointer: str | None, direction: Direction, wanted: str, classes: Classes) -> tuple[str, Shape]:
    if pointer is None:
        return "Any", {}
    shape = classes.shape(pointer, direction, wanted)
    typed = expression(shape)
    return (typed or f"models.{classes.name(pointer, direction, wanted)}"), shape


def _responses(operation: Operation, name: str, classes: Classes) -> Iterator[StubResponse]:
    taken = {"Request", "Response", "Handler"}
    for status, response in operation.responses.items():
        made = unique(status_class_name(status), taken)
        taken.add(made)
        types = [
            _media_type(each, Direction.RESPONSE, _body_name(response, name, made), classes)
            for each in response.content.values()
        ]
        yield StubResponse(
            name=made,
            status=status,
            body=joined(types) if types else "None",
            media_types=tuple(response.content),
            negotiable=len(set(types)) == 1,
            headers=tuple(_headers(response, name + made, classes)),
            summary=one_line(response.description),
        )


def _body_name(response: Response, operation: str, status: str) -> str:
    """A name for an inline schema: of the shared response that it stands in, else of the operation."""
    if response.pointer.startswith("/components/responses/"):
        return pascal_case(response.pointer.rpartition("/")[2]) + "Body"
    return f"{operation}{status}Body"


def _headers(response: Response, owner: str, classes: Classes) -> Iterator[StubField]:
    taken = {"body", "status", "media_type", "status_code"}
    for header in response.headers.values():
        name = unique(field_name(header.name), taken)
        taken.add(name)
        yield _header(header, name, owner, classes)


def _header(header: Header, name: str, owner: str, classes: Classes) -> StubField:
    media_type = next(iter(header.content.values()), None)
    pointer = header.schema or (media_type.schema if media_type else None)
    typed, _ = _typed(pointer, Direction.RESPONSE, owner + pascal_case(header.name), classes)
    required = header.required and header.name.lower() not in SET_BY_SERVER
    default = "" if required else "None"
    typed = typed if required else joined([typed, "None"])
    return StubField(name, typed, "header", header.name, default, one_line(header.description))
