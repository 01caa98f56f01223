"""Recorded traffic as exchanges: HAR, as browsers, proxies and test tools write it."""

import base64
import binascii
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from accord.errors import UsageError
from accord.exchange import Incoming, Outgoing
from accord.verifying.exchanges import Exchange

_T = TypeVar("_T", str, int, list[Any], dict[str, Any])
_KINDS: Mapping[type, str] = {str: "a text", int: "a number", list: "a list", dict: "an object"}
_MILLISECONDS = 1000


def is_har(value: Any) -> bool:
    """Is it an HTTP archive (HAR 1.2)?"""
    return isinstance(value, dict) and isinstance(value.get("log"), dict) and "entries" in value["log"]


def exchanges_of_har(value: Any, name: str) -> Iterator[Exchange]:
    """The exchanges of an archive. Raises UsageError, with the name of the file, where it is none."""
    entries = _member(_member(value, "log", dict, name), "entries", list, f"{name} /log")
    for at, entry in enumerate(entries):
        place = f"{name} /log/entries/{at}"
        request = _request(_member(entry, "request", dict, place), f"{place}/request")
        response = _response(_member(entry, "response", dict, place), f"{place}/response")
        seconds = entry.get("time")
        took = seconds / _MILLISECONDS if isinstance(seconds, int | float) else 0.0
        yield Exchange(request, response, seconds=took)


def _request(said: Mapping[str, Any], place: str) -> Incoming:
    url = urlsplit(_member(said, "url", str, place))
    headers = _headers(said, place)
    method = _member(said, "method", str, place).upper()
    body = _posted(said.get("postData"), f"{place}/postData")
    return Incoming(method, url.path or "/", {}, url.query.encode("latin-1", "replace"), headers, body)


def _posted(said: Any, place: str) -> bytes:
    if not isinstance(said, dict):
        return b""
    if said.get("text") is not None:
        return _text(said, place)
    fields = [(each.get("name", ""), each.get("value", "")) for each in said.get("params") or ()]
    return urlencode(fields).encode()


def _response(said: Mapping[str, Any], place: str) -> Outgoing | None:
    """The response; None where none came, which archives write as the status 0."""
    status = _member(said, "status", int, place)
    content = said.get("content")
    body = _text(content, f"{place}/content") if isinstance(content, dict) and content.get("text") else b""
    return Outgoing(status, _headers(said, place), body) if status else None


def _text(said: Mapping[str, Any], place: str) -> bytes:
    text = _member(said, "text", str, place)
    if said.get("encoding") != "base64":
        return text.encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(text)
    except binascii.Error:
        raise UsageError(f"{place}/text is no base64, which its encoding says") from None


def _headers(said: Mapping[str, Any], place: str) -> tuple[tuple[bytes, bytes], ...]:
    pairs = said.get("headers") or []
    if not isinstance(pairs, list) or not all(isinstance(each, dict) for each in pairs):
        raise UsageError(f"{place}/headers is no list of names and values")
    return tuple(
        (str(each.get("name", "")).lower().encode("latin-1", "replace"), _value(each)) for each in pairs
    )


def _value(pair: Mapping[str, Any]) -> bytes:
    return str(pair.get("value", "")).encode("latin-1", "replace")


def _member(said: Any, key: str, kind: type[_T], place: str) -> _T:
    """What stands under a key. Raises UsageError."""
    value = said.get(key) if isinstance(said, dict) else None
    if not isinstance(value, kind) or isinstance(value, bool):
        raise UsageError(f"{place}: an HTTP archive has {_KINDS[kind]} at {key!r}")
    return value
