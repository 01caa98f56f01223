"""Problems (RFC 9457): which status a verdict gets, and how it is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import orjson

from accord.exchange.model import Kind, Violation

MEDIA_TYPE = "application/problem+json"
_UNPROCESSABLE = 422

STATUSES: Mapping[Kind, int] = {
    Kind.MALFORMED: 400,
    Kind.MISSING: 400,
    Kind.UNKNOWN: 400,
    Kind.INVALID: 400,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.PATH: 404,
    Kind.METHOD: 405,
    Kind.NOT_ACCEPTABLE: 406,
    Kind.CONFLICT: 409,
    Kind.TOO_LARGE: 413,
    Kind.MEDIA_TYPE: 415,
    Kind.RANGE: 416,
}
"""The status of each kind of violation, but for a body that can be read and breaks its schema: 422."""

_PRECEDENCE = (401, 403, 404, 405, 413, 415, 406, 409, 416, 400, 422)
"""Which status names the whole where a request has several faults: the one that is to be mended first."""

_TITLES: Mapping[int, str] = {
    413: "Content Too Large",
    416: "Range Not Satisfiable",
    422: "Unprocessable Content",
}
"""RFC 9110's phrases, where Python 3.11 still has the older ones."""

_ADVICE: Mapping[int, str] = {
    400: "The request cannot be read as the contract describes it",
    401: "The request carries no credentials that are known",
    403: "These credentials do not allow this",
    404: "There is nothing at this path",
    405: "This path does not take this method",
    406: "None of the media types that the operation answers with is acceptable to the request",
    409: "What there is does not allow this",
    413: "The body is larger than what is read",
    415: "The operation does not take a body of this media type",
    416: "There is nothing in the range that is asked for",
    422: "The body is well-formed, but breaks its schema",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem as RFC 9457 has it. `type` is `about:blank`: the status says which kind it is.

    `extensions` are members beside those that all problems have (RFC 9457 section 3.2).
    """

    status: int
    title: str
    detail: str = ""
    errors: tuple[Violation, ...] = ()
    type: str = "about:blank"
    instance: str | None = None
    extensions: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, status: int, detail: str = "", *, title: str = "", instance: str | None = None) -> "Problem":
        """The problem of a status, with HTTP's own words for what is not given."""
        title = title or title_of(status)
        return cls(status, title, detail or f"{_ADVICE.get(status, title)}.", instance=instance)

    def as_dict(self) -> dict[str, Any]:
        """Its members for JSON; `errors` only where there are any."""
        members: dict[str, Any] = {
            "type": self.type,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        if self.instance is not None:
            members["instance"] = self.instance
        if self.errors:
            members["errors"] = [entry_of(violation) for violation in self.errors]
        return members | dict(self.extensions)

    def to_bytes(self) -> bytes:
        """It as JSON in UTF-8. Never fails, whatever came in the request."""
        members = self.as_dict()
        try:
            return orjson.dumps(members)
        except TypeError:  # a lone surrogate, in a name or path that was not decoded strictly
            return orjson.dumps(_encodable(members))


def problem_of(violations: Sequence[Violation]) -> Problem:
    """The problem that a refused request is answered with. There must be at least one violation."""
    status = min((status_of(violation) for violation in violations), key=_PRECEDENCE.index)
    first = next(violation for violation in violations if status_of(violation) == status)
    others = len(violations) - 1
    more = f" There {'is 1 more fault' if others == 1 else f'are {others} more faults'}." if others else ""
    detail = f"{_ADVICE[status]}: {_sentence(first)}.{more}"
    return Problem(status, title_of(status), detail, tuple(violations))


def status_of(violation: Violation) -> int:
    """The HTTP status that a violation gets."""
    if violation.kind is Kind.INVALID and violation.location == "body":
        return _UNPROCESSABLE
    return STATUSES[violation.kind]


def title_of(status: int) -> str:
    """HTTP's own phrase for a status."""
    try:
        return _TITLES.get(status) or HTTPStatus(status).phrase
    except ValueError:
        return f"Status {status}"


def _sentence(violation: Violation) -> str:
    if violation.location == "body":
        subject = violation.pointer or "the body"
    else:
        name = f" {violation.name}" if violation.name else ""
        subject = f"the {violation.location}{' parameter' if violation.location != 'header' else ''}{name}"
        subject += f" at {violation.pointer}" if violation.pointer else ""
    return f"{subject} {violation.reason}"


def entry_of(violation: Violation) -> dict[str, Any]:
    """A violation as a problem has it among its `errors`."""
    entry: dict[str, Any] = {"location": violation.location}
    if violation.name is not None:
        entry["name"] = violation.name
    entry |= {"pointer": violation.pointer, "reason": violation.reason}
    if violation.expected:
        entry["expected"] = violation.expected
    if violation.received:
        entry["received"] = violation.received
    return entry | {"rule": violation.rule}


def _encodable(value: Any) -> Any:
    if isinstance(value, dict):
        return {_encodable(key): _encodable(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_encodable(child) for child in value]
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value
