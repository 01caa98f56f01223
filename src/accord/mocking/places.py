"""What a request says to the mock itself: the world that it is for, by its header or for browsers by the
beginning of its path, and whether it states a fault.
"""

from typing import NamedTuple
from urllib.parse import quote, unquote

from accord.mocking.model import ROOT, Request, Response

HEADER = b"x-accord-world"
"""The header that names the world of a request."""
FAULT = b"x-accord-fault"
"""The header that states the fault of a request."""
_MARKS = frozenset({HEADER, FAULT})
BELOW = f"{ROOT}/in/"
"""What stands before the name of a world in a path, and then the contract's own: `/_accord/in/mine/pets`."""
DEFAULT = "default"
"""How the world is called that has no name."""
_LONGEST_NAME = 200
_ADDRESSES = (b"location", b"content-location", b"link")


class Placed(NamedTuple):
    """A request as the contract has it, the world that it is for, and what its path had in front."""

    request: Request
    world: str
    prefix: str


def world_of(request: Request) -> str:
    """The name of the world that the request is for by its header; nothing for the one that has no name."""
    return marks_of(request)[0]


def marks_of(request: Request) -> tuple[str, bool]:
    """The name of the world that the request is for by its header, and whether it states a fault."""
    world, states_fault = None, False
    for name, value in request.headers:
        if name in _MARKS:
            if name == FAULT:
                states_fault = True
            elif world is None:
                world = named(value.decode("latin-1").strip())
    return world or "", states_fault


def named(name: str) -> str:
    """The name as worlds have it."""
    return "" if name == DEFAULT else name[:_LONGEST_NAME]


def placed(request: Request) -> Placed | None:
    """The request without the world in its path; None where no world stands there."""
    if not request.path.startswith(BELOW):
        return None
    name, slash, rest = request.path.removeprefix(BELOW).partition("/")
    if not name:
        return None
    world = named(unquote(name))
    return Placed(request._replace(path=slash + rest or "/"), world, prefix_of(world))


def prefix_of(world: str) -> str:
    """What the paths of a world begin with."""
    return f"{BELOW}{quote(world or DEFAULT, safe='')}"


def below(prefix: str, response: Response, request: Request) -> Response:
    """The response whose addresses stay in the world of its request."""
    headers = tuple(
        (name, _prefixed(name, value, prefix.encode(), request) if name in _ADDRESSES else value)
        for name, value in response.headers
    )
    return response if headers == response.headers else response._replace(headers=headers)


def _prefixed(name: bytes, value: bytes, prefix: bytes, request: Request) -> bytes:
    origin = f"{request.scheme}://{request.header(b'host') or ''}".encode("latin-1")
    if name == b"link":
        return value.replace(b"<" + origin + b"/", b"<" + origin + prefix + b"/").replace(
            b"</", b"<" + prefix + b"/"
        )
    if value.startswith(origin + b"/"):
        return origin + prefix + value.removeprefix(origin)
    return prefix + value if value.startswith(b"/") else value
