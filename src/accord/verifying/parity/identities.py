"""What one side calls the things that the other side calls otherwise."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote_plus

from accord.exchange import Incoming
from accord.mocking.resources import Resources

_TOKEN = re.compile(rb"[0-9A-Za-z][0-9A-Za-z_.:-]{7,}")


@dataclass(eq=False)
class Identities:
    """Identifiers that one side assigned, by those that the other assigned to the same things.

    `names` are the properties that hold identifiers. `lost` are those of things that the other side has not.
    """

    names: frozenset[str]
    known: dict[str, str] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)

    def learn(self, ours: Any, theirs: Any) -> None:
        """Takes in which identifiers stand at the same places of two bodies."""
        for one, other in _pairs(ours, theirs, self.names):
            if one != other:
                self.known.setdefault(one, other)

    def lose(self, ours: Any) -> None:
        """Takes in the identifiers of what the other side did not make."""
        self.lost.update(one for one, _ in _pairs(ours, ours, self.names) if one not in self.known)

    def is_lost(self, incoming: Incoming) -> bool:
        """Does a request speak of something that the other side has not?"""
        return any(each in self.lost for each in _said(incoming))

    def translated(self, incoming: Incoming) -> Incoming:
        """The request with the identifiers of the other side."""
        if not self.known:
            return incoming
        return incoming._replace(
            path="/".join(self._text(each) for each in incoming.path.split("/")),
            query=b"&".join(self._pair(each) for each in incoming.query.split(b"&")),
            body=_TOKEN.sub(self._token, incoming.body) if incoming.body else b"",
        )

    def _text(self, text: str) -> str:
        other = self.known.get(unquote_plus(text))
        return text if other is None else quote(other, safe="")

    def _pair(self, pair: bytes) -> bytes:
        name, equals, value = pair.partition(b"=")
        return name + equals + self._text(value.decode("latin-1")).encode("latin-1")

    def _token(self, match: re.Match[bytes]) -> bytes:
        other = self.known.get(match[0].decode())
        return match[0] if other is None else other.encode()


def identities_of(resources: Resources) -> Identities:
    """No identifiers yet, of the resources of a contract."""
    held = [each.identifier.pointer for each in resources.resources if each.identifier is not None]
    return Identities(frozenset(pointer.rpartition("/")[2] for pointer in held if pointer))


def _pairs(ours: Any, theirs: Any, names: frozenset[str], name: str = "") -> Iterator[tuple[str, str]]:
    """The identifiers at the same places of two values."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in ours.keys() & theirs.keys():
            yield from _pairs(ours[key], theirs[key], names, key)
    elif isinstance(ours, list) and isinstance(theirs, list):
        if len(ours) == len(theirs):
            for one, other in zip(ours, theirs, strict=True):
                yield from _pairs(one, other, names, name)
    elif name in names and _is_named(ours) and _is_named(theirs):
        yield str(ours), str(theirs)


def _is_named(value: Any) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


def _said(incoming: Incoming) -> Sequence[str]:
    """What of a request may be an identifier."""
    values = [unquote_plus(each) for each in incoming.path.split("/")]
    values += [unquote_plus(pair.partition(b"=")[2].decode("latin-1")) for pair in incoming.query.split(b"&")]
    return [*values, *(each.decode() for each in _TOKEN.findall(incoming.body))]
