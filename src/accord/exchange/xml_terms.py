"""What a schema says of XML, by its `xml` objects (OAS 3.1 section 4.8.26, OAS 3.2 section 4.25)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from accord.exchange.shapes import Shape

Node = Literal["element", "attribute", "text", "none"]
_LETTERS = (
    r"A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0391-\u03a1\u03b1-\u03c9\u0410-\u044f\u4e00-\u9fa5"
)
_NAME = re.compile(rf"[{_LETTERS}][{_LETTERS}0-9.-]*")
_NOT_NAME = re.compile(rf"[^{_LETTERS}0-9.-]")


@dataclass(frozen=True)
class XmlTerms:
    """How values of a shape are written as XML."""

    shape: Shape

    @cached_property
    def types(self) -> frozenset[str]:
        """The types that any schema states for it: the best guess at what text stands for."""
        shapes = (Shape(self.shape.document, (pointer,)) for pointer in self.shape.pointers)
        return frozenset[str]().union(*(shape.types for shape in shapes))

    @cached_property
    def is_textual(self) -> bool:
        """May a value be text?"""
        return "string" in self.types or not self.shape.types

    @cached_property
    def stated(self) -> Mapping[str, Any]:
        """The `xml` objects of all schemas that hold for every value, as one: the first word counts."""
        found: dict[str, Any] = {}
        for raw in self.shape.certain:
            if isinstance(xml := raw.get("xml"), dict):
                found = {**xml, **found}
        return found

    @property
    def name(self) -> str | None:
        """The local name that its elements or attributes have, where one is stated."""
        return None if self._name is None else self._name.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """The prefix of that name; empty where there is none. Readers do not care which one it is."""
        prefix = self.stated.get("prefix")
        stated = prefix if isinstance(prefix, str) else (self._name or "").rpartition(":")[0]
        return stated if _NAME.fullmatch(stated) else ""

    @property
    def _name(self) -> str | None:
        name = self.stated.get("name")
        return name if isinstance(name, str) and name else None

    @property
    def namespace(self) -> str:
        """The namespace that its elements are in; empty where none is stated."""
        namespace = self.stated.get("namespace")
        return namespace if isinstance(namespace, str) else ""

    @cached_property
    def node(self) -> Node:
        """What a value of it is: an element, an attribute, the text of the element around it, or nothing.

        An array is nothing by itself, unless it is wrapped: its items stand where it would.
        """
        stated = self.stated.get("nodeType")
        if stated in ("text", "cdata"):
            return "text"
        if stated == "attribute" or self.stated.get("attribute") is True:
            return "attribute"
        is_wrapped = stated == "element" or self.stated.get("wrapped") is True
        return "none" if "array" in self.types and not is_wrapped else "element"

    @cached_property
    def items(self) -> "XmlTerms":
        """Those of an array's items."""
        return XmlTerms(self.shape.items)

    def property(self, key: str) -> "XmlTerms":
        """Those of a property."""
        return XmlTerms(self.shape.property(key))

    def item_name(self, outer: str) -> str:
        """What the elements of an array's items are called; `outer` is the name of the array itself."""
        return element_name(self.items.name or outer)


def element_name(name: str) -> str:
    """The name as XML can have it: what no name may hold becomes an underscore."""
    return name if _NAME.fullmatch(name) else _NOT_NAME.sub("_", f"_{name}")
