"""The files of one contract: read once each, references into them followed, places in them found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urldefrag, urljoin

from accord.document import pointers
from accord.document.limits import Limits
from accord.document.parsing import in_utf8, parse
from accord.document.places import Places, find_places
from accord.document.sources import Address, Sources
from accord.errors import LimitExceeded, ReferenceCycle, UnreadableDocument, UnresolvedReference
from accord.findings import Position

_MOST_DOLLARS = 100_000
"""Dollars of a text that are looked at one by one."""


@dataclass(eq=False)
class File:
    """One file that was read: its text in UTF-8, for positions, and its value.

    As bytes, a text takes as much memory as its file; as a str, four times that if it has one emoji.
    """

    address: Address
    text: bytes
    value: Any

    @cached_property
    def places(self) -> Places:
        """Where everything stands in the text; read only when something is printed."""
        return find_places(self.text, self.address.shown)

    def position(self, pointer: str) -> Position:
        """The place of a pointer, or of its nearest ancestor that is there."""
        line, column = self.places.find(pointers.split(pointer))
        return Position(self.address.shown, line, column)

    @cached_property
    def identifiers(self) -> Sequence[tuple[str, str]]:
        """Each `$id` as (pointer of its schema, absolute URI); inner ones last."""
        if not _mentions(self.text, b"$id"):
            return ()
        return tuple(_identifiers(self.value, self.address.key))

    @cached_property
    def anchors(self) -> Sequence[tuple[str, str]]:
        """Each `$anchor` and `$dynamicAnchor` as (name, pointer of its schema)."""
        if b"nchor" not in self.text:
            return ()
        return tuple(
            (name, pointer)
            for pointer, node in _objects(self.value)
            for keyword in ("$anchor", "$dynamicAnchor")
            if isinstance(name := node.get(keyword), str)
        )

    def base(self, pointer: str) -> str:
        """The base URI at a pointer: of the innermost `$id` around it, else the file's own."""
        around = [uri for at, uri in self.identifiers if pointer == at or pointer.startswith(f"{at}/")]
        return around[-1] if around else self.address.key


def _mentions(text: bytes, keyword: bytes) -> bool:
    """Whether a keyword that begins with a dollar stands in a text: quicker than to look for it at once."""
    at = -1
    for _ in range(_MOST_DOLLARS):
        at = text.find(b"$", at + 1)
        if at < 0 or text.startswith(keyword, at):
            return at >= 0
    return text.find(keyword, at) >= 0


def _objects(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    queue = [("", value)]
    for pointer, node in queue:
        if isinstance(node, dict):
            yield pointer, node
            queue.extend((pointers.join(pointer, key), child) for key, child in node.items())
        elif isinstance(node, list):
            queue.extend((pointers.join(pointer, index), child) for index, child in enumerate(node))


def _identifiers(value: Any, base: str) -> Iterator[tuple[str, str]]:
    bases = [("", base)]
    for pointer, node in _objects(value):
        if isinstance(identifier := node.get("$id"), str):
            around = [uri for at, uri in bases if pointer.startswith(f"{at}/") or at == pointer]
            uri = urldefrag(urljoin(around[-1], identifier)).url
            bases.append((pointer, uri))
            yield pointer, uri


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference leads to: a value, and where it stands."""

    file: File
    pointer: str
    value: Any


class Library:
    """The files of one contract, by the key of their address."""

    def __init__(self, sources: Sources, limits: Limits) -> None:
        self._sources = sources
        self._limits = limits
        self._copied = 0
        self._written: dict[int, str] = {}
        self._mappings: dict[int, dict[str, Any]] = {}
        self._identified: list[File] = []
        self.files: dict[str, File] = {}
        self.entry = self._open(sources.entry)

    def _open(self, address: Address) -> File:
        if address.key not in self.files:
            text = in_utf8(self._sources.read(address), address.shown)
            file = File(address, text, parse(text, address.shown, self._limits))
            self.files[address.key] = file
            if file.identifiers:
                self._identified.append(file)
        return self.files[address.key]

    def rewrite(self, value: dict[str, Any], reference: str) -> None:
        """Gives an object another `$ref`; what was written is still what the library follows."""
        self._written[id(value)] = value["$ref"]
        value["$ref"] = reference

    def keep(self, mapping: dict[str, Any]) -> bool:
        """Notes a discriminator's mapping as it was written; False where it was noted before."""
        known = id(mapping) in self._mappings
        self._mappings.setdefault(id(mapping), dict(mapping))
        return not known

    def copy(self, value: Any) -> Any:
        """A copy of a part of a file, as it was written."""
        self._copied += 1
        if self._copied > self._limits.copied_nodes:
            raise LimitExceeded(
                f"$refs in place of operations, maps or lists stand for more than {self._copied - 1} nodes",
                hint="refer to components in place of repeating such parts",
                position=Position(self.entry.address.shown, 1, 1),
            )
        if isinstance(value, list):
            return [self.copy(entry) for entry in value]
        if not isinstance(value, dict):
            return value
        if id(value) in self._mappings:
            return dict(self._mappings[id(value)])
        copied = {key: self.copy(entry) for key, entry in value.items()}
        if (reference := self.written(value)) is not None:
            copied["$ref"] = reference
        return copied

    def written(self, value: Any) -> str | None:
        """The `$ref` of an object as it was written; None where it has none."""
        reference = value.get("$ref") if isinstance(value, dict) else None
        return self._written.get(id(value), reference) if isinstance(reference, str) else None

    def final(self, target: Target) -> Target:
        """The target, or what it leads to where it is only a reference itself."""
        chain = [_shown(target.file, target.pointer)]
        while (onward := self.written(target.value)) is not None:
            target = self.find(onward, target.file, target.pointer)
            place = _shown(target.file, target.pointer)
            if place in chain or len(chain) > self._limits.depth:
                raise ReferenceCycle([*chain, place])
            chain.append(place)
        return target

    def find(self, reference: str, file: File, pointer: str, chain: tuple[str, ...] = ()) -> Target:
        """What the reference at `pointer` of `file` leads to, references on the way, the `chain`, followed.

        Raises RefusedReference, UnresolvedReference and ReferenceCycle, and what reading another file
        raises.
        """
        location, _, fragment = reference.partition("#")
        identified = self._by_identifier(location, fragment, file, pointer)
        if identified:
            return identified
        holder = self._holder(location, reference, file) if location else file
        return self._within(holder, pointers.from_fragment(f"#{fragment}"), reference, chain)

    def _holder(self, location: str, reference: str, file: File) -> File:
        address = self._sources.follow(file.address, location)
        try:
            return self._open(address)
        except UnreadableDocument as error:
            if error.position:
                raise
            raise UnresolvedReference(reference, reason=error.message, hint=error.hint) from None

    def _by_identifier(self, location: str, fragment: str, file: File, pointer: str) -> Target | None:
        """What a reference by `$id` leads to, if it is one (JSON Schema 2020-12 core, section 8.2)."""
        if not self._identified or (not location and file.base(pointer) == file.address.key):
            return None
        uri = urljoin(file.base(pointer), location)
        for other in self._identified:
            for at, identifier in other.identifiers:
                if identifier == uri:
                    return self._below(other, at, pointers.from_fragment(f"#{fragment}"))
        return None

    def _below(self, file: File, at: str, fragment: str) -> Target | None:
        if fragment and not fragment.startswith("/"):
            found = [
                to for name, to in file.anchors if name == fragment and (to == at or to.startswith(f"{at}/"))
            ]
            fragment = found[0].removeprefix(at) if found else "/no such anchor"
        try:
            return Target(file, at + fragment, pointers.walk(file.value, at + fragment))
        except LookupError:
            return None

    def _within(self, file: File, pointer: str, reference: str, chain: tuple[str, ...]) -> Target:
        if pointer and not pointer.startswith("/"):
            pointer = _anchor(file, pointer, reference)
        value: Any = file.value
        at = ""
        for token in pointers.split(pointer):
            try:
                value = pointers.step(value, token)
            except LookupError:
                if (onward := self.written(value)) is None:
                    raise _missing(reference, token, value) from None
                place = _shown(file, at)
                if place in chain:
                    raise ReferenceCycle([*chain, place]) from None
                through = self.find(onward, file, at, (*chain, place))
                rest = pointer[len(at) :]
                return self._within(through.file, through.pointer + rest, reference, (*chain, place))
            at = pointers.join(at, token)
        return Target(file, pointer, value)


def _shown(file: File, pointer: str) -> str:
    return f"{file.address.shown}#{pointer}"


def _anchor(file: File, name: str, reference: str) -> str:
    for known, pointer in file.anchors:
        if known == name:
            return pointer
    near = _alike(name, [known for known, _ in file.anchors], 0.6)
    reason = "a pointer starts with #/, and no $anchor has this name"
    raise UnresolvedReference(reference, nearest=near, reason=reason)


def _missing(reference: str, token: str, value: Any) -> UnresolvedReference:
    names = [str(name) for name in value] if isinstance(value, dict) else []
    near = _alike(token, names, 0.5)
    return UnresolvedReference(reference, nearest=near, reason=f"there is no {token!r}")


def _alike(name: str, known: Sequence[str], least: float) -> Sequence[str]:
    from difflib import get_close_matches  # noqa: PLC0415 - where nothing is wrong it is not needed

    return get_close_matches(name, known, 2, least)
