"""The answer of one documented response: its value, its bytes, its head."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple

from accord.contract import MediaType, Operation
from accord.contract import Response as Documented
from accord.exchange import MEDIA_TYPE, Outgoing, title_of
from accord.mocking.case import Case
from accord.mocking.choosing import media_type_of
from accord.mocking.headers import BODILESS, head_of, headers_of
from accord.mocking.mock import Mock
from accord.mocking.model import Choices, Examples, Pairs, Remark, Request, Response
from accord.mocking.refusing import no_example
from accord.mocking.state.asked import Asked
from accord.mocking.values import Made, UnknownExample, examples_of
from accord.mocking.writing import JSON, content_type_of, write

_NONE: Mapping[str, Any] = MappingProxyType({})


class Order(NamedTuple):
    """Which answer is to be made: everything that decides its bytes."""

    operation: Operation
    status: int
    documented: Documented
    choices: Choices
    media_type: MediaType | None = None
    content_type: str = ""
    example: str | None = None
    digest: str = ""
    identities: Mapping[str, Any] = _NONE

    @property
    def seed(self) -> str:
        """What decides the values that are made for it."""
        return f"{self.operation.id} {self.status} {self.digest}".rstrip()

    def negotiated(self, request: Request) -> "Order | None":
        """The order in the media type that the request accepts; None where it accepts none."""
        has_body = self.status not in BODILESS and self.documented.content and self.operation.method != "head"
        if not has_body:
            return self
        found = media_type_of(self.documented, request)
        if found is None:
            return None
        media_type, content_type = self.documented.content[found[0]], content_type_of(found[1])
        return self._replace(media_type=media_type, content_type=content_type)

    @property
    def key(self) -> tuple[str | None, ...] | None:
        """The name under which it is kept; None where its media type is the caller's to choose."""
        if self.media_type is not None and "*" in self.media_type.name:
            return None
        how = f"{self.choices.examples} {self.choices.cors} {self.digest} {self.identities or ''}"
        return self.operation.id, str(self.status), self.content_type, self.example, how

    @property
    def is_shared(self) -> bool:
        """Is the answer the same for every request?"""
        return not self.digest and not self.identities


def fulfilled(mock: Mock, order: Order) -> Response:
    """The answer: the bytes that were kept, where it is static."""
    key = order.key
    known = None if key is None else mock.kept(key)
    if known is not None:
        return known
    try:
        made = value_of(mock, order)
        source = "" if made is None else _source(mock, order, made)
        is_static = key is not None and not order.digest
        response = answer(mock, order, made, is_static=is_static, source=source)
        response = response if _is_right(order, made) else _checked(mock, order, response)
    except UnknownExample as error:
        return no_example(order.operation, order.example, error)
    if key is None:
        return response
    return mock.keep(key, response) if order.is_shared else mock.remember(key, response)


def identified(mock: Mock, order: Order, asked: Asked) -> Order:
    """The order with the identifiers that the path names, where its value is generated."""
    path = {name: value for (location, name), value in asked.parameters.items() if location == "path"}
    media_type = order.media_type
    if not path or media_type is None or order.example is not None:
        return order
    if order.digest or _is_generated(mock, media_type, order.choices.examples):
        mock.varying.add(order.operation.id)
        from accord.schemas.sampling import identities_of  # noqa: PLC0415 - see Mock

        return order._replace(identities=identities_of(order.operation.path, path))
    return order


def _is_generated(mock: Mock, media_type: MediaType, examples: Examples) -> bool:
    key = "generated", media_type.pointer, examples
    return mock.once(key, lambda: mock.values.is_generated(media_type, examples))


def answer(
    mock: Mock,
    order: Order,
    made: Made | None,
    *,
    is_static: bool = False,
    pairs: Pairs | None = None,
    source: str = "",
) -> Response:
    """The response with this value as its body, or with none.

    It `is_static` where nothing else of the request than its path is in it. `pairs` are the lines of its head
    that the contract has for it, where they are known.
    """
    body = b""
    findings: tuple[str | Remark, ...] = ()
    parts: tuple[bytes, ...] = ()
    if order.media_type is not None and made is not None:
        body, parts = write(made.value, order.media_type, order.content_type)
        findings = made.findings
    headers = head_of(
        order.status,
        pairs_of(mock, order) if pairs is None else pairs,
        body,
        order.content_type,
        is_stream=bool(parts),
    )
    return Response(
        order.status,
        headers,
        body,
        order.operation.id,
        findings=findings,
        parts=parts,
        is_static=is_static,
        source=source,
    )


def pairs_of(mock: Mock, order: Order) -> Pairs:
    """The lines of the head that the contract has for the response."""
    key = "head", order.operation.id, str(order.status), str(order.choices.cors), order.choices.examples
    return _pairs(mock, order) if order.digest else mock.once(key, lambda: _pairs(mock, order))


def _pairs(mock: Mock, order: Order) -> Pairs:
    choices = order.choices
    own = headers_of(order.documented, mock.values, order.seed, cors=choices.cors, examples=choices.examples)
    pairs = tuple(own)
    if order.operation.raw.get("deprecated") is True and all(name != b"deprecation" for name, _ in pairs):
        return (*pairs, (b"deprecation", b"true"))
    return pairs


def value_of(mock: Mock, order: Order) -> Made | None:
    """The value of the body by the contract alone; None where there is no body. Raises UnknownExample."""
    if order.media_type is None:
        return None
    has_schema = order.media_type.schema is not None or order.media_type.item_schema is not None
    examples, values = order.choices.examples, mock.values.of(order.identities)
    if order.digest and has_schema:
        return _telling(mock, order, values.sample(order.media_type, order.seed, examples=False))
    if order.identities and not order.digest:  # there is no example: see `identified`
        return _telling(mock, order, values.sample(order.media_type, order.seed))
    made = values.of_content(order.media_type, order.seed, examples=examples, name=order.example)
    is_made_up = order.example is None and values.is_generated(order.media_type, examples)
    return _telling(mock, order, made) if is_made_up else made


def _source(mock: Mock, order: Order, made: Made) -> str:
    """What the value of the body was made from, for people."""
    media_type, name = order.media_type, order.example
    if media_type is None:
        return ""
    has_schema = media_type.schema is not None or media_type.item_schema is not None
    is_sampled = order.identities or (order.digest and has_schema)
    if is_sampled or (name is None and mock.values.is_generated(media_type, order.choices.examples)):
        by = "the schema" if has_schema else "no schema"
        return f"generated by {by}{', for this request' if order.digest else ''}"
    written = next(iter(examples_of(media_type)), None) if name is None else name
    example = "the example of the schema" if written is None else f"the example {written!r}"
    return f"{example}, mended" if made.findings else example


def _telling(mock: Mock, order: Order, made: Made) -> Made:
    """A problem that was made up, with the status that is sent and its phrase (RFC 9457 section 3.1)."""
    media_type = order.media_type
    if media_type is None or media_type.essence != MEDIA_TYPE or not isinstance(made.value, dict):
        return made
    said = {"status": order.status, "title": title_of(order.status)}
    value = {**made.value, **{name: said[name] for name in said if name in made.value}}
    is_valid = media_type.schema is None or mock.values.is_valid(media_type.schema, value)
    return replace(made, value=value) if is_valid else made


def _is_right(order: Order, made: Made | None) -> bool:
    """Is the response right by construction, so that it need not be read and judged again?

    Its status and media type are documented, no header is; and its body is JSON that says nothing but a
    value which the validator of its schema admitted when it was made.
    """
    media_type = order.media_type
    is_json = media_type is not None and media_type.name == order.content_type == JSON
    return made is not None and made.is_valid and is_json and not order.documented.headers


def _checked(mock: Mock, order: Order, response: Response) -> Response:
    """The response with what the judge of responses finds in it."""
    operation = order.operation
    found = mock.judge.response(operation, Outgoing(response.status, response.headers, response.body))
    if not found:
        return response
    first = found[0]
    more = f" (and {len(found) - 1} more)" if found[1:] else ""
    said = (
        f"{operation.method.upper()} {operation.path}: the {response.status} response cannot be made right: "
        f"{first.location} {first.name or ''}{first.pointer} {first.reason}{more} [{first.rule}]"
    )
    is_new = not order.digest and order.choices.examples != "verbatim"
    findings = (*response.findings, said) if is_new else response.findings
    return response._replace(findings=findings, violations=found)


def with_addresses(
    case: Case, documented: Documented, response: Response, created: str | None = None
) -> Response:
    """The response with the addresses of what it speaks of in the headers that are for them.

    `created` is the path of what was created, where that is known, below the base path of the server.
    """
    if documented.headers and any(name.lower() in ("location", "link") for name in documented.headers):
        from accord.mocking.addresses import addressed  # noqa: PLC0415 - few responses have them

        return addressed(case.mock, case.operation, documented, case.request, response, created=created)
    return response
