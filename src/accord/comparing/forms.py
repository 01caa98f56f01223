"""What changed of how the parts of a form are written (OAS 3.1 section 4.8.15)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from accord.comparing.changes import Change
from accord.comparing.described import SchemasCompared
from accord.comparing.facets import Facets
from accord.comparing.headers import HeaderComparison
from accord.comparing.ranges import covering_type
from accord.comparing.told import Told
from accord.contract import Element, Header, MediaType
from accord.document import pointers
from accord.schemas import Direction

_URLENCODED = "application/x-www-form-urlencoded"
_STYLED = (_URLENCODED, "multipart/form-data")
_STYLING = ("style", "explode", "allowReserved")
_OPAQUE, _PLAIN, _JSON = "application/octet-stream", "text/plain", "application/json"
_STRUCTURED = frozenset(("array", "object"))


@dataclass(frozen=True, eq=False)
class _Part:
    """One property of a form: how it is written, and what its schema says of it."""

    form: MediaType
    encoding: Element | None
    facets: Facets

    @property
    def raw(self) -> Mapping[str, Any]:
        """Its encoding as written."""
        return self.encoding.raw if self.encoding else {}

    @property
    def pointer(self) -> str:
        """Where its encoding stands, or would."""
        return self.encoding.pointer if self.encoding else self.form.pointer

    @property
    def stated(self) -> str | None:
        """Its `contentType`, if it has one."""
        found = self.raw.get("contentType")
        return found if isinstance(found, str) else None

    @property
    def media_types(self) -> tuple[str, ...]:
        """The media types that it may be of; none where neither encoding nor schema tell."""
        if self.stated is not None:
            return tuple(each.strip().lower() for each in self.stated.split(",") if each.strip())
        default = _default_of(self.facets)
        return (default,) if default else ()

    @property
    def written(self) -> Mapping[str, object]:
        """Its style, and `explode` where that makes a difference."""
        raw = self.raw
        is_structured = bool(self.facets.types & _STRUCTURED)
        if not any(key in raw for key in _STYLING) and self.facets.types == {"object"}:
            return {"media type": _JSON}
        style = str(raw.get("style") or "form")
        explode = raw["explode"] if isinstance(raw.get("explode"), bool) else style == "form"
        return {"style": style, **({"explode": explode} if is_structured else {})}

    @property
    def headers(self) -> Mapping[str, Header]:
        """Its headers; `Content-Type` is not one."""
        return {
            name: Header(self.form.document, pointer, name)
            for name, pointer in (self.encoding.children("headers") if self.encoding else ())
            if name.lower() != "content-type"
        }

    def says(self, *keys: str) -> bool:
        """Does its encoding have one of these keys?"""
        return any(key in self.raw for key in keys)


def _default_of(facets: Facets) -> str | None:
    """The media type of a part for which none is stated."""
    if len(facets.types) > 1:
        return _OPAQUE if not facets.of("type") else None
    if "array" in facets.types:
        items = facets.below("items")
        return _default_of(Facets(facets.document, items, facets.direction)) if items else _OPAQUE
    if "object" in facets.types:
        return _JSON
    if media_type := facets.first("contentMediaType"):
        return str(media_type)
    return _OPAQUE if facets.of("contentEncoding") else _PLAIN


class FormComparison:
    """Compares how forms are written that go one way."""

    def __init__(self, schemas: SchemasCompared, headers: HeaderComparison) -> None:
        self._schemas = schemas
        self._headers = headers

    def of(self, old: MediaType, new: MediaType, told: Told, direction: Direction) -> Iterator[Change]:
        """The changes of each part that both forms have, and of which one of them says how it is written."""
        if not (_is_form(old) and _is_form(new)):
            return
        one, other = self._schemas.facets(old.schema, new.schema, direction)
        for name in dict.fromkeys((*old.encoding, *new.encoding)):
            if name in one.properties and name in other.properties:
                parts = _part(old, name, one), _part(new, name, other)
                yield from self._turned(*parts, told.at(f"part {name!r}"), direction, old.essence)

    def _turned(
        self, old: _Part, new: _Part, told: Told, direction: Direction, form: str
    ) -> Iterator[Change]:
        yield from _media_types(old, new, told, direction)
        if form in _STYLED:
            yield from _styles(old, new, told, direction)
        if form != _URLENCODED:
            kind = f"{direction}-part-header"
            yield from self._headers.of(kind, old.headers, new.headers, told, direction)


def _is_form(media_type: MediaType) -> bool:
    return media_type.essence == _URLENCODED or media_type.essence.startswith("multipart/")


def _part(form: MediaType, name: str, facets: Facets) -> _Part:
    is_said = isinstance(form.encoding.get(name), dict)
    encoding = Element(form.document, pointers.join(form.pointer, "encoding", name)) if is_said else None
    return _Part(form, encoding, Facets(facets.document, facets.properties[name], facets.direction))


def _media_types(old: _Part, new: _Part, told: Told, direction: Direction) -> Iterator[Change]:
    before, after = old.media_types, new.media_types
    if not (old.stated or new.stated) or not (before and after):
        return
    places = (old.pointer, new.pointer)
    for verb, ones, others in (("removed", before, after), ("added", after, before)):
        for each in ones:
            if covering_type(each, others) is None:
                message = f"the media type {each} was {verb}"
                yield told.change(f"{direction}-part-media-type-{verb}", message, *places)


def _styles(old: _Part, new: _Part, told: Told, direction: Direction) -> Iterator[Change]:
    places = (old.pointer, new.pointer)
    if (old.says("style", "explode") or new.says("style", "explode")) and old.written != new.written:
        message = f"it is written otherwise: {said(old.written)} became {said(new.written)}"
        yield told.change(f"{direction}-part-serialization-changed", message, *places)
    before, after = (each.raw.get("allowReserved") is True for each in (old, new))
    if before != after:
        verb, word = permission(is_given=after)
        message = f"reserved characters {word} come as they are"
        yield told.change(f"{direction}-part-reserved-{verb}", message, *places)


def permission(*, is_given: bool) -> tuple[str, str]:
    """What became of something that may be, or may be no more: in a rule, and in a sentence."""
    return ("allowed", "may") if is_given else ("refused", "may no longer")


def said(written: Mapping[str, object]) -> str:
    """How something is written, in words."""
    return ", ".join(f"{key} {value}" for key, value in written.items())
