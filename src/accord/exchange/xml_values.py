"""Elements as values, by the schema and its `xml` objects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from accord.document import pointers
from accord.exchange.coercion import scalar_reader
from accord.exchange.elements import Element
from accord.exchange.xml_terms import XmlTerms, element_name

SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_XML = "http://www.w3.org/XML/1998/namespace"
_TEXT = frozenset({"string"})


class XmlFault(NamedTuple):
    """An element that is not the one that the contract names. `pointer` leads to where its value stands."""

    pointer: str
    reason: str
    expected: str
    received: str


class Member(NamedTuple):
    """What an element or attribute is of an object: the value of a property, or one of its items."""

    key: str
    is_item: bool
    plan: "XmlPlan"


@dataclass(frozen=True)
class XmlPlan:
    """How elements of one shape are read. `plans` are all that were made for one reader, by their shapes."""

    terms: XmlTerms
    plans: "dict[Sequence[str], XmlPlan]" = field(repr=False)

    def of(self, terms: XmlTerms) -> "XmlPlan":
        """The plan of other terms; the same one for the same schemas, or a recursive one had no end."""
        found = self.plans.get(terms.shape.pointers)
        return found or self.plans.setdefault(terms.shape.pointers, XmlPlan(terms, self.plans))

    @property
    def types(self) -> frozenset[str]:
        return self.terms.types

    @cached_property
    def items(self) -> "XmlPlan":
        return self.of(self.terms.items)

    @cached_property
    def elements(self) -> Mapping[str, Member]:
        """The members that are elements, by local name."""
        found: dict[str, Member] = {}
        for key in self.terms.shape.property_names:
            terms = self.terms.property(key)
            if terms.node in ("element", "none"):
                member = self._member(key, terms)
                for name in self._names(key, terms):
                    found.setdefault(name, member)
        return found

    @cached_property
    def attributes(self) -> Mapping[str, Member]:
        """The members that are attributes, by local name."""
        found: dict[str, Member] = {}
        for key in self.terms.shape.property_names:
            terms = self.terms.property(key)
            if terms.node == "attribute":
                found[element_name(terms.name or key)] = Member(key, False, self.of(terms))  # noqa: FBT003
        return found

    @cached_property
    def text(self) -> Member | None:
        """The member that is the text of the element itself (OAS 3.2, `nodeType`)."""
        for key in self.terms.shape.property_names:
            terms = self.terms.property(key)
            if terms.node == "text":
                return Member(key, False, self.of(terms))  # noqa: FBT003
        return None

    @cached_property
    def empties(self) -> frozenset[str]:
        """The properties that are arrays and not seen where they have no items."""
        members = (member for member in self.elements.values() if member.is_item)
        return frozenset(each.key for each in members if each.key in self.terms.shape.required)

    def other(self, name: str) -> Member:
        """The member that an element is of which the schema says nothing by name."""
        return self._member(name, self.terms.property(name))

    def _member(self, key: str, terms: XmlTerms) -> Member:
        plan = self.of(terms)
        return Member(key, plan.terms.node == "none", plan)

    def _names(self, key: str, terms: XmlTerms) -> Sequence[str]:
        if terms.node != "none":
            return (element_name(terms.name or key),)
        # The name of an array that is not wrapped is to be ignored, yet some writers give it to the items.
        stated = terms.items.name
        return (element_name(stated),) if stated else (element_name(key), element_name(terms.name or key))


@dataclass
class XmlReader:
    """Reads one root.

    `as_text`: what may be text is neither read as a number nor as an array of one; `fills`: arrays that have
    to be there are, without items, where there is no element of theirs. `doubts` says which of both can
    make a difference.
    """

    as_text: bool = False
    fills: bool = False
    faults: list[XmlFault] = field(default_factory=list)
    doubts: set[str] = field(default_factory=set)

    def root(self, element: Element, plan: XmlPlan) -> Any:
        """The value of a root. It may have any name where the schema states none."""
        self._check(element, plan.terms.name, plan.terms, "")
        return self._value(element, plan, "")

    def _check(self, element: Element, name: str | None, terms: XmlTerms, at: str) -> None:
        """Takes note where an element has not the name and namespace that are stated."""
        wanted = element.name if name is None else element_name(name)
        namespace = terms.namespace or element.namespace
        if (element.name, element.namespace) == (wanted, namespace):
            return
        if element.name != wanted:
            reason, expected, received = "is not the element that is expected", wanted, element.name
        else:
            reason, expected, received = "is not in its namespace", namespace, element.namespace or "none"
        self.faults.append(XmlFault(at, f"{reason}: {expected}", expected, received))

    def _value(self, element: Element, plan: XmlPlan, at: str) -> Any:
        if element.attributes.get(("nil", SCHEMA_INSTANCE), "").strip() in ("true", "1"):
            return None
        if _is_empty(element) and "null" in plan.types and "string" not in plan.types:
            return None
        if "array" in plan.types and (element.children or "object" not in plan.types):
            return self._array(element, plan, at)
        # No scalar has elements in it: as an object it breaks its schema, which says so.
        if element.children or ("object" in plan.types and not _is_only_text(element, plan)):
            return self._object(element, plan, at)
        return self._scalar(element.text, plan)

    def _array(self, element: Element, plan: XmlPlan, at: str) -> Any:
        if not element.children and element.text.strip():
            return self._scalar(element.text, plan)
        name = plan.items.terms.name
        for index, child in enumerate(element.children):
            self._check(child, name, plan.items.terms, pointers.join(at, index))
        return [
            self._value(child, plan.items, pointers.join(at, index))
            for index, child in enumerate(element.children)
        ]

    def _object(self, element: Element, plan: XmlPlan, at: str) -> dict[str, Any]:
        found = self._attributes(element, plan)
        if plan.text is not None:
            found[plan.text.key] = self._listed(element.text, plan.text.plan)
        for child in element.children:
            member = plan.elements.get(child.name) or plan.other(child.name)
            self._take(found, child, member, at)
        if absent := plan.empties - found.keys():
            self.doubts.add("fills")
            found.update((key, []) for key in absent if self.fills)
        return found

    def _take(self, found: dict[str, Any], child: Element, member: Member, at: str) -> None:
        """Puts the value of an element in an object."""
        key, plan = member.key, member.plan
        below = pointers.join(at, key)
        before = found.get(key)
        if member.is_item and not self._is_text(plan):
            listed = before if isinstance(before, list) else found.setdefault(key, [])
            below = pointers.join(below, len(listed))
            self._check(child, None, plan.items.terms, below)
            listed.append(self._value(child, plan.items, below))
            return
        self._check(child, None, plan.terms, below)
        value = self._value(child, plan, below)
        if key not in found:
            found[key] = value
        elif plan.types:
            self.faults.append(XmlFault(below, "is given more than once", "one element", "several"))
        else:
            found[key] = [*before, value] if isinstance(before, list) else [before, value]

    def _attributes(self, element: Element, plan: XmlPlan) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for (name, namespace), text in element.attributes.items():
            member = plan.attributes.get(name)
            if member is not None:
                found[member.key] = self._listed(text, member.plan)
            elif namespace not in (SCHEMA_INSTANCE, _XML):
                other = plan.other(name)
                found[other.key] = self._listed(text, other.plan)
        return found

    def _listed(self, text: str, plan: XmlPlan) -> Any:
        """The value of a text that has no elements: an array is parted by spaces (XML Schema's lists)."""
        if plan.types and plan.types <= {"array", "null"}:
            return [self._scalar(part, plan.items) for part in text.split()]
        return self._scalar(text, plan)

    def _scalar(self, text: str, plan: XmlPlan) -> Any:
        if self._is_text(plan):
            return text
        return scalar_reader(plan.types)(text if plan.terms.is_textual else text.strip())

    def _is_text(self, plan: XmlPlan) -> bool:
        """Is a value taken as text? Where it may be something else as well, that is for `as_text` to say."""
        if not plan.terms.is_textual or plan.types == _TEXT:
            return plan.types == _TEXT
        self.doubts.add("as_text")
        return self.as_text


def _is_empty(element: Element) -> bool:
    return not (element.children or element.attributes or element.text.strip())


def _is_only_text(element: Element, plan: XmlPlan) -> bool:
    """Is there text, and nothing of an object?"""
    return not (element.children or element.attributes or plan.text) and bool(element.text.strip())
