"""The URL of a request: a server, a path template and query parameters."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from accord.document.postman.parts import Entry, Part, Raw, entries

_PATH_VARIABLE = re.compile(r":([^.{}]+)(.*)")
_EXPRESSION = re.compile(r"\{\{([^{}]*)\}\}|\{([^{}]+)\}|[{}]")


@dataclass(frozen=True, slots=True)
class Url:
    """What a request's URL says. `server` is empty where variables leave it open."""

    server: str
    path: str
    path_parameters: Sequence[Entry]
    query: Sequence[Entry]
    pointer: str

    def named_as(self, other: "Url") -> "Url":
        """The URL with the names that another one of the same path gives to its path parameters."""
        pairs = zip(self.path_parameters, other.path_parameters, strict=True)
        parameters = [replace(own, name=named.name) for own, named in pairs]
        return replace(self, path=other.path, path_parameters=parameters)


def url_of(request: Part) -> Url:
    """The URL of a request, which is a text or an object of its pieces."""
    url = _pieces(request)
    path, names = _template(_segments(url))
    known = {each.text("key") or each.text("id"): each for each in url.listed("variable")}
    parameters = [_path_parameter(name, known.get(name), url) for name in names]
    return Url(_server(url), path, parameters, entries(url, "query"), url.pointer)


def _pieces(request: Part) -> Part:
    """The URL as an object of its pieces, its variables not yet filled in."""
    raw = request.value.get("url")
    if isinstance(raw, str):
        return replace(request, value=_split(raw), pointer=request.at("url"))
    url = request.inner("url")
    if isinstance(text := url.value.get("raw"), str) and not {"host", "path"} & url.value.keys():
        url = replace(url, value=_split(text) | url.value)
    if isinstance(query := url.value.get("query"), str):
        url = replace(url, value=url.value | {"query": _split_query(query)})
    return url


def _split(text: str) -> Raw:
    """The pieces of a URL that is written out, whose host may be a variable."""
    rest, _, query = text.strip().partition("#")[0].partition("?")
    protocol, separator, after = rest.partition("://")
    host, _, path = (after if separator else rest).partition("/")
    pieces: Raw = {"protocol": protocol} if separator else {}
    return pieces | {"host": host, "path": path, "query": _split_query(query)}


def _split_query(query: str) -> list[Raw]:
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    return [{"key": unquote(key), "value": unquote(value)} for key, _, value in pairs]


def _segments(url: Part) -> list[str]:
    path: Any = url.value.get("path")
    if isinstance(path, str):
        return url.text("path").removeprefix("/").split("/")
    return url.texts("path")


def _template(segments: Sequence[str]) -> tuple[str, list[str]]:
    """The path template of segments (OAS 3.1 section 4.8.8), and the names in it, each once."""
    names: list[str] = []

    def named(match: re.Match[str]) -> str:
        name = base = re.sub(r"[/?#]", "-", (match[1] or match[2] or "").strip().removeprefix("$"))
        if not name:
            return quote(match[0])
        number = 2
        while name in names:
            name, number = f"{base}{number}", number + 1
        names.append(name)
        return f"{{{name}}}"

    return "/" + "/".join(_EXPRESSION.sub(named, _segment(each)) for each in segments), names


def _segment(segment: str) -> str:
    """A segment with its `:name` as `{name}`. What follows a dot is no part of the name."""
    match = _PATH_VARIABLE.fullmatch(segment)
    return f"{{{match[1]}}}{match[2]}" if match else segment


def _path_parameter(name: str, known: Part | None, url: Part) -> Entry:
    if known is None:
        return Entry(name, "", "", url.pointer)
    return Entry(name, known.text("value"), known.description, known.pointer)


def _server(url: Part) -> str:
    host = ".".join(url.texts("host"))
    if not host or "{{" in host:
        return ""
    protocol = url.text("protocol").removesuffix("://") or "http"
    port = url.text("port")
    server = host if "://" in host else f"{protocol}://{host}"
    server = server.rstrip("/") + (f":{port}" if port else "")
    try:
        return "" if "{" in server or not urlsplit(server).hostname else server
    except ValueError:
        return ""


def blanked(path: str) -> str:
    """The path with nothing in place of its parameters' names: what it is matched by."""
    return re.sub(r"\{[^{}]*\}", "{}", path)
