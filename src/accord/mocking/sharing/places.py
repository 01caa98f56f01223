"""Where state is kept, as people write it: a URL, which may have a password in it."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from accord.errors import UsageError

_SCHEMES = {
    "redis": "redis",
    "rediss": "redis",
    "unix": "redis",
    "postgresql": "postgresql",
    "postgres": "postgresql",
    "sqlite": "sqlite",
}
_NAME = "name"
_NOT_NAME = re.compile(r"[^a-z0-9]+")
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Place:
    """Where state is kept: the kind of store, its URL, and under which name the mock has its worlds there."""

    kind: str
    url: str
    name: str

    @property
    def path(self) -> str:
        """The file that the URL names: `sqlite:///tmp/pets` or, from here, `sqlite://./pets`."""
        parts = urlsplit(self.url)
        return unquote(parts.netloc + parts.path)

    @property
    def shown(self) -> str:
        """The URL as it may be printed: without user, password and parameters."""
        parts = urlsplit(self.url)
        host = parts.netloc.rpartition("@")[2]
        return f"{parts.scheme}://{host}{parts.path}"

    def hiding(self, text: str) -> str:
        """A text in which the URL's secrets cannot be read."""
        parts = urlsplit(self.url)
        user, _, password = parts.netloc.rpartition("@")[0].partition(":")
        named = dict(parse_qsl(parts.query))
        for secret in (self.url, user + ":" + password, password, named.get("password", "")):
            if secret.strip(":"):
                text = text.replace(secret, "[redacted]")
        return text


def place_of(url: str, title: str) -> Place:
    """The place of a URL. The mock's name there is that of its parameter `name`, or the contract's title.

    Raises UsageError.
    """
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        parts = urlsplit("")
    kind = _SCHEMES.get(parts.scheme)
    if kind is None or not (parts.netloc or parts.path):
        raise UsageError("--state is no URL of a store", hint=_HINT)
    query = parse_qsl(parts.query, keep_blank_values=True)
    said = next((value for name, value in query if name == _NAME), "") or title
    left = urlencode([pair for pair in query if pair[0] != _NAME])
    stated = urlunsplit(parts._replace(query=left))
    return Place(kind, url.partition("?")[0] if kind == "sqlite" else stated, slug(said))


def slug(text: str) -> str:
    """The text as a name that any store takes."""
    return _NOT_NAME.sub("-", text.lower()).strip("-")[:_LONGEST_NAME] or "mock"


_HINT = (
    "write redis://HOST:6379/0, rediss://…, unix://FILE, postgresql://USER@HOST/DATABASE or sqlite:///FILE"
)
