"""Values as XML, by the `xml` objects of their schema (OAS 3.1 section 4.8.26); accord.exchange reads it."""

import re
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from accord.contract import MediaType
from accord.document import pointers
from accord.errors import ContractError
from accord.exchange.shapes import shape_of
from accord.exchange.xml_terms import XmlTerms, element_name
from accord.exchange.xml_values import SCHEMA_INSTANCE
from accord.mocking.texts import plain

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NIL = f' xmlns:xsi="{SCHEMA_INSTANCE}" xsi:nil="true"'
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS = {"\r": "&#13;"}
"""What readers would take for a line feed (XML 1.0 section 2.11)."""
_KNOWN = frozenset({"xml", "xsi"})
"""Prefixes that need no declaration, or have ours."""


def to_xml(value: Any, media_type: MediaType) -> str:
    """The value as an XML document. Its root is named by the schema, or by the component that it is."""
    terms = XmlTerms(shape_of(media_type.document, media_type.schema))
    name = element_name(terms.name or _component(media_type) or "root")
    return _DECLARATION + "".join(_element(name, value, terms, _KNOWN))


def _component(media_type: MediaType) -> str:
    """The name of the component that the schema is; empty where it is none."""
    if media_type.schema is None:
        return ""
    try:
        pointer, _ = media_type.document.resolve(media_type.schema)
    except (LookupError, ContractError):
        return ""
    holder, _, last = pointer.rpartition("/")
    return pointers.split(f"/{last}")[0] if holder.endswith("/schemas") else ""


def _element(name: str, value: Any, terms: XmlTerms, prefixes: frozenset[str]) -> Iterator[str]:
    """The value as an element. `prefixes` are those that are declared around it."""
    tag, declared = _tag(name, terms, prefixes)
    inner = prefixes | {terms.prefix} if declared else prefixes
    if value is None and terms.is_textual:
        yield f"<{tag}{declared}{_NIL}/>"  # without text it would be an empty one
        return
    yield f"<{tag}{declared}{''.join(_attributes(value, terms, inner))}>"
    if isinstance(value, list):
        for item in value:
            yield from _element(terms.item_name(name), item, terms.items, inner)
    elif isinstance(value, dict):
        for key, child in value.items():
            yield from _property(key, child, terms.property(key), inner)
    else:
        yield escape(_plain(value), _BREAKS)
    yield f"</{tag}>"


def _attributes(value: Any, terms: XmlTerms, prefixes: frozenset[str]) -> Iterator[str]:
    for key, child in value.items() if isinstance(value, dict) else ():
        of_property = terms.property(key)
        if of_property.node == "attribute" and child is not None:
            tag, declared = _tag(element_name(of_property.name or key), of_property, prefixes)
            yield f"{declared} {tag}={quoteattr(_plain(child))}"


def _property(key: str, value: Any, terms: XmlTerms, prefixes: frozenset[str]) -> Iterator[str]:
    """A property as an element, as text, or, of an array that is not wrapped, as many of the items' name."""
    if terms.node == "attribute":
        return
    if terms.node == "text":
        yield escape(_plain(value), _BREAKS)
    elif isinstance(value, list) and terms.node == "none":
        for item in value:
            yield from _element(terms.item_name(key), item, terms.items, prefixes)
    else:
        yield from _element(element_name(terms.name or key), value, terms, prefixes)


def _tag(name: str, terms: XmlTerms, prefixes: frozenset[str]) -> tuple[str, str]:
    """The name with its prefix, and the declaration of its namespace; no prefix that nothing declares."""
    prefix, namespace = terms.prefix, terms.namespace
    if not namespace:
        return (f"{prefix}:{name}" if prefix in prefixes and prefix else name), ""
    declared = f" xmlns{f':{prefix}' if prefix else ''}={quoteattr(namespace)}"
    return (f"{prefix}:{name}" if prefix else name), declared


def _plain(value: Any) -> str:
    """A scalar as text; several, which an attribute may have, with spaces between (XML Schema's lists)."""
    if isinstance(value, list):
        return " ".join(_plain(item) for item in value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _NOT_XML.sub("?", plain(value))
