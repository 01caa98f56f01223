"""What a request has to be for a rule to hold: conditions of its parameters, headers and body."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote

from accord.document import pointers
from accord.exchange import ABSENT
from accord.mocking.model import Request
from accord.mocking.state.asked import Asked
from accord.mocking.texts import plain


class Test(NamedTuple):
    """One thing that has to hold of a value: the name of it, and what it is compared with."""

    name: str
    operand: Any

    def holds(self, value: Any) -> bool:
        """Does it hold? `value` is ABSENT where there is none."""
        return TESTS[self.name](value, self.operand)


@dataclass(frozen=True, slots=True)
class Condition:
    """What has to hold of one value of a request.

    `location` is `path`, `query`, `header`, `cookie`, or `body`, of which `name` is a JSON pointer. What the
    contract does not have there is compared as the text that it is sent as.
    """

    location: str
    name: str
    tests: Sequence[Test]
    is_declared: bool = True

    def holds(self, request: Request, asked: Asked) -> bool:
        """Does it hold of a request?"""
        value = self._value(request, asked)
        return all(test.holds(value) for test in self.tests)

    def _value(self, request: Request, asked: Asked) -> Any:
        if self.location == "body":
            return _inside(asked.body, self.name)
        if self.is_declared:
            return asked.parameters.get((self.location, self.name), ABSENT)
        return _SENT[self.location](request, asked, self.name)


def equal(one: Any, other: Any) -> bool:
    """Are these equal as JSON has it? True is no 1, and 1.0 is 1."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(equal(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(equal, one, other))
    return bool(one == other)


def _inside(body: Any, pointer: str) -> Any:
    try:
        return pointers.walk(body, pointer)
    except LookupError:
        return ABSENT


def _in_query(_request: Request, asked: Asked, name: str) -> Any:
    pairs = parse_qsl(asked.query.decode("latin-1"), keep_blank_values=True)
    return next((value for key, value in pairs if key == name), ABSENT)


def _in_headers(request: Request, _asked: Asked, name: str) -> Any:
    value = request.header(name.lower().encode("latin-1", "replace"))
    return ABSENT if value is None else value


def _in_cookies(request: Request, _asked: Asked, name: str) -> Any:
    try:
        sent = SimpleCookie(request.header(b"cookie") or "")
    except CookieError:
        return ABSENT
    return sent[name].value if name in sent else ABSENT


def _in_path(_request: Request, asked: Asked, name: str) -> Any:
    return unquote(asked.path[name]) if name in asked.path else ABSENT


_SENT: Mapping[str, Callable[[Request, Asked, str], Any]] = {
    "path": _in_path,
    "query": _in_query,
    "header": _in_headers,
    "cookie": _in_cookies,
}


class Expression(NamedTuple):
    """A regular expression, and whether a text has it: by the engine of schemas, which no text keeps long."""

    pattern: str
    is_in: Callable[[str], bool]


def _matches(value: Any, operand: Expression) -> bool:
    is_scalar = value is not ABSENT and not isinstance(value, dict | list)
    return is_scalar and operand.is_in(plain(value))


def _contains(value: Any, operand: Any) -> bool:
    if isinstance(value, list):
        return any(equal(each, operand) for each in value)
    return isinstance(value, str) and value is not ABSENT and isinstance(operand, str) and operand in value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "equals": lambda value, operand: value is not ABSENT and equal(value, operand),
    "in": lambda value, operand: value is not ABSENT and any(equal(value, each) for each in operand),
    "matches": _matches,
    "contains": _contains,
    "minimum": lambda value, operand: _is_number(value) and value >= operand,
    "maximum": lambda value, operand: _is_number(value) and value <= operand,
    "present": lambda value, operand: (value is not ABSENT) is operand,
    "not": lambda value, operand: not all(test.holds(value) for test in operand),
}
"""What can be said of a value, by name."""
