"""Recordings as files have them, read and checked by the contract."""

import base64
import binascii
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar
from urllib.parse import unquote, urlencode

from accord.contract import Contract, Operation
from accord.document import pointers
from accord.exchange import Incoming, Outgoing, Routed, Violation, parse_media_type
from accord.exchange.bodies import content_type
from accord.findings import Finding, Position, Severity
from accord.mocking.headers import head_of
from accord.mocking.mock import Mock
from accord.mocking.model import Pairs, Response
from accord.mocking.redacting import REDACTED
from accord.mocking.replaying import Recording
from accord.mocking.texts import plain, to_json

_T = TypeVar("_T", str, int, dict[str, Any])
_EVENTS = "text/event-stream"
_OURS = (b"content-type", b"content-length")
_KINDS: Mapping[type, str] = {str: "a text", int: "a number", dict: "an object"}


class Written(Protocol):
    """A file with a recording: what it says, and where."""

    @property
    def value(self) -> Any:
        """The recording."""
        ...

    def position(self, pointer: str) -> Position:
        """Where something stands in it."""
        ...


class Recordings(NamedTuple):
    """The recordings by the ids of their operations, and what is wrong with them."""

    by_operation: Mapping[str, Sequence[Recording]]
    findings: Sequence[Finding]


class Unusable(ValueError):
    """A recording that is none. Says why; `pointer` is where."""

    def __init__(self, pointer: str, reason: str) -> None:
        super().__init__(reason)
        self.pointer = pointer


def read_recordings(mock: Mock, files: Iterable[Written]) -> Recordings:
    """The recordings in these files. What breaks the contract is replayed, and findings say where it does."""
    held: defaultdict[str, list[Recording]] = defaultdict(list)
    findings: list[Finding] = []
    for file in files:
        try:
            name, recording, broken = _read(mock, file.value)
        except Unusable as error:
            findings.append(_finding(file, error.pointer, str(error)))
            continue
        held[name].append(recording)
        findings += (_finding(file, pointer, reason) for pointer, reason in broken)
    return Recordings(held, findings)


def _read(mock: Mock, value: Any) -> tuple[str, Recording, Sequence[tuple[str, str]]]:
    """The id of the operation, the recording, and where it breaks the contract. Raises Unusable."""
    operation, asked, query = _asked(mock.contract, value)
    response = _member(value, "/response", dict)
    route = _route(mock, operation, asked)
    judged = mock.judge.request(operation, asked._replace(path_parameters=route.path_parameters))
    made = _response(operation, response)
    broken = mock.judge.response(operation, Outgoing(made.status, made.headers, made.body))
    wrong = tuple(each for each in broken if REDACTED not in each.received)
    recording = Recording(
        {key: unquote(text) for key, text in route.path_parameters.items()},
        [pair for pair in query if pair[0] not in mock.secrets.query],
        judged.body,
        _type_of(made.headers),
        made._replace(violations=wrong, source="a recording"),
    )
    asked_wrongly = [each for each in judged.violations if REDACTED not in each.received]
    return operation.id, recording, [*_places(asked_wrongly, "/request"), *_places(wrong, "/response")]


def request_and_response(contract: Contract, value: Any) -> tuple[Incoming, Response]:
    """What a recording has, as bytes. Raises Unusable."""
    operation, asked, _ = _asked(contract, value)
    return asked, _response(operation, _member(value, "/response", dict))


def _asked(contract: Contract, value: Any) -> tuple[Operation, Incoming, list[tuple[str, str]]]:
    """The operation of a recording, its request, and the query of that. Raises Unusable."""
    name = _member(value, "/operation", str)
    operation = contract.by_id.get(name)
    if operation is None:
        raise Unusable("/operation", f"the contract has no operation {name[:80]!r}")
    request = _member(value, "/request", dict)
    query = list(_pairs(request, "/request/query"))
    asked = Incoming(
        operation.method.upper(),
        _member(request, "/request/path", str),
        {},
        urlencode(query).encode(),
        _headers(request, "/request"),
        _body(request, "/request"),
    )
    return operation, asked, query


def _route(mock: Mock, operation: Operation, asked: Incoming) -> Routed:
    """The path parameters of a recorded request. Raises Unusable."""
    route = mock.route(asked.method, asked.path)
    for each in (route, *mock.others(route)) if isinstance(route, Routed) else ():
        if each.operation is operation:
            return each
    raise Unusable("/request/path", f"{asked.path[:200]} is no path of {operation.id}")


def _response(operation: Operation, said: Mapping[str, Any]) -> Response:
    """The response as it is sent: events one by one."""
    status, body = _member(said, "/response/status", int), _body(said, "/response")
    pairs = _headers(said, "/response")
    kind = _type_of(pairs)
    sent = parse_media_type(kind)
    events = body.split(b"\n\n") if sent is not None and sent.essence == _EVENTS else []
    parts = tuple(event + b"\n\n" for event in events if event.strip())
    others = tuple(pair for pair in pairs if pair[0] not in _OURS)
    return Response(
        status,
        head_of(status, others, body, kind, is_stream=bool(parts)),
        body,
        operation.id,
        parts=parts,
    )


def _body(said: Mapping[str, Any], at: str) -> bytes:
    """The bytes of a body: JSON where its media type says so, text, the fields of a form, or base64."""
    if "base64" in said:
        try:
            return base64.b64decode(_member(said, f"{at}/base64", str), validate=True)
        except (binascii.Error, ValueError):
            raise Unusable(f"{at}/base64", "it is no base64") from None
    if "form" in said:
        return urlencode(list(_pairs(said, f"{at}/form"))).encode()
    if "body" not in said:
        return b""
    sent = parse_media_type(_type_of(_headers(said, at)))
    is_text = isinstance(said["body"], str) and not (sent is not None and sent.is_json)
    return said["body"].encode() if is_text else to_json(said["body"])


def _headers(said: Mapping[str, Any], at: str) -> Pairs:
    return tuple(
        (name.lower().encode("latin-1", "replace"), value.encode("latin-1", "replace"))
        for name, value in _pairs(said, f"{at}/headers")
    )


def _type_of(headers: Pairs) -> str:
    """The Content-Type; nothing where there is none."""
    return (content_type(headers) or b"").decode("latin-1")


def _pairs(said: Mapping[str, Any], at: str) -> Iterator[tuple[str, str]]:
    """The names and values of a map, each of a list's. Raises Unusable."""
    if at.rpartition("/")[2] in said:
        for name, value in _member(said, at, dict).items():
            for each in value if isinstance(value, list) else [value]:
                yield name, plain(each)


def _member(said: Any, at: str, kind: type[_T]) -> _T:
    """What stands at a place, whose name in the object is the last of the pointer. Raises Unusable."""
    value = said.get(at.rpartition("/")[2]) if isinstance(said, dict) else None
    if not isinstance(value, kind) or isinstance(value, bool):
        raise Unusable(at, f"a recording has {_KINDS[kind]} here")
    return value


def _places(violations: Iterable[Violation], at: str) -> Iterator[tuple[str, str]]:
    """Where a recording breaks the contract, and how."""
    parts = {"query": "query", "header": "headers", "body": "body", "path": "path", "status": "status"}
    for each in violations:
        part = parts.get(each.location)
        named = (
            [each.name.lower() if part == "headers" else each.name] if each.name and part != "path" else []
        )
        place = pointers.join(at, *([part] if part else []), *named)
        words = (each.location, each.name, each.pointer, each.reason)
        yield place + (each.pointer if part == "body" else ""), " ".join(word for word in words if word)


def _finding(file: Written, pointer: str, reason: str) -> Finding:
    return Finding("invalid-recording", Severity.ERROR, reason, pointer, file.position(pointer))
