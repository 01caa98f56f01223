"""The goals of a schema: the ways that it leaves open, the edges of what it allows, what can be broken."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from accord.document import Document, pointers
from accord.schemas import Direction, Schemas
from accord.schemas.composing import (
    composed,
    declared_of,
    hides,
    listed,
    mapping,
    required_of,
    schema_at,
    types_of,
)
from accord.verifying.coverage.goals import Aim, Aiming, Kind
from accord.verifying.coverage.nodes import Arm, Member, Node, key_of
from accord.verifying.coverage.rules import BOUNDS, LONGEST_SENT, SIZES, breakable
from accord.verifying.coverage.writes import Written

_MOST_SCHEMAS = 200
"""The schemas of a place whose branches are goals, the nearest first: some contracts lead from any to all."""
UNSENT = "no request of the contract takes this value"
"""Why a value does not come in an answer though it shows what requests send."""


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a value from around its schema.

    `required` are the properties that it must have. `reason` says why no request may be able to provoke it;
    without one, `sent` are the schemas of what requests put there, or none where it may be anything.
    `tells`: a rule that is broken is told apart from others, as within several forms it is not.
    `is_form`: the schema is the one form of a value that may also be null, which is why its type is no rule.
    `is_value`: it is where a value is met, not one of the parts of its schema.
    """

    required: frozenset[str]
    reason: str
    tells: bool
    is_form: bool = False
    is_value: bool = False
    sent: frozenset[str] = frozenset()


@dataclass(eq=False)
class Branches:
    """Plans the nodes of schemas in one place of an operation. Each schema is planned once for each context.

    `is_text`: values are read from text, in which anything is a string. `reason` says why nobody may be able
    to provoke what is in these values, but for what is `written`. `faults` are the aims of rules that
    can be broken, by the rule's pointer and the property that it asks for.
    """

    schemas: Schemas
    direction: Direction
    aim: Aiming
    is_text: bool = False
    reason: str = ""
    written: Written = field(default_factory=dict)
    faults: dict[tuple[str, str], Aim] = field(default_factory=dict)
    _nodes: dict[tuple[str, Context], Node] = field(default_factory=dict)
    _waiting: list[tuple[str, Context]] = field(default_factory=list)

    @property
    def _document(self) -> Document:
        return self.schemas.document

    def whole(self, pointer: str) -> Node:
        """The node of a value's schema, with all that is planned within it."""
        root = Context(frozenset(), self.reason, tells=True)
        node = self._whole(pointer, root)
        for at, context in islice(self._waiting, _MOST_SCHEMAS):
            raw = schema_at(self._document, at)
            if isinstance(raw, dict):
                self._fill(self._nodes[at, context], raw, context)
        return node

    def _whole(self, pointer: str, around: Context) -> Node:
        """The node of a value's schema, from where the value is met."""
        required = required_of(self._document, pointer)
        return self._node(
            pointer, Context(required, around.reason, around.tells, is_value=True, sent=around.sent)
        )

    def _node(self, pointer: str, context: Context) -> Node:
        known = self._nodes.get((pointer, context))
        if known is None:
            known = self._nodes[pointer, context] = Node(pointer)
            self._waiting.append((pointer, context))
        return known

    def _fill(self, node: Node, raw: Mapping[str, Any], context: Context) -> None:
        if context.is_value and self.direction is Direction.RESPONSE:
            node.declared = declared_of(self._document, node.pointer)
        self._values(node, raw, context)
        self._edges(node, raw, context)
        self._members(node, raw, context)
        self._items(node, raw, context)
        self._compositions(node, raw, context)
        if self.direction is Direction.REQUEST and context.tells:
            self._rules(node.pointer, raw, context)

    def _branch(self, pointer: str, what: str, context: Context) -> Aim:
        return self.aim(Kind.BRANCH, pointer, what, context.reason)

    def _of_value(self, pointer: str, what: str, context: Context, value: Any) -> Aim:
        """The aim of a branch that one value alone takes."""
        reason = context.reason or ("" if self._is_sent(value, context.sent) else UNSENT)
        return self.aim(Kind.BRANCH, pointer, what, reason)

    def _is_sent(self, value: Any, sent: frozenset[str]) -> bool:
        """Does the contract let a request put it there?"""
        return not sent or any(self.schemas.at(each, Direction.REQUEST).is_valid(value) for each in sent)

    def _inner(self, at: str, context: Context) -> Context:
        """What is known of a property, from around its schema."""
        sent = self.written.get(at)
        if sent is not None:
            return replace(context, reason="", sent=sent)
        return replace(context, reason=self.reason, sent=frozenset())

    def _kept(self, at: str, context: Context) -> Context:
        """What is known of a list, or of its items: what is written there, else as around it."""
        sent = self.written.get(at)
        return context if sent is None else replace(context, reason="", sent=sent)

    def _values(self, node: Node, raw: Mapping[str, Any], context: Context) -> None:
        """Each value of an enumeration, true and false, and each of several types."""
        types = types_of(raw)
        if isinstance(options := raw.get("enum"), list):
            at = pointers.join(node.pointer, "enum")
            node.values = {key_of(each): self._of_value(at, shown(each), context, each) for each in options}
        elif "boolean" in types:
            at = pointers.join(node.pointer, "type")
            node.values = {
                key_of(each): self._of_value(at, shown(each), context, each) for each in (True, False)
            }
        if len(types) > 1:
            told = [each for each in types if not (each == "null" and self.is_text)]
            at = pointers.join(node.pointer, "type")
            node.types = {
                each: self._of_value(at, each, context, None)
                if each == "null"
                else self._branch(at, each, context)
                for each in told
                if not (each == "boolean" and node.values)
            }

    def _edges(self, node: Node, raw: Mapping[str, Any], context: Context) -> None:
        """The smallest and the largest value, and the shortest and the longest."""
        step = 1 if "integer" in types_of(raw) and "number" not in types_of(raw) else 0
        for keyword in (*BOUNDS, *SIZES):
            bound = raw.get(keyword)
            if not isinstance(bound, int | float) or isinstance(bound, bool):
                continue
            if keyword.startswith("exclusive"):
                if not step:
                    continue  # nothing stands next to it
                bound += step if keyword.endswith("Minimum") else -step
            if keyword in SIZES and (bound > LONGEST_SENT or (bound == 0 and "min" in keyword)):
                continue
            at, what = pointers.join(node.pointer, keyword), f"at {shown(bound)}"
            is_number = keyword in BOUNDS
            aim = self._of_value(at, what, context, bound) if is_number else self._branch(at, what, context)
            node.edges.append((keyword, bound, aim))

    def _members(self, node: Node, raw: Mapping[str, Any], context: Context) -> None:
        for name in mapping(raw, "properties"):
            at = pointers.join(node.pointer, "properties", name)
            if hides(self._document, at, self.direction.hidden):
                continue  # it never goes in this direction, and what is in it neither
            node.members[name] = self._member(at, name, context)
        if isinstance(raw.get("additionalProperties"), dict):
            at = pointers.join(node.pointer, "additionalProperties")
            inner = self._inner(at, context)
            node.rest = Member(self._whole(at, inner), self._branch(at, "with an entry", inner), None)

    def _member(self, at: str, name: str, context: Context) -> Member:
        around = self._inner(at, context)
        inner = self._whole(at, around)
        if name in context.required:
            return Member(inner, None, None)
        is_impossible = schema_at(self._document, at) is False
        present = None if is_impossible else self._branch(at, "present", around)
        return Member(inner, present, self._branch(at, "absent", around))

    def _items(self, node: Node, raw: Mapping[str, Any], context: Context) -> None:
        kept = self._kept(node.pointer, context)
        if "array" in types_of(raw) or "items" in raw:
            is_bounded = isinstance(raw.get("minItems"), int) and raw["minItems"] > 0
            if not is_bounded:
                node.empty = self._of_value(node.pointer, "without items", kept, [])
            if raw.get("items") is not False and raw.get("maxItems") != 0:
                node.filled = self._branch(node.pointer, "with items", kept)
        if isinstance(raw.get("items"), dict):
            at = pointers.join(node.pointer, "items")
            node.items = self._whole(at, self._kept(at, kept))
        node.prefix = [self._whole(each, kept) for each in listed(node.pointer, raw, "prefixItems")]

    def _compositions(self, node: Node, raw: Mapping[str, Any], context: Context) -> None:
        reference = raw.get("$ref")
        if isinstance(reference, str) and reference.startswith("#/"):
            node.whole.append(self._node(pointers.from_fragment(reference), context))
        context = replace(context, is_value=False)
        plain = replace(context, is_form=False)
        node.whole += [self._node(each, plain) for each in listed(node.pointer, raw, "allOf")]
        for keyword in ("anyOf", "oneOf"):
            if arms := listed(node.pointer, raw, keyword):
                self._forms(node, keyword, arms, context)
        if "if" in raw:
            node.arms.append(self._conditional(node.pointer, context))
        for name in mapping(raw, "dependentSchemas"):
            at = pointers.join(node.pointer, "dependentSchemas", name)
            node.arms.append(
                Arm(lambda value, name=name: isinstance(value, dict) and name in value,  # type: ignore[misc]
                    self._node(at, replace(plain, tells=False)), None)
            )  # fmt: skip

    def _forms(self, node: Node, keyword: str, arms: list[str], context: Context) -> None:
        """Each form. Faults are told apart within the only one that is not null."""
        others = [each for each in arms if not self._is_null(each)]
        inner = replace(context, tells=context.tells and len(others) == 1, is_form=True, is_value=False)
        for each in arms:
            if self.is_text and self._is_null(each):
                continue
            required = context.required | required_of(self._document, each)
            arm = self._node(each, replace(inner, required=required))
            node.arms.append(Arm(self._verdict(each), arm, self._branch(each, self._named(each), context)))
        if self.direction is Direction.REQUEST and context.tells and not self._takes_text(arms):
            at = pointers.join(node.pointer, keyword)
            node.formless = self.faults[at, ""] = self.aim(Kind.FAULT, at, "broken", "")

    def _conditional(self, pointer: str, context: Context) -> Arm:
        """The branches of `if`. One that says nothing is seen all the same."""
        is_taken = self._verdict(pointers.join(pointer, "if"))
        made = []
        for keyword in ("then", "else"):
            at = pointers.join(pointer, keyword)
            inner = replace(context, tells=False, is_form=False, is_value=False)
            made.append(Arm(is_taken, self._node(at, inner), self._branch(at, f"by {keyword}", context)))
        made[0].otherwise = made[1]
        return made[0]

    def _verdict(self, pointer: str) -> Callable[[Any], bool]:
        """Whether a value satisfies a schema, which is compiled when the first value comes."""
        return lambda value: self.schemas.at(pointer, self.direction).is_valid(value)

    def _is_null(self, pointer: str) -> bool:
        parts = [raw for _, raw in composed(self._document, pointer)]
        return any(types_of(raw) == ("null",) or raw.get("const", 0) is None for raw in parts)

    def _takes_text(self, arms: list[str]) -> bool:
        """Is anything that is read from text one of the forms?"""
        plain = [schema_at(self._document, each) for each in arms] if self.is_text else []
        return any(isinstance(raw, dict) and set(raw) - {"description", "title"} == {"type"} for raw in plain)

    def _named(self, pointer: str) -> str:
        """What to call a form: its component, its title or its type."""
        raw = schema_at(self._document, pointer)
        raw = raw if isinstance(raw, dict) else {}
        reference = raw.get("$ref")
        name = pointers.split(pointers.from_fragment(reference))[-1] if isinstance(reference, str) else ""
        types = " or ".join(types_of(raw))
        return f"as {name or raw.get('title') or types or 'form ' + pointer.rpartition('/')[2]}"

    def _rules(self, pointer: str, raw: Mapping[str, Any], context: Context) -> None:
        for keyword, name in breakable(
            self._document, pointer, raw, is_form=context.is_form, is_text=self.is_text
        ):
            at = pointers.join(pointer, keyword)
            what = f"without {name}" if name else "broken"
            self.faults[at, name] = self.aim(Kind.FAULT, at, what, "")


def shown(value: Any) -> str:
    """A value as JSON, short enough for a line."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:59]}…"  # noqa: PLR2004 - what fits in a table
