"""The files of the console, each by its name below `/_accord/console/`; the page itself is `/_accord/`."""

from collections.abc import Mapping
from importlib.resources import files

from accord.mocking.model import ROOT, Pairs, Request, Response
from accord.mocking.refusing import other_method

HOME = f"{ROOT}/"
BELOW = f"{ROOT}/console/"
_READING = ("GET", "HEAD")
_TYPES: Mapping[str, bytes] = {
    "html": b"text/html; charset=utf-8",
    "css": b"text/css; charset=utf-8",
    "js": b"text/javascript; charset=utf-8",
    "svg": b"image/svg+xml",
}
_POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    b"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
"""The page runs its own scripts alone, shows no foreign text as HTML, and is in nobody's frame."""
_HEADERS: Pairs = (
    (b"content-security-policy", _POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-cache"),
)


def console_file(request: Request) -> Response | None:
    """The page, or a file of it; None where the request is for something else."""
    if request.path == ROOT:
        return _asked_rightly(request, Response(308, ((b"location", HOME.encode()),)))
    name = _name_of(request.path)
    if name is None:
        return None
    body = (files("accord.mocking.console") / name).read_bytes()
    headers = (
        (b"content-type", _TYPES[name.rpartition(".")[2]]),
        (b"content-length", b"%d" % len(body)),
        *_HEADERS,
    )
    return _asked_rightly(request, Response(200, headers, body))


def _asked_rightly(request: Request, response: Response) -> Response:
    return response if request.method in _READING else other_method(request, _READING)


def _name_of(path: str) -> str | None:
    """The name of the file at a path; None where there is none."""
    if path == HOME:
        return "index.html"
    name = path.removeprefix(BELOW)
    known = {each.name for each in files("accord.mocking.console").iterdir()}
    return name if path.startswith(BELOW) and name in known and name.rpartition(".")[2] in _TYPES else None
