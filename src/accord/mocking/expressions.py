"""Runtime expressions: what of an exchange a callback or a link speaks of (OAS 3.1 section 4.8.20.4)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from accord.document import pointers
from accord.exchange import ABSENT
from accord.mocking.texts import plain

_EMBEDDED = re.compile(r"\{(\$[^{}]*)\}")
_SOURCE = re.compile(r"\$(request|response)\.(header|query|path)\.(.+)", re.DOTALL)
_BODY = re.compile(r"\$(request|response)\.body(?:#(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Side:
    """A request or a response, as far as expressions speak of it. `body` is its value, or ABSENT."""

    headers: Sequence[tuple[bytes, bytes]] = ()
    body: Any = ABSENT
    query: bytes = b""
    path_parameters: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request to a URL and its response."""

    url: str
    method: str
    status: int
    request: Side = Side()
    response: Side = Side()


class NoValue(LookupError):
    """An expression has no value in an exchange. Holds the expression, and why."""

    def __init__(self, expression: str, reason: str) -> None:
        super().__init__(f"{expression[:200]} {reason}")
        self.expression = expression
        self.reason = reason


def evaluate(expression: str, exchange: Exchange) -> Any:
    """The value of an expression. Raises NoValue."""
    whole = {"$url": exchange.url, "$method": exchange.method, "$statusCode": exchange.status}
    if expression in whole:
        return whole[expression]
    if matched := _BODY.fullmatch(expression):
        return _of_body(expression, _side(exchange, matched[1]).body, matched[2] or "")
    if matched := _SOURCE.fullmatch(expression):
        return _of_source(expression, _side(exchange, matched[1]), matched[2], matched[3])
    raise NoValue(expression, "is no runtime expression: see OAS 3.1 section 4.8.20.4")


def fill(text: str, exchange: Exchange) -> str:
    """The text with each `{$expression}` in it replaced by its value. Raises NoValue."""
    filled, missing = fill_known(text, exchange)
    if missing:
        raise missing[0]
    return filled


def fill_known(text: str, exchange: Exchange) -> tuple[str, list[NoValue]]:
    """The same with nothing in the place of expressions that have no value, and these."""
    missing: list[NoValue] = []

    def value_of(expression: str) -> str:
        try:
            return plain(evaluate(expression, exchange))
        except NoValue as error:
            missing.append(error)
            return ""

    if text.startswith("$"):
        return value_of(text), missing
    return _EMBEDDED.sub(lambda matched: value_of(matched[1]), text), missing


def _side(exchange: Exchange, name: str) -> Side:
    return exchange.request if name == "request" else exchange.response


def _of_body(expression: str, body: Any, pointer: str) -> Any:
    if body is ABSENT:
        raise NoValue(expression, "is not there: there is no such body, or it cannot be read")
    try:
        return pointers.walk(body, pointer)
    except LookupError:
        raise NoValue(expression, "is not in the body") from None


def _of_source(expression: str, side: Side, source: str, name: str) -> str:
    """The value of a header, or of a query or path parameter. Of several the first."""
    if source == "header":
        found = [value for key, value in side.headers if key == name.lower().encode("latin-1", "replace")]
        values = [b", ".join(found).decode("latin-1")] if found else []
    elif source == "query":
        pairs = parse_qsl(side.query.decode("latin-1"), keep_blank_values=True)
        values = [value for key, value in pairs if key == name]
    else:
        values = [value for key, value in (side.path_parameters or {}).items() if key == name]
    if not values:
        raise NoValue(expression, f"is not there: no such {source} value was sent")
    return values[0]
