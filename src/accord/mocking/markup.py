"""Values as XML, by the `xml` objects of their schema (OAS 3.1 section 4.8.26)."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from accord.contract import MediaType
from accord.document import Document, pointers
from accord.errors import ContractError

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_DEEPEST = 16
_NAME = re.compile(r"[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?", re.ASCII)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_xml(value: Any, media_type: MediaType) -> str:
    """The value as an XML document. Its root is named by the schema, or by the component that it is."""
    schema = _Schema(media_type.document, media_type.schema)
    return _DECLARATION + "".join(_element(schema.xml.get("name") or schema.name or "root", value, schema))


class _Schema:
    """A schema that may not be there, its references followed, as far as XML asks for it."""

    def __init__(self, document: Document, pointer: str | None) -> None:
        self._document = document
        self.name = ""
        self._pointer = ""
        self._raw: Mapping[str, Any] = {}
        if pointer is None:
            return
        try:
            self._pointer, raw = document.resolve(pointer)
        except (LookupError, ContractError):
            return
        self._raw = raw if isinstance(raw, dict) else {}
        holder, _, last = self._pointer.rpartition("/")
        self.name = pointers.split(f"/{last}")[0] if holder.endswith("/schemas") else ""

    @property
    def xml(self) -> Mapping[str, Any]:
        """Its `xml` object."""
        stated = self._raw.get("xml")
        return stated if isinstance(stated, dict) else {}

    def below(self, *keys: str) -> "_Schema":
        """The schema under these keys; one of nothing where there is none. Parts of `allOf` are asked too."""
        return next(self._found(keys, 0), _Schema(self._document, None))

    def _found(self, keys: tuple[str, ...], depth: int) -> "Iterator[_Schema]":
        held: Any = self._raw
        for key in keys:
            held = held.get(key) if isinstance(held, dict) else None
        if held is not None:
            yield _Schema(self._document, pointers.join(self._pointer, *keys))
        listed = self._raw.get("allOf")
        for index in range(len(listed) if isinstance(listed, list) and depth < _DEEPEST else 0):
            part = _Schema(self._document, pointers.join(self._pointer, "allOf", index))
            yield from part._found(keys, depth + 1)


def _element(name: str, value: Any, schema: _Schema) -> Iterator[str]:
    tag, declared = _tag(name, schema.xml)
    if isinstance(value, list):
        items = schema.below("items")
        inner = str(items.xml.get("name") or "item")
        yield f"<{tag}{declared}>"
        for item in value:
            yield from _element(inner, item, items)
        yield f"</{tag}>"
    elif isinstance(value, dict):
        yield f"<{tag}{declared}{''.join(_attributes(value, schema))}>"
        for key, child in value.items():
            yield from _property(key, child, schema.below("properties", key))
        yield f"</{tag}>"
    else:
        yield f"<{tag}{declared}>{escape(_plain(value))}</{tag}>"


def _attributes(value: Mapping[str, Any], schema: _Schema) -> Iterator[str]:
    for key, child in value.items():
        property_ = schema.below("properties", key)
        if property_.xml.get("attribute") is True:
            tag, _ = _tag(str(property_.xml.get("name") or key), property_.xml)
            yield f" {tag}={quoteattr(_plain(child))}"


def _property(key: str, value: Any, schema: _Schema) -> Iterator[str]:
    """A property as an element, or, of an array that is not wrapped, as many of the items' name."""
    if schema.xml.get("attribute") is True:
        return
    name = str(schema.xml.get("name") or key)
    if isinstance(value, list) and schema.xml.get("wrapped") is not True:
        items = schema.below("items")
        for item in value:
            yield from _element(str(items.xml.get("name") or name), item, items)
        return
    yield from _element(name, value, schema)


def _tag(name: str, xml: Mapping[str, Any]) -> tuple[str, str]:
    """The element's name with its prefix, and the declaration of its namespace."""
    plain = name if _NAME.fullmatch(name) else re.sub(r"[^A-Za-z0-9_.-]", "_", f"_{name}")
    prefix, namespace = xml.get("prefix"), xml.get("namespace")
    declared = ""
    if isinstance(namespace, str):
        declared = f" xmlns{f':{prefix}' if prefix else ''}={quoteattr(namespace)}"
    return (f"{prefix}:{plain}" if prefix else plain), declared


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else _NOT_XML.sub("?", str(value))
