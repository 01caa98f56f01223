"""Which documented response answers, and of which media type."""

import re
from collections.abc import Sequence

from accord.contract import MediaType, Operation, Response
from accord.exchange import Kind, Violation, negotiate, parse_media_type
from accord.exchange.shapes import shape_of
from accord.mocking.model import Request

_SUCCESS = re.compile(r"2[0-9]{2}")
_EXACT = re.compile(r"[1-5][0-9]{2}")
_BOTH = frozenset({"400", "422"})
_ANY = "*/*"
_CONCRETE = {
    _ANY: "application/json",
    "application/*": "application/json",
    "text/*": "text/plain",
    "image/*": "image/png",
    "audio/*": "audio/mpeg",
    "video/*": "video/mp4",
}
_PREFERRED = frozenset({"application/json", _ANY})
_PARAMETERS = re.compile(r"\s*;\s*(?!q\s*=)[^;]*", re.IGNORECASE)


def success_of(operation: Operation) -> tuple[int, Response | None]:
    """The response where nothing is preferred, and its status.

    The lowest 2xx, then the range 2XX, then the default, sent as 200; else the lowest that there is, or the
    first range. An operation that documents none is answered with 200 and nothing.
    """
    responses = operation.responses
    exact = sorted(name for name in responses if _SUCCESS.fullmatch(name))
    if exact:
        return int(exact[0]), responses[exact[0]]
    upper = {name.upper(): response for name, response in responses.items()}
    for name in ("2XX", "DEFAULT"):
        if name in upper:
            return 200, upper[name]
    for name in sorted(name for name in responses if _EXACT.fullmatch(name)):
        return int(name), responses[name]
    for name, response in responses.items():
        if re.fullmatch(r"[1-5][xX]{2}", name):
            return int(name[0]) * 100, response
    return 200, None


def refusal_of(operation: Operation, statuses: Sequence[int]) -> tuple[int, Response | None]:
    """The status that refuses a request, and its response; the first one and None where none is documented.

    The first that is documented by itself or by its range, else the default, sent as the first.
    """
    upper = {name.upper(): response for name, response in operation.responses.items()}
    for status in statuses:
        documented = upper.get(str(status)) or upper.get(f"{status // 100}XX")
        if documented is not None:
            return status, documented
    return statuses[0], upper.get("DEFAULT")


def statuses_of(operation: Operation, status: int, violations: Sequence[Violation]) -> Sequence[int]:
    """The statuses that may refuse a request, the one that says it best first.

    Where both are documented, a body that breaks its schema is 422 and everything else 400, as for a server;
    otherwise a body that cannot be read is 400, and whatever else breaks a rule 422, unless only the other of
    the two is documented.
    """
    if status in (400, 422):
        if operation.responses.keys() >= _BOTH:
            return (status,)
        return (400, 422) if any(_is_unreadable(each) for each in violations) else (422, 400)
    return (status, 422, 400) if status in (413, 415) else (status,)


def _is_unreadable(violation: Violation) -> bool:
    return violation.kind is Kind.MALFORMED and violation.location == "body"


def media_type_of(response: Response, request: Request) -> tuple[str, str] | None:
    """The key of the media type to answer with, and the Content-Type; None where none is acceptable.

    JSON goes to whoever says nothing. Whoever wants a parameter that no media type has gets the type without.
    """
    keys = list(response.content)
    accept = request.header(b"accept")
    if accept is None:
        named = response.content.items()
        key = next((key for key, media_type in named if media_type.essence in _PREFERRED), keys[0])
        return key, _content_type(response.content[key], None)
    if accept == "*/*" or accept in response.content:
        key = accept if accept in response.content else keys[0]
        return key, _content_type(response.content[key], accept)
    found = negotiate(accept, keys) or negotiate(_without_parameters(accept), keys)
    if found is None and not any(parse_media_type(each) for each in keys):
        found = keys[0]
    return None if found is None else (found, _content_type(response.content[found], accept))


def _content_type(media_type: MediaType, accept: str | None) -> str:
    """The Content-Type to send; of any media type at all, plain text for what is a text."""
    stated = concrete(media_type.name, accept)
    if media_type.essence != _ANY or stated != _CONCRETE[_ANY] or (accept and stated in accept):
        return stated
    if media_type.schema is None:
        return "text/plain" if isinstance(media_type.raw.get("example"), str) else stated
    types = shape_of(media_type.document, media_type.schema).types
    return "text/plain" if types == {"string"} else stated


def _without_parameters(accept: str) -> str:
    """The ranges without parameters other than their quality."""
    return ", ".join(_PARAMETERS.sub("", part) for part in accept.split(","))


def concrete(key: str, accept: str | None = None) -> str:
    """The Content-Type for a key: itself, or of a range what the caller names or the likeliest."""
    if "*" not in key:
        return key
    wanted = negotiate(key, [part.partition(";")[0].strip() for part in (accept or "").split(",")])
    if wanted and "*" not in wanted and parse_media_type(wanted):
        return wanted
    return _CONCRETE.get(key.partition(";")[0].strip().lower(), "application/octet-stream")
