"""Which documented response answers, and of which media type."""

import re
from collections.abc import Iterable, Sequence

from accord.contract import Operation, Response
from accord.exchange import Kind, Violation, negotiate, parse_media_type
from accord.mocking.model import Request

_SUCCESS = re.compile(r"2[0-9]{2}")
_EXACT = re.compile(r"[1-5][0-9]{2}")
_CONCRETE = {
    "*/*": "application/json",
    "application/*": "application/json",
    "text/*": "text/plain",
    "image/*": "image/png",
    "audio/*": "audio/mpeg",
    "video/*": "video/mp4",
}
_INVALID = frozenset({Kind.INVALID, Kind.MISSING, Kind.UNKNOWN})


def success_of(operation: Operation) -> tuple[int, Response | None]:
    """The response where nothing is preferred, and its status.

    The lowest 2xx, then the range 2XX, then the default, sent as 200; else the first that there is. An
    operation that documents none is answered with 200 and nothing.
    """
    responses = operation.responses
    exact = sorted(name for name in responses if _SUCCESS.fullmatch(name))
    if exact:
        return int(exact[0]), responses[exact[0]]
    upper = {name.upper(): response for name, response in responses.items()}
    for name in ("2XX", "DEFAULT"):
        if name in upper:
            return 200, upper[name]
    for name, response in responses.items():
        if _EXACT.fullmatch(name):
            return int(name), response
        if re.fullmatch(r"[1-5][xX]{2}", name):
            return int(name[0]) * 100, response
    return 200, None


def refusal_of(
    operation: Operation, status: int, violations: Sequence[Violation]
) -> tuple[int, Response] | None:
    """The response that the contract documents for a refused request; None where it has none.

    What breaks a rule is 422 or 400, whichever is documented; then the range, then the default.
    """
    for candidate in _statuses(status, violations):
        if str(candidate) in operation.responses:
            return candidate, operation.responses[str(candidate)]
    documented = operation.response(status)
    return None if documented is None else (status, documented)


def _statuses(status: int, violations: Sequence[Violation]) -> Iterable[int]:
    if status in (400, 422):
        return (422, 400) if all(each.kind in _INVALID for each in violations) else (400, 422)
    return (status, 400, 422) if status in (413, 415) else (status,)


def media_type_of(response: Response, request: Request) -> tuple[str, str] | None:
    """The key of the media type to answer with, and the Content-Type; None where none is acceptable."""
    keys = list(response.content)
    accept = request.header(b"accept")
    key = negotiate(accept, keys)
    if key is None and not any(parse_media_type(each) for each in keys):
        key = keys[0]
    return None if key is None else (key, concrete(key, accept))


def concrete(key: str, accept: str | None = None) -> str:
    """The Content-Type for a key: itself, or of a range what the caller names or the likeliest."""
    if "*" not in key:
        return key
    wanted = negotiate(key, [part.partition(";")[0].strip() for part in (accept or "").split(",")])
    if wanted and "*" not in wanted and parse_media_type(wanted):
        return wanted
    return _CONCRETE.get(key.partition(";")[0].strip().lower(), "application/octet-stream")
