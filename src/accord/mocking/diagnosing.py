"""Violations as programs are told of them: in two headers, and as a member of problems.

`accord-violations` has what the project's own problems have. `sl-violations` and the member `validation` are
what clients of Prism read: the location as a path, a severity, the keyword or status as a code, a message.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from accord.document import pointers
from accord.exchange import Kind, Problem, Violation, status_of
from accord.mocking.model import Pairs

_MOST_TOLD = 10
_LONGEST = 200
_KEYWORDS = {Kind.MISSING: "required", Kind.MALFORMED: "malformed", Kind.UNKNOWN: "unknown"}
"""The code of a violation that no keyword of a schema stands for."""


def told(
    violations: Sequence[Violation],
    ours: Sequence[Violation] = (),
    deprecated: Sequence[tuple[str, str]] = (),
) -> Pairs:
    """The headers that name what is wrong with a request, and with our own response to it.

    `deprecated` are the parameters that it uses and should not, each with its location.
    """
    diagnostics = [
        *validation(violations, "request"),
        *validation(ours, "response"),
        *(_warning(location, name) for location, name in deprecated),
    ]
    diagnosed = (b"sl-violations", _line(diagnostics[:_MOST_TOLD]))
    entries = [_entry(each) for each in violations] + [
        {"message": "response", **_entry(each)} for each in ours
    ]
    return ((b"accord-violations", _line(entries[:_MOST_TOLD])), diagnosed) if entries else (diagnosed,)


def with_validation(problem: Problem, message: str = "") -> Problem:
    """The problem with the member `validation`. `message` is that of `validation`."""
    return replace(problem, extensions={"validation": validation(problem.errors, message)})


def validation(violations: Sequence[Violation], message: str = "") -> list[dict[str, Any]]:
    """The violations as diagnostics, their locations below `message`: `request`, `response` or nothing."""
    above = [message] if message else []
    subject = message.capitalize() or "Request"
    return [
        {
            "location": [*above, *_location(each)],
            "severity": "Error",
            "code": _code(each),
            "message": f"{subject} {_place(each)} {each.reason[:_LONGEST]}",
        }
        for each in violations
    ]


def _location(violation: Violation) -> list[str]:
    """Where it is; of something that is missing, where it is missing from."""
    if violation.kind in (Kind.UNAUTHENTICATED, Kind.FORBIDDEN, Kind.MEDIA_TYPE, Kind.NOT_ACCEPTABLE):
        return []
    name = [violation.name.lower()] if violation.location == "header" and violation.name else []
    name = [violation.name] if violation.name and not name else name
    path = [violation.location, *name, *pointers.split(violation.pointer)]
    return path[:-1] if _code(violation) == "required" and len(path) > 1 else path


def _code(violation: Violation) -> str | int:
    """The keyword that is broken; the status where it is no keyword of a schema."""
    if violation.kind is Kind.INVALID:
        return violation.rule.rpartition("/")[2]
    return _KEYWORDS.get(violation.kind) or status_of(violation)


def _place(violation: Violation) -> str:
    """The words for where it is."""
    path = [violation.name or "", *pointers.split(violation.pointer)]
    inner = ".".join(part for part in path if part)
    if not inner:
        return violation.location
    kind = {"body": "property", "header": ""}.get(violation.location, "parameter")
    return " ".join(part for part in (violation.location, kind, inner) if part)


def _warning(location: str, name: str) -> dict[str, Any]:
    return {
        "location": ["request", location, name],
        "severity": "Warning",
        "code": "deprecated",
        "message": f"Request {location} parameter {name} is deprecated",
    }


def _entry(violation: Violation) -> dict[str, Any]:
    return {
        "location": violation.location,
        "name": violation.name or "",
        "pointer": violation.pointer,
        "reason": violation.reason[:_LONGEST],
    }


def _line(entries: Sequence[Any]) -> bytes:
    """JSON as one line of a head, which is ASCII."""
    return json.dumps(entries, separators=(",", ":")).encode("ascii")
