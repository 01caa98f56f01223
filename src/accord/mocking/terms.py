"""What the requests of one operation are judged by beside the exchange.

Their credentials, the deprecated parameters that they have, and fields of forms whose reserved characters
should have been encoded (OAS 3.1 section 4.8.15).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from urllib.parse import unquote_plus

from accord.contract import Contract, Operation
from accord.document import pointers
from accord.exchange import Kind, Violation, parse_media_type
from accord.exchange.shapes import shape_of
from accord.mocking.credentials import Gate
from accord.mocking.model import Request

_HYPERMEDIA = frozenset({"application/hal+json", "application/vnd.api+json"})
_FORM = "application/x-www-form-urlencoded"
_ID = re.compile(r"(x-)?(request|correlation|trace|transaction)-?id")
"""Headers by which an exchange is found again, in lower case."""
_COUNTING = re.compile(
    r"(?!.*rate).*(?:total|count|range|page|offset|limit|next|prev|cursor|size)", re.IGNORECASE
)
"""Words in the names of headers that may speak of a list."""
_RESERVED = re.compile(r"[/?#\[\]@!$'()*,;]")
"""RFC 3986 section 2.2, without what a form itself gives a meaning to."""


class Terms:
    """The terms of one operation, read from the contract once."""

    def __init__(
        self, contract: Contract, operation: Operation, accepted: frozenset[str] = frozenset()
    ) -> None:
        self.gate = Gate(contract, operation, accepted)
        self._deprecated = [(each.location, each.name) for each in operation.parameters if each.deprecated]
        self._reserved = _reserved_fields(operation)
        self._operation = operation

    @cached_property
    def lists(self) -> frozenset[str]:
        """The arrays of the query of which nothing is said on how they are written."""
        return frozenset(
            each.name
            for each in self._operation.parameters
            if each.location == "query"
            and not {"style", "explode", "content"} & each.raw.keys()
            and "array" in shape_of(each.document, each.schema).types
        )

    @cached_property
    def is_counted(self) -> bool:
        """Is it a GET that may be asked for a range, or whose headers may say how many items a list has?"""
        if self._operation.method not in ("get", "head"):
            return False
        asked = (each.name for each in self._operation.parameters if each.location == "header")
        answered = self._operation.responses.items()
        told = (name for status, each in answered if status.startswith("2") for name in each.headers)
        return any(name.lower() == "range" for name in asked) or any(_COUNTING.search(name) for name in told)

    @cached_property
    def is_downloaded(self) -> bool:
        """Is it a download that may be asked for in parts, as bytes?"""
        part = self._operation.responses.get("206") if self._operation.method == "get" else None
        return part is not None and bool(part.content) and all("json" not in name for name in part.content)

    @cached_property
    def is_linked(self) -> bool:
        """Are its answers hypermedia, so that clients go where they lead?"""
        content = (each for one in self._operation.responses.values() for each in one.content.values())
        return any(each.essence in _HYPERMEDIA for each in content)

    @cached_property
    def echoes(self) -> Mapping[bytes, str | None]:
        """The headers of its responses that repeat the id that a request came with, and their schemas."""
        responses = self._operation.responses.values()
        headers = [(name.lower(), each) for one in responses for name, each in one.headers.items()]
        return {name.encode(): each.schema for name, each in headers if _ID.fullmatch(name)}

    def judge(self, request: Request) -> tuple[Violation, ...]:
        """What is wrong with a request: its credentials, then the fields of its form."""
        lacking = self.gate.judge(request)
        return (*lacking, *self._unencoded(request)) if self._reserved and request.body else lacking

    def deprecated_in(self, request: Request) -> Sequence[tuple[str, str]]:
        """The location and name of each deprecated parameter that the request has nevertheless."""
        return [each for each in self._deprecated if _has(request, *each)] if self._deprecated else ()

    def _unencoded(self, request: Request) -> Iterator[Violation]:
        sent = parse_media_type(request.header(b"content-type") or "")
        if sent is None or sent.essence != _FORM:
            return
        for pair in request.body.decode("latin-1").split("&"):
            raw, _, value = pair.partition("=")
            name = unquote_plus(raw)
            if name in self._reserved and (found := _RESERVED.search(value)):
                reason = f"has {found[0]!r} as it is, which is to be percent-encoded"
                rule, pointer = self._reserved[name], pointers.join("", name)
                yield Violation(Kind.INVALID, "body", reason, rule, pointer=pointer)


def _has(request: Request, location: str, name: str) -> bool:
    if location == "header":
        return request.header(name.lower().encode("latin-1", "replace")) is not None
    pairs = [pair.partition("=") for pair in request.query.decode("latin-1").split("&")]
    return location == "query" and any(unquote_plus(key) == name for key, equals, _ in pairs if equals)


def _reserved_fields(operation: Operation) -> Mapping[str, str]:
    """The fields of which it is said that reserved characters are encoded, and where that is said."""
    body = operation.request_body
    found: dict[str, str] = {}
    for media_type in body.content.values() if body is not None else ():
        for name, encoding in media_type.encoding.items() if media_type.essence == _FORM else ():
            if isinstance(encoding, dict) and encoding.get("allowReserved") is False:
                found[name] = pointers.join(media_type.pointer, "encoding", name, "allowReserved")
    return found
