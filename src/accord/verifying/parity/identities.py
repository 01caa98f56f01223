"""What one side calls the things that the other side calls otherwise."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeAlias
from urllib.parse import quote, unquote_plus

from accord.exchange import Incoming
from accord.exchange.json_text import MalformedJson, read_json
from accord.mocking.resources import Resources
from accord.mocking.texts import to_json
from accord.verifying.parity.places import Spoken, put

Key: TypeAlias = tuple[str, str]
"""A resource, and one of its identifiers. One that is long says by itself what it is of: no resource."""
_LONG = 8
_TOKEN = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.:-]{7,}")


@dataclass(eq=False)
class Identities:
    """Identifiers that one side assigned, by those that the other assigned to the same things, and back.

    `names` are the properties that hold identifiers. `lost` are those of things that the other side has not.
    """

    names: frozenset[str]
    known: dict[Key, str] = field(default_factory=dict)
    given: dict[Key, str] = field(default_factory=dict)
    lost: set[Key] = field(default_factory=set)

    def pair(self, resource: str, one: Any, other: Any) -> None:
        """Takes in that both call one thing so, where neither is known to be the name of another."""
        if not (is_name(one) and is_name(other)):
            return
        ours, theirs = _key(resource, one), _key(resource, other)
        if ours not in self.known and theirs not in self.given:
            self.known[ours], self.given[theirs] = str(other), str(one)

    def are_paired(self, resource: str, one: Any, other: Any) -> bool:
        """Are these both names of one thing, as far as is known?"""
        ours, theirs = self.known.get(_key(resource, one)), self.given.get(_key(resource, other))
        return ours in (None, str(other)) and theirs in (None, str(one))

    def named(self, resource: str, other: Any) -> str | None:
        """What our side calls that which the other one calls so; None where that is not known."""
        return self.given.get(_key(resource, other))

    def mapped(self, resource: str, one: Any) -> str | None:
        """What the other side calls it; None where that is not known."""
        return self.known.get(_key(resource, one))

    def learn(self, ours: Any, theirs: Any) -> None:
        """Takes in which long identifiers stand at the same places of two values."""
        for one, other in _pairs(ours, theirs, self.names):
            if len(one) >= _LONG:
                self.pair("", one, other)

    def lose(self, ours: Any, resource: str = "", name: Any = None) -> None:
        """Takes in the identifiers of what the other side did not make."""
        keys = {_key("", one) for one, _ in _pairs(ours, ours, self.names)}
        keys |= {_key(resource, name)} if is_name(name) else set()
        self.lost.update(key for key in keys if key not in self.known and (key[0] or len(key[1]) >= _LONG))

    def is_lost(self, incoming: Incoming, spoken: Spoken) -> bool:
        """Does a request speak of something that the other side has not?"""
        return bool(self.lost) and any(each in self.lost for each in _said(incoming, spoken))

    def translated(self, incoming: Incoming, spoken: Spoken) -> Incoming:
        """The request with the identifiers of the other side."""
        if not self.known:
            return incoming
        return incoming._replace(
            path="/".join(
                self._text(spoken.path.get(index, ""), each)
                for index, each in enumerate(incoming.path.split("/"))
            ),
            query=b"&".join(self._pair(spoken.query, each) for each in incoming.query.split(b"&")),
            body=self._body(incoming.body, spoken) if incoming.body else b"",
        )

    def text(self, ours: str) -> str:
        """A text of ours with the long identifiers of the other side."""
        return _TOKEN.sub(lambda match: self.known.get(("", match[0]), match[0]), ours)

    def _body(self, body: bytes, spoken: Spoken) -> bytes:
        changed = _TOKEN_BYTES.sub(self._token, body)
        if not spoken.body or not any(resource for resource, _ in self.known):
            return changed
        try:
            value = read_json(changed)
        except MalformedJson:
            return changed
        before = to_json(value)
        for pointer, resource in spoken.body:
            value = put(value, pointer, partial(self._renamed, resource))
        after = to_json(value)
        return changed if after == before else after

    def _renamed(self, resource: str, value: Any) -> Any:
        """A name, or several, in the words of the other side, of the type that it was."""
        if isinstance(value, list):
            return [self._renamed(resource, each) for each in value]
        other = self.mapped(resource, value) if is_name(value) else None
        if other is None:
            return value
        return int(other) if isinstance(value, int) and other.isdecimal() else other

    def _text(self, resource: str, text: str) -> str:
        other = self.known.get(_key(resource, unquote_plus(text)))
        return text if other is None else quote(other, safe="")

    def _pair(self, named: Mapping[str, str], pair: bytes) -> bytes:
        name, equals, value = pair.partition(b"=")
        resource = named.get(unquote_plus(name.decode("latin-1")), "")
        return name + equals + self._text(resource, value.decode("latin-1")).encode("latin-1")

    def _token(self, match: re.Match[bytes]) -> bytes:
        other = self.known.get(("", match[0].decode()))
        return match[0] if other is None else other.encode()


_TOKEN_BYTES = re.compile(_TOKEN.pattern.encode())


def identities_of(resources: Resources) -> Identities:
    """No identifiers yet, of the resources of a contract."""
    held = [each.identifier.pointer for each in resources.resources if each.identifier is not None]
    return Identities(frozenset(pointer.rpartition("/")[2] for pointer in held if pointer))


def is_name(value: Any) -> bool:
    """Can it be an identifier?"""
    return isinstance(value, str | int) and not isinstance(value, bool)


def _key(resource: str, name: Any) -> Key:
    text = str(name)
    return ("" if len(text) >= _LONG else resource, text)


def _pairs(ours: Any, theirs: Any, names: frozenset[str], name: str = "") -> Iterator[tuple[str, str]]:
    """The identifiers at the same places of two values."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in ours.keys() & theirs.keys():
            yield from _pairs(ours[key], theirs[key], names, key)
    elif isinstance(ours, list) and isinstance(theirs, list):
        if len(ours) == len(theirs):
            for one, other in zip(ours, theirs, strict=True):
                yield from _pairs(one, other, names, name)
    elif name in names and is_name(ours) and is_name(theirs):
        yield str(ours), str(theirs)


def _said(incoming: Incoming, spoken: Spoken) -> Sequence[Key]:
    """What of a request may be an identifier."""
    path = [
        (spoken.path.get(index, ""), unquote_plus(each))
        for index, each in enumerate(incoming.path.split("/"))
    ]
    pairs = [pair.partition(b"=") for pair in incoming.query.split(b"&")]
    query = [
        (spoken.query.get(unquote_plus(name.decode("latin-1")), ""), unquote_plus(value.decode("latin-1")))
        for name, _, value in pairs
    ]
    keys = [_key(*each) for each in (*path, *query)]
    return [*keys, *(("", each.decode()) for each in _TOKEN_BYTES.findall(incoming.body))]
