"""XML bodies judged by the schema that says what they stand for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from accord.exchange.elements import Element, read_elements
from accord.exchange.malformed import MalformedContent
from accord.exchange.media_types import ParsedType
from accord.exchange.model import ABSENT, Kind, Policy, Violation
from accord.exchange.shapes import Shape
from accord.exchange.texts import text_of
from accord.exchange.xml_terms import XmlTerms
from accord.exchange.xml_values import XmlPlan, XmlReader
from accord.schemas import Validator


def xml_content(
    sent: ParsedType, shape: Shape, validator: Validator, rule: str, policy: Policy
) -> "XmlContent":
    """The plan for XML of values of this shape, whose validator is given."""
    return XmlContent(sent, XmlPlan(XmlTerms(shape), {}), validator, rule, policy)


@dataclass(frozen=True, slots=True)
class XmlContent:
    """How XML of one media type is read and judged, against one entry of a `content` map."""

    sent: ParsedType
    plan: XmlPlan
    validator: Validator
    rule: str
    policy: Policy

    def judge(self, body: bytes) -> tuple[Any, Sequence[Violation]]:
        """The value of the XML, and everything that is wrong with it; ABSENT where it cannot be read."""
        text: Any = ABSENT
        try:
            if "string" in self.plan.types:
                text = text_of(body, self.sent)
                if self.validator.is_valid(text):
                    return text, ()
            element = read_elements(body, self.sent, deepest=self.policy.deepest)
        except MalformedContent as error:
            if text is not ABSENT:
                return text, tuple(self._broken(text, XmlReader()))
            return ABSENT, (Violation(Kind.MALFORMED, "body", str(error), self.rule),)
        value, reader = self._likeliest(element)
        return value, tuple(self._broken(value, reader))[: self.policy.most]

    def _likeliest(self, element: Element) -> tuple[Any, XmlReader]:
        """The first reading that is valid, else the first of all.

        XML does not tell a number from its text, nor an array without items from one that is not there.
        """
        readings = self._readings(element)
        first = next(readings)
        valid = (each for each in chain([first], readings) if self.validator.is_valid(each[0]))
        return next(valid, first)

    def _readings(self, element: Element) -> Iterator[tuple[Any, XmlReader]]:
        plain = XmlReader()
        yield plain.root(element, self.plan), plain
        for as_text, fills in ((False, True), (True, False), (True, True)):
            if (not as_text or "as_text" in plain.doubts) and (not fills or "fills" in plain.doubts):
                reader = XmlReader(as_text, fills)
                yield reader.root(element, self.plan), reader

    def _broken(self, value: Any, reader: XmlReader) -> Iterator[Violation]:
        for fault in reader.faults:
            yield Violation(
                Kind.INVALID,
                "body",
                fault.reason,
                self.rule,
                pointer=fault.pointer,
                expected=fault.expected,
                received=fault.received,
            )
        for one in self.validator.violations(value, most=self.policy.most):
            yield Violation(
                Kind.INVALID, "body", one.reason, one.rule, None, one.pointer, one.expected, one.received
            )
