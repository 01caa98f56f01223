"""Identifiers for new items: the client's own, or one that is free and like those that the contract shows."""

import re
from collections.abc import Iterable
from hashlib import sha256, sha512
from typing import Any

from accord.document import pointers
from accord.document.pointers import found, put
from accord.mocking.resources import Identifier
from accord.mocking.state.world import Collection
from accord.mocking.texts import named
from accord.mocking.values import Values

_MOST_TRIES = 20
_LEAST = 6
"""Characters that are enough to tell items apart."""
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_NAMES = ("slug", "name", "title", "label")


class Identifying:
    """Identifies the items of one resource. The same seed and count give the same identifier."""

    def __init__(self, resource: str, identifier: Identifier, values: Values) -> None:
        self.pointer = identifier.pointer
        self._tokens = pointers.split(identifier.pointer or "")
        self._resource = resource
        self._identifier = identifier
        self._values = values
        schema = identifier.schema
        self._is_valid = _anything if schema is None else values.schemas.at(schema, values.direction).is_valid

    def identified(self, value: Any, collection: Collection) -> Any:
        """The value with an identifier: its own where the client gives it, else one that is free."""
        own = None if self._identifier.assigned_by == "server" else found(value, self._tokens)
        if own is not None:
            is_whole = isinstance(own, float) and own.is_integer() and self._identifier.type == "integer"
            return put(value, self._tokens, int(own)) if is_whole else value
        return put(value, self._tokens, self.free(value, collection))

    def free(self, value: Any, collection: Collection) -> Any:
        """An identifier that no item of the collection has."""
        if self._identifier.type == "integer" and self._is_valid(number := collection.highest + 1):
            return number
        made: Any = None
        for turn in range(_MOST_TRIES):
            made = self._made(value, collection.count + 1, turn)
            if self._is_valid(made) and not collection.has(str(made)):
                break
        return made

    def _made(self, value: Any, count: int, turn: int) -> Any:
        """An identifier that may be a new item's: like those that the contract shows, with another value."""
        key = f"{self._resource} {count} {turn}"
        seed = f"{self._values.sampler.seed} {key}"
        identifier = self._identifier
        if identifier.type == "uuid":
            return _uuid(sha256(seed.encode()).hexdigest())
        if identifier.type == "slug":
            words = next((str(value[name]) for name in _NAMES if isinstance(value.get(name), str)), "")
            slug = _NOT_SLUG.sub("-", words.lower()).strip("-") or f"{self._resource}-{count}"
            return slug if turn == 0 else f"{slug}-{turn + 1}"
        if identifier.schema is None:
            return key.replace(" ", "-")
        made = self._values.at(identifier.schema, key, examples=turn < _MOST_TRIES // 2).value
        if turn == _MOST_TRIES - 1 or not isinstance(made, str):
            return made
        plain = sha256(seed.encode()).hexdigest()[: len(made)] if " " in made else made
        return _varied(made, seed) if plain == made else plain


def identity(value: Any, tokens: Iterable[str]) -> str:
    """The identifier that stands in a value under these keys, as text; nothing where there is none."""
    known = found(value, tokens)
    return "" if known is None else named(known)


def _anything(_: Any) -> bool:
    return True


def _uuid(text: str) -> str:
    """A random UUID (RFC 9562 section 5.4) of hexadecimal digits."""
    return (
        f"{text[:8]}-{text[8:12]}-4{text[12:15]}-{'89ab'[int(text[15], 16) % 4]}{text[16:19]}-{text[19:31]}"
    )


def _varied(text: str, seed: str) -> str:
    """A text of the same form: digits for digits and letters for letters after its last separator."""
    start = max(
        (text.rfind(sign) + 1 for sign in "_-:/." if len(text) - text.rfind(sign) > _LEAST), default=0
    )
    is_hexadecimal = set(text[start:].lower()) <= set("0123456789abcdef")
    letters = "abcdef" if is_hexadecimal else "abcdefghijklmnopqrstuvwxyz"
    digest = sha512(seed.encode()).digest()

    def other(at: int, sign: str) -> str:
        roll = digest[at % len(digest)] + at // len(digest)
        if sign.isdecimal() and sign.isascii():
            return str(roll % 9 + 1)
        if sign.isalpha() and sign.isascii():
            letter = letters[roll % len(letters)]
            return letter.upper() if sign.isupper() else letter
        return sign

    return text[:start] + "".join(other(at, sign) for at, sign in enumerate(text[start:]))
