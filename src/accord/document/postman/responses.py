"""The responses of an operation: those that were saved, by status."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from accord.document import pointers
from accord.document.moves import Moves
from accord.document.postman.bodies import content_of, saved_body
from accord.document.postman.parts import Entry, Part, Raw, entries

_STATUS = re.compile(r"[1-5][0-9]{2}")
_OF_THE_CONNECTION = frozenset(
    {
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "date",
        "keep-alive",
        "transfer-encoding",
    }
)
"""Headers that say how the message was sent when it was saved; those of CORS say to whom."""
_ATTRIBUTES = {"Path": "path", "Max-Age": "maxAge"}
"""Of a cookie. Its domain is that of the server it was saved from: who else sends it has another."""
_FLAGS = {"Secure": "secure", "HttpOnly": "httpOnly"}


def responses_of(saved: Sequence[Part], pointer: str, moves: Moves) -> Raw:
    """The responses by status; those of one status are one response with an example each."""
    by_status: dict[str, list[Part]] = {}
    for response in saved:
        status = response.text("code")
        by_status.setdefault(status if _STATUS.fullmatch(status) else "default", []).append(response)
    for status, alike in by_status.items():
        moves.add(pointers.join(pointer, status), alike[0].pointer)
    return {status: _response(alike) for status, alike in by_status.items()}


def _response(saved: Sequence[Part]) -> Raw:
    listed = [entries(each, "header") for each in saved]
    bodies = [
        (each.text("name"), body)
        for each, headers in zip(saved, listed, strict=True)
        if (body := saved_body(each, headers)) is not None
    ]
    names = (saved[0].description, saved[0].text("name"), saved[0].text("status"))
    response: Raw = {"description": next((name for name in names if name), "")}
    sent = (header for each, own in zip(saved, listed, strict=True) for header in (*own, *_cookies(each)))
    if documented := _headers(sent):
        response["headers"] = documented
    if bodies:
        response["content"] = content_of(bodies)
    return response


def _headers(sent: Iterable[Entry]) -> Mapping[str, Raw]:
    """The headers of responses of one status. None is required: that one was sent is no promise."""
    named: dict[str, Entry] = {}
    for header in sent:
        name = header.name.lower()
        if name not in _OF_THE_CONNECTION and not name.startswith("access-control-"):
            named.setdefault(name, header)
    return {header.name: _header(header) for header in named.values()}


def _header(header: Entry) -> Raw:
    described = {"description": header.description} if header.description else {}
    example = {"example": header.value} if header.value else {}
    return {**described, "schema": {"type": "string"}, **example}


def _cookies(response: Part) -> Iterator[Entry]:
    """The first cookie that was set, as a header: OpenAPI has one value for each."""
    for cookie in response.listed("cookie")[:1]:
        words = [f"{cookie.text('name')}={cookie.text('value')}"]
        words += [f"{word}={cookie.text(key)}" for word, key in _ATTRIBUTES.items() if cookie.text(key)]
        words += [word for word, key in _FLAGS.items() if cookie.value.get(key) is True]
        yield Entry("Set-Cookie", "; ".join(words), "", cookie.pointer)
